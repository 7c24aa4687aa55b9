import { layNoise } from '../../kernels/lay.ts'
import { fractalTile } from '../../kernels/noise.ts'
import { createPaint } from '../../kernels/paint.ts'
import { applyChroma, applyCurve, curve, curveThrough } from '../../kernels/tone.ts'
import { paper, raggedSheet, steady, stretch } from '../passes.ts'
import type { Look, Pass, Studio } from '../studio.ts'

const paints = (studio: Studio, size: number): Pass => {
  const paint = createPaint(studio.width, studio.height, studio.chromaWidth, studio.chromaHeight)
  return (planes) => paint(planes, size * studio.unit)
}

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
    paints(studio, 5),
    (planes) => {
      applyCurve(planes.y, lift)
      // Pigment gathers at the rim of a wash: the dark side of each edge gets darker, the light side stays paper.
      studio.blurLuma(planes.y, around, pool)
      for (let index = 0; index < planes.y.length; index++) {
        const here = planes.y[index] ?? 0
        const rim = (around[index] ?? 0) - here
        planes.y[index] = Math.min(255, Math.max(0, here - (rim > 2 ? (rim - 2) * 0.9 : 0)))
      }
      layNoise(planes.y, planes.width, blooms, 26, pigment, x, y)
      applyChroma(planes, { saturation: 1.25, v: 1, u: -2 })
      const { width, chromaWidth, shift } = planes
      for (let index = 0; index < planes.y.length; index++) {
        const left = 250 - (planes.y[index] ?? 0)
        planes.y[index] = 250 - ((left * (sheet[index] ?? 0) * 257) >> 16)
      }
      for (let index = 0; index < planes.u.length; index++) {
        const row = Math.floor(index / chromaWidth)
        const part = (sheet[(row << shift) * width + ((index - row * chromaWidth) << shift)] ?? 0) * 257
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

/** Thick paint in strokes that lean one way, lit from the side. */
export const oil: Look = (studio) => {
  const strokes = fractalTile(studio.seed, 'strokes', { cells: 16, cellsDown: 96, octaves: 3, gain: 0.6 })
  stretch(strokes.data)
  const contrast = curveThrough([0, 4], [64, 52], [128, 130], [192, 206], [255, 250])
  const where = curve((value) => 140 + 115 * Math.sin((Math.PI * value) / 255))
  const place = studio.random('strokes')
  const x = Math.floor(place() * 512)
  return [
    steady(studio),
    paints(studio, 7),
    (planes) => {
      applyCurve(planes.y, contrast)
      applyChroma(planes, { saturation: 1.45 })
      layNoise(planes.y, planes.width, strokes, 22, where, x, 0)
    },
    paper(
      studio,
      7,
      curve(() => 255),
      128,
    ),
  ]
}
