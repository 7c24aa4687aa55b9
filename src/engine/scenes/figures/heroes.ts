import type { Rgb } from '../../rgb.ts'
import type { Hero } from '../../prompt/hero.ts'
import type { DrawingContext, Paint } from '../../canvas/drawing-context.ts'
import { fillEllipse, fillPolygon, strokeLine } from '../../canvas/paths.ts'
import { drawAt, setPen, strokeCurve } from '../../canvas/curves.ts'

type Point = readonly [number, number]

/** What one is painted with: `paint` gives the fill of a surface, `sway` is the wind in the cloth, -1 to 1, `colour` what the words ask for. */
type Wardrobe = { ctx: DrawingContext; paint: (surface: Rgb) => Paint; sway: number; colour: Rgb | undefined }

/** A closed shape with rounded corners: each point is the handle of a curve between the middles of two sides. */
const cloth = (ctx: DrawingContext, fill: Paint, points: readonly number[]): void => {
  const count = points.length / 2
  const at = (index: number): Point => [points[(index % count) * 2]!, points[(index % count) * 2 + 1]!]
  const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
  ctx.beginPath()
  ctx.moveTo(...middle(at(count - 1), at(0)))
  for (let index = 0; index < count; index++) ctx.quadraticCurveTo(...at(index), ...middle(at(index), at(index + 1)))
  ctx.fillStyle = fill
  ctx.fill()
}

const bar = (ctx: DrawingContext, stroke: Paint, points: readonly number[], wide: number): void => {
  ctx.strokeStyle = stroke
  ctx.lineCap = 'round'
  strokeLine(ctx, points, wide)
}

const legs = (wardrobe: Wardrobe, colour: Rgb, wide = 0.075): void => {
  const { ctx } = wardrobe
  const fill = wardrobe.paint(colour)
  for (const side of [-1, 1]) {
    bar(ctx, fill, [side * 0.055, -0.46, side * 0.075, -0.05], wide)
    fillEllipse(ctx, fill, [side * 0.085, -0.018, 0.05, 0.022])
  }
}

/** A cloak from the shoulders to the ground; its hem moves. */
const cloak = (wardrobe: Wardrobe, colour: Rgb, hem: number, shoulder = 0.14): void => {
  const { ctx, sway, paint } = wardrobe
  const drift = sway * 0.05
  cloth(
    ctx,
    paint(colour),
    [
      [-0.05, -0.87],
      [-shoulder - 0.02, -0.8],
      [-shoulder - 0.05, -0.5],
      [-0.21 + drift * 0.6, hem],
      [-0.06 + drift, hem + 0.03],
      [0.08 + drift * 1.3, hem - 0.02],
      [0.23 + drift * 1.6, hem + 0.01],
      [shoulder + 0.05 + drift * 0.3, -0.5],
      [shoulder + 0.02, -0.8],
      [0.05, -0.87],
    ].flat(),
  )
  setPen(ctx, 'rgba(0,0,0,0.22)', 0.012)
  for (const fold of [-0.1, 0.02, 0.12]) {
    strokeCurve(ctx, [fold * 0.6, -0.74], [fold * 0.9, -0.4, fold * 1.2 + drift, hem - 0.02])
  }
}

const samurai = (wardrobe: Wardrobe): void => {
  const { ctx, paint, sway, colour } = wardrobe
  const robe = colour ?? [92, 38, 44]
  const drift = sway * 0.03
  fillPolygon(ctx, paint([52, 36, 32]), [0.09, -0.52, 0.12, -0.55, -0.38, -0.27, -0.4, -0.3])
  bar(ctx, paint([190, 160, 96]), [0.1, -0.535, 0.24, -0.61], 0.022)
  cloth(
    ctx,
    paint([44, 46, 60]),
    [
      [-0.11, -0.54],
      [-0.24 + drift, -0.02],
      [-0.03, 0.01],
      [0, -0.3],
      [0.03, 0.01],
      [0.25 + drift, -0.02],
      [0.11, -0.54],
    ].flat(),
  )
  cloth(
    ctx,
    paint(robe),
    [
      [-0.04, -0.88],
      [-0.16, -0.84],
      [-0.3 + drift, -0.5],
      [-0.17, -0.46],
      [-0.12, -0.64],
      [-0.12, -0.48],
      [0.12, -0.48],
      [0.12, -0.64],
      [0.17, -0.46],
      [0.29 + drift, -0.52],
      [0.16, -0.84],
      [0.04, -0.88],
    ].flat(),
  )
  fillPolygon(ctx, paint([206, 186, 140]), [-0.12, -0.56, 0.12, -0.56, 0.12, -0.5, -0.12, -0.5])
  fillEllipse(ctx, paint([70, 52, 46]), [0, -0.91, 0.055, 0.065])
  cloth(ctx, paint([186, 156, 104]), [-0.27, -0.88, -0.1, -0.95, 0, -1.07, 0.1, -0.95, 0.27, -0.88, 0, -0.86])
}

const knight = (wardrobe: Wardrobe): void => {
  const { ctx, paint, colour } = wardrobe
  const steel: Rgb = [150, 156, 168]
  legs(wardrobe, steel, 0.1)
  fillPolygon(ctx, paint([216, 220, 228]), [0.3, -0.5, 0.325, -0.5, 0.318, -0.02, 0.31, 0, 0.3, -0.02])
  bar(ctx, paint([180, 150, 80]), [0.25, -0.5, 0.375, -0.5], 0.025)
  bar(ctx, paint([90, 62, 44]), [0.312, -0.5, 0.312, -0.6], 0.022)
  bar(ctx, paint(steel), [0.17, -0.78, 0.29, -0.56], 0.08)
  cloak(wardrobe, colour ?? [150, 34, 40], -0.1, 0.16)
  for (const side of [-1, 1]) fillEllipse(ctx, paint(steel), [side * 0.16, -0.8, 0.075, 0.06])
  cloth(ctx, paint(steel), [-0.08, -0.84, -0.09, -1, 0, -1.06, 0.09, -1, 0.08, -0.84])
  cloth(ctx, paint(colour ?? [150, 34, 40]), [-0.012, -1.03, 0.01, -1.15, 0.11, -1.12, 0.17, -0.96, 0.06, -1.03])
}

