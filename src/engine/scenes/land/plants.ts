import type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../rgb.ts'
import type { Random } from '../../random.ts'
import type { Tone } from '../tone.ts'
import { css, shift } from '../../canvas/colour.ts'
import { coverBox } from '../layers.ts'
import { paintSprite, type Sprite } from '../../canvas/sprite.ts'
import type { SceneContext } from '../context.ts'
import { paintBloom } from './blooms.ts'
import type { Planting } from './crops.ts'
import type { FieldView } from './planted-field.ts'

/** How far off plants are drawn one by one, how many to a metre of row, and how far they stray from its middle, in metres. */
const kinds = {
  lavender: { far: 15, every: 0.34, stray: 0.36 },
  sunflower: { far: 60, every: 0.62, stray: 0.12 },
  tulip: { far: 26, every: 0.17, stray: 0.6 },
  poppy: { far: 40, every: 0.1, stray: 1.1 },
  vine: { far: 46, every: 0.34, stray: 0.16 },
  wheat: { far: 12, every: 0.1, stray: 0.4 },
  tea: { far: 14, every: 0.2, stray: 0.5 },
} as const satisfies Record<Planting['plant'], unknown>

const spray = (
  ctx: SKRSContext2D,
  random: Random,
  size: number,
  count: number,
  draw: (x: number, y: number, lean: number) => void,
): void => {
  for (let one = 0; one < count; one++) {
    const lean = (random() - 0.5) * 1.5
    const long = size * (0.75 + random() * 0.45) * Math.cos(lean * 0.8)
    ctx.beginPath()
    ctx.moveTo(0, 0)
    ctx.quadraticCurveTo(Math.sin(lean) * long * 0.3, -long * 0.6, Math.sin(lean) * long, -long)
    ctx.stroke()
    draw(Math.sin(lean) * long, -long, lean)
  }
}

const images = (planting: Planting, random: Random, tone: Tone): Canvas[] =>
  planting.tops.flatMap((top) =>
    [72, 20].map(
      (size) =>
        paintSprite({ x: 0, y: 0, width: size, height: size }, 0, (ctx) => {
          ctx.translate(size / 2, size / 2)
          ctx.scale(size * 0.42, size * 0.42)
          if (planting.plant === 'sunflower') paintBloom(ctx, random, 'sunflower', top, tone)
          if (planting.plant === 'tulip') paintBloom(ctx, random, 'tulip', top, tone)
          if (planting.plant === 'poppy') paintBloom(ctx, random, 'poppy', top, tone)
        }).canvas,
    ),
  )

