import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { toneOf } from '../../tone.ts'
import { css, lit, mix, shift } from '../../../canvas/colour.ts'
import { wavesOf } from '../../../canvas/noise-field.ts'
import { coverBox } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { foliage, lightDirection, pineColours } from '../../land/relief.ts'
import type { SceneContext } from '../../context.ts'
import { paintLand } from '../../land/terrain.ts'
import { paintBroadleaf, paintPine } from '../../land/trees.ts'
import type { Course } from './river-course.ts'

export type RiverLand = {
  horizon: number
  depth: number
  grass: Rgb
  bank: Rgb
  /** What grows along it, and how thick, 0 to 1. */
  trees: 'pines' | 'leaves'
  wooded: number
}

const STEPS = 140

const water = (ctx: SKRSContext2D, course: Course): void => {
  ctx.beginPath()
  for (const side of [-1, 1])
    for (let step = 0; step <= STEPS; step++) {
      const share = side < 0 ? step / STEPS : 1 - step / STEPS
      const at = course.to(course.near * 0.8 * (course.far / (course.near * 0.8)) ** share, side)
      ctx.lineTo(at.x, at.y)
    }
  ctx.closePath()
}

/** The flat land that a river winds through, with a hole where its water is, trees on its banks, and what they mirror. */
export const riverLand = (
  scene: SceneContext,
  course: Course,
  look: RiverLand,
): { ground: Sprite; mirrored: Sprite } => {
  const { light, unit } = scene
  const { horizon, depth } = look
  const tone = toneOf(scene)
  const strength = light.dark > 0.6 ? 0.55 : 1
  const [grass, under] = [
    lit(shift(look.grass, 0.03), light.key, strength),
    lit(shift(look.grass, -0.12), light.ambient, strength),
  ]
  const [sand, damp] = [lit(look.bank, light.key, strength), lit(shift(look.bank, -0.1), light.ambient, strength)]
  const [lx, ly] = lightDirection(light)
  const rolls = wavesOf(scene.noise('river land'), { x: 50, z: 90, octaves: 3 })
  const patches = wavesOf(scene.noise('river patches'), { x: 14, z: 34, octaves: 3 })
  const fine = wavesOf(scene.noise('river fine'), { x: 1.5, z: 1.9, octaves: 4 })
  const middles: number[] = []
  const halves: number[] = []
  const land = paintLand(scene, {
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
  })
  const { sprite } = land
  const ctx = sprite.canvas.getContext('2d')
  ctx.save()
  ctx.translate(-sprite.x, -sprite.y)
  ctx.globalCompositeOperation = 'destination-out'
  water(ctx, course)
  ctx.fill()
  ctx.globalCompositeOperation = 'source-over'
  // The low edge of each bank, in its own shade, and stones along it.
  const random = scene.random('banks')
  for (const side of [-1, 1])
    for (let step = 0; step < STEPS * 2; step++) {
      const z = course.near * (course.far / course.near) ** (step / (STEPS * 2))
      const at = course.to(z, side)
      const far = Math.min(0.85, (z / course.far) * 1.3)
      ctx.fillStyle = css(tone(shift(look.bank, -0.2), 0.15, far), 0.8)
      ctx.fillRect(
        at.x - unit - 0.12 * at.scale,
        at.y - 0.06 * at.scale,
        2 * unit + 0.24 * at.scale,
        Math.max(1, 0.2 * at.scale),
      )
      if (random() > 0.42) continue
      const size = (0.2 + random() ** 3 * 1.1) * at.scale
      const stone = course.to(z, side * (0.94 + random() * 0.2))
      ctx.fillStyle = css(tone(shift([128, 124, 120], (random() - 0.5) * 0.2), 0.4, far))
      ctx.beginPath()
      ctx.ellipse(stone.x, stone.y - size * 0.2, size, size * 0.6, 0, 0, Math.PI * 2)
      ctx.fill()
      ctx.fillStyle = css(tone([176, 172, 166], 0.9, far), 0.6)
      ctx.beginPath()
      ctx.ellipse(
        stone.x + size * 0.15 * (lx > 0 ? 1 : -1),
        stone.y - size * 0.42,
        size * 0.6,
        size * 0.24,
        0,
        0,
        Math.PI * 2,
      )
      ctx.fill()
    }
  type Tree = { x: number; y: number; tall: number; far: number; wet: boolean }
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
      far: Math.min(0.8, (z / course.far) * 1.1 * (0.6 + light.air * 0.3)),
      wet: away < 9,
    })
  }
  trees.sort((a, b) => a.y - b.y)
  const sunny = light.sun.x > 0.5 ? 1 : -1
  const leaves = scene.random('river leaves')
  const draw = (on: SKRSContext2D, tree: Tree): void => {
    if (look.trees === 'pines') {
      paintPine(on, leaves, {
        x: tree.x,
        y: tree.y,
        height: tree.tall,
        ...pineColours(light, Math.max(0.04, tree.far)),
        side: sunny,
      })
      return
    }
    const crown = foliage(light, leaves, 0.1)
    paintBroadleaf(on, leaves, {
      x: tree.x,
      y: tree.y,
      height: tree.tall * 0.9,
      dark: mix(crown.dark, light.haze, tree.far),
      light: mix(crown.light, light.haze, tree.far),
      trunk: mix(lit([84, 66, 52], light.ambient), light.haze, tree.far),
      side: sunny,
    })
  }
  for (const tree of trees) draw(ctx, tree)
  ctx.restore()
  ctx.getImageData(0, 0, 1, 1)
  const mirrored = paintSprite(coverBox(scene, depth, horizon), depth, (own) => {
    water(own, course)
    own.clip()
    own.globalAlpha = 0.5
    for (const tree of trees) {
      if (!tree.wet) continue
      const colours = pineColours(light, Math.max(0.04, tree.far))
      const fall = own.createLinearGradient(0, tree.y, 0, tree.y + tree.tall)
      fall.addColorStop(0, css(colours.dark, 0.9))
      fall.addColorStop(1, css(colours.dark, 0))
      own.fillStyle = fall
      own.beginPath()
      own.moveTo(tree.x - tree.tall * 0.2, tree.y)
      own.lineTo(tree.x + tree.tall * 0.2, tree.y)
      own.lineTo(tree.x, tree.y + tree.tall * 0.95)
      own.fill()
    }
  })
  return { ground: sprite, mirrored }
}
