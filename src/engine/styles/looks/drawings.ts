import { createHold } from '../../kernels/wasm/kernels.ts'
import { fractalTile, step } from '../../kernels/noise.ts'
import { applyCurve, curve, curveThrough } from '../../kernels/tone.ts'
import { layInk, multiplyBy, addNoise, subtract } from '../../kernels/blend.ts'
import { hatch, hatching } from '../../kernels/print.ts'
import { darkSides, fixedNoise, inkLines, paper, raggedMask, steady } from '../passes.ts'
import { drawable } from '../exposure.ts'
import { painted } from '../painting.ts'
import type { Look, Pass, LookContext } from '../look-context.ts'

/** Paints both chroma planes one colour: the paper's. */
const onPaper =
  (u: number, v: number): Pass =>
  (planes) => {
    planes.u.fill(128 + u)
    planes.v.fill(128 + v)
  }

/** Graphite on white paper: outlines, and shading in up to three layers of crossing strokes. */
export const pencil: Look = (context) => {
  const lean = 35 + context.random('lean')() * 30
  const layer = (degrees: number, spacing: number, name: string, below: number, depth: number) => ({
    strokes: hatching(context, name, degrees, spacing),
    ink: curve((tone) => Math.max(0, below - tone) * depth * 2.1),
  })
  const layers = [
    layer(lean, 5.2, 'hatch 1', 205, 0.42),
    layer(lean + 62, 5.6, 'hatch 2', 130, 0.6),
    layer(lean - 40, 4.6, 'hatch 3', 72, 0.9),
  ] as const
  const lines = inkLines(context, { radius: 3, threshold: 2, softness: 20 })
  const reach = Math.max(1, Math.round(1.2 * context.unit))
  return [
    steady(context, 14),
    drawable(context, 138, 90, 1.1),
    ({ y }) => {
      const ink = lines(y)
      context.blurLuma(y, y, reach)
      hatch(y, layers)
      layInk(y, ink, 90, 165)
    },
    paper(context, 9, 'everywhere', 128),
    onPaper(-2, 1),
  ]
}

/** Charcoal rubbed into rough paper: broad darks that catch on its tooth. */
export const charcoal: Look = (context) => {
  const tooth = fractalTile(context.seed, 'tooth', { cells: 128, octaves: 2, gain: 0.8 })
  const deep = curveThrough([0, 16], [60, 34], [120, 110], [180, 206], [230, 236], [255, 240])
  const lines = inkLines(context, { radius: 6, threshold: 3, softness: 26 })
  const soft = context.lumaPlane()
  const reach = Math.max(1, Math.round(2 * context.unit))
  const random = context.random('tooth')
  const x = Math.floor(random() * 512)
  const y = Math.floor(random() * 512)
  return [
    steady(context, 14),
    drawable(context, 146, 90, 1.1),
    (planes) => {
      const ink = lines(planes.y)
      context.blurLuma(planes.y, soft, reach)
      planes.y.set(soft)
      layInk(planes.y, ink, 70, 185)
      applyCurve(planes.y, deep)
      addNoise(planes.y, planes.width, tooth, 66, 'middle', x, y)
    },
    onPaper(-3, 2),
  ]
}

/** Four washes of ink and the paper that they leave: a tone's wash is the first whose end it lies below. */
const WASHES = [
  { end: 38, tone: 30 },
  { end: 78, tone: 92 },
  { end: 122, tone: 158 },
  { end: 168, tone: 214 },
  { end: 256, tone: 252 },
] as const

/** Brush and ink on rice paper: what is light stays open, washes pool at their rims, black strokes draw the forms. */
export const ink: Look = (context) => {
  const wash = curve((value) => {
    let tone: number = WASHES[0].tone
    for (const [index, { end }] of WASHES.entries())
      tone += ((WASHES[index + 1]?.tone ?? tone) - (WASHES[index]?.tone ?? tone)) * step(end - 9, end + 9, value)
    return tone
  })
  const paint = painted(context, 5)
  const strokes = inkLines(context, { radius: 4, threshold: 17, softness: 16 })
  const rims = darkSides(
    context,
    Math.max(2, Math.round(4 * context.unit)),
    curve((away) => Math.max(0, away - 3) * 0.8),
  )
  const wanders = fixedNoise(context, 'wanders', { cells: 14, octaves: 5, gain: 0.62 }, 24)
  const bleeds = fixedNoise(context, 'bleed', { cells: 7, octaves: 5, gain: 0.6 }, 38, 'middle')
  const tooth = fixedNoise(context, 'paper', { cells: 96, octaves: 3, gain: 0.7 }, 8)
  const mask = raggedMask(context, 48)
  return [
    steady(context, 14),
    drawable(context, 136, 90, 1.35),
    (planes) => {
      const drawn = strokes(planes.y)
      paint(planes)
      wanders(planes.y)
      applyCurve(planes.y, wash)
      const rim = rims(planes.y)
      bleeds(planes.y)
      subtract(planes.y, rim)
      multiplyBy(planes.y, mask, 249)
      layInk(planes.y, drawn, 22, 233)
      tooth(planes.y)
    },
    onPaper(-7, 3),
  ]
}

/** How each drawing draws over paint: the reach of its lines, what it takes for one, and the depth of its ink, of 256. */
const OVER = {
  ink: { radius: 4, threshold: 12, softness: 14, depth: 226 },
  pencil: { radius: 2.4, threshold: 3, softness: 18, depth: 170 },
  charcoal: { radius: 6, threshold: 4, softness: 30, depth: 205 },
} as const

export type DrawnName = keyof typeof OVER

/** Draws the lines of a drawing over what other passes paint: line and wash. The picture is the one before they begin. */
export const drawnOver = (context: LookContext, name: DrawnName, painting: readonly Pass[]): Pass[] => {
  const { depth, ...line } = OVER[name]
  const lines = inkLines(context, line)
  const calm = steady(context, 14)
  const stretch = drawable(context, 138, 90, 1.2)
  const tooth = fixedNoise(context, 'tooth', { cells: 128, octaves: 2, gain: 0.8 }, name === 'ink' ? 0 : 60, 'middle')
  // Shadows are blocked in as well.
  const shade = curveThrough([0, 130], [60, 190], [120, 255], [255, 255])
  const hold = createHold()
  const holdTones = createHold()
  return [
    (planes, time, index) => {
      hold(planes.y.length, (ink) => {
        holdTones(planes.y.length, (y) => {
          y.set(planes.y)
          const tones = { ...planes, y }
          calm(tones, time, index)
          stretch(tones, time, index)
          ink.set(lines(y))
          applyCurve(y, shade)
          multiplyBy(ink, y)
        })
        for (const pass of painting) pass(planes, time, index)
        if (name !== 'ink') tooth(ink)
        layInk(planes.y, ink, 256 - depth, depth)
      })
    },
  ]
}