/** The plants of a field that are near enough to be seen one by one, the furthest first. */
export const plantsSprite = (
  scene: SceneContext,
  planting: Planting,
  view: FieldView,
  offset: number,
  tone: Tone,
): Sprite => {
  const { width, height } = scene
  const { plant, spacing, tops, below } = planting
  const random = scene.random('plants')
  const { far, every, stray } = kinds[plant]
  const heads = plant === 'sunflower' || plant === 'tulip' || plant === 'poppy' ? images(planting, random, tone) : []
  const patches = scene.noise('plant patches')
  return paintSprite(coverBox(scene, view.depth), view.depth, (ctx, box) => {
    const air = (z: number): number => Math.min(0.5, (z / 900) * (0.5 + scene.light.air * 0.5))
    ctx.lineCap = 'round'
    const drawOne = (x: number, z: number, kind: number): void => {
      const { x: px, y: py, metre } = view.at(x, z)
      if (px < box.x - metre || px > box.x + box.width + metre) return
      const sunny = 0.55 + random() * 0.4
      const top = tops[kind % tops.length]!
      const green = css(tone(shift(below, (random() - 0.5) * 0.06), sunny * 0.7, air(z)))
      ctx.save()
      ctx.translate(px, py)
      switch (plant) {
        case 'lavender':
          ctx.strokeStyle = css(tone([116, 130, 92], sunny, air(z)))
          ctx.lineWidth = Math.max(0.6, metre * 0.008)
          ctx.fillStyle = css(tone(shift(top, (random() - 0.5) * 0.08), sunny, air(z)))
          spray(ctx, random, metre * 0.46, z < 6 ? 13 : 7, (tipX, tipY, lean) => {
            ctx.beginPath()
            ctx.ellipse(tipX, tipY, metre * 0.017, metre * 0.075, lean, 0, Math.PI * 2)
            ctx.fill()
          })
          break
        case 'tea':
        case 'vine': {
          const high = plant === 'vine' ? random() * 0.95 : 0.1 * random()
          for (let leaf = 0; leaf < (z < 9 ? 12 : z < 18 ? 6 : 3); leaf++) {
            const size =
              metre *
              (plant === 'vine' ? 0.055 + random() * 0.05 : 0.03 + random() * 0.03) *
              (z < 9 ? 1 : z < 18 ? 1.4 : 2)
            const lift = high + random() * 0.3
            ctx.fillStyle = css(
              tone(
                shift(tops[Math.floor(random() * tops.length)]!, (random() - 0.6) * 0.12),
                0.15 + lift * 0.75,
                air(z),
              ),
            )
            ctx.beginPath()
            ctx.ellipse((random() - 0.5) * metre * 0.4, -lift * metre, size, size * 0.72, random() * 3, 0, Math.PI * 2)
            ctx.fill()
          }
          break
        }
        case 'wheat':
          ctx.strokeStyle = css(tone(shift(top, -0.06), sunny * 0.8, air(z)))
          ctx.lineWidth = Math.max(0.6, metre * 0.006)
          ctx.fillStyle = css(tone(top, sunny, air(z)))
          spray(ctx, random, metre * 0.5, 3, (tipX, tipY, lean) => {
            ctx.beginPath()
            ctx.ellipse(tipX, tipY, metre * 0.014, metre * 0.07, lean * 1.3, 0, Math.PI * 2)
            ctx.fill()
          })
          break
        case 'sunflower':
        case 'tulip':
        case 'poppy': {
          const tallest = plant === 'sunflower' ? 0.75 : plant === 'tulip' ? 0.36 : 0.3
          const long = metre * tallest * (0.75 + random() * 0.4)
          const lean = (random() - 0.5) * long * 0.16
          ctx.strokeStyle = green
          ctx.lineWidth = Math.max(0.7, metre * (plant === 'sunflower' ? 0.035 : 0.014))
          ctx.beginPath()
          ctx.moveTo(0, 0)
          ctx.quadraticCurveTo(0, -long * 0.5, lean, -long)
          ctx.stroke()
          if (plant !== 'poppy' && z < 30)
            for (const side of [-1, 1]) {
              ctx.fillStyle = css(tone(shift(below, 0.03 * side), sunny * 0.8, air(z)))
              ctx.beginPath()
              const broad = plant === 'sunflower' ? 0.2 : 0.06
              ctx.ellipse(
                side * long * 0.2,
                -long * (0.5 + side * 0.12),
                long * 0.26,
                long * broad,
                side * -0.7,
                0,
                Math.PI * 2,
              )
              ctx.fill()
            }
          const size = metre * (plant === 'sunflower' ? 0.5 : plant === 'tulip' ? 0.13 : 0.13) * (0.8 + random() * 0.4)
          const head = heads[(kind % tops.length) * 2 + (size > 18 ? 0 : 1)]!
          ctx.drawImage(head, lean - size / 2, -long - size / 2, size, size * (plant === 'tulip' ? 1 : 0.78))
          break
        }
      }
      ctx.restore()
    }
    // Both the step and the stray grow with distance: what is far needs fewer.
    let z = far
    while (z > view.near) {
      const half = ((width / 2) * z) / view.at(0, z).metre / z + spacing
      const from = Math.floor((-half - z * view.lean) / spacing) - 1
      const to = Math.ceil((half - z * view.lean) / spacing) + 1
      for (let index = from; index <= to; index++) {
        const x = (index - offset) * spacing + z * view.lean + (random() - 0.5) * 2 * stray
        const strewn = plant === 'poppy' ? patches(x / 5, z / 7) > 0.36 - random() * 0.7 : true
        if (strewn) drawOne(x, z, plant === 'tulip' ? Math.floor(index / 4 + 300) : Math.floor(random() * 7))
      }
      z -= Math.max(every * 0.5, every * Math.sqrt(z / 6)) * (0.7 + random() * 0.6)
    }
    if (plant === 'vine') posts(ctx, view, tone, { spacing, offset, width, height, far })
  })
}

/** The posts of a vineyard, the furthest first. */
const posts = (
  ctx: SKRSContext2D,
  view: FieldView,
  tone: Tone,
  { spacing, offset, width, far }: { spacing: number; offset: number; width: number; height: number; far: number },
): void => {
  const wood: Rgb = [150, 122, 92]
  for (let z = far; z > view.near; z -= 5)
    for (let index = -40; index <= 40; index++) {
      const { x, y, metre } = view.at((index - offset) * spacing + z * view.lean, z)
      if (x < -20 || x > width + 20) continue
      ctx.fillStyle = css(tone(wood, 0.6, Math.min(0.5, z / 700)))
      ctx.fillRect(x - metre * 0.03, y - metre * 1.35, Math.max(1, metre * 0.06), metre * 1.45)
    }
}
