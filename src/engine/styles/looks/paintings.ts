import { layNoise } from '../../kernels/lay.ts'
import { fractalTile } from '../../kernels/noise.ts'
import { createStrokes } from '../../kernels/strokes.ts'
import { applyChroma, applyCurve, curve, curveThrough } from '../../kernels/tone.ts'
import { exposed } from '../exposure.ts'
import { painted } from '../painting.ts'
import { paper, raggedSheet, steady, stretch } from '../passes.ts'
import type { Look } from '../studio.ts'

/** Washes of pigment that pool at their edges, on white paper that shows at a ragged border. */
export const watercolour: Look = (studio) => {
  const lift = curveThrough([0, 34], [60, 96], [140, 178], [210, 240], [255, 255])
  const around = studio.lumaPlane()
  const blooms = fractalTile(studio.seed, 'blooms', { cells: 5, octaves: 5, gain: 0.55 })
  stretch(blooms.data)
  const pigment = curve((value) => 255 * Math.sin(Math.PI * Math.min(1, value / 250)))
  const sheet = raggedSheet(studio, 46)
  const place = studio.random('blooms')
  const x = Math.floor(place() * 512)
  const y = Math.floor(place() * 512)
  const pool = Math.max(2, Math.round(5 * studio.unit))
  return [
    steady(studio),
    exposed(112, 1.5),
    painted(studio, 5),
    (planes) => {
      applyCurve(planes.y, lift)
      layNoise(planes.y, planes.width, blooms, 26, pigment, x, y)
      // Pigment gathers at the rim of a wash: the dark side of each edge gets darker, the light side stays paper.
      studio.blurLuma(planes.y, around, pool)
      for (let index = 0; index < planes.y.length; index++) {
        const here = planes.y[index] ?? 0
        const rim = (around[index] ?? 0) - here
        const wash = 250 - (rim > 2 ? here - (((rim - 2) * 230) >> 8) : here)
        planes.y[index] = 250 - ((wash * (sheet[index] ?? 0) * 257) >> 16)
      }
      applyChroma(planes, { saturation: 1.3, v: 1, u: -2 })
      const { width, chromaWidth, chromaHeight, shift } = planes
      for (let row = 0; row < chromaHeight; row++)
        for (let column = 0; column < chromaWidth; column++) {
          const index = row * chromaWidth + column
          const part = (sheet[(row << shift) * width + (column << shift)] ?? 0) * 257
          planes.u[index] = 126 + ((((planes.u[index] ?? 128) - 126) * part) >> 16)
          planes.v[index] = 129 + ((((planes.v[index] ?? 128) - 129) * part) >> 16)
        }
    },
    paper(
      studio,
      11,
      curve(() => 255),
      128,
    ),
  ]
}

/** Thick paint in strokes that follow the forms, on canvas. */
export const oil: Look = (studio) => {
  const contrast = curveThrough([0, 4], [64, 46], [128, 132], [192, 214], [255, 252])
  const strokes = createStrokes(studio)
  return [
    steady(studio),
    exposed(104, 1.4),
    painted(studio, 6),
    (planes, _, index) => {
      applyCurve(planes.y, contrast)
      applyChroma(planes, { saturation: 1.45 })
      strokes(planes.y, 46, index === 0)
    },
    paper(
      studio,
      7,
      curve(() => 255),
      128,
    ),
  ]
}
