import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../rgb.ts'
import type { Random } from '../../random.ts'
import { css, mix, shift } from '../../canvas/colour.ts'
import { fillPolygon, fillRectangle } from '../../canvas/paths.ts'
import { coverBox, type Layer, type SceneContext } from '../layers.ts'
import { type Box, drawSprite, paintSprite } from '../../canvas/sprite.ts'
import { linearGradient } from '../../canvas/gradients.ts'
import { fillCircle } from '../../canvas/curves.ts'

type Billows = {
  /** From where to where across, and the level that they stand on. */
  from: number
  to: number
  base: number
  /** Radius of a heap in pixels, and how far apart heaps stand as a share of it. */
  size: number
  apart: number
  /** How much of the row is there, 0 to 1, and how flat the heaps are, 1 round. */
  dense: number
  flat: number
  lit: Rgb
  mid: Rgb
  shade: Rgb
  /** Where the light stands across the frame, in pixels, and whether it stands below the clouds. */
  sunX: number
}

type Puff = { x: number; y: number; radius: number }

/** One heap of round puffs: small ones along its upper edge, large ones that fill its body. */
const heap = (random: Random, x: number, base: number, size: number, flat: number): Puff[] => {
  const puffs: Puff[] = []
  const count = 34
  for (let index = 0; index < count; index++) {
    const angle = Math.PI * (index / (count - 1)) + (random() - 0.5) * 0.3
    const out = 0.5 + random() * 0.5
    puffs.push({
      x: x - Math.cos(angle) * size * out * 1.2,
      y: base - Math.sin(angle) * size * out * flat,
      radius: size * (0.1 + random() ** 2 * 0.3) * (1.5 - out * 0.7),
    })
  }
  return puffs
}

/** A row of heaped clouds, each puff lit from the side of the sun and dark beneath. */
export const paintBillows = (ctx: SKRSContext2D, random: Random, row: Billows): void => {
  const puffs: Puff[] = []
  const cores: { x: number; size: number }[] = []
  for (let x = row.from; x < row.to; x += row.size * row.apart * (0.6 + random() * 0.8)) {
    const size = row.size * (0.55 + random() ** 1.5 * 0.75)
    const rise = random()
    if (random() > row.dense) continue
    cores.push({ x, size })
    puffs.push(...heap(random, x, row.base, size, row.flat * (0.8 + rise * 0.4)))
  }
  // The body of each heap, which the puffs only give its edge and its folds.
  ctx.fillStyle = css(row.mid)
  for (const { x, size } of cores) {
    ctx.beginPath()
    ctx.ellipse(x, row.base, size * 1.2, size * row.flat * 0.8, 0, Math.PI, Math.PI * 2)
    ctx.fill()
  }
  puffs.sort((a, b) => a.y - b.y)
  for (const puff of puffs) {
    const side = Math.max(-1, Math.min(1, (row.sunX - puff.x) / (row.size * 5)))
    const drop = Math.min(1, Math.max(0, (puff.y - row.base) / row.size + 0.95))
    const top = mix(row.lit, row.mid, drop * 0.6)
    const low = mix(row.mid, row.shade, Math.min(1, 0.1 + drop))
    // Lit on its upper edge; below it melts into the mass, for a rim all round would make balls of the puffs.
    const turn = side * 0.7
    const fill = linearGradient(
      ctx,
      [
        puff.x + Math.sin(turn) * puff.radius,
        puff.y - Math.cos(turn) * puff.radius,
        puff.x - Math.sin(turn) * puff.radius,
        puff.y + Math.cos(turn) * puff.radius,
      ],
      [0, top],
      [0.3, mix(top, low, 0.42)],
      [0.62, low, 0.8],
      [1, low, 0],
    )
    fillCircle(ctx, fill, [puff.x, puff.y, puff.radius])
  }
}

/** One bank of a storm: `base` is its level, `way` where the wind blows, 1 to the right. */
type Bank = { box: Box; base: number; horizon: number; slate: Rgb; shade: Rgb; way: number }

/** The dark body above the heaps. */
const paintRoof = (ctx: SKRSContext2D, { box, base, shade }: Bank): void => {
  ctx.fillStyle = linearGradient(ctx, [0, 0, 0, base], [0, shade], [0.7, shade, 0.9], [1, shade, 0])
  ctx.fillRect(box.x, box.y, box.width, base - box.y)
}

