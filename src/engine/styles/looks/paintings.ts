import { layInk, layMask, subtract } from '../../kernels/lay.ts'
import { createBrush } from '../../kernels/brush.ts'
import { createFlow, type Flow } from '../../kernels/flow.ts'
import { step } from '../../kernels/noise.ts'
import { applyChroma, applyCurve, curve, curveThrough } from '../../kernels/tone.ts'
import { exposed } from '../exposure.ts'
import { awayFromSkin, painted } from '../painting.ts'
import { darkSides, fixedNoise, inkLines, onChroma, raggedSheet, steady, TAPED } from '../passes.ts'
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

/** Thick paint: broad strokes that follow the forms, fine ones where there is much to draw, on canvas. */
export const oil: Look = (studio) => {
  const { unit } = studio
  const contrast = curveThrough([0, 6], [64, 52], [128, 134], [192, 212], [255, 250])
  const paint = painted(studio, 5, 1)
  const follow = createFlow(studio)
  const broad = createBrush(studio, 'broad', {
    length: 30 * unit,
    width: 8.5 * unit,
    spacing: 11 * unit,
    relief: 34,
    uneven: 9,
    dry: 0.3,
  })
  const fine = createBrush(studio, 'fine', {
    length: 13 * unit,
    width: 3.8 * unit,
    spacing: 6.5 * unit,
    relief: 22,
    uneven: 6,
    dry: 0.2,
  })
  return [
    steady(studio),
    exposed(104, 1.4, contrast),
    (planes, _, index) => {
      const skin = paint(planes)
      applyChroma(planes, { saturation: 1.4 })
      const flow = follow(planes.y, index)
      const before = planes.bytes.slice()
      const thick = awayFromSkin(studio, flow, skin, 30)
      broad(planes, before, flow, thick)
      // The fine brush takes the colours of the picture, not of the strokes below.
      fine(planes, before, flow, detailOf(flow, thick))
    },
  ]
}

/** Flat steps with soft sides: `size` levels each, the side of a step taking the part of it between `from` and `to`. */
const stepped = (value: number, size: number, from: number, to: number): number => {
  const base = Math.floor(value / size)
  return size * (base + step(from, to, value / size - base))
}

/** Opaque colour laid flat in a few tones by a broad dry brush, inside a border that tape has left white. */
export const gouache: Look = (studio) => {
  const { unit } = studio
  const tones = curve((value) => 36 + stepped(206 * (value / 255) ** 0.92, 26, 0.3, 0.7))
  // Pots of colour: chroma in steps, so that a field of grass is one green.
  const pots = curve((value) => 128 + stepped((value - 128) * 1.7, 15, 0.2, 0.8))
  const tape = raggedSheet(studio, 21, TAPED)
  const chromaTape = onChroma(studio, tape)
  const paint = painted(studio, 6, 0.9)
  const follow = createFlow(studio)
  const flat = createBrush(studio, 'flat', {
    length: 46 * unit,
    width: 15 * unit,
    spacing: 15 * unit,
    relief: 7,
    uneven: 7,
    dry: 0.85,
  })
  const pointed = createBrush(studio, 'pointed', {
    length: 15 * unit,
    width: 5 * unit,
    spacing: 8 * unit,
    relief: 4,
    uneven: 4,
    dry: 0.5,
  })
  return [
    steady(studio, 14),
    exposed(122, 1.6),
    (planes, _, index) => {
      const skin = paint(planes)
      const { y, u, v } = planes
      applyCurve(y, tones)
      applyCurve(u, pots)
      applyCurve(v, pots)
      const flow = follow(y, index)
      const before = planes.bytes.slice()
      const thick = awayFromSkin(studio, flow, skin, 20)
      flat(planes, before, flow, thick)
      pointed(planes, before, flow, detailOf(flow, thick))
      layMask(y, tape, 247)
      layMask(u, chromaTape, 127)
      layMask(v, chromaTape, 129)
    },
  ]
}

/** Where a fine brush draws over a broad one, and a little of it on skin. */
const detailOf = (flow: Flow, thick: Uint8Array): Uint8Array =>
  thick.map((away, cell) => ((flow.drawn[cell] ?? 0) * (110 + ((away * 130) >> 8))) >> 8)
