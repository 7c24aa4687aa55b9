import type { Rgb } from '../../rgb.ts'
import { mix, tint } from '../../canvas/colour.ts'
import { crestsOf } from '../../canvas/noise-field.ts'
import { airLayer } from '../sky/mist.ts'
import { type Layer, type SceneContext, still } from '../layers.ts'
import { growthColour, pineColours, surfaceColours } from './relief.ts'
import { type Ground, paintLand, type Land } from './terrain.ts'
import { paintPine } from './trees.ts'

type RangeOptions = {
  horizon: number
  /** How tall the mountains stand, 1 is usual. */
  tall: number
  /** Ground below this height is flat, the level of a lake or the sea; -200 if not given, below what is seen. */
  floor?: number
  /** How many ranges, far to near, with mist between; two if not given. */
  count?: number
  /** Whether woods stand on them. */
  pines?: boolean
  /** Whether snow lies on all of them; if not given, in winter. */
  snowy?: boolean
  /** The frame height where the sprites may end. */
  bottom: number
}

/** A range from `near` metres on, `big` metres tall; `share` is 0 for the furthest to 1, `lean` where its tallest part stands. */
type Range = Readonly<Record<'index' | 'near' | 'wave' | 'offset' | 'share' | 'lean' | 'big' | 'floor', number>>

const rangeHeights = (scene: SceneContext, range: Range): Ground['heights'] => {
  const { near, wave, offset, share, lean, big, floor } = range
  const crests = crestsOf(scene.noise(`range ${range.index}`), { wave, moveX: offset, octaves: share > 0.6 ? 5 : 6 })
  return (xs, zs, out, count) => {
    const crest = crests(xs, zs, count)
    const aside = xs[0]! / zs[0]!
    // The tallest part stands to one side of the middle: a third of the picture, not its half.
    const frame = 0.72 + 0.42 * Math.cos(aside * 2.6 - lean)
    const valley = 1 - 0.45 * share * Math.exp(-(((aside - lean * 0.3) * 3.2) ** 2))
    for (let at = 0; at < count; at++) {
      const rise = Math.min(1, Math.max(0, (zs[at]! - near) / (near * 0.55)))
      out[at] = Math.max(floor, (crest[at]! * 1.25 - 0.22) * big * frame * rise * valley)
    }
  }
}

/** Mountain ranges one behind the other, far to near, each paler than the one before it, with mist in the valleys. */
export const mountainRanges = (scene: SceneContext, options: RangeOptions): Layer[] => {
  const { light } = scene
  const { floor = -200, count = 2, pines = false, snowy = light.season === 'winter', horizon, tall, bottom } = options
  const random = scene.random('ranges')
  const portrait = Math.max(1, (scene.height / scene.width) * 0.85)
  const rock = tintRock(scene)
  const layers: Layer[] = []
  const offset = random() * 5000
  for (let index = 0; index < count; index++) {
    const share = count === 1 ? 0 : index / (count - 1)
    const near = [5200, 2600, 1200, 560][Math.round(share * 3)] ?? 1000
    const far = near * 2
    const big = [1900, 860, 300, 96][Math.round(share * 3)]! * tall * portrait * (0.85 + random() * 0.3)
    const fine = scene.noise(`rock ${index}`)
    const wave = near * (0.62 + random() * 0.2)
    const lean = (random() - 0.5) * 1.2
    const distance = 1 - share
    const heights = rangeHeights(scene, { index, near, wave, offset, share, lean, big, floor })
    const surface = {
      rock,
      growth: mix(growthColour(light), rock, 0.25 + 0.3 * distance),
      snow: [242, 246, 252] as const,
      snowFrom: snowy ? big * 0.08 : big * (0.52 + random() * 0.12),
      growTo: big * 0.4,
    }
    const air = Math.min(0.93, (0.16 + distance * 0.5) * Math.min(1.5, 0.55 + light.air * 0.42))
    const haze = { base: air, low: { to: big * 0.7, more: 0.22 * light.air * (0.4 + distance * 0.6) }, most: 0.97 }
    const land = paintLand(
      scene,
      {
        name: `range ${index}`,
        depth: 0.1 + share * 0.32,
        near,
        far,
        nearest: index === count - 1 && bottom >= scene.height,
        eye: 60,
        horizon,
        heights,
        colours: surfaceColours(scene, surface, haze, fine, wave * 0.022),
        hazeColour: mix(light.haze, light.skyMid, 0.25 * distance),
      },
      bottom,
    )
    layers.push(still(land.sprite))
    if (pines && share > 0.6) plantPines(scene, land, share, floor > 0 ? horizon : undefined)
    if (pines && count === 4 && index === 3) plantValley(scene, land, horizon)
    if (index < count - 1 || light.weather === 'fog')
      layers.push(
        airLayer(scene, {
          name: `valley ${index}`,
          y: horizon - 8 * scene.unit,
          thick: 70 - share * 20,
          depth: 0.15 + share * 0.3,
          strength: 0.34 + 0.1 * distance,
          most: 0.95,
        }),
      )
  }
  return layers
}

