import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { fillPath, fillPolygon, fillRectangle, fillRounded, readPath } from '../../../canvas/paths.ts'
import type { Tone } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import type { CarLook, Livery } from './livery.ts'
import { drawSteamEngine } from './steam-engine.ts'
import { linearGradient } from '../../../canvas/gradients.ts'

export type Car = { kind: 'engine' | 'tender' | 'coach'; long: number }

/** Cars from the head on, with their lengths in metres. */
export const carsOf = (steam: boolean, coaches: number): Car[] => [
  { kind: 'engine', long: steam ? 11.5 : 21 },
  ...(steam ? [{ kind: 'tender', long: 6.5 } as const] : []),
  ...Array.from({ length: coaches }, () => ({ kind: 'coach', long: steam ? 17 : 22 }) as const),
]

/** Metres of a chimney before its engine's middle, and over the rails. */
export const CHIMNEY = { x: 4.15, y: 4.35 }

const GLASS = 'rgb(255,218,148)'

const windows = (
  ctx: DrawingContext,
  [from, to, count]: readonly [number, number, number],
  [low, high]: readonly [number, number],
  glass: string,
): void => {
  ctx.fillStyle = glass
  const step = (to - from) / count
  ctx.beginPath()
  for (let pane = 0; pane < count; pane++) ctx.rect(from + step * (pane + 0.14), low, step * 0.72, high - low)
  ctx.fill()
}

const SLEEK_BODY = readPath('M-10.4 0.5 L-10.4 4 L3.4 4 C6.6 3.9 9 2.4 10.9 1.1 Q11.1 0.5 10 0.45 Z')

const sleekEngine = (ctx: DrawingContext, { livery, tone, far }: CarLook): void => {
  const body = linearGradient(
    ctx,
    [0, 0.4, 0, 4],
    [0, tone(shift(livery.body, -0.16), 0.3, far)],
    [0.5, tone(livery.body, 0.7, far)],
    [1, tone(shift(livery.body, 0.06), 1, far)],
  )
  fillPath(ctx, body, SLEEK_BODY)
  fillPolygon(ctx, css(tone(livery.trim, 0.7, far)), [-10.4, 1.15, 10.6, 1.15, 9.9, 1.7, -10.4, 1.7])
  fillPolygon(ctx, css(tone([26, 32, 42], 0.5, far)), [4.6, 2.9, 7.2, 2.75, 5.6, 3.5, 4.6, 3.62])
  windows(ctx, [-9.8, 3.2, 8], [2.3, 3.2], livery.lit ? GLASS : css(tone([40, 54, 70], 0.6, far)))
}

const coach = (ctx: DrawingContext, { livery, tone, far }: CarLook, half: number): void => {
  const { steam, body, trim, roof, lit } = livery
  fillRectangle(ctx, css(tone([34, 34, 40], 0.3, far)), [-half, 0.35, half * 2, 0.7])
  const side = linearGradient(
    ctx,
    [0, 0.8, 0, 3.7],
    [0, tone(shift(body, -0.12), 0.3, far)],
    [1, tone(body, 0.85, far)],
  )
  fillRectangle(ctx, side, [-half, 0.8, half * 2, 2.9])
  const [low, high] = steam ? [2.05, 1.35] : [1.15, 0.55]
  fillRectangle(ctx, css(tone(trim, 0.7, far)), [-half, low, half * 2, high])
  const glass = lit ? GLASS : css(mix(tone([44, 56, 70], 0.6, far), [190, 210, 230], 0.12))
  windows(ctx, [-half + 0.7, half - 0.7, steam ? 8 : 9], [2.15, 3.2], glass)
  const top = linearGradient(
    ctx,
    [0, 3.6, 0, 4.15],
    [0, tone(shift(roof, -0.06), 0.4, far)],
    [1, tone(shift(roof, 0.08), 1, far)],
  )
  fillRounded(ctx, top, [-half, 3.6, half * 2, 0.55, 0.25])
}

const tender = (ctx: DrawingContext, { livery, tone, far }: CarLook): void => {
  fillRectangle(ctx, css(tone([34, 34, 40], 0.3, far)), [-3.2, 0.4, 6.4, 0.9])
  fillRectangle(ctx, css(tone(livery.body, 0.6, far)), [-3.1, 1.2, 6.2, 1.75])
  const coal = [-2.9, 2.9, -1.5, 3.5, 0.6, 3.3, 1.9, 3.6, 2.9, 2.9]
  fillPolygon(ctx, css(tone([28, 28, 32], 0.5, far)), coal)
}

/** Metres of the highest car. */
const TALL = 5

/** Where a car is seen: how far in the air, with how many pixels to the metre, its wheels having rolled `run` metres. */
type CarSight = { far: number; scale: number; run: number }

/** Pictures of cars that have no moving parts to be seen, painted once for each distance that they are looked at from. */
export const createCars = (livery: Livery, tone: Tone): ((ctx: DrawingContext, car: Car, sight: CarSight) => void) => {
  const known = new Map<string, Canvas>()
  return (ctx, car, { far, scale, run }) => {
    if (car.kind === 'engine' && livery.steam) {
      drawSteamEngine(ctx, { livery, tone, far }, run)
      return
    }
    const [step, fine] = [Math.round(far * 8), Math.max(4, Math.ceil(scale / 6) * 6)]
    const key = `${car.kind} ${step} ${fine}`
    let canvas = known.get(key)
    if (!canvas) {
      canvas = createCanvas(Math.ceil(car.long * fine), Math.ceil(TALL * fine))
      const own = canvas.getContext('2d')
      own.setTransform(fine, 0, 0, -fine, (car.long / 2) * fine, TALL * fine)
      drawCar(own, car, { livery, tone, far: step / 8 })
      // Until it is read once a canvas is drawn anew wherever it is laid.
      own.getImageData(0, 0, 1, 1)
      known.set(key, canvas)
    }
    ctx.scale(1, -1)
    ctx.drawImage(canvas, -car.long / 2, -TALL, canvas.width / fine, canvas.height / fine)
  }
}

/** Draws a car without moving parts that goes to the right, one unit a metre, up being positive, its middle on the rails. */
const drawCar = (ctx: DrawingContext, car: Car, look: CarLook): void => {
  if (car.kind === 'engine') sleekEngine(ctx, look)
  else if (car.kind === 'tender') tender(ctx, look)
  else coach(ctx, look, car.long / 2 - 0.35)
}
