import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import type { Tone } from '../../tone.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { createHaze } from '../../../canvas/haze.ts'
import { fillEllipse, strokeLine } from '../../../canvas/paths.ts'
import { coverBox, type Layer, layerAt, type SceneContext, still } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { type CameraView, scaleAt, xAt, yAt } from '../../../canvas/camera-view.ts'

/** Where water falls: the middle and breadth of it, its lip and its foot. Pixels. */
export type Fall = { x: number; wide: number; top: number; foot: number }

/** The colours of falling water: white, and blue in its shade. */
export type Water = { white: Rgb; blue: Rgb }

const DEPTH = 0.42

/** Half the breadth of a fall at a share of its height: it spreads as it falls. */
const flare = (fall: Fall, at: number): number => fall.wide * (0.5 + at * 0.14)

const fallSprite = ({ unit }: SceneContext, random: Random, fall: Fall, { white, blue }: Water): Sprite => {
  const { x, wide, top, foot } = fall
  const tall = foot - top
  const box = { x: x - wide, y: top - 12 * unit, width: wide * 2, height: tall + 24 * unit }
  return paintSprite(box, DEPTH, (ctx) => {
    ctx.fillStyle = linearGradient(
      ctx,
      [x - wide * 0.6, 0, x + wide * 0.6, 0],
      [0, blue, 0.9],
      [0.3, white],
      [0.62, mix(white, blue, 0.3)],
      [0.8, white],
      [1, blue, 0.9],
    )
    const [lip, middle] = [top + 4 * unit, top + tall * 0.4]
    const [above, between, below] = [flare(fall, 0), flare(fall, 0.3), flare(fall, 1)]
    ctx.beginPath()
    ctx.moveTo(x - above, lip)
    ctx.quadraticCurveTo(x, top - 9 * unit, x + above, lip)
    ctx.quadraticCurveTo(x + between, middle, x + below, foot)
    ctx.lineTo(x - below, foot)
    ctx.quadraticCurveTo(x - between, middle, x - above, lip)
    ctx.fill()
    for (let strand = 0; strand < 60; strand++) {
      const at = random() * 2 - 1
      ctx.strokeStyle = css(random() < 0.5 ? blue : shift(white, 0.04), 0.2 + random() * 0.3)
      const thick = (1 + random() * 4) * unit
      strokeLine(ctx, [x + at * above, top, x + at * below + (random() - 0.5) * 8 * unit, foot], thick)
    }
  })
}

/** Threads of water that run down over a fall, faster the further they have fallen. */
const createThreads = (unit: number, random: Random, fall: Fall, { white, blue }: Water) => {
  const threads = Array.from({ length: Math.round(46 + fall.wide / unit / 2) }, () => ({
    at: random() * 2 - 1,
    phase: random(),
    pace: 0.55 + random() * 0.3,
    long: 0.1 + random() * 0.18,
    wide: (1 + random() * 3.4) * unit,
    pale: random() < 0.7,
  }))
  const tall = fall.foot - fall.top
  const [pale, dark] = [css(shift(white, 0.05), 0.75), css(blue, 0.5)]
  return (ctx: DrawingContext, seconds: number): void => {
    ctx.lineCap = 'round'
    for (const isPale of [true, false]) {
      ctx.strokeStyle = isPale ? pale : dark
      for (const thread of threads) {
        if (thread.pale !== isPale) continue
        const run = (thread.phase + seconds * thread.pace) % 1
        const from = run * run * 1.1 - 0.06
        const to = Math.min(1, from + thread.long * (0.4 + run))
        if (to <= 0) continue
        const [x1, y1] = [
          fall.x + thread.at * flare(fall, Math.max(0, from)) * 0.94,
          fall.top + tall * Math.max(0, from),
        ]
        strokeLine(ctx, [x1, y1, fall.x + thread.at * flare(fall, to) * 0.94, fall.top + tall * to], thread.wide)
      }
    }
  }
}

