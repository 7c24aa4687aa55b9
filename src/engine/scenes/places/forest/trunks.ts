import type { Random } from '../../../random.ts'
import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, lit, mix, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillEllipse, fillPolygon, strokeLine } from '../../../canvas/paths.ts'
import { type Box, drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import { coverBox, type Layer, type SceneContext } from '../../layers.ts'
import { foliage } from '../../land/relief.ts'
import { createSpecks, type Specks } from '../../../canvas/specks.ts'
import { pathAt } from './forest-floor.ts'
import { fillCurve, setPen } from '../../../canvas/curves.ts'

/** Steps from dark to light of a mass of leaves: there are thousands of them. */
const TONES = 24

/** A mass of leaves around a point: many small leaf shapes, the upper ones lit. */
const strewLeaves = (
  specks: Specks,
  random: Random,
  mass: { x: number; y: number; radius: number; leaf: number; tones: readonly Rgb[]; count: number },
): void => {
  for (let index = 0; index < mass.count; index++) {
    const angle = random() * Math.PI * 2
    const out = Math.sqrt(random()) * mass.radius
    const x = mass.x + Math.cos(angle) * out
    const y = mass.y + Math.sin(angle) * out * 0.72
    const up = 0.5 - (Math.sin(angle) * out) / mass.radius / 2
    const share = Math.min(1, up * 0.75 + random() * 0.3 * (index / mass.count))
    specks.paint(mass.tones[Math.round(share * TONES)]!, 0.9)
    const [along, across] = [mass.leaf * (0.6 + random() * 0.8), mass.leaf * (0.25 + random() * 0.3)]
    specks.ellipse(x, y, along, across, random() * Math.PI)
  }
}

const tonesOf = (dark: Rgb, light: Rgb): Rgb[] =>
  Array.from({ length: TONES + 1 }, (_, tone) => mix(dark, light, tone / TONES))

/** A few culms of bamboo side by side: smooth, straight, with pale rings at their nodes. */
const paintCulms = (
  ctx: DrawingContext,
  random: Random,
  clump: { x: number; base: number; top: number; wide: number; side: number; dark: Rgb; light: Rgb },
): void => {
  const { base, top, side, dark, light } = clump
  for (let culm = 0; culm < 3; culm++) {
    const wide = clump.wide * (0.6 + random() * 0.5)
    const x = clump.x + (random() - 0.5) * clump.wide * 5
    const lean = (random() - 0.5) * wide * 2.4
    const body = linearGradient(
      ctx,
      [x - wide / 2, 0, x + wide / 2, 0],
      [side > 0 ? 0 : 1, dark],
      [side > 0 ? 0.72 : 0.28, mix(dark, light, 0.8)],
      [side > 0 ? 1 : 0, mix(dark, light, 0.35)],
    )
    const [left, right] = [x - wide * 0.42 + lean, x + wide * 0.42 + lean]
    fillPolygon(ctx, body, [x - wide / 2, base, left, top, right, top, x + wide / 2, base])
    const joint = wide * (4.2 + random() * 2)
    for (let y = base - joint * random(); y > top; y -= joint * (0.9 + random() * 0.2)) {
      const at = x + lean * ((base - y) / (base - top))
      ctx.fillStyle = css(mix(dark, light, 0.95), 0.8)
      ctx.fillRect(at - wide * 0.52, y, wide * 1.04, Math.max(0.8, wide * 0.07))
      ctx.fillStyle = css(mix(dark, [0, 0, 0], 0.3), 0.6)
      ctx.fillRect(at - wide * 0.5, y + wide * 0.08, wide, Math.max(0.8, wide * 0.06))
    }
  }
}

/** What all trunks of a rank have in common. `share` is 0 for the furthest rank and 1 for the nearest. */
type Wood = {
  share: number
  birch: boolean
  conifer: boolean
  dark: Rgb
  rim: Rgb
  litter: Rgb
  needles: readonly Rgb[]
  sunSide: number
}

const woodOf = ({ light, brief }: SceneContext, share: number, far: number, strength: number): Wood => {
  const birch = brief.details.forest.isBirch
  const winter = light.season === 'winter'
  const bark = lit(birch ? [206, 200, 190] : [88, 70, 58], light.ambient, 0.95 * strength)
  const soil: Rgb = winter ? [214, 220, 232] : light.season === 'autumn' ? [128, 80, 40] : [66, 76, 40]
  return {
    share,
    birch,
    conifer: brief.details.forest.isConifer || winter,
    dark: mix(mix(bark, [10, 12, 14], 0.35 * share), light.haze, far),
    rim: mix(lit(birch ? [240, 234, 222] : [150, 118, 84], light.key, strength), light.haze, far),
    litter: mix(lit(shift(soil, -0.08), light.ambient, strength), light.haze, far),
    needles: tonesOf(
      mix(lit([34, 56, 46], light.ambient, strength), light.haze, far),
      mix(lit(winter ? [220, 228, 240] : [78, 104, 62], light.key, strength), light.haze, far),
    ),
    sunSide: light.sun.x > 0.5 ? 1 : -1,
  }
}

/** A trunk by its foot, up to a height of the frame. */
type Trunk = { x: number; base: number; top: number; wide: number; lean: number }

const paintTrunk = (ctx: DrawingContext, trunk: Trunk, { dark, rim, sunSide }: Wood, unit: number): void => {
  const { x, base, top, wide: w, lean } = trunk
  fillCurve(
    ctx,
    linearGradient(
      ctx,
      [x - w / 2, 0, x + w / 2, 0],
      [sunSide > 0 ? 1 : 0, mix(dark, rim, 0.75)],
      [sunSide > 0 ? 0.72 : 0.28, mix(dark, rim, 0.16)],
      [sunSide > 0 ? 0 : 1, dark],
    ),
    [x - w * 0.9, base + 4 * unit],
    [x - w * 0.46, base - w * 0.6, x - w * 0.42, base - w * 2.4],
    [x - w * 0.28 + lean, top - 4],
    [x + w * 0.28 + lean, top - 4],
    [x + w * 0.42, base - w * 2.4],
    [x + w * 0.46, base - w * 0.6, x + w * 0.95, base + 4 * unit],
  )
}

/** Leaves and shade gather at the foot, so that a trunk grows out of the ground. */
const paintLitter = (ctx: DrawingContext, random: Random, { x, base, wide: w }: Trunk, litter: Rgb): void => {
  for (let heap = 0; heap < 9; heap++)
    fillEllipse(ctx, css(shift(litter, (random() - 0.5) * 0.06), 0.3), [
      x + (random() - 0.5) * w * 1.7,
      base + w * (0.02 + random() * 0.08),
      w * (0.3 + random() * 0.3),
      w * (0.05 + random() * 0.06),
    ])
}

/** Cracks along a trunk, or the short bars of a birch across it. */
const paintBark = (ctx: DrawingContext, random: Random, trunk: Trunk, { dark, birch }: Wood): void => {
  const { base, top, wide: w, lean } = trunk
  setPen(ctx, css(mix(dark, [0, 0, 0], 0.4), 0.35), Math.max(0.8, w * 0.028))
  for (let crack = 0; crack < 26; crack++) {
    const y = top + random() * (base - top)
    const x = trunk.x + (random() - 0.5) * w * 0.7 + lean * (1 - (y - top) / (base - top))
    if (birch) strokeLine(ctx, [x - w * 0.12, y, x + w * 0.12, y + w * 0.02])
    else strokeLine(ctx, [x, y, x + (random() - 0.5) * w * 0.1, y + w * (0.3 + random() * 0.8)])
  }
}

/** Boughs to both sides; those of conifers hang, and carry needles. */
const paintBoughs = (ctx: DrawingContext, random: Random, trunk: Trunk, wood: Wood, specks: Specks): void => {
  const { x, base, top, wide: w, lean } = trunk
  const { dark, rim, conifer, needles } = wood
  ctx.strokeStyle = css(mix(dark, rim, 0.1))
  ctx.lineCap = 'round'
  const [bent, raised] = conifer ? [-0.06, -0.2] : [0.3, 0.36]
  for (let bough = 0; bough < 5; bough++) {
    const y = base - (base - top) * (0.3 + random() * 0.68)
    const side = random() < 0.5 ? -1 : 1
    const long = w * (1.6 + random() * 3)
    ctx.lineWidth = w * (0.07 + random() * 0.08)
    ctx.beginPath()
    ctx.moveTo(x + lean * 0.5, y)
    ctx.quadraticCurveTo(x + side * long * 0.5, y - long * bent!, x + side * long, y - long * raised!)
    ctx.stroke()
    if (!conifer) continue
    for (let tuft = 0.3; tuft <= 1; tuft += 0.14)
      strewLeaves(specks, random, {
        x: x + side * long * tuft,
        y: y + long * 0.2 * tuft * tuft,
        radius: w * 0.75,
        leaf: w * 0.2,
        tones: needles,
        count: 9,
      })
  }
}

/** Paints one rank of trunks with their boughs, and gathers its leaves. */
type Rank = { box: Box; depth: number; paint: (ctx: DrawingContext, leaves: Specks) => void }

/** The ranks of a wood, from far and pale to near and dark. */
export const rankOf = (scene: SceneContext, rank: number, ranks: number, floor: number): Rank => {
  const { light, width, height, unit } = scene
  const share = rank / (ranks - 1)
  const depth = 0.2 + share * 0.75
  const random = scene.random(`trunks ${rank}`)
  const far = (1 - share) ** 1.2 * Math.min(0.96, 0.82 + light.air * 0.06)
  const strength = light.dark > 0.6 ? 0.5 : 1
  const wood = woodOf(scene, share, far, strength)
  const { isBamboo, hasBlossoms } = scene.brief.details.forest
  const wide = (7 + share ** 2 * 62) * unit
  const count = Math.max(4, Math.round((width / unit / (24 + share * 170)) * (1 - share * 0.3)))
  const foot = floor + share ** 1.6 * (height - floor) * 0.62
  const box = coverBox(scene, depth, 0, Math.min(height, foot + 40 * unit))
  const path = pathAt(scene)
  const culms = {
    top: box.y - 4,
    wide: wide * 0.36,
    side: wood.sunSide,
    dark: mix(lit([70, 96, 44], light.ambient, strength), light.haze, far),
    light: mix(lit([168, 196, 96], light.key, strength), light.haze, far),
  }
  const paintOne = (ctx: DrawingContext, specks: Specks, x: number): void => {
    const w = wide * (0.6 + random() * 0.7)
    const lean = (random() - 0.5) * w * 1.2
    const trunk = { x, base: foot + (random() - 0.4) * 26 * unit * (0.4 + share), top: box.y, wide: w, lean }
    paintTrunk(ctx, trunk, wood, unit)
    paintLitter(ctx, random, trunk, wood.litter)
    if (share > 0.45) paintBark(ctx, random, trunk, wood)
    paintBoughs(ctx, random, trunk, wood, specks)
  }
  const strewCrowns = (specks: Specks): void => {
    const masses = Math.round(34 - share * 14)
    for (let index = 0; index < masses; index++) {
      const x = box.x + random() * box.width
      const open = Math.max(0, 1 - Math.abs(x / width - path) / 0.34)
      const y = box.y + random() ** 1.5 * height * (0.42 - share * 0.08) * (1 - open * 0.55)
      const leaves = foliage(light, random, hasBlossoms ? 0.8 : 0)
      strewLeaves(specks, random, {
        x,
        y,
        radius: (50 + share * 130) * unit,
        leaf: (2.6 + share * 9) * unit,
        tones: tonesOf(mix(leaves.dark, light.haze, far), mix(leaves.light, light.haze, far * 0.9)),
        count: Math.round(110 + share * 60),
      })
    }
  }
  const paint: Rank['paint'] = (ctx, specks) => {
    const places = Array.from({ length: count }, (_, index) => (index + 0.15 + random() * 0.7) / count)
    for (const place of places) {
      const x = box.x + place * box.width
      // The view is kept open along the path, the more the nearer.
      if (Math.abs(x / width - path) < 0.05 + share * 0.2) continue
      if (isBamboo) paintCulms(ctx, random, { ...culms, x, base: foot + (random() - 0.4) * 26 * unit })
      else paintOne(ctx, specks, x)
    }
    if (!wood.conifer) strewCrowns(specks)
  }
  return { box, depth, paint }
}

/** A rank whose boughs stir. */
export const rankLayer = (scene: SceneContext, rank: number, ranks: number, floor: number): Layer => {
  const { box, depth, paint } = rankOf(scene, rank, ranks, floor)
  const sprite = paintSprite(box, depth, (ctx) => {
    const leaves = createSpecks()
    paint(ctx, leaves)
    return leaves
  })
  const sway = scene.noise('boughs')
  const most = (1.6 * scene.unit * rank) / (ranks - 1)
  return (ctx, view) => drawSprite(ctx, view, sprite, sway(view.seconds * 0.35, rank) * most)
}
