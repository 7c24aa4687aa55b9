import { css, mix, shift } from './colour.ts'
import { coverBox, drawPlate, paintPlate } from './plate.ts'
import type { Layer, Stage } from './stage.ts'

export const street = (stage: Stage, foot: number, night: boolean): Layer => {
  const { light, width, height, unit } = stage
  const box = coverBox(stage, 0.9, foot)
  const far = night ? mix(light.haze, [20, 20, 40], 0.5) : mix(light.haze, [120, 120, 126], 0.5)
  const near = night ? mix(light.ambient, [6, 6, 14], 0.8) : mix(light.ambient, [60, 62, 70], 0.7)
  const plate = paintPlate(box, 0.9, (ctx) => {
    const fill = ctx.createLinearGradient(0, foot, 0, height)
    fill.addColorStop(0, css(far, night ? 0.35 : 1))
    fill.addColorStop(1, css(near, night ? 0.62 : 1))
    ctx.fillStyle = fill
    ctx.fillRect(box.x, foot, box.width, box.height)
    const middle = width / 2
    ctx.fillStyle = css(shift(night ? [200, 200, 220] : [236, 232, 220], 0), night ? 0.22 : 0.8)
    for (let mark = 0; mark < 16; mark++) {
      const near1 = (mark + 0.5) ** 2 / 256
      const y = foot + near1 * (height - foot)
      const long = 4 * unit + near1 * 42 * unit
      for (const lane of [-0.36, 0.36]) {
        const wide = 1 * unit + near1 * 5 * unit
        ctx.beginPath()
        const x1 = middle + lane * near1 * width
        const x2 = middle + lane * (near1 + long / (height - foot)) * width
        ctx.moveTo(x1 - wide / 2, y)
        ctx.lineTo(x1 + wide / 2, y)
        ctx.lineTo(x2 + wide, y + long)
        ctx.lineTo(x2 - wide / 2, y + long)
        ctx.fill()
      }
    }
  })
  return (ctx, view) => drawPlate(ctx, view, plate)
}
