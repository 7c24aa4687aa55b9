import { layInk, layMask, subtract } from '../../kernels/lay.ts'
import { createStrokes } from '../../kernels/strokes.ts'
import { applyChroma, applyCurve, curve, curveThrough } from '../../kernels/tone.ts'
import { exposed } from '../exposure.ts'
import { painted } from '../painting.ts'
import { darkSides, fixedNoise, inkLines, onChroma, paper, raggedSheet, steady } from '../passes.ts'
import type { Look } from '../studio.ts'

/** Washes of pigment that pool at their edges, on white paper that shows at a ragged border. */
export const watercolour: Look = (studio) => {
  const lift = curveThrough([0, 34], [60, 96], [140, 178], [210, 240], [255, 255])
  const sheet = raggedSheet(studio, 46)
  const chromaSheet = onChroma(studio, sheet)
  const pigment = curve((value) => 255 * Math.sin(Math.PI * Math.min(1, value / 250)))
  // How far the pigment pools here, and how rough the paper is: both stand still.
  const pools = fixedNoise(studio, 'blooms', { cells: 5, octaves: 5, gain: 0.55 }, 26, pigment)
  const tooth = fixedNoise(studio, 'paper', { cells: 128, octaves: 3, gain: 0.7 }, 11)
  const lines = inkLines(studio, { radius: 2, threshold: 5, softness: 22 })
  const paint = painted(studio, 3.4, 0.6)
  const reach = Math.max(2, Math.round(5 * studio.unit))
  const rims = darkSides(
    studio,
    reach,
    curve((away) => Math.floor((Math.max(0, away - 2) * 230) / 256)),
  )
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
      const rim = rims(y)
      pools(y)
      subtract(y, rim)
      layMask(y, sheet, 250)
      tooth(y)
      applyChroma(planes, { saturation: 1.3, u: -2, v: 1 })
      layMask(u, chromaSheet, 126)
      layMask(v, chromaSheet, 129)
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
    paper(studio, 7, undefined, 128),
  ]
}
