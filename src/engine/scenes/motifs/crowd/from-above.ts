import type { Canvas } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { linearGradient, radialGradient } from '../../../canvas/gradients.ts'
import { fillEllipse, fillRounded, strokeLine } from '../../../canvas/paths.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { paintSprite } from '../../../canvas/sprite.ts'

/** An open umbrella from above: eight panels of cloth about its tip, each in its own light, wet where it is raining. */
export const umbrellaSprite = (side: number, cloth: Rgb, turn: number, sun: number, wet: boolean): Canvas => {
  const half = side / 2
  return paintSprite({ x: 0, y: 0, width: side, height: side }, 0, (ctx) => {
    ctx.translate(half, half)
    const radius = half * 0.96
    for (let panel = 0; panel < 8; panel++) {
      const [from, to] = [turn + (panel / 8) * Math.PI * 2, turn + ((panel + 1) / 8) * Math.PI * 2]
      const middle = (from + to) / 2
      const shine = 0.5 + 0.5 * Math.cos(middle - sun)
      const colour = shift(cloth, -0.1 + shine * 0.16)
      const [bright, dark] = [shift(colour, 0.05), shift(colour, -0.07)]
      ctx.fillStyle = radialGradient(ctx, [0, 0, radius], [0, bright], [0.7, colour], [1, dark])
      const [inX, inY] = [Math.cos(middle) * radius * 0.88, Math.sin(middle) * radius * 0.88]
      ctx.beginPath()
      ctx.moveTo(0, 0)
      ctx.lineTo(Math.cos(from) * radius, Math.sin(from) * radius)
      // Cloth hangs in between two ribs.
      ctx.quadraticCurveTo(inX, inY, Math.cos(to) * radius, Math.sin(to) * radius)
      ctx.closePath()
      ctx.fill()
      ctx.strokeStyle = css(mix(cloth, [16, 16, 22], 0.5), 0.5)
      strokeLine(ctx, [0, 0, Math.cos(from) * radius, Math.sin(from) * radius], side * 0.008)
    }
    if (wet) {
      const [x, y, white] = [Math.cos(sun) * radius * 0.4, Math.sin(sun) * radius * 0.4, [255, 255, 255] as const]
      ctx.globalCompositeOperation = 'source-atop'
      ctx.fillStyle = radialGradient(ctx, [x, y, radius * 0.6], [0, white, 0.3], [1, white, 0])
      ctx.fillRect(-half, -half, side, side)
      ctx.globalCompositeOperation = 'source-over'
    }
    fillEllipse(ctx, css(mix(cloth, [20, 20, 26], 0.6)), [0, 0, side * 0.022, side * 0.022])
  }).canvas
}

/** Someone from above who goes towards an angle: shoulders, a bag, a head with hair or a hat. */
export const walkerSprite = (
  side: number,
  look: { coat: Rgb; hair: Rgb; hat: boolean; bag: boolean },
  angle: number,
  sun: number,
): Canvas => {
  const half = side / 2
  return paintSprite({ x: 0, y: 0, width: side, height: side }, 0, (ctx) => {
    ctx.translate(half, half)
    ctx.rotate(angle)
    const { coat, hair, hat, bag } = look
    const leather = css(mix(coat, [60, 44, 34], 0.75))
    if (bag) fillRounded(ctx, leather, [-side * 0.2, -side * 0.12, side * 0.16, side * 0.24, side * 0.04])
    const [lx, ly] = [Math.cos(sun - angle), Math.sin(sun - angle)]
    const across = [-lx * half * 0.6, -ly * half * 0.6, lx * half * 0.6, ly * half * 0.6] as const
    const cloth = linearGradient(ctx, across, [0, shift(coat, -0.14)], [1, shift(coat, 0.06)])
    fillEllipse(ctx, cloth, [0, 0, side * 0.15, side * 0.31])
    const top = hat ? mix([226, 200, 150], coat, 0.2) : hair
    if (hat) fillEllipse(ctx, css(shift(top, -0.04)), [side * 0.03, 0, side * 0.19, side * 0.19])
    else fillEllipse(ctx, css([214, 168, 136]), [side * 0.07, 0, side * 0.1, side * 0.1])
    const head = ctx.createRadialGradient(lx * side * 0.05, ly * side * 0.05, 0, side * 0.03, 0, side * 0.13)
    head.addColorStop(0, css(shift(top, 0.1)))
    head.addColorStop(1, css(shift(top, -0.08)))
    const round = side * (hat ? 0.11 : 0.12)
    fillEllipse(ctx, head, [side * 0.02, 0, round, round])
  }).canvas
}
