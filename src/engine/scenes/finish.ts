import { kernels, room } from '../compiled/kernels.ts'
import { createRandom } from '../random.ts'
import { mix } from './colour.ts'
import type { Stage } from './stage.ts'
import type { View } from './view.ts'

/** How far the grain moves between frames, in pixels. */
const SPARE = 96
/** Levels of the strongest grain, at a middle tone. */
const GRAIN = 8

/** How much of the shade lies over each pixel, 0 to 255: most in the corners. */
const vignetteOf = (width: number, height: number, grain: Uint8Array): Uint8Array => {
  const long = Math.hypot(width, height) / 2
  const alpha = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const far = (Math.hypot(x + 0.5 - width / 2, y + 0.5 - height * 0.47) / long - 0.5) / 0.58
      const part = far <= 0 ? 0 : far < 0.5 ? far * 0.2 : far < 1 ? 0.1 + (far - 0.5) * 0.48 : 0.34
      // Steps of 8 bits are hidden by noise that stands still.
      alpha[y * width + x] = 255 * part + (grain[y * (width + SPARE) + x] ?? 0) / 256
    }
  return alpha
}

/**
 * What is done to every frame at last: a vignette in the colour of the shade, and fine grain that changes with each
 * frame and hides the steps of 8 bits. It is weighed as soft light is: strongest in the middle tones. Works on RGBA in
 * place, and answers it.
 */
export const createFinish = (stage: Stage): ((rgba: Uint8Array, view: View) => Uint8Array) => {
  const { width, height, light } = stage
  const [red, green, blue] = mix(light.ambient, [0, 0, 0], 0.75).map(Math.round)
  const random = createRandom(1, 'film grain')
  const tile = Uint8Array.from(
    { length: (width + SPARE) * (height + SPARE) },
    () => 128 + (random() + random() + random() - 1.5) * 84,
  )
  const vignette = vignetteOf(width, height, tile)
  return (rgba, view) => {
    const jump = createRandom(Math.round(view.seconds * 1000), 'grain jump')
    const [left, top] = [Math.floor(jump() * SPARE), Math.floor(jump() * SPARE)]
    const [pixels, alpha, grain] = room(rgba.length, vignette.length, tile.length)
    pixels.set(rgba)
    alpha.set(vignette)
    grain.set(tile)
    kernels().finish(
      pixels.byteOffset,
      width,
      height,
      alpha.byteOffset,
      red ?? 0,
      green ?? 0,
      blue ?? 0,
      grain.byteOffset,
      width + SPARE,
      left,
      top,
      GRAIN,
    )
    rgba.set(pixels)
    return rgba
  }
}
