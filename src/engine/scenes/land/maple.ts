import { rgb, type Rgb } from '../../rgb.ts'
import type { Season } from '../../prompt/sky.ts'
import type { Random } from '../../random.ts'
import { toneOf } from '../tone.ts'
import type { DrawingContext } from '../../canvas/drawing-context.ts'
import { css, mix, shift } from '../../canvas/colour.ts'
import { strokeLine } from '../../canvas/paths.ts'
import { coverBox, type Layer, type SceneContext } from '../layers.ts'
import { drawSprite, paintSprite } from '../../canvas/sprite.ts'
import { fillCircle } from '../../canvas/curves.ts'

/** Tips and notches of a maple leaf, each an angle from its stem's line and a length. */
const LOBES = [
  [2.5, 0.46],
  [2.02, 0.26],
  [1.62, 0.78],
  [1.18, 0.36],
  [0.8, 0.98],
  [0.4, 0.42],
  [0, 1.12],
] as const

type Leaf = readonly [x: number, y: number, size: number, angle: number]

/** A maple leaf of five lobes whose tip points along `angle`. */
export const paintMapleLeaf = (ctx: DrawingContext, fill: string, [x, y, size, angle]: Leaf): void => {
  ctx.fillStyle = fill
  ctx.beginPath()
  for (const hand of [1, -1])
    for (const [turn, long] of hand > 0 ? LOBES : [...LOBES].reverse())
      ctx.lineTo(x + Math.cos(angle + turn * hand) * long * size, y + Math.sin(angle + turn * hand) * long * size)
  ctx.closePath()
  ctx.fill()
}

/** Colours of a maple, or of a cherry in spring, darkest first. */
const SEASONS: Readonly<Record<Season, readonly Rgb[]>> = {
  autumn: [0x961e1e, 0xc83222, 0xe25c24, 0xf09630].map(rgb),
  spring: [0xce6e8c, 0xf0a0ba, 0xfac4d4, 0xffe2e8].map(rgb),
  winter: [0x684638, 0x966046, 0xbeccdc, 0xeaf0f8].map(rgb),
  summer: [0x2c5c30, 0x46803a, 0x70a046, 0x9ebe58].map(rgb),
}

/** Colours of a maple in this season, light included, darkest first. */
export const maplePalette = (scene: SceneContext, word?: Rgb): Rgb[] => {
  const tone = toneOf(scene)
  const { season } = scene.light
  return SEASONS[season].map((base, index) =>
    tone(word && season !== 'autumn' ? mix(base, word, 0.4) : base, 0.3 + index * 0.22),
  )
}

/** A blossom of five notched petals. */
const paintBlossom = (ctx: DrawingContext, fill: string, [x, y, size, angle]: Leaf): void => {
  ctx.fillStyle = fill
  ctx.beginPath()
  for (let petal = 0; petal < 5; petal++) {
    const turn = angle + petal * 1.2566
    const px = x + Math.cos(turn) * size * 0.46
    const py = y + Math.sin(turn) * size * 0.46
    ctx.moveTo(px, py)
    ctx.ellipse(px, py, size * 0.46, size * 0.36, turn, 0, Math.PI * 2)
  }
  ctx.fill()
  fillCircle(ctx, 'rgba(190,40,90,0.5)', [x, y, size * 0.16])
}

/** What a bough is painted with and what grows on it. */
type Growth = {
  ctx: DrawingContext
  random: Random
  bark: string
  leaves: readonly Rgb[]
  grown: 'leaves' | 'blossoms'
  unit: number
}

type Bough = { x: number; y: number; angle: number; long: number; thick: number }

const paintGrowth = ({ ctx, random, leaves, grown, unit }: Growth, x: number, y: number): void => {
  const tier = Math.min(leaves.length - 1, Math.floor(random() ** 1.2 * leaves.length))
  const size = (8 + random() * 9) * unit
  const off = size * 1.6
  const [aside, down] = [(random() - 0.5) * off * 2, (random() - 0.35) * off * 2]
  const leaf = [x + aside, y + down, size, Math.PI / 2 + (random() - 0.5) * 1.6] as const
  const paint = grown === 'blossoms' ? paintBlossom : paintMapleLeaf
  paint(ctx, css(shift(leaves[tier]!, (random() - 0.5) * 0.06), 0.96), leaf)
}

/** A bough of the first, second or third rank, with the boughs and leaves on it. */
const paintBough = (growth: Growth, from: Bough, rank: number): void => {
  const { ctx, random } = growth
  let { x, y, angle } = from
  const steps = 9
  ctx.strokeStyle = growth.bark
  ctx.lineCap = 'round'
  for (let step = 0; step < steps; step++) {
    const share = step / steps
    const nextX = x + (Math.cos(angle) * from.long) / steps
    const nextY = y + (Math.sin(angle) * from.long) / steps
    strokeLine(ctx, [x, y, nextX, nextY], Math.max(1, from.thick * (1 - share * 0.8)))
    x = nextX
    y = nextY
    angle += (random() - 0.5) * 0.34 + (Math.sin(angle) < 0.3 ? 0.035 : -0.05)
    if (rank < 2 && step > 0) {
      const turn = (step % 2 === 0 ? 1 : -1) * (0.5 + random() * 0.4)
      const long = from.long * (0.46 - share * 0.16) * (0.8 + random() * 0.4)
      const thick = from.thick * 0.42 * (1 - share * 0.5)
      paintBough(growth, { x, y, angle: angle + turn, long, thick }, rank + 1)
    }
    if (rank === 0 && step < 3) continue
    for (let leaf = 0; leaf < (rank === 2 ? 2 : 1); leaf++) paintGrowth(growth, x, y)
  }
}

/** Boughs of a maple, or of a cherry in bloom, that hang into the frame from an upper corner, two of them, nodding a little each for itself. */
export const overhang = (
  scene: SceneContext,
  leaves: readonly Rgb[],
  corner: number,
  grown: 'leaves' | 'blossoms' = 'leaves',
): Layer => {
  const { width, height, unit, light } = scene
  const bark = css(mix(light.ambient, [26, 16, 14], 0.75))
  const span = Math.min(Math.max(width, height) * 0.44, 640 * unit)
  const sprites = [0, 1].map((index) => {
    const random = scene.random(`bough ${index}`)
    const depth = 1.05 + index * 0.2
    return paintSprite(coverBox(scene, depth), depth, (ctx) => {
      const own = index === 0 ? leaves : leaves.map((leaf) => shift(leaf, -0.06))
      const growth: Growth = { ctx, random, bark, leaves: own, grown, unit: unit * (1 + index * 0.25) }
      const bough = {
        x: corner > 0 ? width * 1.04 : -width * 0.04,
        y: height * (0.02 + index * 0.1) - 20 * unit,
        angle: corner > 0 ? Math.PI - 0.1 - index * 0.28 - random() * 0.2 : 0.1 + index * 0.28 + random() * 0.2,
        long: span * (1 - index * 0.3),
        thick: (15 - index * 4) * unit,
      }
      paintBough(growth, bough, 0)
    })
  })
  return (ctx, view) => {
    sprites.forEach((sprite, index) => {
      const nod = Math.sin(view.seconds * (0.9 + index * 0.3) + index * 2)
      drawSprite(ctx, view, sprite, nod * 2.2 * unit, nod * 3 * unit)
    })
  }
}
