import type { DrawingContext, Paint } from '../../canvas/drawing-context.ts'
import { fillEllipse } from '../../canvas/paths.ts'
import type { Build } from './builds.ts'
import { setPen } from '../../canvas/curves.ts'

/** How an animal stands at a moment. `stride` is in turns, `graze` 0 head up to 1 at the ground. */
type Pose = { stride: number; walking: number; graze: number; sway: number }

const limb = (ctx: DrawingContext, points: readonly (readonly [number, number, number])[]): void => {
  const [firstX, firstY, firstWide] = points[0]!
  ctx.beginPath()
  ctx.arc(firstX, firstY, firstWide / 2, 0, Math.PI * 2)
  ctx.fill()
  for (let index = 1; index < points.length; index++) {
    const [fromX, fromY, fromWide] = points[index - 1]!
    const [toX, toY, toWide] = points[index]!
    const long = Math.hypot(toX - fromX, toY - fromY) || 1
    const ax = (toY - fromY) / long / 2
    const ay = -(toX - fromX) / long / 2
    ctx.beginPath()
    ctx.moveTo(fromX + ax * fromWide, fromY + ay * fromWide)
    ctx.lineTo(toX + ax * toWide, toY + ay * toWide)
    ctx.lineTo(toX - ax * toWide, toY - ay * toWide)
    ctx.lineTo(fromX - ax * fromWide, fromY - ay * fromWide)
    ctx.fill()
    ctx.beginPath()
    ctx.arc(toX, toY, toWide / 2, 0, Math.PI * 2)
    ctx.fill()
  }
}

/** What an animal is drawn from: its back and where its legs stand, in units of its height at the shoulder. */
type Animal = {
  ctx: DrawingContext
  build: Build
  pose: Pose
  fill: Paint
  back: number
  hip: number
  shoulder: number
}

/** Draws a leg that is `turns` of a stride ahead. */
const leg = ({ ctx, build, pose }: Animal, x: number, turns: number, isHind: boolean): void => {
  const turn = pose.stride + turns
  const swing = Math.sin(turn * Math.PI * 2) * build.step * 0.5 * pose.walking
  const lift = Math.max(0, Math.cos(turn * Math.PI * 2)) * 0.12 * pose.walking
  const top = -build.leg
  const foot = x + swing
  const bend = (isHind ? -1 : 1) * (0.03 + lift * 0.5)
  limb(ctx, [
    [x, top - 0.08, build.thick * 1.9],
    [x + swing * 0.45 + bend, top * 0.48 - lift * 0.4, build.thick],
    [foot - (isHind ? 0.02 : 0), -lift, build.thick * 0.62],
    [foot + build.thick * 0.35, -lift, build.thick * 0.62],
  ])
}

type Spot = { x: number; y: number }

/** An elephant's trunk, which swings, its tusk, and its ear, which fans. */
const trunkAndEar = ({ ctx, pose }: Animal, { x, y }: Spot, head: Spot): void => {
  const swing = pose.sway * 0.05
  limb(ctx, [
    [x - 0.03, y - 0.08, 0.22],
    [x + 0.05, y + 0.14, 0.15],
    [x + 0.05 + swing, y + 0.36, 0.1],
    [x + 0.1 + swing * 2, y + 0.5, 0.07],
  ])
  ctx.save()
  ctx.fillStyle = '#e8e0d0'
  limb(ctx, [
    [x - 0.02, y + 0.02, 0.045],
    [x + 0.12, y + 0.12, 0.035],
    [x + 0.2, y + 0.1, 0.012],
  ])
  ctx.restore()
  ctx.beginPath()
  ctx.moveTo(head.x - 0.02, head.y - 0.2)
  ctx.bezierCurveTo(head.x - 0.3, head.y - 0.26, head.x - 0.36 - swing, head.y + 0.1, head.x - 0.24, head.y + 0.3)
  ctx.quadraticCurveTo(head.x - 0.08, head.y + 0.24, head.x + 0.02, head.y + 0.06)
  ctx.fill()
  ctx.save()
  setPen(ctx, 'rgba(0,0,0,0.22)', 0.012)
  ctx.stroke()
  ctx.restore()
}

