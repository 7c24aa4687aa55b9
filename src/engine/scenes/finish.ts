import { createCanvas, ImageData } from '@napi-rs/canvas'
import { createRandom } from '../random.ts'
import { css, mix } from './colour.ts'
import { paintPlate } from './plate.ts'
import type { Layer, Stage } from './stage.ts'

/**
 * The last layer of every scene: a vignette in the colour of the shade, and fine grain that changes with each frame and
 * hides the steps of 8 bits.
 */
export const finishLayer = (stage: Stage): Layer => {
  const { width, height, light } = stage
  const shade = mix(light.ambient, [0, 0, 0], 0.75)
  const long = Math.hypot(width, height) / 2
  const frame = { x: 0, y: 0, width, height }
  const vignette = paintPlate(frame, 0, (ctx) => {
    const dim = ctx.createRadialGradient(width / 2, height * 0.46, long * 0.5, width / 2, height * 0.48, long * 1.08)
    dim.addColorStop(0, css(shade, 0))
    dim.addColorStop(0.5, css(shade, 0.1))
    dim.addColorStop(1, css(shade, 0.34))
    ctx.fillStyle = dim
    ctx.fillRect(0, 0, width, height)
  })
  const spare = 96
  const grain = createCanvas(width + spare, height + spare)
  const random = createRandom(1, 'film grain')
  const data = new Uint8ClampedArray((width + spare) * (height + spare) * 4)
  for (let index = 0; index < data.length; index += 4) {
    const level = 128 + (random() + random() + random() - 1.5) * 22
    data[index] = level
    data[index + 1] = level
    data[index + 2] = level
    data[index + 3] = 255
  }
  grain.getContext('2d').putImageData(new ImageData(data, width + spare, height + spare), 0, 0)
  return (ctx, view) => {
    ctx.drawImage(vignette.canvas, 0, 0)
    const jump = createRandom(Math.round(view.seconds * 1000), 'grain jump')
    ctx.globalCompositeOperation = 'soft-light'
    ctx.globalAlpha = 0.5
    ctx.drawImage(grain, -Math.floor(jump() * spare), -Math.floor(jump() * spare))
    ctx.globalAlpha = 1
    ctx.globalCompositeOperation = 'source-over'
  }
}
