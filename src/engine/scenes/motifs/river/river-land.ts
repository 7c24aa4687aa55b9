import type { Random } from '../../../random.ts'
import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillEllipse, fillPolygon } from '../../../canvas/paths.ts'
import { toneOf } from '../../tone.ts'
import { css, lit, mix, shift } from '../../../canvas/colour.ts'
import { wavesOf } from '../../../canvas/noise-field.ts'
import { coverBox, type SceneContext } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { foliage, lightDirection, pineColours } from '../../land/relief.ts'
import { paintLand } from '../../land/terrain.ts'
import { paintBroadleaf, paintPine } from '../../land/trees.ts'
import type { Course } from './river-course.ts'

type RiverLand = {
  horizon: number
  depth: number
  grass: Rgb
  bank: Rgb
  /** What grows along it, and how thick, 0 to 1. */
  trees: 'pines' | 'leaves'
  wooded: number
}

const STEPS = 140

/** The river's outline as the context's path. */
const traceWater = (ctx: DrawingContext, course: Course): void => {
  ctx.beginPath()
  for (const side of [-1, 1])
    for (let step = 0; step <= STEPS; step++) {
      const share = side < 0 ? step / STEPS : 1 - step / STEPS
      const at = course.to(course.near * 0.8 * (course.far / (course.near * 0.8)) ** share, side)
      ctx.lineTo(at.x, at.y)
    }
  ctx.closePath()
}

/** The ground, flat where the water is, sandy along it. */
const paintGround = (scene: SceneContext, course: Course, look: RiverLand): Sprite => {
  const { light } = scene
  const { horizon, depth } = look
  const strength = light.dark > 0.6 ? 0.55 : 1
  const grass = lit(shift(look.grass, 0.03), light.key, strength)
  const under = lit(shift(look.grass, -0.12), light.ambient, strength)
  const [sand, damp] = [lit(look.bank, light.key, strength), lit(shift(look.bank, -0.1), light.ambient, strength)]
  const [lx, ly] = lightDirection(light)
  const rolls = wavesOf(scene.noise('river land'), { x: 50, z: 90, octaves: 3 })
  const patches = wavesOf(scene.noise('river patches'), { x: 14, z: 34, octaves: 3 })
  const fine = wavesOf(scene.noise('river fine'), { x: 1.5, z: 1.9, octaves: 4 })
  const middles: number[] = []
  const halves: number[] = []
  return paintLand(scene, {
    name: 'river land',
    depth,
    near: course.near,
    far: course.far * 1.3,
    nearest: true,
    eye: course.eye,
    horizon,
    heights: (xs, zs, out, count) => {
      const roll = rolls(xs, zs, count)
      // Every column is looked at in the same distances.
      while (middles.length < count) {
        middles.push(course.middle(zs[middles.length]!))
        halves.push(course.half(zs[halves.length]!))
      }
      for (let at = 0; at < count; at++) {
        const off = Math.abs(xs[at]! - middles[at]!) - halves[at]!
        out[at] = off < 3 ? 0 : Math.min(1, (off - 3) / 40) * Math.max(-0.2, roll[at]! + 0.35) * 3.4
      }
    },
    colours: (points, count) => {
      const { x, z, slopeX, haze } = points
      const patch = patches(x, z, count)
      const blade = fine(x, z, count)
      const out = [points.red, points.green, points.blue]
      for (let at = 0; at < count; at++) {
        const off = Math.abs(x[at]! - course.middle(z[at]!)) - course.half(z[at]!)
        const shore = Math.min(1, Math.max(0, 1.5 - off / 2.6 + patch[at]! * 1.6))
        const facing = (-slopeX[at]! * lx * 3 + ly * 0.8) / Math.sqrt(slopeX[at]! ** 2 * 4 + 1)
        const shine = Math.min(1, Math.max(0, facing * 0.85 + patch[at]! * 0.5 + blade[at]! * 0.42))
        for (let channel = 0; channel < 3; channel++) {
          const grown = under[channel]! + (grass[channel]! - under[channel]!) * shine
          const bare = damp[channel]! + (sand[channel]! - damp[channel]!) * shine
          out[channel]![at] = grown + (bare - grown) * shore
        }
        haze[at] = Math.min(0.9, (z[at]! / (course.far * 1.1)) * 0.8 * (0.5 + light.air * 0.5))
      }
    },
    hazeColour: light.haze,
  }).sprite
}