const drawTail = ({ ctx, build, pose, back, hip }: Animal): void => {
  const { loin, tail } = build
  const hang = tail.hang + pose.sway * 0.2
  const x = hip - loin * 0.34
  const y = back + loin * 0.28
  limb(ctx, [
    [x, y, tail.thick],
    [x - Math.cos(hang * 0.6) * tail.long * 0.45, y + Math.sin(hang * 0.6) * tail.long * 0.45, tail.thick],
    [x - Math.cos(hang) * tail.long * 0.62, y + Math.sin(hang) * tail.long, tail.thick * 0.4],
  ])
}

/** The body from the hind quarters along the back to the chest, and back along the belly. */
const drawBody = ({ ctx, build, back, hip, shoulder }: Animal): void => {
  const { long, chest, loin } = build
  const [rump, breast, belly] = [hip - loin * 0.42, shoulder + chest * 0.34, shoulder - long * 0.3]
  const curves = [
    [hip - loin * 0.46, back + loin * 0.04, hip - 0.02, back, hip + 0.1, back + 0.01],
    [hip + long * 0.4, back + 0.06, shoulder - long * 0.3, back + 0.03, shoulder, back],
    [shoulder + chest * 0.3, back + 0.04, shoulder + chest * 0.46, back + chest * 0.4, breast, back + chest * 0.72],
    [shoulder + chest * 0.16, back + chest * 1.04, shoulder - 0.1, back + chest * 1.04, belly, back + chest],
    [hip + long * 0.4, back + chest * 0.98, hip + 0.24, back + loin * 0.92, hip + 0.1, back + loin * 1.02],
    [hip - loin * 0.2, back + loin * 1.1, hip - loin * 0.4, back + loin * 0.9, rump, back + loin * 0.5],
  ] as const
  ctx.beginPath()
  ctx.moveTo(rump, back + loin * 0.5)
  for (const curve of curves) ctx.bezierCurveTo(...curve)
  ctx.fill()
}

/** Tufts of wool, patches or a hump. */
const drawCoat = ({ ctx, build, fill, back, hip }: Animal): void => {
  const { long, chest } = build
  if (build.extra === 'wool')
    for (let tuft = 0; tuft < 12; tuft++) {
      const angle = (tuft / 12) * Math.PI * 2
      const x = Math.cos(angle) * long * 0.5
      ctx.beginPath()
      ctx.arc(x, back + chest * 0.5 + Math.sin(angle) * chest * 0.42, chest * 0.24, 0, Math.PI * 2)
      ctx.fill()
    }
  if (build.extra === 'patches') {
    ctx.save()
    ctx.globalAlpha *= 0.5
    for (let patch = 0; patch < 16; patch++) {
      const column = patch % 8
      const y = back + chest * (patch < 8 ? 0.24 : 0.6) + (column % 2) * 0.05
      fillEllipse(ctx, '#5a3820', [hip + 0.02 + column * long * 0.155, y, 0.042, 0.05, column])
    }
    ctx.restore()
    ctx.fillStyle = fill
  }
  if (build.extra === 'hump') fillEllipse(ctx, fill, [0.02, back + 0.02, 0.24, 0.24])
}

