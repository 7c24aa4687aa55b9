import { step } from '../../kernels/noise.ts'
import { dotScreen, halftone, quantise } from '../../kernels/print.ts'
import { layInk } from '../../kernels/blend.ts'
import { applyChroma, applyCurve, type Curve, curve, curveThrough } from '../../kernels/tone.ts'
import { bloom, inkLines, steady } from '../passes.ts'
import { exposed } from '../exposure.ts'
import { painted } from '../painting.ts'
import type { Look } from '../look-context.ts'

/** Flat tones with soft steps between them. */
const flatTones = (levels: number, softness: number, brighten: number): Curve =>
  curve((value) => {
    const level = (value / 255) ** brighten * levels
    const base = Math.floor(level)
    return (255 * (base + step(0.5 - softness / 2, 0.5 + softness / 2, level - base))) / levels
  })

/** Cel animation: flat vibrant colours, bold outlines, light that glows. */
export const anime: Look = (context) => {
  const tones = flatTones(6, 0.55, 0.86)
  const lines = inkLines(context, { radius: 3, threshold: 7, softness: 12 })
  const lean = (context.random('lean')() - 0.5) * 14
  const paint = painted(context, 4, 0.4)
  return [
    steady(context, 14),
    exposed(128),
    (planes) => {
      const ink = lines(planes.y)
      paint(planes)
      applyCurve(planes.y, tones)
      layInk(planes.y, ink, 52, 205)
      applyChroma(planes, { saturation: 1.75, degrees: lean })
    },
    bloom(context, 0.28, 175, 36),
  ]
}

/** A printed comic: thick ink, flat colour, and shadows in dots. */
export const comic: Look = (context) => {
  const tones = flatTones(3, 0.2, 0.8)
  const flat = curve((tone) => 40 + (((tones[tone] ?? 0) * 210) >> 8))
  const lines = inkLines(context, { radius: 4, threshold: 13, softness: 7 })
  const random = context.random('screen')
  const screen = dotScreen(context, 20 + random() * 50, 7)
  const lean = (random() - 0.5) * 20
  const paint = painted(context, 4)
  return [
    steady(context, 14),
    exposed(142),
    (planes) => {
      const ink = lines(planes.y)
      paint(planes)
      halftone(planes.y, screen, flat)
      layInk(planes.y, ink, 8, 249)
      applyChroma(planes, { saturation: 1.9, degrees: lean, u: -5, v: 1 })
    },
  ]
}

/** A game of the nineties: few large pixels, few colours, ordered dither. */
export const pixelArt: Look = (context) => {
  const block = Math.max(2, 2 * Math.round((7 * context.unit) / 2))
  const random = context.random('palette')
  const stepLuma = 30 + random() * 8
  const stepChroma = 20 + random() * 8
  const contrast = curveThrough([0, 0], [70, 56], [180, 200], [255, 255])
  return [
    steady(context, 16),
    exposed(112, 1.4),
    (planes) => {
      applyCurve(planes.y, contrast)
      applyChroma(planes, { saturation: 1.5 })
      quantise(planes.y, planes.width, block, stepLuma, 12, 0.34)
      quantise(planes.u, planes.chromaWidth, block >> planes.shift, stepChroma, 128, 0.14)
      quantise(planes.v, planes.chromaWidth, block >> planes.shift, stepChroma, 128, 0.14)
    },
  ]
}
