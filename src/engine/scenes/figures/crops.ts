import type { Rgb } from '../../prompt/colours.ts'
import { mentions } from '../../prompt/words.ts'
import { growthColour } from '../relief.ts'
import type { Stage } from '../stage.ts'

/** `dense` is how much of the ground a named crop covers, 0 to 1. */
export type Crop = { grass: Rgb; flowers: readonly Rgb[]; rows: boolean; dense: number }

/** What grows in the field: by the words, else by the season. */
export const readCrop = (stage: Stage): Crop => {
  const { words, colours } = stage.brief
  if (mentions(words, ['lavender']))
    return {
      grass: [134, 104, 178],
      flowers: [
        [158, 118, 214],
        [132, 94, 190],
        [186, 150, 228],
      ],
      rows: true,
      dense: 0.5,
    }
  if (mentions(words, ['wheat', 'barley', 'harvest']))
    return { grass: [214, 170, 82], flowers: [[236, 200, 118]], rows: false, dense: 0.3 }
  if (mentions(words, ['sunflower']))
    return {
      grass: [128, 140, 52],
      flowers: [
        [250, 196, 40],
        [244, 178, 30],
      ],
      rows: true,
      dense: 0.5,
    }
  if (mentions(words, ['tulip']))
    return {
      grass: [150, 92, 84],
      flowers: [
        [222, 52, 62],
        [248, 190, 60],
        [240, 120, 160],
      ],
      rows: true,
      dense: 0.5,
    }
  if (mentions(words, ['poppy', 'poppies']))
    return {
      grass: [122, 130, 62],
      flowers: [
        [224, 52, 38],
        [208, 40, 34],
      ],
      rows: false,
      dense: 0.3,
    }
  if (mentions(words, ['vineyard', 'tea plantation']))
    return { grass: [98, 132, 60], flowers: [], rows: true, dense: 0.3 }
  const grass = growthColour(stage.light)
  // Green is the colour of the grass, not of what blooms in it.
  const named = colours.filter(([red, green, blue]) => green < red || green < blue)
  const bloom: readonly Rgb[] =
    named.length > 0
      ? named
      : [
          [252, 250, 240],
          [248, 206, 84],
          [214, 120, 190],
          [236, 96, 84],
        ]
  return { grass, flowers: stage.light.season === 'winter' ? [] : bloom, rows: false, dense: 0 }
}
