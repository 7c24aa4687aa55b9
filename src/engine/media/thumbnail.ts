import { fittedInside } from './fit.ts'
import { firstFrame, openClip } from './clip-reader.ts'
import { mediumOf } from './demuxer-of.ts'
import { writeStill, writeStillOf } from './pictures.ts'
import { uprightFilters } from './upright.ts'
import { videoChain } from './filter-chain.ts'

const SIDE = 480

/** Writes a WebP of a picture, or of a clip's first frame, upright, its long side at most 480 pixels. */
export const writeThumbnail = async (path: string, output: string): Promise<void> => {
  const medium = await mediumOf(path)
  if (medium.kind === 'image') return writeStill(path, output, SIDE)
  const reader = openClip(path, medium.demuxer)
  try {
    const { frame } = firstFrame(reader)
    const size = fittedInside(reader, SIDE)
    const chain = videoChain(
      [...uprightFilters(frame, reader.turn), `scale=${size.width}:${size.height}:flags=area`, 'format=rgba'].join(','),
      reader.video.timeBase,
    )
    const [still] = [...chain.push(frame), ...chain.drain()]
    if (!still) throw new Error('no still came out of the filters')
    const pixels = { ...size, data: still.toBuffer() }
    still.free()
    await writeStillOf(pixels, output)
  } finally {
    reader.close()
  }
}
