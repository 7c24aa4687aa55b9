import type { CameraMove } from '../prompt/camera.ts'
import type { Random } from '../random.ts'
import { cruise, smoother } from './ease.ts'

/** A camera over a flat picture: shift in shares of the frame, magnification, tilt (radians), and swing of the depth. */
export type Pose = { x: number; y: number; zoom: number; roll: number; swing: number; lift: number }

const still: Pose = { x: 0, y: 0, zoom: 1, roll: 0, swing: 0, lift: 0 }

/** As far as a picture may be shifted at a magnification without looking past its edge. */
const room = (zoom: number): number => (zoom - 1) / (2 * zoom)

/**
 * The camera's path: it begins at rest on the whole picture. `share` is the part of the clip that has passed,
 * `seconds` the time.
 */
export const poseAt = (
  move: CameraMove | undefined,
  pace: number,
  random: Random,
  amount: number,
): ((share: number, seconds: number) => Pose) => {
  const side = random() < 0.5 ? -1 : 1
  const rise = random() < 0.5 ? -1 : 1
  const phase = random() * 6
  const much = Math.min(1.5, pace) * amount
  switch (move) {
    case 'static':
      return () => still
    case 'zoom-in':
      return (share) => ({ ...still, zoom: (1 + 0.32 * much) ** cruise(share), swing: 0.006 * side * cruise(share) })
    case 'zoom-out':
      return (share) => ({ ...still, zoom: (1 - 0.16 * Math.min(1.2, much)) ** cruise(share) })
    case 'pan-left':
    case 'pan-right':
    case 'tilt-up':
    case 'tilt-down': {
      const across = move === 'pan-left' ? -1 : move === 'pan-right' ? 1 : 0
      const along = move === 'tilt-up' ? -1 : move === 'tilt-down' ? 1 : 0
      return (share) => {
        const zoom = 1 + 0.24 * Math.min(1.4, much) * smoother(share * 1.25)
        const gone = cruise(share) * 0.96
        return {
          ...still,
          zoom,
          x: across * room(zoom) * gone,
          y: along * room(zoom) * gone,
          swing: across * 0.016 * gone,
          lift: along * 0.012 * gone,
        }
      }
    }
    case 'rise':
      return (share) => {
        const zoom = 1 + 0.2 * smoother(share * 1.25)
        return { ...still, zoom, y: -room(zoom) * cruise(share) * 0.96, lift: -0.022 * much * cruise(share) }
      }
    case 'orbit':
      return (share) => {
        const zoom = 1 + 0.1 * smoother(share * 1.6)
        const angle = Math.sin(cruise(share) * Math.PI * 1.5)
        return {
          ...still,
          zoom,
          x: side * angle * room(zoom) * 0.7,
          swing: side * angle * 0.03 * much,
          roll: side * angle * 0.006,
        }
      }
    case 'handheld':
      return (share, seconds) => {
        const on = smoother(seconds / 0.7)
        const zoom = 1 + 0.07 * on
        const wobble = (a: number, b: number): number =>
          Math.sin(seconds * a + phase) * 0.6 + Math.sin(seconds * b + phase * 2.3) * 0.4
        return {
          ...still,
          zoom: zoom + 0.03 * cruise(share),
          x: wobble(2.3, 5.1) * room(zoom) * 0.8 * on,
          y: wobble(2.9, 6.3) * room(zoom) * 0.8 * on,
          roll: wobble(1.7, 4.3) * 0.007 * on,
          swing: wobble(1.3, 3.1) * 0.005 * on,
        }
      }
    case undefined:
      return (share) => {
        const zoom = (1 + 0.15 * much) ** cruise(share)
        return {
          ...still,
          zoom,
          x: side * room(zoom) * 0.45,
          y: rise * room(zoom) * 0.3,
          swing: side * 0.014 * much * cruise(share),
        }
      }
  }
}
