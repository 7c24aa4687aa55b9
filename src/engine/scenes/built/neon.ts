import { pick } from '../../random.ts'
import type { Rgb } from '../../rgb.ts'
import type { SceneContext } from '../context.ts'

/** Pairs and threes of tubes that look well together. */
const TUBES: readonly (readonly Rgb[])[] = [
  [
    [255, 46, 150],
    [40, 220, 255],
    [150, 80, 255],
  ],
  [
    [255, 120, 60],
    [40, 210, 220],
    [255, 60, 110],
  ],
  [
    [160, 90, 255],
    [60, 150, 255],
    [255, 90, 200],
  ],
  [
    [60, 255, 190],
    [255, 70, 140],
    [80, 140, 255],
  ],
]

/** The lamps of an ordinary town. */
const LAMPS: readonly Rgb[] = [
  [255, 178, 104],
  [255, 214, 160],
  [150, 186, 255],
]

/** The colours of a city's lights: those of the words, else neon in the future, else lamps. */
export const neonOf = (scene: SceneContext): readonly Rgb[] => {
  const { brief } = scene
  const random = scene.random('neon')
  if (brief.colours.length > 0) return [...brief.colours, ...TUBES[0]!.slice(0, 1)]
  return brief.style === 'futuristic' || random() < 0.2 ? pick(random, TUBES) : LAMPS
}
