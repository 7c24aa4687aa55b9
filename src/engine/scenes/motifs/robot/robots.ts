import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { fade, fillShape } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'

const bar = (
  ctx: SKRSContext2D,
  from: readonly [number, number],
  to: readonly [number, number],
  wide: number,
): void => {
  ctx.lineWidth = wide
  ctx.beginPath()
  ctx.moveTo(from[0], from[1])
  ctx.lineTo(to[0], to[1])
  ctx.stroke()
}

/**
 * Draws a machine as tall as a tower that walks to the right, feet at the origin, one unit tall. It pales from its head
 * down into the mist about its feet: `near` and `mist` are the colours at the ends. `stride` is in turns of two steps.
 */
export const drawGiant = (
  ctx: SKRSContext2D,
  paints: { near: Rgb; mist: Rgb; lit: Rgb; eye: Rgb },
  stride: number,
  build: number,
): void => {
  const wash = (shade: number) =>
    fade(ctx, -1, 0, [
      [0, shift(paints.near, shade)],
      [0.5, mix(shift(paints.near, shade), paints.mist, 0.3)],
      [1, mix(paints.near, paints.mist, 0.82)],
    ])
  const rim = fade(ctx, -1, 0, [
    [0, mix(paints.near, paints.lit, 0.55)],
    [0.6, mix(mix(paints.near, paints.lit, 0.3), paints.mist, 0.5)],
    [1, paints.mist],
  ])
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  const bob = -Math.abs(Math.sin(stride * Math.PI * 2)) * 0.012
  const leg = (turn: number): void => {
    const swing = Math.sin(turn * Math.PI * 2)
    const lift = Math.max(0, Math.cos(turn * Math.PI * 2))
    const hip = [0.01, -0.47 + bob] as const
    const thigh = swing * 0.4 + lift * 0.12
    const knee = [hip[0] + Math.sin(thigh) * 0.22, hip[1] + Math.cos(thigh) * 0.22] as const
    const shin = thigh - lift * 0.55 - 0.06
    const ankle = [knee[0] + Math.sin(shin) * 0.22, Math.min(-0.03, knee[1] + Math.cos(shin) * 0.22)] as const
    bar(ctx, hip, knee, 0.085 * build)
    bar(ctx, knee, ankle, 0.068 * build)
    ctx.beginPath()
    ctx.arc(knee[0], knee[1], 0.05 * build, 0, Math.PI * 2)
    ctx.fill()
    fillShape(
      ctx,
      [
        [ankle[0] - 0.06, ankle[1] + 0.035],
        [ankle[0] - 0.045, ankle[1] - 0.04],
        [ankle[0] + 0.05, ankle[1] - 0.04],
        [ankle[0] + 0.12, ankle[1] + 0.035],
      ],
      ctx.fillStyle,
    )
  }
  const arm = (swing: number): void => {
    const shoulder = [0, -0.765 + bob] as const
    const elbow = [Math.sin(swing) * 0.18, shoulder[1] + Math.cos(swing) * 0.18] as const
    const hand = [elbow[0] + Math.sin(swing + 0.35) * 0.19, elbow[1] + Math.cos(swing + 0.35) * 0.19] as const
    bar(ctx, shoulder, elbow, 0.055 * build)
    bar(ctx, elbow, hand, 0.075 * build)
    ctx.beginPath()
    ctx.arc(hand[0], hand[1] + 0.02, 0.045 * build, 0, Math.PI * 2)
    ctx.fill()
  }
  const swing = Math.sin(stride * Math.PI * 2) * 0.34
  const far = wash(-0.05)
  ctx.strokeStyle = far
  ctx.fillStyle = far
  arm(swing)
  leg(stride + 0.5)
  const body = wash(0)
  ctx.strokeStyle = body
  ctx.fillStyle = body
  leg(stride)
  ctx.save()
  ctx.translate(0, bob)
  const wide = build * 0.5 + 0.5
  fillShape(
    ctx,
    [
      [-0.085 * wide, -0.44],
      [-0.1 * wide, -0.54],
      [-0.17 * wide, -0.68],
      [-0.15 * wide, -0.8],
      [-0.07, -0.835],
      [0.1, -0.83],
      [0.18 * wide, -0.78],
      [0.19 * wide, -0.68],
      [0.11 * wide, -0.54],
      [0.095 * wide, -0.44],
    ],
    body,
  )
  // Plates over its chest and back, their upper edges in the light.
  ctx.strokeStyle = rim
  ctx.lineWidth = 0.006
  for (const line of [
    [
      [-0.15, -0.8],
      [-0.07, -0.835],
      [0.1, -0.83],
      [0.18, -0.78],
    ],
    [
      [-0.13, -0.64],
      [0.16, -0.62],
    ],
    [
      [-0.095, -0.54],
      [0.11, -0.53],
    ],
    [
      [0.03, -0.62],
      [0.03, -0.78],
    ],
  ] as const) {
    ctx.beginPath()
    for (const [x, y] of line) ctx.lineTo(x * wide, y)
    ctx.stroke()
  }
  ctx.fillStyle = body
  ctx.fillRect(-0.2 * wide, -0.8, 0.1, 0.2)
  ctx.fillRect(-0.02, -0.86, 0.06, 0.05)
  ctx.beginPath()
  ctx.roundRect(-0.05, -0.965, 0.14, 0.115, [0.05, 0.06, 0.025, 0.03])
  ctx.fill()
  bar(ctx, [-0.02, -0.96], [-0.045, -1.03], 0.008)
  ctx.fillStyle = css(paints.eye)
  ctx.beginPath()
  ctx.arc(0.09, -0.7, 0.018, 0, Math.PI * 2)
  ctx.fill()
  ctx.beginPath()
  ctx.roundRect(0.03, -0.925, 0.055, 0.022, 0.01)
  ctx.fill()
  ctx.restore()
  // The near arm, a little lighter than what it passes.
  const nearer = wash(0.07)
  ctx.strokeStyle = nearer
  ctx.fillStyle = nearer
  ctx.beginPath()
  ctx.arc(0, -0.765 + bob, 0.068 * build, 0, Math.PI * 2)
  ctx.fill()
  arm(-swing)
  ctx.strokeStyle = rim
  ctx.lineWidth = 0.007
  ctx.beginPath()
  ctx.arc(0, -0.765 + bob, 0.066 * build, Math.PI * 1.1, Math.PI * 1.9)
  ctx.stroke()
}

