import { fractalTile, step } from '../../kernels/noise.ts'
import { applyCurve, curve, curveThrough } from '../../kernels/tone.ts'
import { layInk, layMask, layNoise } from '../../kernels/lay.ts'
import { hatch, hatching } from '../../kernels/print.ts'
import { fixedNoise, inkLines, paper, raggedSheet, steady } from '../passes.ts'
import { exposed } from '../exposure.ts'
import { painted } from '../painting.ts'
import type { Look, Pass } from '../studio.ts'

/** Paints both chroma planes one colour: the paper's. */
const onPaper =
  (u: number, v: number): Pass =>
  (planes) => {
    planes.u.fill(128 + u)
    planes.v.fill(128 + v)
  }

/** Graphite on white paper: outlines, and shading in up to three layers of crossing strokes. */
export const pencil: Look = (studio) => {
  const lean = 35 + studio.random('lean')() * 30
  const layer = (degrees: number, spacing: number, name: string, below: number, depth: number) => ({
    strokes: hatching(studio, name, degrees, spacing),
    ink: curve((tone) => Math.max(0, below - tone) * depth * 2.1),
  })
  const layers = [
    layer(lean, 5.2, 'hatch 1', 205, 0.42),
    layer(lean + 62, 5.6, 'hatch 2', 130, 0.6),
    layer(lean - 40, 4.6, 'hatch 3', 72, 0.9),
  ] as const
  const lines = inkLines(studio, { radius: 3, threshold: 2, softness: 20 })
  const reach = Math.max(1, Math.round(1.2 * studio.unit))
  return [
    steady(studio, 14),
    exposed(138),
    ({ y }) => {
      const ink = lines(y)
      studio.blurLuma(y, y, reach)
      hatch(y, layers)
      layInk(y, ink, 90, 165)
    },
    paper(
      studio,
      16,
      curve((value) => 120 + 135 * Math.sin((Math.PI * value) / 255)),
      128,
    ),
    onPaper(-2, 1),
  ]
}

/** Charcoal rubbed into rough paper: broad darks that catch on its tooth. */
export const charcoal: Look = (studio) => {
  const tooth = fractalTile(studio.seed, 'tooth', { cells: 128, octaves: 2, gain: 0.8 })
  const deep = curveThrough([0, 16], [60, 34], [120, 110], [180, 206], [230, 236], [255, 240])
  const catches = curve((value) => 255 * Math.sin(Math.PI * Math.min(1, value / 245)))
  const lines = inkLines(studio, { radius: 6, threshold: 3, softness: 26 })
  const soft = studio.lumaPlane()
  const reach = Math.max(1, Math.round(2 * studio.unit))
  const random = studio.random('tooth')
  const x = Math.floor(random() * 512)
  const y = Math.floor(random() * 512)
  return [
    steady(studio, 14),
    exposed(150),
    (planes) => {
      const ink = lines(planes.y)
      studio.blurLuma(planes.y, soft, reach)
      planes.y.set(soft)
      layInk(planes.y, ink, 70, 185)
      applyCurve(planes.y, deep)
      layNoise(planes.y, planes.width, tooth, 62, catches, x, y)
    },
    onPaper(-3, 2),
  ]
}

/** Brush and ink: washes of grey that bleed, and black strokes on rice paper. */
export const ink: Look = (studio) => {
  const paint = painted(studio, 5)
  const wash = curve((value) => {
    const level = value / 255
    const steps = 4
    const base = Math.floor(level * steps)
    return 255 * Math.min(1, 0.1 + 0.92 * ((base + step(0.3, 0.7, level * steps - base)) / steps) ** 0.8)
  })
  const lines = inkLines(studio, { radius: 5, threshold: 12, softness: 12 })
  const where = curve((value) => 255 * Math.sin(Math.PI * Math.min(1, value / 250)))
  const bleed = fixedNoise(studio, 'bleed', { cells: 9, octaves: 5, gain: 0.6 }, 40, where)
  const tooth = fixedNoise(studio, 'paper', { cells: 96, octaves: 3, gain: 0.7 }, 9)
  const sheet = raggedSheet(studio, 60)
  return [
    steady(studio, 14),
    exposed(140),
    (planes) => {
      const strokes = lines(planes.y)
      paint(planes)
      applyCurve(planes.y, wash)
      bleed(planes.y)
      layMask(planes.y, sheet, 246)
      layInk(planes.y, strokes, 22, 233)
      tooth(planes.y)
    },
    onPaper(-8, 3),
  ]
}
