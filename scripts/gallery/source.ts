import type { Pixels } from '../../src/engine/frames.ts'
import { openClip } from '../../src/engine/media/clip-reader.ts'
import { mediumOf } from '../../src/engine/media/demuxer-of.ts'
import { videoChain } from '../../src/engine/media/filter-chain.ts'
import { pictureFacts, readPicture } from '../../src/engine/media/pictures.ts'
import type { Planes } from '../../src/engine/kernels/planes.ts'
import { toVideoPlanes, videoPlanesOf } from '../../src/engine/media/planes-frame.ts'
import { widened } from '../../src/engine/kernels/planes-range.ts'
import { uprightFilters } from '../../src/engine/media/upright.ts'
import { drawScene } from '../../src/engine/scenes/scene.ts'
import { toClipPlanes, toPixels } from '../../src/engine/testing/stills.ts'
import { fittedSize } from '../../src/shared/models/size.ts'

/** What parts are shown on: the frames of a clip of a second, and its first picture. */
export type Source = { frames: readonly Planes[]; fps: number; still: Pixels }

const FPS = 12
const COUNT = 13

/** A scene of our own, of a size and a pace as clips have. */
const ownFrames = async (): Promise<Planes[]> => {
  const scene = drawScene({
    prompt: 'A cottage in a summer meadow with flowers, mountains in the background, hot air balloons, morning',
    seed: 11,
    width: 1280,
    height: 720,
    fps: 4,
    seconds: 4,
  })
  const frames: Planes[] = []
  for (let index = 0; index < COUNT; index++) {
    frames.push(toClipPlanes({ width: 1280, height: 720, data: scene.draw(index) }))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return frames
}

/** Thirteen frames of a clip, a sixth of a second apart. */
const framesOf = (path: string, demuxer: string): Planes[] => {
  const reader = openClip(path, demuxer)
  const size = fittedSize(reader, '720p')
  const frames: Planes[] = []
  let start: number | undefined
  for (let next = reader.read(); next && frames.length < COUNT; next = reader.read()) {
    start ??= next.time
    if (next.time - start < frames.length / 6 - 0.002) continue
    const filters = [...uprightFilters(next.frame, reader.turn), toVideoPlanes(size.width, size.height)].join(',')
    const chain = videoChain(filters, { num: 1, den: FPS })
    next.frame.pts = BigInt(frames.length)
    for (const scaled of [...chain.push(next.frame), ...chain.drain()]) {
      frames.push(widened(size.width, size.height, videoPlanesOf(scaled)))
      scaled.free()
    }
    chain.close()
  }
  reader.close()
  return frames
}

/** Reads a clip or a picture, or draws a scene where none is given. */
export const readSource = async (path: string | undefined): Promise<Source> => {
  const frames = await (async () => {
    if (path === undefined) return ownFrames()
    const medium = await mediumOf(path)
    if (medium.kind === 'video') return framesOf(path, medium.demuxer)
    const picture = toClipPlanes(await readPicture(path, fittedSize(await pictureFacts(path), '720p')))
    return Array.from({ length: COUNT }, () => picture)
  })()
  const first = frames[0]
  if (!first) throw new Error(`${path ?? 'the source'} has no frames`)
  return { frames, fps: FPS, still: toPixels(first) }
}
