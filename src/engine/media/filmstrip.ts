import { SPRITE_FRAMES } from '../../shared/library.ts'
import type { Size } from '../../shared/models/size.ts'
import { unsupported } from '../process/failure.ts'
import { type ClipReader, firstFrame, openClip, type TimedFrame } from './clip-reader.ts'
import { mediumOf } from './demuxer-of.ts'
import type { FilterChain } from './filter-chain.ts'
import { fittedEven } from './fit.ts'
import { timesOf } from './pace.ts'
import { writeSheet } from './pictures.ts'
import { uprightChain } from './upright.ts'

const HEIGHT = 180
/** WebP has no picture wider than this. */
const WIDEST = 16_383
/** Seconds by which a decoder's time and its packet's may differ. */
const HAIR = 1e-3

/** The size of one moment: its height is 180, or less where the clip has less or the strip would be too wide. */
export const momentSize = ({ width, height }: Size): Size => {
  const most = Math.min(HEIGHT, height, Math.floor(((WIDEST / SPRITE_FRAMES - 1) * height) / width))
  const side = Math.max(width, height) * (most / height)
  return fittedEven({ width, height }, side)
}

/** When the frames begin that stand in the middle of each part of a clip, whose frames begin at `times`. Seconds. */
export const momentsOf = (times: readonly number[]): number[] => {
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  const usual = times.length > 1 ? (last - first) / (times.length - 1) : 0
  const length = last - first + usual
  let at = 0
  return Array.from({ length: SPRITE_FRAMES }, (_, part) => {
    const middle = ((part + 0.5) / SPRITE_FRAMES) * length
    while (at + 1 < times.length && (times[at + 1] ?? 0) - first <= middle + HAIR) at++
    return (times[at] ?? 0) - first
  })
}

/** Puts a picture of RGB side by side with others into a strip. */
const place = (strip: Uint8Array, { width, height }: Size, column: number, pixels: Uint8Array): void => {
  for (let row = 0; row < height; row++)
    strip.set(pixels.subarray(row * width * 3, (row + 1) * width * 3), (row * SPRITE_FRAMES + column) * width * 3)
}

const chainFor = (reader: ClipReader, { frame }: TimedFrame, { width, height }: Size): FilterChain =>
  uprightChain(frame, reader.turn, [`scale=${width}:${height}:flags=area`, 'format=rgb24'], reader.video.timeBase)

/**
 * Writes a WebP with {@link SPRITE_FRAMES} moments of a clip side by side, each upright and 180 pixels high. The clip is
 * decoded once, from its start; only what is shown is scaled.
 */
export const writeFilmstrip = async (path: string, output: string): Promise<void> => {
  const medium = await mediumOf(path)
  if (medium.kind === 'image') throw unsupported('This is a picture: nothing in it moves. Its thumbnail shows it.')
  const moments = momentsOf(timesOf(path, medium.demuxer, Infinity))
  const reader = openClip(path, medium.demuxer)
  try {
    const size = momentSize(reader)
    const strip = new Uint8Array(size.width * size.height * SPRITE_FRAMES * 3)
    const first = firstFrame(reader)
    const start = first.time
    const chain = chainFor(reader, first, size)
    let pixels: Uint8Array | undefined
    let done = 0
    for (let next: TimedFrame | undefined = first; next && done < SPRITE_FRAMES; next = reader.read()) {
      const time = next.time - start + HAIR
      if (time < (moments[done] ?? Infinity)) continue
      for (const scaled of chain.push(next.frame)) {
        pixels = scaled.toBuffer()
        scaled.free()
      }
      for (; pixels && done < SPRITE_FRAMES && time >= (moments[done] ?? Infinity); done++)
        place(strip, size, done, pixels)
    }
    // Of a clip whose last frames are damaged, the last that is whole stands for them.
    for (; pixels && done < SPRITE_FRAMES; done++) place(strip, size, done, pixels)
    chain.close()
    await writeSheet({ width: size.width * SPRITE_FRAMES, height: size.height, data: strip }, output)
  } finally {
    reader.close()
  }
}
