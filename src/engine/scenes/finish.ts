import { grainTile } from '../kernels/noise.ts'
import { createRandom } from '../random.ts'
import { mix, planesOfColour } from '../canvas/colour.ts'
import type { FrameCanvas } from '../canvas/frame-canvas.ts'
import type { SceneContext } from './layers.ts'
import type { CameraView } from '../canvas/camera-view.ts'

/** Side of the grain's tile, in pixels; where it begins changes with each frame. */
const SIDE = 512
/** Levels of the strongest grain, at a middle tone; it is larger than a pixel and shows more than white noise does. */
const GRAIN = 5
/** 64 levels of a grain of 127 at a middle tone, in the kernel's measure. */
const STRENGTH = 8.13

/** Television range of luma and chroma in parts of 2^15, and full range. */
const RANGES = {
  video: { luma: Math.round((219 / 255) * 32768), base: 16 << 6, chroma: Math.round((224 / 255) * 32768) },
  full: { luma: 32767, base: 0, chroma: 32767 },
} as const

/** How much of the shade lies over each pixel, 0 to 255: most in the corners. */
const paintVignette = (width: number, height: number, stride: number): Uint8Array => {
  const long = Math.hypot(width, height) / 2
  const random = createRandom(1, 'vignette')
  const alpha = new Uint8Array(stride * height)
  const last = width - 1
  for (let y = 0; y < height; y++) {
    const down = (y + 0.5 - height * 0.47) ** 2
    const row = y * stride
    for (let x = 0; x < width / 2; x++) {
      const far = (Math.sqrt((x + 0.5 - width / 2) ** 2 + down) / long - 0.5) / 0.58
      if (far <= 0) break
      const part = far < 0.5 ? far * 0.2 : far < 1 ? 0.1 + (far - 0.5) * 0.48 : 0.34
      // Steps of 8 bits are hidden by noise that stands still.
      const noise = random()
      alpha[row + x] = 255 * part + noise
      alpha[row + last - x] = 255 * part + 1 - noise
    }
  }
  return alpha
}

/** Keeps what was made last: the next scene in a process is mostly of the same size. */
const onceFor = <Given extends readonly number[], Made>(
  make: (...given: Given) => Made,
): ((...given: Given) => Made) => {
  let last: { given: Given; made: Made } | undefined
  return (...given) => {
    if (!last?.given.every((value, index) => value === given[index])) last = { given, made: make(...given) }
    return last.made
  }
}

/** Grain around 128, its rows 16 longer so that a step may run over their ends. */
const paintGrain = (): Uint8Array => {
  const stride = SIDE + 16
  const rows = new Uint8Array(stride * SIDE)
  const { data } = grainTile(1, 'film grain', SIDE)
  for (let y = 0; y < SIDE; y++) {
    const row = data.subarray(y * SIDE, (y + 1) * SIDE)
    rows.set(row, y * stride)
    rows.set(row.subarray(0, 16), y * stride + SIDE)
  }
  return rows
}

const vignetteOf = onceFor(paintVignette)
const grainOf = onceFor(paintGrain)

/**
 * What is done to every frame at last: a vignette in the colour of the shade, and fine grain that changes with each
 * frame and hides the steps of 8 bits. It is weighed as soft light is: strongest in the middle tones. Answers planes
 * without padding, one after the other.
 */
export const createFinish = (
  scene: SceneContext,
  frameCanvas: FrameCanvas,
): ((view: CameraView, range: 'video' | 'full') => Uint8Array<ArrayBuffer>) => {
  const { width, height, memory, frame, shift } = frameCanvas
  const { kernels } = memory
  const shade = planesOfColour(mix(scene.light.ambient, [0, 0, 0], 0.75)).map(Math.round)
  const tile = grainOf()
  const tilePlace = memory.keep(tile.length)
  memory.bytes(tilePlace, tile.length).set(tile)
  const { luma, chroma } = frame
  const alpha = vignetteOf(width, height, luma.stride)
  const alphaPlace = memory.keep(alpha.length + 64)
  memory.bytes(alphaPlace, alpha.length).set(alpha)
  const size = width * height
  const half = chroma.width * chroma.height
  const out = memory.keep(size + half * 2 + 64)
  return (view, range) => {
    frameCanvas.settle()
    const jump = createRandom(Math.round(view.seconds * 1000), 'grain jump')
    const [left, top] = [Math.floor(jump() * SIDE), Math.floor(jump() * SIDE)]
    const { luma: scale, base, chroma: chromaScale } = RANGES[range]
    kernels.polish(
      luma.plane,
      luma.stride,
      width,
      height,
      alphaPlace,
      shade[0] ?? 0,
      tilePlace,
      SIDE,
      left,
      top,
      Math.round(GRAIN * STRENGTH),
      scale,
      base,
      out,
    )
    for (const [plane, value, to] of [
      [frame.u, shade[1] ?? 128, out + size],
      [frame.v, shade[2] ?? 128, out + size + half],
    ] as const)
      kernels.polishChroma(
        plane,
        chroma.stride,
        chroma.width,
        chroma.height,
        alphaPlace,
        luma.stride,
        shift,
        value,
        chromaScale,
        to,
      )
    return memory.bytes(out, size + half * 2)
  }
}
