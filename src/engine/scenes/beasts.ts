import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../prompt/colours.ts'

/** How an animal is built. Lengths are shares of its height at the shoulder; angles in radians above the horizontal. */
export type Build = {
  /** Between hip and shoulder, and how deep the trunk is at the chest and at the loins. */
  long: number
  chest: number
  loin: number
  leg: number
  thick: number
  neck: { long: number; up: number; thick: number }
  head: { long: number; thick: number; down: number }
  tail: { long: number; hang: number; thick: number }
  ears: number
  extra?: 'mane' | 'antlers' | 'wool' | 'hump' | 'horns'
  coat: Rgb
  /** Head and legs, where they are of another colour. */
  points?: Rgb
  /** Height at the shoulder beside a person's 1.75 m, in metres; the length of a step as a share of it. */
  tall: number
  step: number
}

export const BUILDS = {
  horse: {
    long: 0.86,
    chest: 0.46,
    loin: 0.4,
    leg: 0.58,
    thick: 0.1,
    neck: { long: 0.56, up: 0.86, thick: 0.24 },
    head: { long: 0.36, thick: 0.15, down: 0.75 },
    tail: { long: 0.56, hang: 1.25, thick: 0.1 },
    ears: 0.07,
    extra: 'mane',
    coat: [132, 86, 56],
    tall: 1.55,
    step: 0.46,
  },
  deer: {
    long: 0.8,
    chest: 0.36,
    loin: 0.32,
    leg: 0.66,
    thick: 0.07,
    neck: { long: 0.5, up: 1.15, thick: 0.15 },
    head: { long: 0.27, thick: 0.12, down: 0.45 },
    tail: { long: 0.12, hang: 1, thick: 0.06 },
    ears: 0.1,
    extra: 'antlers',
    coat: [146, 102, 64],
    tall: 1.2,
    step: 0.42,
  },
  sheep: {
    long: 0.86,
    chest: 0.6,
    loin: 0.58,
    leg: 0.44,
    thick: 0.07,
    neck: { long: 0.2, up: 0.35, thick: 0.24 },
    head: { long: 0.26, thick: 0.16, down: 0.6 },
    tail: { long: 0.08, hang: 1.4, thick: 0.09 },
    ears: 0.08,
    extra: 'wool',
    coat: [232, 226, 212],
    points: [66, 58, 54],
    tall: 0.72,
    step: 0.34,
  },
  cow: {
    long: 1.06,
    chest: 0.54,
    loin: 0.5,
    leg: 0.5,
    thick: 0.11,
    neck: { long: 0.36, up: 0.25, thick: 0.28 },
    head: { long: 0.34, thick: 0.18, down: 0.8 },
    tail: { long: 0.5, hang: 1.5, thick: 0.04 },
    ears: 0.1,
    extra: 'horns',
    coat: [150, 98, 66],
    tall: 1.4,
    step: 0.38,
  },
  camel: {
    long: 0.72,
    chest: 0.38,
    loin: 0.32,
    leg: 0.66,
    thick: 0.08,
    neck: { long: 0.6, up: 0.72, thick: 0.13 },
    head: { long: 0.28, thick: 0.12, down: 0.15 },
    tail: { long: 0.3, hang: 1.4, thick: 0.04 },
    ears: 0.04,
    extra: 'hump',
    coat: [176, 132, 84],
    tall: 1.95,
    step: 0.46,
  },
  dog: {
    long: 0.86,
    chest: 0.4,
    loin: 0.3,
    leg: 0.6,
    thick: 0.1,
    neck: { long: 0.3, up: 0.95, thick: 0.22 },
    head: { long: 0.4, thick: 0.17, down: 0.12 },
    tail: { long: 0.46, hang: -0.7, thick: 0.07 },
    ears: 0.14,
    coat: [84, 62, 46],
    tall: 0.6,
    step: 0.6,
  },
  wolf: {
    long: 0.92,
    chest: 0.4,
    loin: 0.3,
    leg: 0.6,
    thick: 0.09,
    neck: { long: 0.34, up: 0.5, thick: 0.24 },
    head: { long: 0.42, thick: 0.17, down: 0.25 },
    tail: { long: 0.5, hang: 0.95, thick: 0.13 },
    ears: 0.13,
    coat: [112, 104, 98],
    tall: 0.75,
    step: 0.6,
  },
} as const satisfies Record<string, Build>

export type Beast = keyof typeof BUILDS

/** How an animal stands at a moment. `stride` is in turns, `graze` 0 head up to 1 at the ground. */
export type Pose = { stride: number; walking: number; graze: number; sway: number }

const limb = (ctx: SKRSContext2D, points: readonly (readonly [number, number, number])[]): void => {
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
