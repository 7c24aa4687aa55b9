import { unsupported } from '../process/failure.ts'
import { openClip } from './clip-reader.ts'
import { openWriter } from './clip-writer.ts'
import { mediumOf } from './demuxer-of.ts'
import { fittedEven } from './fit.ts'
import { paceOf } from './pace.ts'
import { rewriteFrames } from './rewrite-frames.ts'

/** Small enough that a frame is decoded in a millisecond or so. Pixels. */
const LONG_SIDE = 640
/** To show any frame, no more than so many are decoded. */
const KEYFRAME_EVERY = 12
/** x264's crf: looked at for the moment until the frame itself is there. */
const QUALITY = 27

/**
 * Writes a clip's proxy: an MP4 of the same frames at the same times, small and with many keyframes, so that any of them
 * is shown at once. It lies as the clip is coded, not turned upright, and is without sound.
 */
export const writeProxy = async (
  path: string,
  output: string,
  onProgress: (progress: number) => void,
): Promise<void> => {
  const medium = await mediumOf(path)
  if (medium.kind === 'image') throw unsupported('This is a picture: it is shown at once as it is.')
  const pace = paceOf(path, medium.demuxer, Infinity)
  const reader = openClip(path, medium.demuxer)
  try {
    const { width, height } = reader.video.codecpar
    const size = fittedEven({ width, height }, LONG_SIDE)
    const writer = openWriter({
      path: output,
      ...size,
      rate: pace.fps,
      ticks: pace.ticks,
      comment: null,
      preset: 'ultrafast',
      quality: QUALITY,
      keyframeEvery: KEYFRAME_EVERY,
    })
    try {
      const seconds = Math.max(1, Number(reader.format.duration) / 1e6)
      const scale = `scale=${size.width}:${size.height}:flags=bilinear:out_color_matrix=bt709:out_range=tv`
      await rewriteFrames(
        reader,
        writer,
        pace,
        { turn: { ...reader.turn, filters: [] }, scale },
        { written: (until) => onProgress(Math.min(1, until / seconds)) },
      )
      writer.finish()
    } catch (error) {
      writer.close()
      throw error
    }
  } finally {
    reader.close()
  }
}
