import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Build } from './builds.ts'

/** How an animal stands at a moment. `stride` is in turns, `graze` 0 head up to 1 at the ground. */
type Pose = { stride: number; walking: number; graze: number; sway: number }

const limb = (ctx: SKRSContext2D, points: readonly (readonly [number, number, number])[]): void => {
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

const leg = (ctx: SKRSContext2D, build: Build, x: number, turn: number, walking: number, hind: boolean): void => {
  const swing = Math.sin(turn * Math.PI * 2) * build.step * 0.5 * walking
  const lift = Math.max(0, Math.cos(turn * Math.PI * 2)) * 0.12 * walking
  const top = -build.leg
  const foot = x + swing
  const bend = (hind ? -1 : 1) * (0.03 + lift * 0.5)
  limb(ctx, [
    [x, top - 0.08, build.thick * 1.9],
    [x + swing * 0.45 + bend, top * 0.48 - lift * 0.4, build.thick],
    [foot - (hind ? 0.02 : 0), -lift, build.thick * 0.62],
    [foot + build.thick * 0.35, -lift, build.thick * 0.62],
  ])
}

/** An elephant's trunk, which swings, its tusk, and its ear, which fans. */
const trunkAndEar = (ctx: SKRSContext2D, x: number, y: number, headX: number, headY: number, pose: Pose): void => {
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
  ctx.moveTo(headX - 0.02, headY - 0.2)
  ctx.bezierCurveTo(headX - 0.3, headY - 0.26, headX - 0.36 - swing, headY + 0.1, headX - 0.24, headY + 0.3)
  ctx.quadraticCurveTo(headX - 0.08, headY + 0.24, headX + 0.02, headY + 0.06)
  ctx.fill()
  ctx.save()
  ctx.strokeStyle = 'rgba(0,0,0,0.22)'
  ctx.lineWidth = 0.012
  ctx.stroke()
  ctx.restore()
}

/**
 * Draws an animal that looks to the right, its feet at the origin, one unit being its height at the shoulder. `fill` and
 * `points` are fill styles: trunk, and head and legs.
 */
export const drawBeast = (
  ctx: SKRSContext2D,
  build: Build,
  pose: Pose,
  fill: SKRSContext2D['fillStyle'],
  points: SKRSContext2D['fillStyle'],
): void => {
  const { long, chest, loin, neck, head, tail } = build
  const hip = -long / 2
  const shoulder = long / 2
  const bob = Math.abs(Math.sin(pose.stride * Math.PI * 2)) * 0.02 * pose.walking
  const back = -1 - bob
  ctx.fillStyle = points
  // The far pair of legs first, a quarter of a turn apart as in a walk.
  leg(ctx, build, hip + 0.06, pose.stride + 0.5, pose.walking, true)
  leg(ctx, build, shoulder - 0.02, pose.stride + 0.75, pose.walking, false)
  ctx.fillStyle = fill
  const hang = tail.hang + pose.sway * 0.2
  const tailX = hip - loin * 0.34
  const tailY = back + loin * 0.28
  limb(ctx, [
    [tailX, tailY, tail.thick],
    [tailX - Math.cos(hang * 0.6) * tail.long * 0.45, tailY + Math.sin(hang * 0.6) * tail.long * 0.45, tail.thick],
    [tailX - Math.cos(hang) * tail.long * 0.62, tailY + Math.sin(hang) * tail.long, tail.thick * 0.4],
  ])
  ctx.beginPath()
  ctx.moveTo(hip - loin * 0.42, back + loin * 0.5)
  ctx.bezierCurveTo(hip - loin * 0.46, back + loin * 0.04, hip - 0.02, back, hip + 0.1, back + 0.01)
  ctx.bezierCurveTo(hip + long * 0.4, back + 0.06, shoulder - long * 0.3, back + 0.03, shoulder, back)
  ctx.bezierCurveTo(
    shoulder + chest * 0.3,
    back + 0.04,
    shoulder + chest * 0.46,
    back + chest * 0.4,
    shoulder + chest * 0.34,
    back + chest * 0.72,
  )
  ctx.bezierCurveTo(
    shoulder + chest * 0.16,
    back + chest * 1.04,
    shoulder - 0.1,
    back + chest * 1.04,
    shoulder - long * 0.3,
    back + chest,
  )
  ctx.bezierCurveTo(
    hip + long * 0.4,
    back + chest * 0.98,
    hip + 0.24,
    back + loin * 0.92,
    hip + 0.1,
    back + loin * 1.02,
  )
  ctx.bezierCurveTo(
    hip - loin * 0.2,
    back + loin * 1.1,
    hip - loin * 0.4,
    back + loin * 0.9,
    hip - loin * 0.42,
    back + loin * 0.5,
  )
  ctx.fill()
  if (build.extra === 'wool')
    for (let tuft = 0; tuft < 12; tuft++) {
      const angle = (tuft / 12) * Math.PI * 2
      ctx.beginPath()
      ctx.arc(
        Math.cos(angle) * long * 0.5,
        back + chest * 0.5 + Math.sin(angle) * chest * 0.42,
        chest * 0.24,
        0,
        Math.PI * 2,
      )
      ctx.fill()
    }
  if (build.extra === 'patches') {
    ctx.save()
    ctx.globalAlpha *= 0.5
    ctx.fillStyle = '#5a3820'
    for (let patch = 0; patch < 16; patch++) {
      const column = patch % 8
      ctx.beginPath()
      ctx.ellipse(
        hip + 0.02 + column * long * 0.155,
        back + chest * (patch < 8 ? 0.24 : 0.6) + (column % 2) * 0.05,
        0.042,
        0.05,
        column,
        0,
        Math.PI * 2,
      )
      ctx.fill()
    }
    ctx.restore()
    ctx.fillStyle = fill
  }
  if (build.extra === 'hump') {
    ctx.beginPath()
    ctx.ellipse(0.02, back + 0.02, 0.24, 0.24, 0, 0, Math.PI * 2)
    ctx.fill()
  }
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
  ctx.fillStyle = points
  const nod = head.down * (1 - pose.graze * 0.3) + pose.graze * 0.7
  const muzzleX = headX + Math.cos(nod) * head.long
  const muzzleY = headY + Math.sin(nod) * head.long
  limb(ctx, [
    [headX - Math.cos(nod) * head.thick * 0.3, headY - Math.sin(nod) * head.thick * 0.3, head.thick],
    [headX + Math.cos(nod) * head.long * 0.35, headY + Math.sin(nod) * head.long * 0.35, head.thick],
    [muzzleX, muzzleY, head.thick * 0.52],
  ])
  limb(ctx, [
    [headX - 0.02, headY - head.thick * 0.3, build.ears * 0.5],
    [headX - build.ears * 0.5, headY - head.thick * 0.4 - build.ears, build.ears * 0.18],
  ])
  if (build.extra === 'trunk') trunkAndEar(ctx, muzzleX, muzzleY, headX, headY, pose)
  if (build.extra === 'horns')
    limb(ctx, [
      [headX, headY - head.thick * 0.4, 0.04],
      [headX + 0.1, headY - head.thick * 0.9, 0.02],
    ])
  if (build.extra === 'antlers' && pose.graze < 0.5)
    for (const [lean, size] of [
      [-0.1, 1],
      [0.16, 0.92],
    ] as const) {
      const tipX = headX - 0.08 + lean * 1.6
      const tipY = headY - 0.5 * size
      limb(ctx, [
        [headX - 0.01, headY - head.thick * 0.4, 0.035],
        [headX - 0.12 + lean, headY - 0.28 * size, 0.028],
        [tipX, tipY, 0.012],
      ])
      for (const at of [0.4, 0.75])
        limb(ctx, [
          [headX - 0.09 + lean * at, headY - 0.36 * size * at - 0.06, 0.024],
          [headX + 0.05 + lean * at, headY - 0.42 * size * at - 0.12, 0.01],
        ])
    }
  ctx.fillStyle = points
  leg(ctx, build, hip + 0.02, pose.stride, pose.walking, true)
  leg(ctx, build, shoulder + 0.02, pose.stride + 0.25, pose.walking, false)
}