const wizard = (wardrobe: Wardrobe): void => {
  const { ctx, paint, sway, colour } = wardrobe
  const robe = colour ?? [62, 54, 98]
  bar(ctx, paint([110, 78, 52]), [0.3, 0, 0.27, -1.14], 0.026)
  cloak(wardrobe, robe, -0.01, 0.15)
  cloth(ctx, paint(robe), [0.1, -0.8, 0.3, -0.66, 0.32, -0.5, 0.12, -0.58])
  fillEllipse(ctx, paint([206, 202, 196]), [0, -0.9, 0.06, 0.07])
  fillEllipse(ctx, paint(robe), [0, -0.93, 0.22, 0.035])
  cloth(
    ctx,
    paint(robe),
    [
      [-0.11, -0.93],
      [-0.07, -1.1],
      [0.08 + sway * 0.02, -1.34],
      [0.14 + sway * 0.03, -1.3],
      [0.1, -1.12],
      [0.11, -0.93],
    ].flat(),
  )
}

const umbrella = (wardrobe: Wardrobe): void => {
  const { ctx, paint, sway, colour } = wardrobe
  const silk = colour ?? [196, 38, 44]
  legs(wardrobe, [44, 42, 52])
  cloth(
    ctx,
    paint([96, 82, 70]),
    [
      [-0.05, -0.86],
      [-0.14, -0.82],
      [-0.15, -0.5],
      [-0.19 + sway * 0.02, -0.26],
      [0.19 + sway * 0.03, -0.26],
      [0.15, -0.5],
      [0.14, -0.82],
      [0.05, -0.86],
    ].flat(),
  )
  bar(ctx, paint([96, 82, 70]), [0.12, -0.78, 0.1, -0.62], 0.07)
  fillEllipse(ctx, paint([58, 42, 36]), [0, -0.92, 0.062, 0.075])
  fillEllipse(ctx, paint([58, 42, 36]), [-0.005, -0.83, 0.075, 0.11])
  drawAt(ctx, { x: 0.09, y: -0.66, turn: 0.06 + sway * 0.03 }, () => {
    bar(ctx, paint([50, 44, 44]), [0, 0, 0, -0.62], 0.014)
    const top = -0.64
    const half = 0.46
    ctx.beginPath()
    ctx.moveTo(-half, top + 0.22)
    ctx.bezierCurveTo(-half * 0.9, top - 0.02, -half * 0.4, top - 0.1, 0, top - 0.1)
    ctx.bezierCurveTo(half * 0.4, top - 0.1, half * 0.9, top - 0.02, half, top + 0.22)
    for (let part = 5; part >= 0; part--) {
      const from = -half + ((part + 1) / 6) * half * 2
      const to = -half + (part / 6) * half * 2
      ctx.quadraticCurveTo((from + to) / 2, top + 0.15, to, top + 0.22)
    }
    ctx.fillStyle = paint(silk)
    ctx.fill()
    setPen(ctx, 'rgba(0,0,0,0.25)', 0.008)
    for (const rib of [-0.66, -0.33, 0, 0.33, 0.66]) {
      strokeCurve(ctx, [0, top - 0.1], [rib * half * 0.8, top - 0.04, rib * half, top + 0.2])
    }
  })
}

const astronaut = (wardrobe: Wardrobe): void => {
  const { ctx, paint } = wardrobe
  const suit: Rgb = [232, 232, 236]
  legs(wardrobe, suit, 0.13)
  for (const side of [-1, 1]) {
    bar(ctx, paint(suit), [side * 0.17, -0.76, side * 0.24, -0.46], 0.12)
    fillEllipse(ctx, paint([120, 124, 134]), [side * 0.245, -0.42, 0.055, 0.06])
  }
  cloth(ctx, paint(suit), [-0.2, -0.86, -0.22, -0.6, -0.17, -0.4, 0.17, -0.4, 0.22, -0.6, 0.2, -0.86])
  fillEllipse(ctx, paint(suit), [0, -0.94, 0.125, 0.12])
  cloth(ctx, paint([200, 202, 208]), [-0.18, -0.88, -0.18, -0.5, 0.18, -0.5, 0.18, -0.88])
  for (const y of [-0.78, -0.62]) bar(ctx, paint([110, 112, 122]), [-0.1, y, 0.1, y], 0.02)
  fillEllipse(ctx, paint([210, 60, 50]), [0.1, -0.57, 0.02, 0.02])
}

const hooded = (wardrobe: Wardrobe): void => {
  const { ctx, paint, colour } = wardrobe
  const robe = colour ?? [78, 62, 52]
  cloak(wardrobe, robe, -0.02)
  cloth(ctx, paint(robe), [-0.13, -0.8, -0.1, -0.95, 0, -1.05, 0.1, -0.95, 0.13, -0.8, 0, -0.76])
}

const heroes: Readonly<Record<Hero, (wardrobe: Wardrobe) => void>> = {
  samurai,
  knight,
  wizard,
  umbrella,
  astronaut,
  cloak: hooded,
}

/** Draws somebody from behind, feet at the origin, one unit tall. */
export const drawHero = (hero: Hero, wardrobe: Wardrobe): void => heroes[hero](wardrobe)
