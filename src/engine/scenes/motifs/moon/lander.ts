import type { Rgb } from '../../../rgb.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import type { Layer } from '../../layers.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'

const GOLD: Rgb = [206, 152, 66]
const GREY: Rgb = [196, 198, 204]

/** A landing craft on four legs, its lower stage in gold foil, lit hard from one side. */
export const lander = (scene: SceneContext, at: { x: number; y: number; size: number; soil: Rgb }): Sprite => {
  const { x, y, size, soil } = at
  const side = scene.light.sun.x > 0.5 ? 1 : -1
  const random = scene.random('lander')
  const box = { x: x - size * 1.8, y: y - size * 1.3, width: size * 3.6, height: size * 1.7 }
  return paintSprite(box, 0.62, (ctx) => {
    ctx.translate(x, y)
    ctx.fillStyle = css(mix(shift(soil, -0.4), [6, 6, 10], 0.7), 0.85)
    ctx.beginPath()
    ctx.ellipse(-side * size * 0.85, size * 0.06, size * 0.95, size * 0.11, 0, 0, Math.PI * 2)
    ctx.fill()
    ctx.scale(size * side, size)
    const paint = (colour: Rgb, shine: number): string =>
      css(mix(mix(colour, [12, 12, 20], 0.78), shift(colour, 0.06), shine))
    ctx.lineCap = 'round'
    const leg = (foot: number, drop: number, shine: number): void => {
      ctx.strokeStyle = paint(GOLD, shine)
      ctx.lineWidth = 0.028
      for (const [fromX, fromY] of [
        [foot * 0.42, -0.5],
        [foot * 0.55, -0.26],
      ] as const) {
        ctx.beginPath()
        ctx.moveTo(fromX, fromY)
        ctx.lineTo(foot, drop - 0.03)
        ctx.stroke()
      }
      ctx.fillStyle = paint(GREY, shine)
      ctx.beginPath()
      ctx.ellipse(foot, drop, 0.085, 0.022, 0, 0, Math.PI * 2)
      ctx.fill()
    }
    leg(-0.36, -0.06, 0.12)
    leg(0.4, -0.07, 0.5)
    // Foil in facets.
    const strips = 9
    for (let strip = 0; strip < strips; strip++) {
      const [from, to] = [-0.36 + (0.72 * strip) / strips, -0.36 + (0.72 * (strip + 1)) / strips]
      const shine = Math.min(1, Math.max(0.06, (strip / (strips - 1)) * 0.9 + (random() - 0.5) * 0.4))
      fillShape(
        ctx,
        [
          [from, -0.55],
          [to + 0.004, -0.55],
          [to * 0.96 + 0.004, -0.22],
          [from * 0.96, -0.22],
        ],
        paint(GOLD, shine),
      )
    }
    fillShape(
      ctx,
      [
        [-0.1, -0.22],
        [0.1, -0.22],
        [0.15, -0.1],
        [-0.15, -0.1],
      ],
      paint(GREY, 0.2),
    )
    leg(-0.62, 0, 0.3)
    leg(0.64, 0, 0.95)
    const faces: readonly (readonly [readonly (readonly [number, number])[], number])[] = [
      [
        [
          [-0.3, -0.57],
          [-0.34, -0.78],
          [-0.2, -0.98],
          [-0.05, -1],
          [-0.05, -0.57],
        ],
        0.16,
      ],
      [
        [
          [-0.05, -0.57],
          [-0.05, -1],
          [0.12, -0.98],
          [0.18, -0.57],
        ],
        0.62,
      ],
      [
        [
          [0.18, -0.57],
          [0.12, -0.98],
          [0.24, -0.92],
          [0.33, -0.76],
          [0.3, -0.57],
        ],
        0.98,
      ],
    ]
    for (const [face, shine] of faces) fillShape(ctx, face, paint(GREY, shine))
    fillShape(
      ctx,
      [
        [0.0, -0.9],
        [0.1, -0.88],
        [0.07, -0.76],
      ],
      paint([40, 44, 58], 0.5),
    )
    ctx.strokeStyle = paint(GREY, 0.85)
    ctx.lineWidth = 0.024
    ctx.beginPath()
    ctx.moveTo(-0.1, -1)
    ctx.lineTo(-0.16, -1.14)
    ctx.moveTo(0.08, -0.99)
    ctx.lineTo(0.1, -1.1)
    ctx.stroke()
    ctx.fillStyle = paint(GREY, 0.9)
    ctx.beginPath()
    ctx.ellipse(-0.17, -1.16, 0.075, 0.03, -0.5, 0, Math.PI * 2)
    ctx.fill()
    ctx.strokeStyle = paint(GREY, 0.7)
    ctx.lineWidth = 0.012
    for (const rung of [0, 1, 2, 3, 4]) {
      ctx.beginPath()
      ctx.moveTo(0.5 + rung * 0.026, -0.4 + rung * 0.08)
      ctx.lineTo(0.56 + rung * 0.026, -0.4 + rung * 0.08)
      ctx.stroke()
    }
  })
}

/** A flag on its pole, stiff as it is where no wind blows. Its colours are of no nation. */
export const flagLayer = (scene: SceneContext, at: { x: number; y: number; tall: number }): Layer => {
  const random = scene.random('flag')
  const tints: readonly Rgb[] = [
    [206, 62, 52],
    [44, 92, 170],
    [232, 168, 52],
  ]
  const tint = scene.brief.colours[0] ?? tints[Math.floor(random() * tints.length)]!
  const wide = at.tall * 0.62
  return (ctx, view) => {
    lookAt(ctx, view, 0.66)
    ctx.lineCap = 'round'
    ctx.strokeStyle = css([214, 216, 222])
    ctx.lineWidth = at.tall * 0.022
    ctx.beginPath()
    ctx.moveTo(at.x, at.y)
    ctx.lineTo(at.x, at.y - at.tall)
    ctx.lineTo(at.x + wide, at.y - at.tall)
    ctx.stroke()
    const cloth = ctx.createLinearGradient(at.x, 0, at.x + wide, 0)
    for (let fold = 0; fold <= 6; fold++) cloth.addColorStop(fold / 6, css(shift(tint, fold % 2 ? -0.1 : 0.04)))
    ctx.fillStyle = cloth
    const hang = Math.sin(view.seconds * 0.7) * at.tall * 0.004
    ctx.beginPath()
    ctx.moveTo(at.x, at.y - at.tall)
    ctx.lineTo(at.x + wide, at.y - at.tall)
    ctx.quadraticCurveTo(at.x + wide * 1.03, at.y - at.tall * 0.8, at.x + wide * 0.98 + hang, at.y - at.tall * 0.6)
    ctx.quadraticCurveTo(at.x + wide * 0.5, at.y - at.tall * 0.55, at.x, at.y - at.tall * 0.6)
    ctx.fill()
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
