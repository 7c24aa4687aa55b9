import { rgb, type Rgb } from '../../rgb.ts'
import type { Plant } from '../../prompt/details/land.ts'
import { growthColour } from './relief.ts'
import type { SceneContext } from '../layers.ts'

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
    tops: [0xa880de, 0x8e68cc, 0xc09ee8].map(rgb),
    below: [96, 92, 120],
    earth: [186, 150, 112],
  },
  sunflower: {
    spacing: 1.3,
    tall: 0.9,
    wide: 0.8,
    tops: [0xfac428, 0xf4b21e].map(rgb),
    below: [92, 122, 50],
    earth: [150, 122, 78],
  },
  tulip: {
    spacing: 1.5,
    tall: 0.32,
    wide: 0.8,
    tops: [0xde2e3a, 0xfac43e, 0xf0749e, 0xfaf4e8, 0x964296].map(rgb),
    below: [94, 138, 74],
    earth: [128, 96, 70],
  },
  poppy: {
    spacing: 2,
    tall: 0.12,
    wide: 1,
    tops: [0xe23224, 0xce2420, 0xf04e2e].map(rgb),
    below: [116, 134, 64],
    earth: [134, 140, 74],
  },
  vine: {
    spacing: 2.6,
    tall: 1.25,
    wide: 0.5,
    tops: [0x809e3a, 0x688a32, 0x9cac48].map(rgb),
    below: [56, 82, 38],
    earth: [168, 138, 94],
  },
  wheat: {
    spacing: 0.9,
    tall: 0.3,
    wide: 0.97,
    tops: [0xe8be62, 0xd8a84e, 0xf4d07a].map(rgb),
    below: [172, 126, 58],
    earth: [186, 142, 74],
  },
  tea: {
    spacing: 1.5,
    tall: 0.7,
    wide: 0.84,
    tops: [0x78aa3e, 0x609636].map(rgb),
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
    const autumnal: readonly Rgb[] = [0xce802c, 0xb24a28, 0xdca642].map(rgb)
    const tops = own.length > 0 ? own : plant === 'vine' && season === 'autumn' ? autumnal : usual.tops
    return { grass: usual.below, flowers: tops, planted: { plant, ...usual, tops } }
  }
  const grass = growthColour(scene.light)
  // Green is the colour of the grass, not of what blooms in it.
  const named = colours.filter(([red, green, blue]) => green < red || green < blue)
  const bloom: readonly Rgb[] = named.length > 0 ? named : [0xfcfaf0, 0xf8ce54, 0xd678be, 0xec6054].map(rgb)
  return { grass, flowers: season === 'winter' ? [] : bloom, planted: undefined }
}
