import { fittedEven } from './fit.ts'
import { openClip } from './clip-reader.ts'
import { openWriter } from './clip-writer.ts'
import { openSound } from './sound.ts'
import { mediumOf } from './demuxer-of.ts'
import { paceOf } from './pace.ts'
import { rewriteFrames } from './rewrite-frames.ts'
import { probeFile } from './probe-file.ts'

const LONG_SIDE = 1280

/**
 * Writes what stands in for a file that a browser does not show as it is: of a clip a flat MP4 that begins at 0, with
 * every frame at its own time, its long side at most 1280 pixels; of a picture a PNG of all its pixels.
 */
export const writePreview = async (
  path: string,
  output: string,
  onProgress: (progress: number) => void,
): Promise<void> => {
  const medium = await mediumOf(path)
  if (medium.kind === 'image') {
    const { writeFlat } = await import('./pictures.ts')
    return writeFlat(path, output)
  }
  const media = await probeFile(path)
  const seconds = media.duration ?? 0
  const pace = paceOf(path, medium.demuxer, Infinity)
  const size = fittedEven(media, LONG_SIDE)
  const writer = openWriter({
    path: output,
    ...size,
    rate: pace.fps,
    ticks: pace.ticks,
    comment: null,
    preset: 'ultrafast',
  })
  const sound = openSound(seconds)
  const reader = openClip(path, medium.demuxer, media.has_audio ? sound.take : undefined)
  try {
    if (reader.audio && media.has_audio) sound.open(reader.audio, writer)
    const scale = `scale=${size.width}:${size.height}:flags=bilinear`
    await rewriteFrames(
      reader,
      writer,
      pace,
      { turn: reader.turn, scale },
      { begin: sound.startAt, written: (until) => onProgress(Math.min(1, until / seconds)) },
    )
    sound.finish()
    writer.finish()
  } finally {
    reader.close()
    sound.close()
  }
}
