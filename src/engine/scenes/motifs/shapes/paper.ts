import { rgb, type Rgb } from '../../../rgb.ts'
import { pick } from '../../../random.ts'
import { mix, shift, toLab } from '../../../canvas/colour.ts'
import type { SceneContext } from '../../layers.ts'

export type Palette = { paper: Rgb; ink: Rgb; paints: readonly Rgb[] }

/** Inks that posters of the twenties and the eighties were printed in. */
const PRINTED = [
  [0xd63a2a, 0xf2ba3c, 0x26548c, 0xe8d6b8],
  [0xf47a70, 0x58bab2, 0xfad06e, 0x5e548e],
  [0xe46c38, 0x2e7674, 0xf0c484, 0x8c343e],
  [0xf094ac, 0x3e84c4, 0xfcd658, 0x3aa080],
  [0x567058, 0xdea460, 0xc45440, 0xb0c4be],
  [0x7a5cb2, 0xf69660, 0x68beca, 0xfadcbe],
]

/** A printed palette: the colours of the words and their neighbours, on paper, with one ink. */
export const paletteOf = (scene: SceneContext): Palette => {
  const { colours } = scene.brief
  const random = scene.random('palette')
  const printed = pick(random, PRINTED).map(rgb)
  const named = colours.slice(0, 4)
  const paints = named.length > 0 ? [...named, ...named.map((colour) => shift(colour, -0.14, 1.15, 0.22))] : printed
  const pale = paints.reduce((sum, colour) => sum + toLab(colour)[0], 0) / paints.length
  const dark = scene.light.dark > 0.6 || pale < 0.35
  const base = paints[0]!
  const black = mix(base, [34, 32, 48], 0.86)
  const white = mix(base, [250, 246, 238], 0.85)
  return dark
    ? { paper: mix(base, [16, 16, 26], 0.86), ink: white, paints: [...paints, mix(base, [250, 246, 238], 0.8)] }
    : { paper: mix(base, [250, 244, 232], 0.86), ink: black, paints: [...paints, black] }
}
