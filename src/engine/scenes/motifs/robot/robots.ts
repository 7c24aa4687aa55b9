import { rgb, type Rgb } from '../../../rgb.ts'
import type { DrawingContext, Paint } from '../../../canvas/drawing-context.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import {
  fillEllipse,
  fillPath,
  fillPolygon,
  fillRectangle,
  fillRounded,
  readPath,
  strokeLine,
} from '../../../canvas/paths.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { drawAt, setPen } from '../../../canvas/curves.ts'

const FOOT = readPath('M-0.06 0.035 L-0.045 -0.04 L0.05 -0.04 L0.12 0.035 Z')
/** Its trunk, which is as broad as its build: from the hips up its back to the shoulder, and down its front. */
const BACK = [-0.085, -0.44, -0.1, -0.54, -0.17, -0.68, -0.15, -0.8]
const FRONT = [0.18, -0.78, 0.19, -0.68, 0.11, -0.54, 0.095, -0.44]
const PLATES = [
  [-0.15, -0.8, -0.07, -0.835, 0.1, -0.83, 0.18, -0.78],
  [-0.13, -0.64, 0.16, -0.62],
  [-0.095, -0.54, 0.11, -0.53],
  [0.03, -0.62, 0.03, -0.78],
]

/** What the limbs of a giant hang from: how far it bobs, and how broad it is. */
type Trunk = { bob: number; build: number }

const giantLeg = (ctx: DrawingContext, { bob, build }: Trunk, turn: number): void => {
  const swing = Math.sin(turn * Math.PI * 2)
  const lift = Math.max(0, Math.cos(turn * Math.PI * 2))
  const [hipX, hipY] = [0.01, -0.47 + bob]
  const thigh = swing * 0.4 + lift * 0.12
  const [kneeX, kneeY] = [hipX + Math.sin(thigh) * 0.22, hipY + Math.cos(thigh) * 0.22]
  const shin = thigh - lift * 0.55 - 0.06
  const ankle = { x: kneeX + Math.sin(shin) * 0.22, y: Math.min(-0.03, kneeY + Math.cos(shin) * 0.22), size: 1 }
  strokeLine(ctx, [hipX, hipY, kneeX, kneeY], 0.085 * build)
  strokeLine(ctx, [kneeX, kneeY, ankle.x, ankle.y], 0.068 * build)
  fillEllipse(ctx, ctx.fillStyle, [kneeX, kneeY, 0.05 * build, 0.05 * build])
  fillPath(ctx, ctx.fillStyle, FOOT, ankle)
}

const giantArm = (ctx: DrawingContext, { bob, build }: Trunk, swing: number): void => {
  const shoulderY = -0.765 + bob
  const [elbowX, elbowY] = [Math.sin(swing) * 0.18, shoulderY + Math.cos(swing) * 0.18]
  const [handX, handY] = [elbowX + Math.sin(swing + 0.35) * 0.19, elbowY + Math.cos(swing + 0.35) * 0.19]
  strokeLine(ctx, [0, shoulderY, elbowX, elbowY], 0.055 * build)
  strokeLine(ctx, [elbowX, elbowY, handX, handY], 0.075 * build)
  fillEllipse(ctx, ctx.fillStyle, [handX, handY + 0.02, 0.045 * build, 0.045 * build])
}

/** Trunk and head, with plates over chest and back whose upper edges are in the light. */
const giantBody = (ctx: DrawingContext, build: number, paints: { body: Paint; rim: Paint; eye: string }): void => {
  const wide = build * 0.5 + 0.5
  const broad = (points: readonly number[]): number[] => points.map((value, at) => (at % 2 ? value : value * wide))
  fillPolygon(ctx, paints.body, [...broad(BACK), -0.07, -0.835, 0.1, -0.83, ...broad(FRONT)])
  ctx.strokeStyle = paints.rim
  for (const plate of PLATES) strokeLine(ctx, broad(plate), 0.006)
  fillRectangle(ctx, paints.body, [-0.2 * wide, -0.8, 0.1, 0.2])
  ctx.fillRect(-0.02, -0.86, 0.06, 0.05)
  fillRounded(ctx, paints.body, [-0.05, -0.965, 0.14, 0.115, 0.05])
  strokeLine(ctx, [-0.02, -0.96, -0.045, -1.03], 0.008)
  fillEllipse(ctx, paints.eye, [0.09, -0.7, 0.018, 0.018])
  fillRounded(ctx, paints.eye, [0.03, -0.925, 0.055, 0.022, 0.01])
}

