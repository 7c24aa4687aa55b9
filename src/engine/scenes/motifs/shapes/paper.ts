import type { Rgb } from '../../../rgb.ts'
import { mix, shift, toLab } from '../../../canvas/colour.ts'
import type { SceneContext } from '../../context.ts'

export type Palette = { paper: Rgb; ink: Rgb; paints: readonly Rgb[] }

/** Inks that posters of the twenties and the eighties were printed in. */
const PRINTED: readonly (readonly Rgb[])[] = [
  [
    [214, 58, 42],
    [242, 186, 60],
    [38, 84, 140],
    [232, 214, 184],
  ],
  [
    [244, 122, 112],
    [88, 186, 178],
    [250, 208, 110],
    [94, 84, 142],
  ],
  [
    [228, 108, 56],
    [46, 118, 116],
    [240, 196, 132],
    [140, 52, 62],
  ],
  [
    [240, 148, 172],
    [62, 132, 196],
    [252, 214, 88],
    [58, 160, 128],
  ],
  [
    [86, 112, 88],
    [222, 164, 96],
    [196, 84, 64],
    [176, 196, 190],
  ],
  [
    [122, 92, 178],
    [246, 150, 96],
    [104, 190, 202],
    [250, 220, 190],
  ],
]

/** A printed palette: the colours of the words and their neighbours, on paper, with one ink. */
export const paletteOf = (scene: SceneContext): Palette => {
  const { colours } = scene.brief
  const random = scene.random('palette')
  const printed = PRINTED[Math.floor(random() * PRINTED.length)]!
  const named = colours.slice(0, 4)
  const paints = named.length > 0 ? [...named, ...named.map((colour) => shift(colour, -0.14, 1.15, 0.22))] : printed
  const pale = paints.reduce((sum, colour) => sum + toLab(colour)[0], 0) / paints.length
  const dark = scene.light.dark > 0.6 || pale < 0.35
  const base = paints[0]!
  return dark
    ? {
        paper: mix(base, [16, 16, 26], 0.86),
        ink: mix(base, [250, 246, 238], 0.85),
        paints: [...paints, mix(base, [250, 246, 238], 0.8)],
      }
    : {
        paper: mix(base, [250, 244, 232], 0.86),
        ink: mix(base, [34, 32, 48], 0.86),
        paints: [...paints, mix(base, [34, 32, 48], 0.86)],
      }
}