/** Spray that rises where a fall meets the pool. */
const createSpray = (scene: SceneContext, random: Random, fall: Fall, white: Rgb) => {
  const spray = createHaze(scene, mix(white, [255, 255, 255], 0.4), false)
  const clouds = Array.from({ length: 22 }, () => ({
    at: random() * 2 - 1,
    phase: random(),
    size: fall.wide * (0.3 + random() * 0.5),
    pace: 0.2 + random() * 0.16,
  }))
  return (view: CameraView): void => {
    for (const cloud of clouds) {
      const age = (cloud.phase + view.seconds * cloud.pace) % 1
      const grown = cloud.size * (0.5 + age)
      const x = xAt(view, fall.x + cloud.at * fall.wide * (0.7 + age * 0.5), DEPTH)
      const y = yAt(view, fall.foot - age * fall.wide * 0.7, DEPTH)
      const scale = scaleAt(view, DEPTH)
      spray.puff(x, y, grown * scale, grown * 0.8 * scale, 0.5 * Math.sin(age * Math.PI))
    }
    spray.lay(view.frameCanvas)
  }
}

/** The white body of a fall, the threads of water on it, and its spray. */
export const fallLayers = (scene: SceneContext, fall: Fall, index: number, water: Water): Layer[] => {
  const random = scene.random(`fall ${index}`)
  const body = fallSprite(scene, random, fall, water)
  const drawThreads = createThreads(scene.unit, random, fall, water)
  const drawSpray = createSpray(scene, random, fall, water.white)
  return [
    still(body),
    layerAt(DEPTH, (ctx, view) => {
      drawThreads(ctx, view.seconds)
      drawSpray(view)
    }),
  ]
}

const POOL_DEPTH = 0.5

const poolSprite = (scene: SceneContext, random: Random, line: number, tone: Tone, white: Rgb): Sprite => {
  const { height, unit, light, brief } = scene
  const base: Rgb = brief.colours[0] ? mix([40, 130, 132], brief.colours[0], 0.5) : [38, 124, 128]
  return paintSprite(coverBox(scene, POOL_DEPTH, line), POOL_DEPTH, (ctx, box) => {
    ctx.fillStyle = linearGradient(
      ctx,
      [0, line, 0, height],
      [0, mix(tone(shift(base, 0.2), 0.8), white, 0.4)],
      [0.2, mix(tone(base, 0.75), light.skyLow, 0.14)],
      [1, tone(shift(base, -0.18), 0.35)],
    )
    ctx.fillRect(box.x, line, box.width, box.height)
    for (let streak = 0; streak < 300; streak++) {
      const down = random() ** 1.6
      const colour = random() < 0.6 ? mix(white, light.skyLow, 0.4) : tone(shift(base, -0.14), 0.3)
      const paint = css(colour, 0.06 + random() * 0.16)
      const [x, y] = [box.x + random() * box.width, line + down * (height - line)]
      fillEllipse(ctx, paint, [x, y, (8 + down * 60) * unit, (0.8 + down * 2.6) * unit])
    }
  })
}

/** The pool at its foot, with the rings that run out from the falling water. */
export const poolLayers = (
  scene: SceneContext,
  line: number,
  falls: readonly Fall[],
  tone: Tone,
  white: Rgb,
): Layer[] => {
  const { height, unit } = scene
  const random = scene.random('pool')
  const sprite = poolSprite(scene, random, line, tone, white)
  const rings = falls.flatMap((fall) =>
    Array.from({ length: 9 }, () => ({ fall, at: random(), off: (random() - 0.5) * 0.8 })),
  )
  return [
    still(sprite),
    layerAt(POOL_DEPTH, (ctx, view) => {
      ctx.strokeStyle = css(mix(white, [255, 255, 255], 0.3))
      for (const { fall, at, off } of rings) {
        const age = (at + view.seconds * 0.16) % 1
        const long = fall.wide * (0.6 + age * 2)
        const y = line + 4 * unit + age * (height - line) * 0.45
        ctx.globalAlpha = 0.5 * (1 - age) * Math.min(1, age * 6)
        ctx.lineWidth = (1 + 2 * (1 - age)) * unit
        ctx.beginPath()
        ctx.ellipse(fall.x + off * fall.wide, y, long, long * 0.13, 0, 0, Math.PI)
        ctx.stroke()
      }
      ctx.globalAlpha = 1
    }),
  ]
}