/**
 * Draws a machine as tall as a tower that walks to the right, feet at the origin, one unit tall. It pales from its head
 * down into the mist about its feet: `near` and `mist` are the colours at the ends. `stride` is in turns of two steps.
 */
export const drawGiant = (
  ctx: DrawingContext,
  paints: { near: Rgb; mist: Rgb; lit: Rgb; eye: Rgb },
  stride: number,
  build: number,
): void => {
  const { near, mist, lit } = paints
  const down = [0, -1, 0, 0] as const
  const wash = (lightness: number): Paint => {
    const head = shift(near, lightness)
    return linearGradient(ctx, down, [0, head], [0.5, mix(head, mist, 0.3)], [1, mix(near, mist, 0.82)])
  }
  const edge = mix(mix(near, lit, 0.3), mist, 0.5)
  const rim = linearGradient(ctx, down, [0, mix(near, lit, 0.55)], [0.6, edge], [1, mist])
  const paintWith = (paint: Paint): void => {
    ctx.strokeStyle = paint
    ctx.fillStyle = paint
  }
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  const trunk = { bob: -Math.abs(Math.sin(stride * Math.PI * 2)) * 0.012, build }
  const swing = Math.sin(stride * Math.PI * 2) * 0.34
  paintWith(wash(-0.05))
  giantArm(ctx, trunk, swing)
  giantLeg(ctx, trunk, stride + 0.5)
  const body = wash(0)
  paintWith(body)
  giantLeg(ctx, trunk, stride)
  drawAt(ctx, { x: 0, y: trunk.bob }, () => giantBody(ctx, build, { body, rim, eye: css(paints.eye) }))
  // The near arm is a little lighter than what it passes.
  paintWith(wash(0.07))
  fillEllipse(ctx, ctx.fillStyle, [0, -0.765 + trunk.bob, 0.068 * build, 0.068 * build])
  giantArm(ctx, trunk, -swing)
  setPen(ctx, rim, 0.007)
  ctx.beginPath()
  ctx.arc(0, -0.765 + trunk.bob, 0.066 * build, Math.PI * 1.1, Math.PI * 1.9)
  ctx.stroke()
}

/** Colours of a small robot. `side` is 1 where the light comes from the right, -1 from the left. */
type Paints = { body: Rgb; trim: Rgb; dark: Rgb; face: Rgb; side: number }
/** `look` turns its eyes, -1 to 1; `blink` shuts them; `wave` lifts one arm, 0 to 1; `t` are seconds. */
type Pose = { look: number; blink: number; wave: number; t: number }

const LAMPS = [0xec5646, 0xfac850, 0x6edc96].map(rgb)
const GLARE = readPath('M-0.17 -0.27 L-0.04 -0.27 L-0.12 -0.05 L-0.19 -0.07 Z')

/** A colour over something round, `half` to each side of the middle. */
const rounded = (ctx: DrawingContext, { dark, side }: Paints, colour: Rgb, half: number): Paint => {
  const fill = ctx.createLinearGradient(-half * side, 0, half * side, 0)
  fill.addColorStop(0, css(mix(colour, dark, 0.62)))
  fill.addColorStop(0.45, css(colour))
  fill.addColorStop(0.78, css(shift(colour, 0.09)))
  fill.addColorStop(1, css(mix(colour, dark, 0.16)))
  return fill
}

const drawTracks = (ctx: DrawingContext, { trim, dark }: Paints): void => {
  for (const x of [-0.17, 0.17]) {
    fillRounded(ctx, css(mix(dark, [40, 40, 48], 0.5)), [x - 0.085, -0.15, 0.17, 0.15, 0.06])
    for (const wheel of [-0.04, 0.04]) fillEllipse(ctx, css(mix(trim, dark, 0.4)), [x + wheel, -0.075, 0.03, 0.03])
  }
  fillRectangle(ctx, css(mix(trim, dark, 0.45)), [-0.05, -0.22, 0.1, 0.1])
}

