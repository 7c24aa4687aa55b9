import type { Palette } from '../kernels/palette.ts'
import { blendIn } from '../kernels/mix.ts'
import { double, halve } from '../kernels/resize.ts'
import { createPlanes, type Planes } from '../kernels/planes.ts'
import { adjust, tint } from './finish.ts'
import { inMemory } from './in-memory.ts'
import { lendPalette } from './lend-palette.ts'
import { lightOf, lookFor } from './look-for.ts'
import type { LookName } from './looks.ts'
import { readStyle } from './read-style.ts'
import { createLookContext, type Pass, type LookContext } from './look-context.ts'

type StyleOptions = {
  prompt: string
  seed: number
  width: number
  height: number
  /** 1 to 50 inference steps, all of them by default: fewer paint with a larger brush, few on a smaller picture as well. */
  steps?: number | undefined
  /** The colours of a reference picture. */
  palette?: Palette | undefined
}

type Style = {
  look: LookName
  /** Restyles a frame. The source is left as it is; the result holds until the next call. */
  apply: (source: Planes, time: number, index: number) => Planes
}

const ALL_STEPS = 50
/** Up to this many steps a look is made at half the size: in a quarter of the time, without fine detail. */
const FEW_STEPS = 20

/** One plane of a picture, and its size. */
type Plane = { bytes: Uint8Array; width: number; height: number }

const planesOf = ({ y, u, v, width, height, chromaWidth, chromaHeight }: Planes): readonly Plane[] => {
  const chroma = { width: chromaWidth, height: chromaHeight }
  return [
    { bytes: y, width, height },
    { bytes: u, ...chroma },
    { bytes: v, ...chroma },
  ]
}

/** Makes each plane of one picture from the same of another. */
const planeByPlane = (from: Planes, to: Planes, make: (from: Plane, to: Plane) => void): void => {
  const sources = planesOf(from)
  for (const [index, target] of planesOf(to).entries()) make(sources[index] ?? target, target)
}

/** The style that a prompt asks for, for frames of one size. */
export const createStyle = (options: StyleOptions): Style => {
  const { prompt, seed, width, height, palette, steps = ALL_STEPS } = options
  const brief = readStyle(prompt, palette !== undefined)
  const coarseness = brief.boldness * (1 + 0.9 * (1 - steps / ALL_STEPS))
  const isHalf = steps <= FEW_STEPS
  const passesFor = (context: LookContext): Pass => {
    const made = lookFor(brief)(context)
    const lent = palette ? lendPalette(context, palette, lightOf(brief.look), made) : made
    return inMemory([...lent, ...tint(brief), ...adjust(brief)])
  }
  let restyle: Pass | undefined
  let work: Planes | undefined
  let whole: Planes | undefined
  return {
    look: brief.look,
    apply: (source, time, index) => {
      const { shift } = source
      const size = isHalf ? { width: (width + 1) >> 1, height: (height + 1) >> 1 } : { width, height }
      work ??= createPlanes(size.width, size.height, shift)
      restyle ??= passesFor(createLookContext({ ...size, shift, seed, coarseness }))
      if (isHalf) planeByPlane(source, work, (from, to) => halve(from.bytes, from.width, from.height, to.bytes))
      else work.bytes.set(source.bytes)
      restyle(work, time, index)
      let made = work
      if (isHalf) {
        made = whole ??= createPlanes(width, height, shift)
        planeByPlane(work, made, (from, to) => double(from.bytes, to.width, to.height, to.bytes))
      }
      // "Subtle" asks for less of a look: part of the source shows through.
      if (brief.amount < 1) blendIn(made.bytes, source.bytes, 1 - brief.amount)
      return made
    },
  }
}
