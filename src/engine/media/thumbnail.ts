import { fittedInside } from './fit.ts'
import { type ClipReader, firstFrame, openClip, type TimedFrame } from './clip-reader.ts'
import { mediumOf } from './demuxer-of.ts'
import { writeStill, writeStillOf } from './pictures.ts'
import { uprightChain } from './upright.ts'

const SIDE = 480

/** Frames that are decoded at most on the way from a keyframe: two keyframes of most files lie closer than this. */
const FURTHEST = 60

/** Length in seconds where the file tells it. */
const lengthOf = ({ video, format }: ClipReader): number => {
  const own = (Number(video.duration) * video.timeBase.num) / video.timeBase.den
  return own > 0 ? own : Math.max(0, Number(format.duration) / 1e6)
}

/**
 * The frame in the middle, for clips that begin on the same picture look alike by their first; that one where the
 * middle cannot be reached. Of a file with few keyframes it is one before the middle.
 */
const frameToShow = (path: string, demuxer: string): { reader: ClipReader; shown: TimedFrame } => {
  const reader = openClip(path, demuxer)
  try {
    const start = firstFrame(reader).time
    const middle = lengthOf(reader) / 2
    let shown = middle > 0 && reader.seek(middle) ? reader.read() : undefined
    for (let count = 0; shown && shown.time + shown.duration / 2 < start + middle && count < FURTHEST; count++)
      shown = reader.read()
    if (shown) return { reader, shown }
  } catch (error) {
    reader.close()
    throw error
  }
  reader.close()
  const again = openClip(path, demuxer)
  return { reader: again, shown: firstFrame(again) }
}

/** Writes a WebP of a picture, or of the frame in the middle of a clip, upright, its long side at most 480 pixels. */
export const writeThumbnail = async (path: string, output: string): Promise<void> => {
  const medium = await mediumOf(path)
  if (medium.kind === 'image') return writeStill(path, output, SIDE)
  const { reader, shown } = frameToShow(path, medium.demuxer)
  try {
    const { frame } = shown
    const size = fittedInside(reader, SIDE)
    const filters = [`scale=${size.width}:${size.height}:flags=area`, 'format=rgba']
    const chain = uprightChain(frame, reader.turn, filters, reader.video.timeBase)
    const [still] = [...chain.push(frame), ...chain.drain()]
    if (!still) throw new Error('no still came out of the filters')
    const pixels = { ...size, data: still.toBuffer() }
    still.free()
    await writeStillOf(pixels, output)
  } finally {
    reader.close()
  }
}