const drawArm = (ctx: DrawingContext, { body, trim, dark }: Paints, x: number, lift: number, t: number): void => {
  const aim = lift * 2.5 + Math.sin(t * 6) * 0.16 * lift + Math.sin(t * 1.3 + x * 9) * 0.05
  const way = Math.sign(x)
  const [elbowX, elbowY] = [x + way * (0.05 + Math.sin(aim * 0.6) * 0.1), -0.47 + Math.cos(aim * 0.6) * 0.15]
  const [handX, handY] = [elbowX + way * Math.sin(aim) * 0.16 + way * 0.01, elbowY + Math.cos(aim) * 0.16]
  ctx.strokeStyle = css(mix(trim, dark, 0.35))
  strokeLine(ctx, [x, -0.47, elbowX, elbowY], 0.05)
  strokeLine(ctx, [elbowX, elbowY, handX, handY], 0.05)
  ctx.strokeStyle = css(mix(trim, dark, 0.6))
  for (let rib = 1; rib < 5; rib++) {
    const [ribX, ribY] = [elbowX + (handX - elbowX) * (rib / 5), elbowY + (handY - elbowY) * (rib / 5)]
    strokeLine(ctx, [ribX - 0.02, ribY, ribX + 0.02, ribY], 0.008)
  }
  ctx.strokeStyle = css(body)
  const grip = Math.atan2(handX - elbowX, handY - elbowY)
  for (const finger of [grip - 0.6, grip + 0.6])
    strokeLine(ctx, [handX, handY, handX + Math.sin(finger) * 0.06, handY + Math.cos(finger) * 0.06], 0.032)
}

const drawChest = (ctx: DrawingContext, paints: Paints, t: number): void => {
  const { body, trim, dark } = paints
  fillRounded(ctx, rounded(ctx, paints, body, 0.25), [-0.23, -0.56, 0.46, 0.38, 0.1])
  fillRounded(ctx, css(mix(body, dark, 0.3)), [-0.12, -0.47, 0.24, 0.17, 0.03])
  LAMPS.forEach((lamp, index) => {
    const shine = 0.55 + 0.45 * Math.sin(t * 3 + index * 2)
    fillEllipse(ctx, css(lamp, shine), [-0.07 + index * 0.07, -0.42, 0.02, 0.02])
  })
  fillRectangle(ctx, css(trim), [-0.09, -0.365, 0.18, 0.022])
  ctx.fillRect(-0.09, -0.335, 0.12, 0.014)
}

const drawHead = (ctx: DrawingContext, paints: Paints, { look, blink }: Pose): void => {
  const { body, trim, dark, face } = paints
  ctx.strokeStyle = css(mix(trim, dark, 0.3))
  strokeLine(ctx, [0, -0.32, 0, -0.385], 0.014)
  fillEllipse(ctx, css(face), [0, -0.4, 0.024, 0.024])
  for (const x of [-0.29, 0.24]) fillRounded(ctx, css(mix(body, dark, 0.35)), [x, -0.22, 0.05, 0.13, 0.02])
  fillRounded(ctx, rounded(ctx, paints, body, 0.27), [-0.25, -0.33, 0.5, 0.35, 0.1])
  fillRounded(ctx, css([18, 24, 34]), [-0.2, -0.28, 0.4, 0.25, 0.07])
  for (const x of [-0.09, 0.09])
    fillEllipse(ctx, css(face), [x + look * 0.025, -0.175, 0.04, Math.max(0.006, 0.05 * (1 - blink))])
  setPen(ctx, css(face), 0.016)
  ctx.beginPath()
  ctx.arc(look * 0.02, -0.115, 0.05, 0.35, Math.PI - 0.35)
  ctx.stroke()
  fillPath(ctx, 'rgba(255,255,255,0.1)', GLARE)
}

/** Draws a small friendly machine that faces the viewer, its wheels at the origin, one unit tall. */
export const drawSmallRobot = (ctx: DrawingContext, paints: Paints, pose: Pose): void => {
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  const breath = Math.sin(pose.t * 1.8) * 0.006
  drawTracks(ctx, paints)
  drawAt(ctx, { x: 0, y: breath }, () => {
    drawArm(ctx, paints, -0.24, 0.08, pose.t)
    drawArm(ctx, paints, 0.24, pose.wave, pose.t)
    drawChest(ctx, paints, pose.t)
  })
  // Neck and head, which follows what it looks at.
  drawAt(ctx, { x: 0, y: breath * 1.6 }, () => {
    fillRectangle(ctx, css(mix(paints.trim, paints.dark, 0.45)), [-0.06, -0.62, 0.12, 0.08])
    ctx.translate(pose.look * 0.012, -0.6)
    ctx.rotate(pose.look * 0.07)
    drawHead(ctx, paints, pose)
  })
}
