import { panesAround, spreadOver } from '../../kernels/facets.ts'
import { layInk, layMask } from '../../kernels/lay.ts'
import { blendIn, leanTo, onLuma } from '../../kernels/mix.ts'
import { step } from '../../kernels/noise.ts'
import { applyChroma, applyCurve, curve, curveThrough, mapBytes } from '../../kernels/tone.ts'
import { exposed } from '../exposure.ts'
import { painted } from '../painting.ts'
import { bloom, darkCorners, fixedNoise, inkLines, steady } from '../passes.ts'
import type { Look, Pass, Studio } from '../studio.ts'

/** Side of a pane in pixels at 720p. */
const PANE = 46
/** How much of a new frame comes into a pane's colour: noise stays out, and what really changes is there at once. */
const CALM = 0.3
const SUDDEN = 24

/** Panes around scattered points, and how much light each pixel lets through: 0 in the lead, 255 in the glass. */
const panesOf = (studio: Studio) => {
  const { width, height, unit } = studio
  const random = studio.random('panes')
  const side = PANE * unit
  const columns = Math.ceil(width / side) + 2
  const rows = Math.ceil(height / side) + 2
  const points = new Float32Array(columns * rows * 2)
  for (let index = 0; index < columns * rows; index++) {
    points[2 * index] = ((index % columns) - 1 + 0.12 + random() * 0.76) * side
    points[2 * index + 1] = (Math.floor(index / columns) - 1 + 0.12 + random() * 0.76) * side
  }
  const { of, border } = panesAround(points, columns, side, width, height)
  // Glass is thinner at its rim: it gets lighter towards the middle of the pane.
  const light = curve((eighths) => {
    const far = eighths / 8 / unit
    return 255 * step(2, 5.5, far) * (0.8 + 0.2 * step(4, 26, far))
  })
  mapBytes(border, border, light)
  return { panes: columns * rows, of, light: border }
}

/** The mean of a plane over each pane, from one pixel in 16, calmed over time. */
const createMeans = (of: Uint16Array, panes: number, width: number) => {
  const height = of.length / width
  const sums = new Float64Array(panes)
  const counts = new Uint32Array(panes)
  const means = new Float32Array(panes)
  let isFirst = true
  return (plane: Uint8Array): Float32Array => {
    sums.fill(0)
    counts.fill(0)
    for (let y = 1; y < height; y += 4)
      for (let x = 1; x < width; x += 4) {
        const pane = of[y * width + x] ?? 0
        sums[pane] = (sums[pane] ?? 0) + (plane[y * width + x] ?? 0)
        counts[pane] = (counts[pane] ?? 0) + 1
      }
    for (let pane = 0; pane < panes; pane++) {
      const before = means[pane] ?? 0
      const now = (sums[pane] ?? 0) / Math.max(1, counts[pane] ?? 0)
      const part = isFirst ? 1 : Math.min(1, CALM + Math.abs(now - before) / SUDDEN)
      means[pane] = before + (now - before) * part
    }
    isFirst = false
    return means
  }
}

/** Panes of glowing glass in lead: one colour to a pane, with the drawing of the picture leaded over it. */
export const stainedGlass: Look = (studio) => {
  const { panes, of, light } = panesOf(studio)
  const { width, chromaWidth, chromaHeight, shift } = studio
  const chromaOf = new Uint16Array(chromaWidth * chromaHeight)
  for (let row = 0; row < chromaHeight; row++)
    for (let x = 0; x < chromaWidth; x++)
      chromaOf[row * chromaWidth + x] = of[(row << shift) * width + (x << shift)] ?? 0
  const meanOf = [
    createMeans(of, panes, width),
    ...[0, 1].map(() => createMeans(chromaOf, panes, chromaWidth)),
  ] as const
  const random = studio.random('glass')
  const tone = Float32Array.from({ length: panes }, () => 0.84 + random() * 0.32)
  const turn = Float32Array.from({ length: panes }, () => (random() - 0.5) * 14)
  const jewel = curveThrough([0, 26], [60, 72], [128, 142], [200, 222], [255, 250])
  const lines = inkLines(studio, { radius: 4, threshold: 16, softness: 14 })
  const streaks = fixedNoise(studio, 'glass', { cells: 24, cellsDown: 6, octaves: 4, gain: 0.6 }, 16)
  const paint = painted(studio, 3, 1)
  const colours = new Uint8Array(panes)
  const glass = studio.lumaPlane()
  const chroma = studio.chromaPlane()
  // Much of the picture itself shines through, most of it near skin, where leads all but end: a face is not much larger
  // than a pane, and is painted on the glass, in a few tones.
  const through = curve((near) => 72 + (near * 150) / 256)
  const passing = curve((near) => (near * 205) / 256)
  const white = studio.lumaPlane().fill(255)
  const clear = studio.lumaPlane()
  const shades = studio.lumaPlane()
  const near = studio.chromaPlane()
  const lead: Pass = (planes) => {
    const drawn = lines(planes.y)
    const means = [planes.y, planes.u, planes.v].map((plane, index) => meanOf[index]?.(plane))
    const skin = paint(planes)
    const { y, u, v } = planes
    for (let pane = 0; pane < panes; pane++) colours[pane] = Math.min(255, (means[0]?.[pane] ?? 0) * (tone[pane] ?? 1))
    spreadOver(of, colours, glass)
    mapBytes(skin, near, through)
    mapBytes(y, shades, few)
    leanTo(glass, shades, onLuma(planes, near))
    applyCurve(glass, jewel)
    streaks(glass)
    mapBytes(skin, near, passing)
    clear.set(light)
    leanTo(clear, white, onLuma(planes, near))
    layMask(glass, clear)
    layInk(glass, drawn, 70, 187)
    y.set(glass)
    for (const [index, plane] of [u, v].entries()) {
      for (let pane = 0; pane < panes; pane++)
        colours[pane] = (means[index + 1]?.[pane] ?? 128) + (index === 0 ? 1 : -1) * (turn[pane] ?? 0)
      spreadOver(chromaOf, colours, chroma)
      blendIn(plane, chroma, 0.7)
    }
    applyChroma(planes, { saturation: 2.3 })
    applyCurve(y, glow)
  }
  return [steady(studio, 14), exposed(138, 1.9), lead, bloom(studio, 0.4, 150, 40), darkCorners(studio, 0.4)]
}

/** Tones of glass paint, with soft steps between them. */
const few = curve((value) => 36 * (Math.floor(value / 36) + step(0.25, 0.75, (value % 36) / 36)))

const glow = curveThrough([0, 12], [40, 34], [140, 152], [255, 255])
