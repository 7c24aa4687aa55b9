import { blueness, greenness, liftBy, measureTable, turnBy } from '../../kernels/chroma-luma.ts'
import { edges } from '../../kernels/edges.ts'
import { screenWith, multiplyBy } from '../../kernels/blend.ts'
import { atChroma, leanTo } from '../../kernels/mix.ts'
import { applyCurve, applyRamp, curve, curveThrough, lumaChroma, ramp } from '../../kernels/tone.ts'
import { bloom, darkCorners, grain, paper, raggedMask, steady } from '../passes.ts'
import type { Look } from '../look-context.ts'

/** Black and white of the forties: hard light, deep blacks, glowing highlights. */
export const noir: Look = (context) => {
  const key = context.random('key')() * 16 - 8
  const hard = curveThrough([0, 0], [48, 12], [110 + key, 84], [170 + key, 196], [220, 246], [255, 255])
  return [
    (planes) => {
      applyCurve(planes.y, hard)
      planes.u.fill(128)
      planes.v.fill(128)
    },
    bloom(context, 0.35, 170, 40),
    darkCorners(context, 0.75),
    grain(context, 11),
  ]
}

/** A faded print in sepia. */
export const vintage: Look = (context) => {
  const lean = context.random('print')() * 16 - 8
  const sepia = ramp(
    [0, 38, 26, 20],
    [90, 118 + lean, 88, 62 - lean],
    [180, 216, 184, 140 - lean],
    [255, 250, 236, 206],
  )
  return [
    (planes) => applyRamp(planes, sepia, 0.22),
    bloom(context, 0.25, 190, 60),
    darkCorners(context, 0.55),
    grain(context, 11),
  ]
}

/** Prussian blue on paper that was brushed with it. */
export const cyanotype: Look = (context) => {
  const blues = ramp([0, 8, 26, 62], [80, 22, 66, 122], [150, 92, 142, 186], [220, 206, 224, 232], [255, 246, 246, 238])
  const contrast = curveThrough([0, 10], [80, 64], [170, 196], [255, 255])
  const mask = raggedMask(context, 52)
  return [
    (planes) => {
      applyCurve(planes.y, contrast)
      multiplyBy(planes.y, mask, 255)
      applyRamp(planes, blues)
    },
    paper(context, 15, 'everywhere', 128),
    grain(context, 6),
  ]
}

/** What infrared light finds pale: skin, cloth and earth, all that is warm. */
const warmness = measureTable((u, v) => (v - u * 0.5 - 4) * 5)

/**
 * Infrared film, its colours as they are printed: leaves white as frost with a breath of rose, skin and all that is warm
 * pale and glowing, skies nearly black, shadows of cold teal.
 */
export const infrared: Look = (context) => {
  const rose = lumaChroma(255, 214 - context.random('rose')() * 50, 222)
  const contrast = curveThrough([0, 4], [70, 48], [160, 186], [255, 255])
  const print = ramp([0, 2, 14, 24], [80, 54, 72, 88], [150, 158, 140, 150], [215, 240, 214, 222], [255, 255, 248, 246])
  return [
    (planes) => {
      liftBy(planes, greenness, 150)
      liftBy(planes, warmness, 38)
      liftBy(planes, blueness, -90)
      turnBy(planes, greenness, rose.u, rose.v, 1)
      applyCurve(planes.y, contrast)
      applyRamp(planes, print, 0.22)
    },
    bloom(context, 0.55, 150, 70),
    grain(context, 11),
    darkCorners(context, 0.35),
  ]
}

/** The hues of two tubes of neon, by pairs that look well together. */
const TUBES = [
  [lumaChroma(0, 230, 255), lumaChroma(255, 30, 170)],
  [lumaChroma(255, 40, 120), lumaChroma(70, 90, 255)],
  [lumaChroma(40, 255, 190), lumaChroma(170, 40, 255)],
  [lumaChroma(255, 150, 30), lumaChroma(200, 30, 255)],
] as const

/** A city at night: deep violet shadows, outlines that glow in two colours of neon. */
export const neon: Look = (context) => {
  const { width, height, chromaWidth, chromaHeight } = context
  const random = context.random('tubes')
  const [one, two] = TUBES[Math.floor(random() * TUBES.length)] ?? TUBES[0]
  const lean = random() * 2 - 1
  const night = ramp([0, 6, 4, 20], [70, 34, 14, 78], [140, 96, 44, 150], [205, 190, 130, 220], [255, 250, 236, 255])
  const outline = context.lumaPlane()
  const halo = context.lumaPlane()
  const glow = curve((value) => (value < 10 ? 0 : (value - 10) * 3.4))
  const coloured = curve((value) => Math.min(218, value * 1.8))
  const reach = Math.max(2, Math.round(5 * context.unit))
  // The light of the tubes at each place: one hue at one side, the other at the other.
  const lightU = context.chromaPlane()
  const lightV = context.chromaPlane()
  for (let row = 0; row < chromaHeight; row++)
    for (let x = 0; x < chromaWidth; x++) {
      const place = 0.5 + 1.1 * (x / chromaWidth - 0.5 + lean * (row / chromaHeight - 0.5))
      const part = place < 0 ? 0 : place > 1 ? 1 : place
      lightU[row * chromaWidth + x] = one.u + (two.u - one.u) * part
      lightV[row * chromaWidth + x] = one.v + (two.v - one.v) * part
    }
  return [
    steady(context, 16),
    (planes) => {
      context.blurLuma(planes.y, halo, 1)
      edges(halo, width, height, outline)
      applyCurve(outline, glow)
      context.blurLuma(outline, halo, reach)
      applyRamp(planes, night, 0.45)
      screenWith(planes.y, outline, 0.55)
      screenWith(planes.y, halo, 0.4)
      screenWith(halo, outline, 0.4)
      const parts = atChroma({ ...planes, y: halo }, coloured)
      leanTo(planes.u, lightU, parts)
      leanTo(planes.v, lightV, parts)
    },
    bloom(context, 0.5, 150, 50),
    darkCorners(context, 0.5),
  ]
}
