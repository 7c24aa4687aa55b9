import { step } from '../../kernels/noise.ts'
import { applyChroma, applyCurve, curveThrough } from '../../kernels/tone.ts'
import { exposed } from '../exposure.ts'
import { painted } from '../painting.ts'
import { bloom, darkCorners, noisePlane, inkLines, steady } from '../passes.ts'
import type { Look, Studio } from '../studio.ts'
import { createMeans, type Cut } from './facets.ts'

/** Side of a pane in pixels at 720p. */
const PANE = 46

/** Panes around scattered points, and how much light each pixel lets through: 0 in the lead, 255 in the glass. */
const panesOf = (studio: Studio): Cut & { light: Uint8Array } => {
  const { width, height, unit } = studio
  const random = studio.random('panes')
  const side = PANE * unit
  const columns = Math.ceil(width / side) + 2
  const rows = Math.ceil(height / side) + 2
  const points = Array.from(
    { length: columns * rows },
    (_, index) =>
      [
        ((index % columns) - 1 + 0.12 + random() * 0.76) * side,
        (Math.floor(index / columns) - 1 + 0.12 + random() * 0.76) * side,
      ] as const,
  )
  const of = new Uint32Array(width * height)
  const light = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const column = Math.floor(x / side) + 1
      const row = Math.floor(y / side) + 1
      let nearest = 0
      let least = Infinity
      let second = Infinity
      for (let down = -1; down <= 1; down++)
        for (let across = -1; across <= 1; across++) {
          const index = Math.min(rows - 1, Math.max(0, row + down)) * columns + Math.max(0, column + across)
          const [px, py] = points[index] ?? [0, 0]
          const far = Math.hypot(x - px, y - py)
          if (far < least) {
            second = index === nearest ? second : least
            least = far
            nearest = index
          } else if (far < second && index !== nearest) second = far
        }
      const border = (second - least) / unit
      of[y * width + x] = nearest
      // Glass is thinner at its rim: it gets lighter towards the middle of the pane.
      light[y * width + x] = 255 * step(2, 5.5, border) * (0.8 + 0.2 * step(4, 26, border))
    }
  return { pieces: columns * rows, of, light }
}

/** Panes of glowing glass in lead: one colour to a pane, with the drawing of the picture leaded over it. */
export const stainedGlass: Look = (studio) => {
  const { light, ...cut } = panesOf(studio)
  const { measure, means, chromaOf } = createMeans(studio, cut)
  const random = studio.random('glass')
  const tone = Float32Array.from({ length: cut.pieces }, () => 0.84 + random() * 0.32)
  const turn = Float32Array.from({ length: cut.pieces }, () => (random() - 0.5) * 14)
  const jewel = curveThrough([0, 26], [60, 72], [128, 142], [200, 222], [255, 250])
  const lines = inkLines(studio, { radius: 4, threshold: 16, softness: 14 })
  const streaks = noisePlane(studio, 'glass', { cells: 24, cellsDown: 6, octaves: 4, gain: 0.6 }, 16)
  const pane = new Uint8Array(cut.pieces)
  const paint = painted(studio, 3, 1)
  const { width, chromaWidth, shift } = studio
  return [
    steady(studio, 14),
    exposed(138, 1.9),
    (planes) => {
      const lead = lines(planes.y)
      measure(planes)
      for (let piece = 0; piece < cut.pieces; piece++)
        pane[piece] = Math.min(255, (means.y[piece] ?? 0) * (tone[piece] ?? 1))
      const skin = paint(planes)
      const { y, u, v } = planes
      for (let at = 0, row = 0; at < y.length; row++)
        for (let x = 0; x < width; x++, at++) {
          // Much of the picture itself shines through, most of it near skin, where leads are thin: a face is not much
          // larger than a pane.
          const near = skin[(row >> shift) * chromaWidth + (x >> shift)] ?? 0
          const own = 96 + ((near * 110) >> 8)
          const through = ((pane[cut.of[at] ?? 0] ?? 0) * (256 - own) + (y[at] ?? 0) * own) >> 8
          const lit = (jewel[through] ?? 0) + (streaks[at] ?? 0)
          const clear = light[at] ?? 0
          const passed = clear + (((255 - clear) * near * 150) >> 16)
          const glass = ((lit < 0 ? 0 : lit) * passed * (70 + (((lead[at] ?? 255) * 186) >> 8))) >> 16
          y[at] = glass < 12 ? 12 : glass > 255 ? 255 : glass
        }
      for (let at = 0; at < u.length; at++) {
        const piece = chromaOf[at] ?? 0
        u[at] = ((means.u[piece] ?? 128) + (turn[piece] ?? 0)) * 0.7 + (u[at] ?? 128) * 0.3
        v[at] = ((means.v[piece] ?? 128) - (turn[piece] ?? 0)) * 0.7 + (v[at] ?? 128) * 0.3
      }
      applyChroma(planes, { saturation: 2.3 })
      applyCurve(planes.y, glow)
    },
    bloom(studio, 0.4, 150, 40),
    darkCorners(studio, 0.4),
  ]
}

const glow = curveThrough([0, 6], [40, 34], [140, 152], [255, 255])
