import type { Rgb } from '../../rgb.ts'
import type { Plant } from '../../prompt/details/land.ts'
import { growthColour } from './relief.ts'
import type { SceneContext } from '../context.ts'

/** How a plant is grown. Lengths are metres; `wide` is the share of a row that is grown over. */
export type Planting = {
  plant: Plant
  spacing: number
  tall: number
  wide: number
  /** The tops as the sun strikes them, what is below them, and the ground between the rows. */
  tops: readonly Rgb[]
  below: Rgb
  earth: Rgb
}

/** `planted` is a crop that the words name; without one, grass with flowers in it. */
export type Crop = { grass: Rgb; flowers: readonly Rgb[]; planted: Planting | undefined }

const plantings: Readonly<Record<Plant, Omit<Planting, 'plant'>>> = {
  lavender: {
    spacing: 1.7,
    tall: 0.62,
    wide: 0.7,
    tops: [
      [168, 128, 222],
      [142, 104, 204],
      [192, 158, 232],
    ],
    below: [96, 92, 120],
    earth: [186, 150, 112],
  },
  sunflower: {
    spacing: 1.3,
    tall: 0.9,
    wide: 0.8,
    tops: [
      [250, 196, 40],
      [244, 178, 30],
    ],
    below: [92, 122, 50],
    earth: [150, 122, 78],
  },
  tulip: {
    spacing: 1.5,
    tall: 0.32,
    wide: 0.8,
    tops: [
      [222, 46, 58],
      [250, 196, 62],
      [240, 116, 158],
      [250, 244, 232],
      [150, 66, 150],
    ],
    below: [94, 138, 74],
    earth: [128, 96, 70],
  },
  poppy: {
    spacing: 2,
    tall: 0.12,
    wide: 1,
    tops: [
      [226, 50, 36],
      [206, 36, 32],
      [240, 78, 46],
    ],
    below: [116, 134, 64],
    earth: [134, 140, 74],
  },
  vine: {
    spacing: 2.6,
    tall: 1.25,
    wide: 0.5,
    tops: [
      [128, 158, 58],
      [104, 138, 50],
      [156, 172, 72],
    ],
    below: [56, 82, 38],
    earth: [168, 138, 94],
  },
  wheat: {
    spacing: 0.9,
    tall: 0.3,
    wide: 0.97,
    tops: [
      [232, 190, 98],
      [216, 168, 78],
      [244, 208, 122],
    ],
    below: [172, 126, 58],
    earth: [186, 142, 74],
  },
  tea: {
    spacing: 1.5,
    tall: 0.7,
    wide: 0.84,
    tops: [
      [120, 170, 62],
      [96, 150, 54],
    ],
    below: [40, 82, 38],
    earth: [84, 98, 52],
  },
}

/** What grows in the field: by the words, else by the season. */
export const readCrop = (scene: SceneContext): Crop => {
  const { details, airColours } = scene.brief
  // A blue sky makes no blue poppies.
  const colours = scene.brief.colours.filter((colour) => !airColours.includes(colour))
  const { season } = scene.light
  const plant = season === 'winter' ? undefined : details.land.plant
  if (plant) {
    const usual = plantings[plant]
    const own = plant === 'tulip' || plant === 'poppy' ? colours.slice(0, 4) : []
    const autumnal: readonly Rgb[] = [
      [206, 128, 44],
      [178, 74, 40],
      [220, 166, 66],
    ]
    const tops = own.length > 0 ? own : plant === 'vine' && season === 'autumn' ? autumnal : usual.tops
    return { grass: usual.below, flowers: tops, planted: { plant, ...usual, tops } }
  }
  const grass = growthColour(scene.light)
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
  return { grass, flowers: season === 'winter' ? [] : bloom, planted: undefined }
}
