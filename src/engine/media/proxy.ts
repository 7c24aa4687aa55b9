import { unsupported } from '../process/failure.ts'
import { openClip } from './clip-reader.ts'
import { openWriter } from './clip-writer.ts'
import { mediumOf } from './demuxer-of.ts'
import { type FilterChain, videoChain } from './filter-chain.ts'
import { fittedEven } from './fit.ts'
import { pacedFrames, paceOf } from './pace.ts'
import { uprightFilters } from './upright.ts'

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
      let chain: FilterChain | undefined
      for (const { frame, tick, stands } of pacedFrames(reader, pace, Infinity)) {
        // One thread each: others want the processors more.
        const filters = [
          ...uprightFilters(frame, { ...reader.turn, filters: [] }),
          `scale=${size.width}:${size.height}:flags=bilinear:out_color_matrix=bt709:out_range=tv`,
          'setsar=1',
        ]
        chain ??= videoChain(filters.join(','), { num: pace.ticks.den, den: pace.ticks.num })
        frame.pts = BigInt(tick)
        for (const small of chain.push(frame)) {
          writer.writeFrame(small, { tick, stands })
          small.free()
        }
        onProgress(Math.min(1, writer.seconds() / seconds))
        await new Promise((resolve) => setImmediate(resolve))
      }
      chain?.close()
      writer.finish()
    } catch (error) {
      writer.close()
      throw error
    }
  } finally {
    reader.close()
  }
}
