import { step } from '../../kernels/noise.ts'
import { halftone } from '../../kernels/print.ts'
import { layInk } from '../../kernels/lay.ts'
import { applyChroma, applyCurve, type Curve, curve, curveThrough } from '../../kernels/tone.ts'
import { bloom, inkLines, steady } from '../passes.ts'
import { exposed } from '../exposure.ts'
import { painted } from '../painting.ts'
import type { Look } from '../studio.ts'

/** Flat tones with soft steps between them. */
const flatTones = (levels: number, softness: number, brighten: number): Curve =>
  curve((value) => {
    const level = (value / 255) ** brighten * levels
    const base = Math.floor(level)
    return (255 * (base + step(0.5 - softness / 2, 0.5 + softness / 2, level - base))) / levels
  })

/** Cel animation: flat vibrant colours, bold outlines, light that glows. */
export const anime: Look = (studio) => {
  const tones = flatTones(6, 0.55, 0.86)
  const lines = inkLines(studio, { radius: 3, threshold: 7, softness: 12 })
  const lean = (studio.random('lean')() - 0.5) * 14
  const paint = painted(studio, 4, 0.4)
  return [
    steady(studio, 14),
    exposed(128),
    (planes) => {
      const ink = lines(planes.y)
      paint(planes)
      applyCurve(planes.y, tones)
      layInk(planes.y, ink, 52, 205)
      applyChroma(planes, { saturation: 1.75, degrees: lean })
    },
    bloom(studio, 0.28, 175, 36),
  ]
}

/** A printed comic: thick ink, flat colour, and shadows in dots. */
export const comic: Look = (studio) => {
  const { width, height, unit } = studio
  const tones = flatTones(3, 0.2, 0.8)
  const flat = curve((tone) => 40 + (((tones[tone] ?? 0) * 210) >> 8))
  const lines = inkLines(studio, { radius: 4, threshold: 13, softness: 7 })
  const random = studio.random('screen')
  const angle = ((20 + random() * 50) * Math.PI) / 180
  const cell = 7 * unit
  const screen = studio.lumaPlane()
  const cos = Math.cos(angle) / cell
  const sin = Math.sin(angle) / cell
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const a = Math.cos((x * cos + y * sin) * Math.PI * 2)
      const b = Math.cos((y * cos - x * sin) * Math.PI * 2)
      screen[y * width + x] = 127.5 + 63.7 * (a + b)
    }
  const lean = (random() - 0.5) * 20
  const paint = painted(studio, 4)
  return [
    steady(studio, 14),
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
export const pixelArt: Look = (studio) => {
  const block = Math.max(2, 2 * Math.round((7 * studio.unit) / 2))
  const bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]
  const random = studio.random('palette')
  const stepLuma = 30 + random() * 8
  const stepChroma = 20 + random() * 8
  const contrast = curveThrough([0, 0], [70, 56], [180, 200], [255, 255])
  const quantise = (plane: Uint8Array, width: number, size: number, levels: number, zero: number): void => {
    const height = plane.length / width
    for (let top = 0; top < height; top += size)
      for (let left = 0; left < width; left += size) {
        const bottom = Math.min(height, top + size)
        const right = Math.min(width, left + size)
        let sum = 0
        for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += plane[y * width + x] ?? 0
        const mean = sum / ((bottom - top) * (right - left))
        const dither = ((bayer[((top / size) & 3) * 4 + ((left / size) & 3)] ?? 0) + 0.5) / 16 - 0.5
        const flat = Math.min(255, Math.max(0, zero + levels * Math.round((mean - zero) / levels + dither * 0.5)))
        for (let y = top; y < bottom; y++) plane.fill(flat, y * width + left, y * width + right)
      }
  }
  return [
    steady(studio, 16),
    exposed(112, 1.4),
    (planes) => {
      applyCurve(planes.y, contrast)
      applyChroma(planes, { saturation: 1.5 })
      quantise(planes.y, planes.width, block, stepLuma, 12)
      quantise(planes.u, planes.chromaWidth, block >> planes.shift, stepChroma, 128)
      quantise(planes.v, planes.chromaWidth, block >> planes.shift, stepChroma, 128)
    },
  ]
}
