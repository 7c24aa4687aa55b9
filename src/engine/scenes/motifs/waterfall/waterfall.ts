import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import type { Light } from '../../light.ts'
import { toneOf } from '../../tone.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { mix, shift } from '../../../canvas/colour.ts'
import { paintCliff } from '../../land/cliff.ts'
import { type Fall, fallLayers, poolLayers, type Water } from './falling-water.ts'
import { mistLayer } from '../../sky/mist.ts'
import { skyLayers, flockLayers, weatherLayers } from '../../sky/outdoors.ts'
import { growthColour, pineColours } from '../../land/relief.ts'
import { coverBox, type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { rayLayer } from '../../sky/rays.ts'
import { createSpecks } from '../../../canvas/specks.ts'
import { paintBroadleaf, paintPine } from '../../land/trees.ts'

/** How one waterfall lies: its lip and the line of its pool, in pixels, its falls, and the colours of what is around. */
const planWaterfall = (scene: SceneContext, random: Random) => {
  const { light, brief, width, height, unit } = scene
  const tone = toneOf(scene)
  const jungle = brief.details.waterfall.isInJungle || random() < 0.3
  const lip = height * (0.2 + random() * 0.1)
  const line = height * (0.7 + random() * 0.05)
  const x = width * (0.36 + random() * 0.28)
  const frozen = light.season === 'winter'
  const wide = Math.min(width * 0.3, (90 + random() * 120) * unit)
  const falls: Fall[] = [{ x, wide, top: lip, foot: line + 6 * unit }]
  if (random() < 0.55)
    falls.push({
      x: x + (x > width / 2 ? -1 : 1) * wide * (1 + random() * 0.5),
      wide: wide * (0.2 + random() * 0.16),
      top: lip + 26 * unit,
      foot: line + 4 * unit,
    })
  const white = mix(tone([244, 250, 252], 0.85), light.haze, 0.08)
  const water: Water = { white, blue: tone(frozen ? [150, 196, 224] : [136, 178, 196], 0.6) }
  const moss: Rgb = frozen ? [226, 234, 244] : mix(growthColour(light), [58, 96, 50], 0.5)
  const sunny = light.sun.x > 0.5 ? 1 : -1
  return { tone, jungle, lip, line, x, wide, frozen, falls, water, moss, sunny, trees: scene.random('trees above') }
}

type Waterfall = ReturnType<typeof planWaterfall>

const ROCK: Rgb = [96, 92, 94]

type Tree = { x: number; y: number; height: number }

/** Trees that stand behind what is painted next: a picture of their own, as leaves are painted last of all. */
const paintWood = (
  ctx: DrawingContext,
  { tone, jungle, moss, sunny, trees }: Waterfall,
  light: Light,
  { depth, far }: { depth: number; far: number },
  wood: readonly Tree[],
): void => {
  if (wood.length === 0) return
  const [left, right] = [Math.min(...wood.map(({ x }) => x)), Math.max(...wood.map(({ x }) => x))]
  const tallest = Math.max(...wood.map((tree) => tree.height))
  const top = Math.floor(Math.min(...wood.map(({ y, height: tall }) => y - tall * 1.25)))
  const box = {
    x: Math.floor(left - tallest),
    y: top,
    width: Math.ceil(right - left + tallest * 2),
    height: Math.ceil(Math.max(...wood.map(({ y }) => y)) - top),
  }
  const sprite = paintSprite(box, depth, (own) => {
    const leaves = createSpecks()
    const colours = {
      dark: tone(shift(mix(moss, [40, 84, 40], 0.5), -0.14), 0.2, far),
      light: tone(moss, 0.85, far),
      trunk: tone([70, 56, 46], 0.2, far),
    }
    for (const tree of wood)
      if (jungle) paintBroadleaf(own, trees, { ...tree, ...colours, side: sunny }, leaves)
      else paintPine(own, trees, { ...tree, ...pineColours(light, far), side: sunny })
    return leaves
  })
  ctx.drawImage(sprite.canvas, box.x, box.y)
}

/** The cliff that the water falls over, with woods on it. */
const cliffSprite = (scene: SceneContext, random: Random, waterfall: Waterfall): Sprite => {
  const { width, unit } = scene
  const { lip, line, x, wide, moss, sunny, tone, trees } = waterfall
  return paintSprite(coverBox(scene, 0.4), 0.4, (ctx, box) => {
    const top = (px: number): number => lip + Math.abs(px - x) * 0.06 + Math.sin(px / (90 * unit)) * 7 * unit
    const wood: Tree[] = []
    for (let px = box.x; px < box.x + box.width; px += (12 + trees() * 22) * unit)
      if (Math.abs(px - x) >= wide * 0.5)
        wood.push({ x: px, y: top(px) + 8 * unit, height: (52 + trees() * 58) * unit })
    paintWood(ctx, waterfall, scene.light, { depth: 0.4, far: 0.3 }, wood)
    const shine = (px: number): number => 0.5 + ((px - x) / width) * sunny * 0.7
    const foot = (): number => line + 8 * unit
    const size = 46 * unit
    const cliff = { from: box.x, to: box.x + box.width, top, foot, size, rock: ROCK, moss, far: 0.2, shine }
    paintCliff(ctx, random, cliff, tone)
  })
}

/** The wall of rock at one side, nearer than the fall, that rises towards the frame's edge. */
const sideSprite = (scene: SceneContext, random: Random, waterfall: Waterfall, side: number): Sprite => {
  const { width, height, unit } = scene
  const { lip, line, moss, sunny, tone, trees } = waterfall
  return paintSprite(coverBox(scene, 0.66), 0.66, (ctx, box) => {
    const edge = side < 0 ? width * (0.16 + random() * 0.08) : width * (0.84 - random() * 0.08)
    const outer = side < 0 ? box.x : box.x + box.width
    const share = (px: number): number => Math.min(1, Math.max(0, (px - edge) / (outer - edge)))
    const top = (px: number): number => lip + (1 - share(px)) ** 0.6 * (line - lip) * 0.8 - share(px) * height * 0.1
    const [from, to] = side < 0 ? [outer, edge] : [edge, outer]
    const wood: Tree[] = []
    for (let px = from; px < to; px += (16 + trees() * 26) * unit)
      wood.push({ x: px, y: top(px) + 12 * unit, height: (80 + trees() * 90) * unit })
    paintWood(ctx, waterfall, scene.light, { depth: 0.66, far: 0.04 }, wood)
    const foot = (px: number): number => line + (24 + share(px) * 110) * unit
    const shine = (): number => (side === sunny ? 0.2 : 0.46)
    const colours = { rock: shift(ROCK, -0.06), moss: shift(moss, -0.04) }
    paintCliff(ctx, random, { from, to, top, foot, size: 40 * unit, far: 0.02, shine, ...colours }, tone)
  })
}

/** Boulders in the water and at its sides, larger towards the viewer. */
const boulderSprite = (scene: SceneContext, random: Random, { line, moss, sunny, tone }: Waterfall): Sprite => {
  const { width, height, unit } = scene
  const rock = shift(ROCK, -0.08)
  return paintSprite(coverBox(scene, 0.95, line), 0.95, (ctx) => {
    for (let stone = 0; stone < 13; stone++) {
      const near = stone / 12
      const off = random() < 0.5 ? random() * 0.3 : 1 - random() * 0.3
      const size = (26 + near * 92) * unit * (0.6 + random() * 0.6)
      const px = width * off
      const py = line + (30 + near * 250) * unit * ((height - line) / (220 * unit))
      const [from, to] = [px - size, px + size]
      const top = (at: number): number => py - Math.sqrt(Math.max(0, 1 - ((at - px) / size) ** 2)) * size * 0.72
      const foot = (): number => py + size * 0.1
      const shine = (at: number): number => 0.4 + ((at - px) / size) * sunny * 0.3
      paintCliff(ctx, random, { from, to, top, foot, size: size * 0.3, rock, moss, far: 0, shine }, tone)
    }
  })
}

const sunbeams = (scene: SceneContext): Layer => {
  const { light, width, height } = scene
  const [x, y] = [width * light.sun.x, -height * 0.2]
  const colour = mix(light.key, light.sun.colour, 0.5)
  const strength = light.sun.moon ? 0.08 : 0.17
  return rayLayer(scene, { x, y, colour, strength, count: 9, spread: 1.2, long: height * 1.2 })
}

/** A fall over a cliff into a pool: walls of rock at both sides, woods above, spray and shafts of light. */
export const paintWaterfall: ScenePainter = (scene) => {
  const { light, unit } = scene
  const random = scene.random('waterfall')
  const waterfall = planWaterfall(scene, random)
  const { lip, line, frozen, falls, water, tone } = waterfall
  const cliff = cliffSprite(scene, random, waterfall)
  const sides = [-1, 1].map((side) => sideSprite(scene, random, waterfall, side))
  const boulders = boulderSprite(scene, random, waterfall)
  // The cliff hides all nearer ranges.
  const range = { horizon: lip + 60 * unit, tall: 0.4, count: 1, snowy: frozen, bottom: lip + 120 * unit }
  const white = mix(water.white, light.haze, 0.3)
  const spray = { name: 'spray', y: line - 12 * unit, thick: 92, depth: 0.5, colour: white }
  return {
    horizon: line,
    layers: [
      ...skyLayers(scene, lip + 60 * unit),
      ...mountainRanges(scene, range),
      still(cliff),
      ...falls.flatMap((fall, index) => fallLayers(scene, fall, index, water)),
      ...poolLayers(scene, line, falls, tone, water.white),
      mistLayer(scene, { ...spray, strength: Math.min(0.85, 0.4 + 0.16 * light.air), speed: 0.014 }),
      ...sides.map(still),
      still(boulders),
      ...(light.sun.shown ? [sunbeams(scene)] : []),
      ...flockLayers(scene),
      ...weatherLayers(scene),
    ],
  }
}
