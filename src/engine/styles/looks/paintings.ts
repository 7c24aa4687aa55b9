import { createHold } from '../../kernels/wasm/kernels.ts'
import { layInk, multiplyBy, subtract } from '../../kernels/blend.ts'
import { createBrush } from '../../kernels/brush.ts'
import { createFlow, type Flow } from '../../kernels/flow.ts'
import { step } from '../../kernels/noise.ts'
import { applyChroma, applyCurve, curve, curveThrough } from '../../kernels/tone.ts'
import { exposed } from '../exposure.ts'
import { awayFromSkin, painted } from '../painting.ts'
import { darkSides, fixedNoise, inkLines, noisePlane, onChroma, raggedMask, steady, TAPED } from '../passes.ts'
import type { Look } from '../look-context.ts'

/** Washes of pigment that granulate and pool at their edges, on white paper that shows in the lights and at the border. */
export const watercolour: Look = (context) => {
  const { unit } = context
  const lift = curveThrough([0, 30], [60, 88], [140, 178], [196, 238], [226, 253], [255, 255])
  // Glazes over each other: half of the tone comes in steps, and where one ends it leaves an edge.
  const glazes = curve((value) => 0.45 * value + 0.55 * stepped(value, 32, 0.3, 0.7) + 8)
  const mask = raggedMask(context, 46)
  const chromaMask = onChroma(context, mask)
  // Where washes end, and how the pigment flows and settles in the tooth of the paper: all of it stands still.
  const wanders = fixedNoise(context, 'wanders', { cells: 18, octaves: 5, gain: 0.6 }, 20)
  const pools = fixedNoise(context, 'blooms', { cells: 5, octaves: 7, gain: 0.78 }, 62, 'middle')
  const fades = noisePlane(context, 'fades', { cells: 6, octaves: 4, gain: 0.55 }, 60)
  const pale = onChroma(context, new Uint8Array(fades.buffer)).map((value) => 195 + ((value << 24) >> 24))
  const lines = inkLines(context, { radius: 2, threshold: 5, softness: 22 })
  const paint = painted(context, 4.4, 0.6)
  const rims = darkSides(
    context,
    Math.max(2, Math.round(4 * unit)),
    curve((away) => Math.max(0, away - 2) * 1.05),
  )
  return [
    steady(context),
    exposed(118, 1.6, lift),
    (planes) => {
      const drawn = lines(planes.y)
      paint(planes)
      const { y, u, v } = planes
      wanders(y)
      applyCurve(y, glazes)
      // Pigment gathers at the rim of a wash: the dark side of each edge gets darker, the light side stays paper.
      const rim = rims(y)
      pools(y)
      subtract(y, rim)
      // Over a thin drawing in pencil, as a painter would begin, so that faces keep their features.
      layInk(y, drawn, 150, 107)
      multiplyBy(y, mask, 251)
      applyChroma(planes, { saturation: 1.6, u: -2, v: 1 })
      multiplyBy(u, pale, 128)
      multiplyBy(v, pale, 128)
      multiplyBy(u, chromaMask, 126)
      multiplyBy(v, chromaMask, 129)
    },
  ]
}

/** Thick paint: broad strokes that follow the forms, fine ones where there is much to draw, on canvas. */
export const oil: Look = (context) => {
  const { unit } = context
  const contrast = curveThrough([0, 6], [64, 52], [128, 134], [192, 212], [255, 250])
  const paint = painted(context, 5, 1)
  const follow = createFlow(context)
  const hold = createHold()
  const broad = createBrush(context, 'broad', {
    length: 30 * unit,
    width: 8.5 * unit,
    spacing: 11 * unit,
    relief: 34,
    uneven: 9,
    dry: 0.3,
  })
  const fine = createBrush(context, 'fine', {
    length: 13 * unit,
    width: 3.8 * unit,
    spacing: 6.5 * unit,
    relief: 22,
    uneven: 6,
    dry: 0.2,
  })
  return [
    steady(context),
    exposed(104, 1.4, contrast),
    (planes, _, index) => {
      const skin = paint(planes)
      applyChroma(planes, { saturation: 1.4 })
      const flow = follow(planes.y, index)
      const thick = awayFromSkin(context, flow, skin, 30)
      // The fine brush takes the colours of the picture, not of the strokes below.
      hold(planes.bytes.length, (before) => {
        before.set(planes.bytes)
        broad(planes, before, flow, thick)
        fine(planes, before, flow, detailOf(flow, thick))
      })
    },
  ]
}

/** Flat steps with soft sides: `size` levels each, the side of a step taking the part of it between `from` and `to`. */
const stepped = (value: number, size: number, from: number, to: number): number => {
  const base = Math.floor(value / size)
  return size * (base + step(from, to, value / size - base))
}

/** Opaque colour laid flat in a few tones by a broad dry brush, inside a border that tape has left white. */
export const gouache: Look = (context) => {
  const { unit } = context
  const tones = curve((value) => 36 + stepped(206 * (value / 255) ** 0.92, 26, 0.3, 0.7))
  // Pots of colour: chroma in steps, so that a field of grass is one green.
  const pots = curve((value) => 128 + stepped((value - 128) * 1.7, 15, 0.2, 0.8))
  const tape = raggedMask(context, 21, TAPED)
  const chromaTape = onChroma(context, tape)
  const paint = painted(context, 6, 0.9)
  const follow = createFlow(context)
  const hold = createHold()
  const flat = createBrush(context, 'flat', {
    length: 46 * unit,
    width: 15 * unit,
    spacing: 15 * unit,
    relief: 7,
    uneven: 7,
    dry: 0.85,
  })
  const pointed = createBrush(context, 'pointed', {
    length: 15 * unit,
    width: 5 * unit,
    spacing: 8 * unit,
    relief: 4,
    uneven: 4,
    dry: 0.5,
  })
  return [
    steady(context, 14),
    exposed(122, 1.6),
    (planes, _, index) => {
      const skin = paint(planes)
      const { y, u, v } = planes
      applyCurve(y, tones)
      applyCurve(u, pots)
      applyCurve(v, pots)
      const flow = follow(y, index)
      const thick = awayFromSkin(context, flow, skin, 20)
      hold(planes.bytes.length, (before) => {
        before.set(planes.bytes)
        flat(planes, before, flow, thick)
        pointed(planes, before, flow, detailOf(flow, thick))
      })
      multiplyBy(y, tape, 247)
      multiplyBy(u, chromaTape, 127)
      multiplyBy(v, chromaTape, 129)
    },
  ]
}

/** Where a fine brush draws over a broad one, and a little of it on skin. */
const detailOf = (flow: Flow, thick: Uint8Array): Uint8Array =>
  thick.map((away, cell) => ((flow.drawn[cell] ?? 0) * (110 + ((away * 130) >> 8))) >> 8)
