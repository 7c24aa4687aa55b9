import { focalOf } from '../../land/terrain.ts'
import type { SceneContext } from '../../layers.ts'

/** A river that winds away over flat land. Metres: `z` away from the eye, `side` -1 to 1 between its banks. */
export type Course = {
  near: number
  far: number
  eye: number
  /** The middle of the river at a distance, across from the middle of the view, and half its breadth there. */
  middle: (z: number) => number
  half: (z: number) => number
  /** Where a place on the water is in the frame, some metres up, and pixels to the metre there. */
  to: (z: number, side: number, up?: number) => { x: number; y: number; scale: number }
  /** Where a place on the land is that lies so many metres across. */
  land: (x: number, z: number) => { x: number; y: number; scale: number }
}

export const courseOf = (scene: SceneContext, horizon: number, eye: number): Course => {
  const random = scene.random('course')
  const { width, height } = scene
  const focal = focalOf(scene)
  const near = (eye * focal) / (height * 1.12 - horizon)
  const far = near * 26
  const [phase, turns, broad] = [random() * Math.PI * 2, 2.3 + random() * 1.4, 5.4 + random() * 3.2]
  const swing = (width / focal) * (0.13 + random() * 0.11)
  // In the middle where it leaves the view: a river that only crosses a corner is no subject.
  const start = Math.sin(phase) * swing * 0.6
  const middle = (z: number): number => {
    const way = Math.log(z / near)
    return z * (Math.sin(phase + way * turns) * swing * Math.min(1, 0.35 + way * 0.5) - start * Math.max(0, 1 - way))
  }
  const half = (z: number): number => broad * (1 + 0.3 * Math.sin(z / 23 + phase))
  const land: Course['land'] = (x, z) => ({
    x: width / 2 + (x * focal) / z,
    y: horizon + (eye * focal) / z,
    scale: focal / z,
  })
  return {
    near,
    far,
    eye,
    middle,
    half,
    land,
    to: (z, side, up = 0) => {
      const at = land(middle(z) + side * half(z), z)
      return { ...at, y: at.y - up * at.scale }
    },
  }
}
