import { applyChroma, applyCurve, applyRamp, curveThrough, ramp } from '../../kernels/tone.ts'
import { bloom, darkCorners, grain } from '../passes.ts'
import type { Look } from '../studio.ts'

/** Black and white of the forties: hard light, deep blacks, glowing highlights. */
export const noir: Look = (studio) => {
  const hard = curveThrough([0, 0], [48, 12], [110, 84], [170, 196], [220, 246], [255, 255])
  return [
    (planes) => {
      applyCurve(planes.y, hard)
      applyChroma(planes, { saturation: 0 })
    },
    bloom(studio, 0.35, 170, 40),
    darkCorners(studio, 0.75),
    grain(studio, 22),
  ]
}

/** A faded print in sepia. */
export const vintage: Look = (studio) => {
  const sepia = ramp([0, 38, 26, 20], [90, 118, 88, 62], [180, 216, 184, 140], [255, 250, 236, 206])
  return [
    (planes) => applyRamp(planes, sepia, 0.22),
    bloom(studio, 0.25, 190, 60),
    darkCorners(studio, 0.55),
    grain(studio, 26),
  ]
}
