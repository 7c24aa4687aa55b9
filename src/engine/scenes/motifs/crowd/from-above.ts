import type { Canvas } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
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
      const fill = ctx.createRadialGradient(0, 0, 0, 0, 0, radius)
      fill.addColorStop(0, css(shift(colour, 0.05)))
      fill.addColorStop(0.7, css(colour))
      fill.addColorStop(1, css(shift(colour, -0.07)))
      ctx.fillStyle = fill
      ctx.beginPath()
      ctx.moveTo(0, 0)
      ctx.lineTo(Math.cos(from) * radius, Math.sin(from) * radius)
      // Cloth hangs in between two ribs.
      ctx.quadraticCurveTo(
        Math.cos(middle) * radius * 0.88,
        Math.sin(middle) * radius * 0.88,
        Math.cos(to) * radius,
        Math.sin(to) * radius,
      )
      ctx.closePath()
      ctx.fill()
      ctx.strokeStyle = css(mix(cloth, [16, 16, 22], 0.5), 0.5)
      ctx.lineWidth = side * 0.008
      ctx.beginPath()
      ctx.moveTo(0, 0)
      ctx.lineTo(Math.cos(from) * radius, Math.sin(from) * radius)
      ctx.stroke()
    }
    if (wet) {
      const gloss = ctx.createRadialGradient(
        Math.cos(sun) * radius * 0.4,
        Math.sin(sun) * radius * 0.4,
        0,
        Math.cos(sun) * radius * 0.4,
        Math.sin(sun) * radius * 0.4,
        radius * 0.6,
      )
      gloss.addColorStop(0, 'rgba(255,255,255,0.3)')
      gloss.addColorStop(1, 'rgba(255,255,255,0)')
      ctx.globalCompositeOperation = 'source-atop'
      ctx.fillStyle = gloss
      ctx.fillRect(-half, -half, side, side)
      ctx.globalCompositeOperation = 'source-over'
    }
    ctx.fillStyle = css(mix(cloth, [20, 20, 26], 0.6))
    ctx.beginPath()
    ctx.arc(0, 0, side * 0.022, 0, Math.PI * 2)
    ctx.fill()
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
    if (look.bag) {
      ctx.fillStyle = css(mix(look.coat, [60, 44, 34], 0.75))
      ctx.beginPath()
      ctx.roundRect(-side * 0.2, -side * 0.12, side * 0.16, side * 0.24, side * 0.04)
      ctx.fill()
    }
    const light = [Math.cos(sun - angle), Math.sin(sun - angle)] as const
    const cloth = ctx.createLinearGradient(
      -light[0] * half * 0.6,
      -light[1] * half * 0.6,
      light[0] * half * 0.6,
      light[1] * half * 0.6,
    )
    cloth.addColorStop(0, css(shift(look.coat, -0.14)))
    cloth.addColorStop(1, css(shift(look.coat, 0.06)))
    ctx.fillStyle = cloth
    ctx.beginPath()
    ctx.ellipse(0, 0, side * 0.15, side * 0.31, 0, 0, Math.PI * 2)
    ctx.fill()
    const top = look.hat ? mix([226, 200, 150], look.coat, 0.2) : look.hair
    if (look.hat) {
      ctx.fillStyle = css(shift(top, -0.04))
      ctx.beginPath()
      ctx.arc(side * 0.03, 0, side * 0.19, 0, Math.PI * 2)
      ctx.fill()
    } else {
      ctx.fillStyle = css([214, 168, 136])
      ctx.beginPath()
      ctx.arc(side * 0.07, 0, side * 0.1, 0, Math.PI * 2)
      ctx.fill()
    }
    const head = ctx.createRadialGradient(
      light[0] * side * 0.05,
      light[1] * side * 0.05,
      0,
      side * 0.03,
      0,
      side * 0.13,
    )
    head.addColorStop(0, css(shift(top, 0.1)))
    head.addColorStop(1, css(shift(top, -0.08)))
    ctx.fillStyle = head
    ctx.beginPath()
    ctx.arc(side * 0.02, 0, side * (look.hat ? 0.11 : 0.12), 0, Math.PI * 2)
    ctx.fill()
  }).canvas
}
