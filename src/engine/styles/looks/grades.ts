import { applyChroma, applyCurve, applyRamp, curveThrough, type Ramp, ramp } from '../../kernels/tone.ts'
import { bloom, darkCorners, grain } from '../passes.ts'
import type { Look, Pass } from '../look-context.ts'

type Grade = { ramp: Ramp; keep: number; tones: readonly (readonly [number, number])[]; saturation: number }

/** Colour gradings as a colourist would offer them; a seed picks one where the prompt names none. */
const GRADES: readonly Grade[] = [
  // Teal shadows, amber lights.
  {
    ramp: ramp([0, 4, 18, 26], [90, 66, 94, 104], [170, 206, 164, 128], [255, 255, 242, 220]),
    keep: 0.72,
    tones: [
      [0, 0],
      [64, 48],
      [190, 208],
      [255, 250],
    ],
    saturation: 1.2,
  },
  // Silver kept in the print: hard and nearly grey.
  {
    ramp: ramp([0, 8, 10, 14], [128, 126, 128, 124], [255, 250, 248, 240]),
    keep: 0.42,
    tones: [
      [0, 0],
      [60, 34],
      [128, 126],
      [200, 230],
      [255, 255],
    ],
    saturation: 1,
  },
  // Pastel: milky blacks, rose and mint.
  {
    ramp: ramp([0, 62, 54, 76], [110, 150, 138, 150], [190, 226, 206, 200], [255, 255, 246, 238]),
    keep: 0.7,
    tones: [
      [0, 46],
      [100, 128],
      [200, 220],
      [255, 252],
    ],
    saturation: 1.05,
  },
  // Cross-processed: green shadows, yellow lights, magenta between.
  {
    ramp: ramp([0, 0, 26, 20], [90, 80, 90, 96], [160, 190, 158, 128], [255, 255, 252, 190]),
    keep: 0.85,
    tones: [
      [0, 0],
      [70, 50],
      [180, 206],
      [255, 255],
    ],
    saturation: 1.4,
  },
  // Rose dusk: violet shadows, coral lights.
  {
    ramp: ramp([0, 26, 14, 46], [90, 112, 74, 108], [180, 234, 162, 142], [255, 255, 236, 214]),
    keep: 0.62,
    tones: [
      [0, 6],
      [80, 70],
      [190, 204],
      [255, 252],
    ],
    saturation: 1.15,
  },
]

/** A finished grading, for a prompt that names no look. */
export const grade: Look = (context) => {
  const random = context.random('grade')
  const picked = GRADES[Math.floor(random() * GRADES.length)] ?? GRADES[0]
  if (!picked) return []
  const tones = curveThrough(...picked.tones)
  const tint: Pass = (planes) => {
    applyCurve(planes.y, tones)
    applyChroma(planes, { saturation: picked.saturation, degrees: 0 })
    applyRamp(planes, picked.ramp, picked.keep)
  }
  return [tint, bloom(context, 0.3, 170, 50), darkCorners(context, 0.3), grain(context, 7)]
}

/** Keeps the picture as it is, for edits that only take a reference's colours or a few adjectives. */
export const plain: Look = () => []