/** The low edge of each bank, in its own shade, and stones along it. */
const paintBanks = (ctx: DrawingContext, scene: SceneContext, course: Course, bank: Rgb, random: Random): void => {
  const { light, unit } = scene
  const tone = toneOf(scene)
  const [lx] = lightDirection(light)
  for (const side of [-1, 1])
    for (let step = 0; step < STEPS * 2; step++) {
      const z = course.near * (course.far / course.near) ** (step / (STEPS * 2))
      const at = course.to(z, side)
      const far = Math.min(0.85, (z / course.far) * 1.3)
      const [wide, tall] = [2 * unit + 0.24 * at.scale, Math.max(1, 0.2 * at.scale)]
      ctx.fillStyle = css(tone(shift(bank, -0.2), 0.15, far), 0.8)
      ctx.fillRect(at.x - unit - 0.12 * at.scale, at.y - 0.06 * at.scale, wide, tall)
      if (random() > 0.42) continue
      const size = (0.2 + random() ** 3 * 1.1) * at.scale
      const { x, y } = course.to(z, side * (0.94 + random() * 0.2))
      const stone = css(tone(shift([128, 124, 120], (random() - 0.5) * 0.2), 0.4, far))
      fillEllipse(ctx, stone, [x, y - size * 0.2, size, size * 0.6])
      const top = css(tone([176, 172, 166], 0.9, far), 0.6)
      fillEllipse(ctx, top, [x + size * 0.15 * (lx > 0 ? 1 : -1), y - size * 0.42, size * 0.6, size * 0.24])
    }
}

/** A tree on the bank in pixels of the frame; `wet` is one that the water mirrors. */
type Tree = { x: number; y: number; tall: number; far: number; wet: boolean }

/** Where trees stand, far to near. */
const plantTrees = (scene: SceneContext, course: Course, look: RiverLand, random: Random): Tree[] => {
  const trees: Tree[] = []
  // A broad crown takes as long to paint as ten spruces.
  for (let tree = 0; tree < (look.trees === 'leaves' ? 150 : 420); tree++) {
    const z = course.near * 1.15 * (course.far / course.near) ** random() * 0.9
    const side = random() < 0.5 ? -1 : 1
    const away = 1.5 + random() ** 1.8 * 46
    if (random() > look.wooded) continue
    const at = course.land(course.middle(z) + side * (course.half(z) + away), z)
    const off = Math.abs(at.x / scene.width - 0.5)
    // Close to the eye trees stand only at the sides: they frame the river and do not hide it.
    if (z < course.near * 2.2 && off < 0.36) continue
    trees.push({
      ...at,
      tall: (5 + random() * 8) * at.scale,
      far: Math.min(0.8, (z / course.far) * 1.1 * (0.6 + scene.light.air * 0.3)),
      wet: away < 9,
    })
  }
  return trees.sort((a, b) => a.y - b.y)
}

const paintTrees = (ctx: DrawingContext, { light, random }: SceneContext, kind: RiverLand['trees'], trees: Tree[]) => {
  const side = light.sun.x > 0.5 ? 1 : -1
  const leaves = random('river leaves')
  for (const { x, y, tall, far } of trees) {
    if (kind === 'pines') {
      paintPine(ctx, leaves, { x, y, height: tall, ...pineColours(light, Math.max(0.04, far)), side })
      continue
    }
    const crown = foliage(light, leaves, 0.1)
    paintBroadleaf(ctx, leaves, {
      x,
      y,
      height: tall * 0.9,
      dark: mix(crown.dark, light.haze, far),
      light: mix(crown.light, light.haze, far),
      trunk: mix(lit([84, 66, 52], light.ambient), light.haze, far),
      side,
    })
  }
}

/** The flat land that a river winds through, with a hole where its water is, trees on its banks, and what they mirror. */
export const riverLand = (
  scene: SceneContext,
  course: Course,
  look: RiverLand,
): { ground: Sprite; mirrored: Sprite } => {
  const ground = paintGround(scene, course, look)
  const ctx = ground.canvas.getContext('2d')
  ctx.save()
  ctx.translate(-ground.x, -ground.y)
  ctx.globalCompositeOperation = 'destination-out'
  traceWater(ctx, course)
  ctx.fill()
  ctx.globalCompositeOperation = 'source-over'
  const random = scene.random('banks')
  paintBanks(ctx, scene, course, look.bank, random)
  const trees = plantTrees(scene, course, look, random)
  paintTrees(ctx, scene, look.trees, trees)
  ctx.restore()
  ctx.getImageData(0, 0, 1, 1)
  const mirrored = paintSprite(coverBox(scene, look.depth, look.horizon), look.depth, (own) => {
    traceWater(own, course)
    own.clip()
    own.globalAlpha = 0.5
    for (const { x, y, tall, far } of trees.filter(({ wet }) => wet)) {
      const { dark } = pineColours(scene.light, Math.max(0.04, far))
      const fall = linearGradient(own, [0, y, 0, y + tall], [0, dark, 0.9], [1, dark, 0])
      fillPolygon(own, fall, [x - tall * 0.2, y, x + tall * 0.2, y, x, y + tall * 0.95])
    }
  })
  return { ground, mirrored }
}
