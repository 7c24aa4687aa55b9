import type { Rgb } from '../../../rgb.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'

export type Square = {
  angle: number
  market: boolean
  wet: boolean
  night: boolean
  sun: number
  lanes: number
  gap: number
}

const AWNINGS: readonly (readonly [Rgb, Rgb])[] = [
  [
    [206, 66, 56],
    [246, 240, 226],
  ],
  [
    [54, 116, 150],
    [246, 240, 226],
  ],
  [
    [232, 168, 62],
    [250, 244, 226],
  ],
  [
    [78, 140, 98],
    [246, 240, 226],
  ],
  [
    [150, 86, 140],
    [250, 236, 226],
  ],
]

/** A square or a street from straight above: paving, a crossing, rails, puddles; stalls under striped awnings on a market. */
export const squareSprite = (scene: SceneContext, square: Square): Sprite => {
  const { light, width, height, unit } = scene
  const random = scene.random('square')
  const tone = toneOf(scene)
  const long = Math.hypot(width, height) * 0.75
  const stone: Rgb = square.market ? [176, 160, 140] : [122, 124, 130]
  const base = mix(
    tone(square.wet ? shift(stone, -0.06) : stone, square.night ? 0.4 : 0.8),
    square.night ? [74, 62, 66] : light.skyLow,
    square.night ? 0.3 : square.wet ? 0.16 : 0,
  )
  return paintSprite(coverBox(scene, 1), 1, (ctx, box) => {
    ctx.fillStyle = css(base)
    ctx.fillRect(box.x, box.y, box.width, box.height)
    ctx.translate(width / 2, height / 2)
    ctx.rotate(square.angle)
    // Setts in rows, each of its own shade.
    const size = 26 * unit
    for (let y = -long; y < long; y += size * 0.62)
      for (let x = -long + ((Math.round(y / size) % 2) * size) / 2; x < long; x += size) {
        if (random() < 0.35) continue
        ctx.fillStyle = css(shift(base, (random() - 0.5) * 0.07), 0.7)
        ctx.fillRect(x, y, size - 1.6 * unit, size * 0.62 - 1.6 * unit)
      }
    if (!square.market) {
      const paint = css(mix(base, [246, 246, 240], square.wet ? 0.6 : 0.78), 0.9)
      const at = (random() - 0.5) * width * 0.4
      ctx.fillStyle = paint
      for (let y = -long; y < long; y += 74 * unit) ctx.fillRect(at - 92 * unit, y, 184 * unit, 38 * unit)
      if (random() < 0.6) {
        const rail = (random() - 0.5) * height * 0.5
        ctx.fillStyle = css(mix(base, [30, 30, 36], 0.6))
        for (const off of [-34, 34]) ctx.fillRect(-long, rail + off * unit, long * 2, 7 * unit)
        ctx.fillStyle = css(mix(base, [230, 236, 244], 0.7))
        for (const off of [-33, 35]) ctx.fillRect(-long, rail + off * unit, long * 2, 2.4 * unit)
      }
    }
    if (square.wet)
      for (let puddle = 0; puddle < 26; puddle++) {
        const [x, y] = [(random() * 2 - 1) * long, (random() * 2 - 1) * long]
        const reach = (30 + random() * 130) * unit
        const lamp: Rgb = square.night
          ? (
              [
                [255, 196, 110],
                [255, 96, 130],
                [96, 200, 255],
                [255, 224, 160],
              ] as const
            )[puddle % 4]!
          : mix(light.skyLow, [255, 255, 255], 0.25)
        const shine = ctx.createRadialGradient(0, 0, 0, 0, 0, reach)
        shine.addColorStop(0, css(lamp, square.night ? 0.5 : 0.34))
        shine.addColorStop(0.55, css(lamp, square.night ? 0.18 : 0.2))
        shine.addColorStop(1, css(lamp, 0))
        ctx.save()
        ctx.translate(x, y)
        ctx.rotate(random() * 3)
        ctx.scale(1, 0.4 + random() * 0.4)
        ctx.fillStyle = shine
        ctx.fillRect(-reach, -reach, reach * 2, reach * 2)
        ctx.restore()
      }
    if (!square.market) return
    // Two rows of stalls between lanes of people, back to back.
    for (let row = -6; row <= 6; row++) {
      const y = (row + 0.5) * square.gap * (square.lanes + 1.9)
      if (Math.abs(y) > long) continue
      for (let x = -long; x < long;) {
        const wide = (120 + random() * 110) * unit
        const deep = square.gap * 1.5 * (0.84 + random() * 0.24)
        const [first, second] = AWNINGS[Math.floor(random() * AWNINGS.length)]!
        ctx.fillStyle = 'rgba(20,16,24,0.34)'
        ctx.fillRect(x + 12 * unit * Math.cos(square.sun), y - deep / 2 + 16 * unit, wide, deep)
        // What is for sale stands out at the front.
        for (let crate = x + 4 * unit; crate < x + wide - 20 * unit; crate += 26 * unit)
          for (const edge of [-1, 1]) {
            ctx.fillStyle = css(tone([120, 84, 54], 0.6))
            ctx.fillRect(crate, y + (edge * deep) / 2 - (edge < 0 ? 20 : 0) * unit, 23 * unit, 20 * unit)
            const fruit = (
              [
                [226, 92, 56],
                [246, 190, 66],
                [112, 168, 72],
                [198, 52, 70],
                [240, 232, 210],
              ] as const
            )[Math.floor(random() * 5)]!
            ctx.fillStyle = css(tone(fruit, square.night ? 0.5 : 0.85))
            for (let piece = 0; piece < 6; piece++) {
              ctx.beginPath()
              ctx.arc(
                crate + (5 + (piece % 3) * 6.5) * unit,
                y + (edge * deep) / 2 + (edge < 0 ? -14 : 6) * unit + Math.floor(piece / 3) * 7 * unit,
                3.4 * unit,
                0,
                Math.PI * 2,
              )
              ctx.fill()
            }
          }
        const stripes = Math.round(wide / (17 * unit))
        for (let stripe = 0; stripe < stripes; stripe++) {
          const paint = stripe % 2 ? second : first
          for (const half of [0, 1]) {
            ctx.fillStyle = css(tone(shift(paint, half ? -0.05 : 0.02), square.night ? 0.4 : half ? 0.62 : 0.9))
            ctx.fillRect(
              x + (wide / stripes) * stripe,
              y - deep / 2 + (deep / 2) * half,
              wide / stripes + 0.6,
              deep / 2,
            )
          }
        }
        ctx.fillStyle = 'rgba(30,20,24,0.3)'
        ctx.fillRect(x, y - 1.5 * unit, wide, 3 * unit)
        x += wide + (14 + random() * 50) * unit
      }
    }
  })
}