/** Neck and mane; answers where the head begins. */
const drawNeck = ({ ctx, build, pose, back, shoulder }: Animal): Spot => {
  const { chest, neck } = build
  const up =
    neck.up * (1 - pose.graze) -
    (0.95 - chest * 0.3) * pose.graze +
    Math.sin(pose.stride * Math.PI * 4) * 0.03 * pose.walking
  const baseX = shoulder + chest * 0.1
  const baseY = back + chest * 0.24
  const reach = neck.long * (1 + 0.25 * pose.graze)
  const headX = baseX + Math.cos(up) * reach
  const headY = baseY - Math.sin(up) * reach
  limb(ctx, [
    [baseX - 0.04, baseY, neck.thick * 1.5],
    [(baseX + headX) / 2, (baseY + headY) / 2 - 0.02, neck.thick],
    [headX, headY, neck.thick * 0.72],
  ])
  if (build.extra === 'mane')
    limb(ctx, [
      [baseX - 0.16, baseY - 0.1, 0.02],
      [(baseX + headX) / 2 - 0.09, (baseY + headY) / 2 - 0.05, 0.12],
      [headX - 0.05, headY - 0.05, 0.06],
    ])
  return { x: headX, y: headY }
}

const drawHead = (animal: Animal, at: Spot): void => {
  const { ctx, build, pose } = animal
  const { head, ears } = build
  const { x, y } = at
  const nod = head.down * (1 - pose.graze * 0.3) + pose.graze * 0.7
  const muzzle = { x: x + Math.cos(nod) * head.long, y: y + Math.sin(nod) * head.long }
  limb(ctx, [
    [x - Math.cos(nod) * head.thick * 0.3, y - Math.sin(nod) * head.thick * 0.3, head.thick],
    [x + Math.cos(nod) * head.long * 0.35, y + Math.sin(nod) * head.long * 0.35, head.thick],
    [muzzle.x, muzzle.y, head.thick * 0.52],
  ])
  limb(ctx, [
    [x - 0.02, y - head.thick * 0.3, ears * 0.5],
    [x - ears * 0.5, y - head.thick * 0.4 - ears, ears * 0.18],
  ])
  if (build.extra === 'trunk') trunkAndEar(animal, muzzle, at)
  if (build.extra === 'horns')
    limb(ctx, [
      [x, y - head.thick * 0.4, 0.04],
      [x + 0.1, y - head.thick * 0.9, 0.02],
    ])
  if (build.extra === 'antlers' && pose.graze < 0.5) drawAntlers(ctx, at, head.thick)
}

const drawAntlers = (ctx: DrawingContext, { x, y }: Spot, thick: number): void => {
  for (const [lean, size] of [
    [-0.1, 1],
    [0.16, 0.92],
  ] as const) {
    limb(ctx, [
      [x - 0.01, y - thick * 0.4, 0.035],
      [x - 0.12 + lean, y - 0.28 * size, 0.028],
      [x - 0.08 + lean * 1.6, y - 0.5 * size, 0.012],
    ])
    for (const at of [0.4, 0.75])
      limb(ctx, [
        [x - 0.09 + lean * at, y - 0.36 * size * at - 0.06, 0.024],
        [x + 0.05 + lean * at, y - 0.42 * size * at - 0.12, 0.01],
      ])
  }
}

/**
 * Draws an animal that looks to the right, its feet at the origin, one unit being its height at the shoulder. `fill` and
 * `points` are fill styles: trunk, and head and legs.
 */
export const drawBeast = (ctx: DrawingContext, build: Build, pose: Pose, fill: Paint, points: Paint): void => {
  const hip = -build.long / 2
  const shoulder = build.long / 2
  const bob = Math.abs(Math.sin(pose.stride * Math.PI * 2)) * 0.02 * pose.walking
  const animal: Animal = { ctx, build, pose, fill, back: -1 - bob, hip, shoulder }
  ctx.fillStyle = points
  // The far pair of legs first, a quarter of a turn apart as in a walk.
  leg(animal, hip + 0.06, 0.5, true)
  leg(animal, shoulder - 0.02, 0.75, false)
  ctx.fillStyle = fill
  drawTail(animal)
  drawBody(animal)
  drawCoat(animal)
  const head = drawNeck(animal)
  ctx.fillStyle = points
  drawHead(animal, head)
  ctx.fillStyle = points
  leg(animal, hip + 0.02, 0, true)
  leg(animal, shoulder + 0.02, 0.25, false)
}
