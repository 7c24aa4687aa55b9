import type { DrawingContext, Paint } from '../../canvas/drawing-context.ts'
import { fillEllipse, fillRounded, strokeLine } from '../../canvas/paths.ts'
import { drawAt } from '../../canvas/curves.ts'

/** How a person is dressed and carries themselves: drawn by the seed. */
export type Person = {
  coat: Paint
  legs: Paint
  skin: Paint
  hair: Paint
  /** How far a coat or skirt reaches down, 0 hip to 1 knee. */
  skirt: number
  pack: boolean
  staff: boolean
  hat: boolean
}

const legOf = (ctx: DrawingContext, turn: number, walking: number): void => {
  const swing = Math.sin(turn * Math.PI * 2)
  const lift = Math.max(0, Math.cos(turn * Math.PI * 2)) * walking
  const thigh = swing * 0.42 * walking
  const kneeX = Math.sin(thigh + lift * 0.22) * 0.25
  const kneeY = -0.5 + Math.cos(thigh + lift * 0.22) * 0.25
  const shin = thigh - lift * 0.75 - 0.05
  const footX = kneeX + Math.sin(shin) * 0.25
  const footY = Math.min(0, kneeY + Math.cos(shin) * 0.25)
  strokeLine(ctx, [0, -0.5, kneeX, kneeY], 0.095)
  strokeLine(ctx, [kneeX, kneeY, footX, footY - 0.02], 0.07)
  strokeLine(ctx, [footX, footY - 0.018, footX + 0.07, footY - 0.012], 0.045)
}

/**
 * Draws a person who goes to the right, feet at the origin, one unit tall. `stride` is in turns, two steps each;
 * `walking` is 0 for one who stands.
 */
export const drawPerson = (ctx: DrawingContext, person: Person, stride: number, walking: number): void => {
  const bob = -Math.abs(Math.sin(stride * Math.PI * 2)) * 0.014 * walking
  const arm = Math.sin(stride * Math.PI * 2) * 0.5 * walking
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  drawAt(ctx, { x: 0, y: bob }, () => {
    const armAt = (angle: number): void => {
      const elbowX = 0.01 + Math.sin(angle) * 0.17
      const elbowY = -0.78 + Math.cos(angle) * 0.17
      strokeLine(ctx, [0.01, -0.78, elbowX, elbowY], 0.06)
      strokeLine(
        ctx,
        [elbowX, elbowY, elbowX + Math.sin(angle + 0.3) * 0.15, elbowY + Math.cos(angle + 0.3) * 0.15],
        0.048,
      )
    }
    ctx.strokeStyle = person.coat
    armAt(arm)
    ctx.strokeStyle = person.legs
    legOf(ctx, stride, walking)
    legOf(ctx, stride + 0.5, walking)
    ctx.fillStyle = person.coat
    const hem = -0.46 + person.skirt * 0.22
    const flare = 0.09 + person.skirt * 0.05
    const sway = Math.sin(stride * Math.PI * 4) * 0.012 * walking
    ctx.beginPath()
    ctx.moveTo(-0.06, -0.835)
    ctx.bezierCurveTo(-0.115, -0.78, -0.095, -0.62, -flare - sway, hem)
    ctx.lineTo(flare - sway, hem)
    ctx.bezierCurveTo(0.095, -0.62, 0.125, -0.76, 0.06, -0.835)
    ctx.fill()
    if (person.pack) fillRounded(ctx, person.hair, [-0.2, -0.84, 0.13, 0.25, 0.045])
    fillEllipse(ctx, person.skin, [0.02, -0.92, 0.054, 0.066])
    ctx.fillRect(-0.015, -0.87, 0.055, 0.05)
    ctx.fillStyle = person.hair
    ctx.beginPath()
    ctx.ellipse(0.002, -0.935, 0.062, 0.064, 0, Math.PI * 0.62, Math.PI * 1.9)
    ctx.fill()
    if (person.hat) {
      ctx.beginPath()
      ctx.ellipse(0.015, -0.96, 0.12, 0.018, 0, 0, Math.PI * 2)
      ctx.ellipse(0.012, -0.985, 0.06, 0.04, 0, 0, Math.PI * 2)
      ctx.fill()
    }
    ctx.strokeStyle = person.coat
    armAt(person.staff ? 0.6 : -arm)
    if (person.staff) {
      const tap = Math.sin(stride * Math.PI * 2) * 0.06 * walking
      ctx.strokeStyle = person.legs
      strokeLine(ctx, [0.22 + tap * 0.4, -0.66, 0.25 + tap, 0], 0.018)
    }
  })
}