export type Pal = {
  body: Rgb
  trim: Rgb
  dark: Rgb
  face: Rgb
  /** 1 where the light comes from the right, -1 from the left. */ side: number
}

/**
 * Draws a small friendly machine that faces the viewer, its wheels at the origin, one unit tall. `look` turns its eyes,
 * -1 to 1; `blink` shuts them; `wave` lifts one arm, 0 to 1, and `t` are seconds.
 */
export const drawPal = (
  ctx: SKRSContext2D,
  pal: Pal,
  at: { look: number; blink: number; wave: number; t: number },
): void => {
  const { body, trim, dark, face, side } = pal
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  const round = (colour: Rgb, half: number) => {
    const fill = ctx.createLinearGradient(-half * side, 0, half * side, 0)
    fill.addColorStop(0, css(mix(colour, dark, 0.62)))
    fill.addColorStop(0.45, css(colour))
    fill.addColorStop(0.78, css(shift(colour, 0.09)))
    fill.addColorStop(1, css(mix(colour, dark, 0.16)))
    return fill
  }
  const breath = Math.sin(at.t * 1.8) * 0.006
  // Tracks.
  for (const x of [-0.17, 0.17]) {
    ctx.fillStyle = css(mix(dark, [40, 40, 48], 0.5))
    ctx.beginPath()
    ctx.roundRect(x - 0.085, -0.15, 0.17, 0.15, 0.06)
    ctx.fill()
    ctx.fillStyle = css(mix(trim, dark, 0.4))
    for (const wheel of [-0.04, 0.04]) {
      ctx.beginPath()
      ctx.arc(x + wheel, -0.075, 0.03, 0, Math.PI * 2)
      ctx.fill()
    }
  }
  ctx.fillStyle = css(mix(trim, dark, 0.45))
  ctx.fillRect(-0.05, -0.22, 0.1, 0.1)
  ctx.save()
  ctx.translate(0, breath)
  const arm = (x: number, lift: number): void => {
    const shoulder = [x, -0.47] as const
    const aim = lift * 2.5 + Math.sin(at.t * 6) * 0.16 * lift + Math.sin(at.t * 1.3 + x * 9) * 0.05
    const way = Math.sign(x)
    const elbow = [x + way * (0.05 + Math.sin(aim * 0.6) * 0.1), -0.47 + Math.cos(aim * 0.6) * 0.15] as const
    const hand = [elbow[0] + way * Math.sin(aim) * 0.16 + way * 0.01, elbow[1] + Math.cos(aim) * 0.16] as const
    ctx.strokeStyle = css(mix(trim, dark, 0.35))
    bar(ctx, shoulder, elbow, 0.05)
    bar(ctx, elbow, hand, 0.05)
    ctx.strokeStyle = css(mix(trim, dark, 0.6))
    for (let rib = 1; rib < 5; rib++) {
      const [px, py] = [elbow[0] + (hand[0] - elbow[0]) * (rib / 5), elbow[1] + (hand[1] - elbow[1]) * (rib / 5)]
      bar(ctx, [px - 0.02, py], [px + 0.02, py], 0.008)
    }
    ctx.strokeStyle = css(body)
    const grip = Math.atan2(hand[0] - elbow[0], hand[1] - elbow[1])
    for (const finger of [-0.6, 0.6])
      bar(ctx, hand, [hand[0] + Math.sin(grip + finger) * 0.06, hand[1] + Math.cos(grip + finger) * 0.06], 0.032)
  }
  arm(-0.24, 0.08)
  arm(0.24, at.wave)
  ctx.fillStyle = round(body, 0.25)
  ctx.beginPath()
  ctx.roundRect(-0.23, -0.56, 0.46, 0.38, [0.1, 0.1, 0.14, 0.14])
  ctx.fill()
  ctx.fillStyle = css(mix(body, dark, 0.3))
  ctx.beginPath()
  ctx.roundRect(-0.12, -0.47, 0.24, 0.17, 0.03)
  ctx.fill()
  for (let lamp = 0; lamp < 3; lamp++) {
    ctx.fillStyle = css(
      (
        [
          [236, 86, 70],
          [250, 200, 80],
          [110, 220, 150],
        ] as const
      )[lamp]!,
      0.55 + 0.45 * Math.sin(at.t * 3 + lamp * 2),
    )
    ctx.beginPath()
    ctx.arc(-0.07 + lamp * 0.07, -0.42, 0.02, 0, Math.PI * 2)
    ctx.fill()
  }
  ctx.fillStyle = css(trim)
  ctx.fillRect(-0.09, -0.365, 0.18, 0.022)
  ctx.fillRect(-0.09, -0.335, 0.12, 0.014)
  ctx.restore()
  // Neck and head, which follows what it looks at.
  ctx.save()
  ctx.translate(0, breath * 1.6)
  ctx.fillStyle = css(mix(trim, dark, 0.45))
  ctx.fillRect(-0.06, -0.62, 0.12, 0.08)
  ctx.translate(at.look * 0.012, -0.6)
  ctx.rotate(at.look * 0.07)
  ctx.strokeStyle = css(mix(trim, dark, 0.3))
  bar(ctx, [0, -0.32], [0, -0.385], 0.014)
  ctx.fillStyle = css(face)
  ctx.beginPath()
  ctx.arc(0, -0.4, 0.024, 0, Math.PI * 2)
  ctx.fill()
  ctx.fillStyle = css(mix(body, dark, 0.35))
  for (const x of [-0.29, 0.24]) {
    ctx.beginPath()
    ctx.roundRect(x, -0.22, 0.05, 0.13, 0.02)
    ctx.fill()
  }
  ctx.fillStyle = round(body, 0.27)
  ctx.beginPath()
  ctx.roundRect(-0.25, -0.33, 0.5, 0.35, 0.1)
  ctx.fill()
  ctx.fillStyle = css([18, 24, 34])
  ctx.beginPath()
  ctx.roundRect(-0.2, -0.28, 0.4, 0.25, 0.07)
  ctx.fill()
  ctx.fillStyle = css(face)
  for (const x of [-0.09, 0.09]) {
    ctx.beginPath()
    ctx.ellipse(x + at.look * 0.025, -0.175, 0.04, Math.max(0.006, 0.05 * (1 - at.blink)), 0, 0, Math.PI * 2)
    ctx.fill()
  }
  ctx.strokeStyle = css(face)
  ctx.lineWidth = 0.016
  ctx.beginPath()
  ctx.arc(at.look * 0.02, -0.115, 0.05, 0.35, Math.PI - 0.35)
  ctx.stroke()
  ctx.fillStyle = 'rgba(255,255,255,0.1)'
  fillShape(
    ctx,
    [
      [-0.17, -0.27],
      [-0.04, -0.27],
      [-0.12, -0.05],
      [-0.19, -0.07],
    ],
    ctx.fillStyle,
  )
  ctx.restore()
}