const tintRock = (scene: SceneContext): Rgb => {
  const base: Rgb = scene.brief.style === 'fantasy' ? [112, 100, 118] : [124, 116, 112]
  const word = scene.brief.colours[0]
  return word ? tint(base, word, 0.35) : base
}

/** Plants spruces along the upper edge of a painted land, thicker in some places. */
const plantPines = (scene: SceneContext, land: Land, share: number, shore?: number): void => {
  const random = scene.random(`pines ${share}`)
  const noise = scene.noise(`pines ${share}`)
  const { sprite, crest } = land
  const ctx = sprite.canvas.getContext('2d')
  const tall = (10 + 34 * share ** 3) * scene.unit
  const colours = pineColours(scene.light, Math.max(0.05, 0.72 - share * 0.6))
  const side = scene.light.sun.x > 0.5 ? 1 : -1
  for (let x = 0; x < sprite.width; x += tall * (0.1 + random() * 0.22)) {
    const dense = noise(x / (tall * 9), 3)
    if (random() > 0.5 + dense) continue
    const edge = crest[Math.round(x)]
    if (edge === undefined) continue
    // On a flat shore a wood would stand in the water.
    if (shore !== undefined && edge > shore - 5 * scene.unit) continue
    const y = edge - sprite.y + tall * (0.1 + random() * 0.5)
    paintPine(ctx, random, { x, y, height: tall * (0.6 + random() * 0.6), ...colours, side })
  }
  ctx.getImageData(0, 0, 1, 1)
}

/** Groups of small spruces over the floor of the valley, larger towards the eye. */
const plantValley = (scene: SceneContext, land: Land, horizon: number): void => {
  const random = scene.random('valley pines')
  const groups = scene.noise('valley pines')
  const { sprite, crest } = land
  const { unit } = scene
  const ctx = sprite.canvas.getContext('2d')
  const side = scene.light.sun.x > 0.5 ? 1 : -1
  const trees = Array.from({ length: 900 }, () => ({ x: random() * sprite.width, down: random() ** 1.5 })).sort(
    (a, b) => a.down - b.down,
  )
  for (const { x, down } of trees) {
    const edge = crest[Math.round(x)]
    if (edge === undefined) continue
    const y = Math.max(edge, horizon) + (8 + down * 150) * unit
    if (groups(x / (150 * unit), down * 5) < 0.12 + random() * 0.3) continue
    const colours = pineColours(scene.light, Math.max(0.08, 0.42 - down * 0.4))
    paintPine(ctx, random, {
      x,
      y: y - sprite.y,
      height: (11 + down * 34) * unit * (0.7 + random() * 0.5),
      ...colours,
      side,
    })
  }
  ctx.getImageData(0, 0, 1, 1)
}