/** The ragged underside melts away. */
const meltUnderside = (ctx: SKRSContext2D, { box, base, horizon }: Bank): void => {
  ctx.globalCompositeOperation = 'destination-out'
  const melt = ctx.createLinearGradient(0, base * 0.86, 0, Math.min(horizon, base * 1.24))
  melt.addColorStop(0, 'rgba(0,0,0,0)')
  melt.addColorStop(1, 'rgba(0,0,0,1)')
  fillRectangle(ctx, melt, [box.x, base * 0.86, box.width, horizon])
  ctx.globalCompositeOperation = 'source-over'
}

/** Shafts of rain that slant with the wind. */
const paintShafts = (ctx: SKRSContext2D, scene: SceneContext, random: Random, bank: Bank): void => {
  const { box, base, horizon, slate, way } = bank
  const { unit, light } = scene
  for (let shaft = 0; shaft < 5; shaft++) {
    const x = box.x + random() * box.width
    const wide = (60 + random() * 150) * unit
    const veil = linearGradient(
      ctx,
      [0, base * 0.9, 0, horizon],
      [0, slate, 0],
      [0.35, slate, 0.3],
      [1, mix(slate, light.skyLow, 0.3), 0.12],
    )
    const [top, foot] = [base * 0.9, way * 90 * unit]
    for (let strand = 0; strand < 9; strand++) {
      const at = x + (strand / 9 - 0.5) * wide * 1.6
      ctx.globalAlpha = 0.28
      const [left, right] = [at - wide * 0.28 - foot, at + wide * 0.2 - foot]
      fillPolygon(ctx, veil, [at - wide * 0.24, top, at + wide * 0.24, top, right, horizon, left, horizon])
    }
    ctx.globalAlpha = 1
  }
}

/** The heaped clouds of a storm: three banks over one another, the lowest the darkest, with shafts of rain under them. */
export const stormLayers = (scene: SceneContext, horizon: number): Layer[] => {
  const { light, width, height, unit } = scene
  const way = scene.random('storm wind')() < 0.5 ? -1 : 1
  const night = light.dark > 0.6
  const glow = mix(light.skyLow, light.key, night ? 0.3 : 0.5)
  const slate: Rgb = mix(light.ambient, [40, 46, 60], 0.62)
  const gap = scene.random('gap')()
  const portrait = Math.max(1, height / width)
  const dim = night ? 0.22 : 0
  return [0, 1, 2].map((rank): Layer => {
    const speed = way * (0.006 + rank * 0.006)
    const travel = Math.abs(speed) * Math.max(1, scene.seconds) * width
    const depth = 0.07 + rank * 0.05
    const flat = coverBox(scene, depth, 0, horizon)
    const box = { ...flat, x: flat.x - travel, width: flat.width + travel * 2 }
    const random = scene.random(`storm ${rank}`)
    const lit = mix(mix(shift(glow, 0.02 - rank * 0.07), slate, 0.16 + rank * 0.2), light.skyTop, dim)
    const shade = mix(shift(slate, [-0.02, -0.1, -0.16][rank]!), light.skyTop, dim)
    const base = horizon * [0.8, 0.56, 0.3][rank]!
    const bank: Bank = { box, base, horizon, slate, shade, way }
    const sprite = paintSprite(box, depth, (ctx) => {
      if (rank > 0) paintRoof(ctx, bank)
      for (let row = 0; row < 3; row++)
        paintBillows(ctx, random, {
          from: box.x - 200 * unit,
          to: box.x + box.width + 200 * unit,
          base: base * (0.5 + row * 0.26),
          size: (150 - rank * 8) * unit * portrait ** 0.4 * (0.7 + row * 0.12),
          apart: 1.25,
          dense: rank === 0 ? 0.5 + gap * 0.3 : 0.8,
          flat: 0.62,
          lit,
          mid: mix(lit, shade, 0.62),
          shade,
          sunX: light.sun.x * width,
        })
      meltUnderside(ctx, bank)
      if (rank === 1) paintShafts(ctx, scene, random, bank)
    })
    return (ctx, view) => drawSprite(ctx, view, sprite, speed * view.seconds * width)
  })
}
