import { createCanvas, ImageData } from '@napi-rs/canvas'
import type { Rgb } from '../../rgb.ts'
import { fbm } from '../../canvas/noise.ts'
import type { Layer, SceneContext } from '../layers.ts'

/** Curtains of northern lights: folded bands whose rays reach up and fade, moving slowly. */
export const auroraLayer = (scene: SceneContext, horizon: number): Layer => {
  const { width, brief } = scene
  const columns = 160
  const rows = 72
  const canvas = createCanvas(columns, rows)
  const small = canvas.getContext('2d')
  const image = new ImageData(columns, rows)
  const noise = scene.noise('aurora')
  const random = scene.random('aurora')
  const low: Rgb = brief.colours[0] ?? [90, 255, 170]
  const high: Rgb = brief.colours[1] ?? (random() < 0.5 ? [150, 90, 255] : [230, 90, 190])
  return (ctx, view) => {
    const { data } = image
    data.fill(0)
    for (let column = 0; column < columns; column++) {
      const x = column / columns
      for (let curtain = 0; curtain < 3; curtain++) {
        const t = view.seconds * (0.055 + curtain * 0.012)
        const base = 0.62 - curtain * 0.13 + fbm(noise, x * 2.1 + curtain * 9 + t, curtain * 5 + t * 0.6, 3) * 0.36
        const ray = 0.5 + 0.5 * noise(x * 26 + curtain * 40 + view.seconds * 0.5, t * 5)
        const swell = Math.max(0, 0.55 + noise(x * 3 - t * 3, curtain * 3) * 0.9)
        const tall = 0.2 + ray * 0.26 + curtain * 0.05
        for (let row = 0; row < rows; row++) {
          const up = base - row / rows
          if (up < -0.05 || up > tall) continue
          const share = up / tall
          const bright =
            (up < 0 ? 1 + up / 0.05 : (1 - share) ** 1.7) * swell * (0.5 + ray * 0.5) * [1, 0.7, 0.45][curtain]!
          const index = (row * columns + column) * 4
          const blend = Math.min(1, Math.max(0, share * 1.5))
          for (let channel = 0; channel < 3; channel++)
            data[index + channel] = Math.min(
              255,
              data[index + channel]! + (low[channel]! + (high[channel]! - low[channel]!) * blend) * bright * 0.85,
            )
          data[index + 3] = 255
        }
      }
    }
    for (let index = 3; index < data.length; index += 4) data[index] = 255
    small.putImageData(image, 0, 0)
    ctx.globalCompositeOperation = 'screen'
    ctx.drawImage(canvas, -view.x * width * 0.08, 0, width, horizon)
    ctx.globalCompositeOperation = 'source-over'
  }
}
