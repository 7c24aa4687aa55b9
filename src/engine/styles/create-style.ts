import type { Palette } from '../kernels/moments.ts'
import { blendIn } from '../kernels/mix.ts'
import { createPlanes, type Planes } from '../media/planes.ts'
import { adjust, lendPalette, tint } from './finish.ts'
import { lookFor } from './look-for.ts'
import type { LookName } from './looks.ts'
import { readStyle } from './read-style.ts'
import { openStudio, type Pass } from './studio.ts'

export type StyleOptions = {
  prompt: string
  seed: number
  width: number
  height: number
  /** 1 to 50 inference steps; fewer paints with a larger brush. */
  steps?: number | undefined
  /** The colours of a reference picture. */
  palette?: Palette | undefined
}

export type Style = {
  look: LookName
  /** Restyles a frame. The source is left as it is; the result holds until the next call. */
  apply: (source: Planes, time: number, index: number) => Planes
}

const ALL_STEPS = 50

/** The style that a prompt asks for, for frames of one size. */
export const createStyle = (options: StyleOptions): Style => {
  const { prompt, seed, width, height, palette } = options
  const brief = readStyle(prompt, palette !== undefined)
  const coarseness = 1 + 0.9 * (1 - (options.steps ?? ALL_STEPS) / ALL_STEPS)
  let passes: Pass[] | undefined
  let work: Planes | undefined
  return {
    look: brief.look,
    apply: (source, time, index) => {
      work ??= createPlanes(source.width, source.height, source.shift)
      passes ??= [
        ...lookFor(brief)(openStudio({ width, height, shift: source.shift, seed, coarseness })),
        ...(palette ? [lendPalette(palette)] : []),
        ...tint(brief),
        ...adjust(brief),
      ]
      work.bytes.set(source.bytes)
      for (const pass of passes) pass(work, time, index)
      // "Subtle" asks for less of a look: part of the source shows through.
      if (brief.amount < 1) blendIn(work.bytes, source.bytes, 1 - brief.amount)
      return work
    },
  }
}
