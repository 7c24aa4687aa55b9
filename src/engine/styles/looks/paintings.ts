import { layInk } from '../../kernels/lay.ts'
import { createStrokes } from '../../kernels/strokes.ts'
import { applyChroma, applyCurve, curve, curveThrough } from '../../kernels/tone.ts'
import { exposed } from '../exposure.ts'
import { painted } from '../painting.ts'
import { fixedNoise, inkLines, paper, raggedSheet, steady } from '../passes.ts'
import type { Look } from '../studio.ts'

/** Washes of pigment that pool at their edges, on white paper that shows at a ragged border. */
export const watercolour: Look = (studio) => {
  const lift = curveThrough([0, 34], [60, 96], [140, 178], [210, 240], [255, 255])
  const { width, chromaWidth, chromaHeight, shift } = studio
  const around = studio.lumaPlane()
  const sheet = raggedSheet(studio, 46)
  // How far the pigment pools here, and how rough the paper is: both stand still.
  const pools = fixedNoise(studio, 'blooms', { cells: 5, octaves: 5, gain: 0.55 }, 26)
  const tooth = fixedNoise(studio, 'paper', { cells: 128, octaves: 3, gain: 0.7 }, 11)
  const pigment = curve((value) => 255 * Math.sin(Math.PI * Math.min(1, value / 250)))
  const lines = inkLines(studio, { radius: 2, threshold: 5, softness: 22 })
  const paint = painted(studio, 3.4, 0.6)
  const reach = Math.max(2, Math.round(5 * studio.unit))
  return [
    steady(studio),
    exposed(112, 1.5),
    (planes) => {
      const drawn = lines(planes.y)
      paint(planes)
      const { y, u, v } = planes
      applyCurve(y, lift)
      // Over a thin drawing in pencil, as a painter would begin, so that faces keep their features.
      layInk(y, drawn, 150, 107)
      // Pigment gathers at the rim of a wash: the dark side of each edge gets darker, the light side stays paper.
      studio.blurLuma(y, around, reach)
      for (let index = 0; index < y.length; index++) {
        const here = y[index] ?? 0
        const rim = (around[index] ?? 0) - here
        const pooled =
          here + (((pools[index] ?? 0) * (pigment[here] ?? 0)) >> 8) - (rim > 2 ? ((rim - 2) * 230) >> 8 : 0)
        const laid = 250 - (((250 - pooled) * (sheet[index] ?? 0) * 257) >> 16) + (tooth[index] ?? 0)
        y[index] = laid < 0 ? 0 : laid > 255 ? 255 : laid
      }
      for (let row = 0; row < chromaHeight; row++)
        for (let column = 0; column < chromaWidth; column++) {
          const index = row * chromaWidth + column
          const part = (sheet[(row << shift) * width + (column << shift)] ?? 0) * 334
          const toU = 126 + ((((u[index] ?? 128) - 128) * part) >> 16)
          const toV = 129 + ((((v[index] ?? 128) - 128) * part) >> 16)
          u[index] = toU < 0 ? 0 : toU > 255 ? 255 : toU
          v[index] = toV < 0 ? 0 : toV > 255 ? 255 : toV
        }
    },
  ]
}

/** Thick paint in strokes that follow the forms, on canvas. */
export const oil: Look = (studio) => {
  const contrast = curveThrough([0, 4], [64, 46], [128, 132], [192, 214], [255, 252])
  const strokes = createStrokes(studio)
  const paint = painted(studio, 4, 0.6)
  return [
    steady(studio),
    exposed(104, 1.4),
    (planes, _, index) => {
      const skin = paint(planes)
      applyCurve(planes.y, contrast)
      applyChroma(planes, { saturation: 1.45 })
      strokes(planes.y, 32, index === 0, skin)
    },
    paper(
      studio,
      7,
      curve(() => 255),
      128,
    ),
  ]
}
