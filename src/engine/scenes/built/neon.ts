import { pick } from '../../random.ts'
import { rgb, type Rgb } from '../../rgb.ts'
import type { SceneContext } from '../layers.ts'

/** Pairs and threes of tubes that look well together. */
const TUBES: readonly (readonly Rgb[])[] = [
  [0xff2e96, 0x28dcff, 0x9650ff],
  [0xff783c, 0x28d2dc, 0xff3c6e],
  [0xa05aff, 0x3c96ff, 0xff5ac8],
  [0x3cffbe, 0xff468c, 0x508cff],
].map((tubes) => tubes.map(rgb))

/** The lamps of an ordinary town. */
const LAMPS: readonly Rgb[] = [0xffb268, 0xffd6a0, 0x96baff].map(rgb)

/** The colours of a city's lights: those of the words, else neon in the future, else lamps. */
export const neonOf = (scene: SceneContext): readonly Rgb[] => {
  const { brief } = scene
  const random = scene.random('neon')
  if (brief.colours.length > 0) return [...brief.colours, ...TUBES[0]!.slice(0, 1)]
  return brief.style === 'futuristic' || random() < 0.2 ? pick(random, TUBES) : LAMPS
}
