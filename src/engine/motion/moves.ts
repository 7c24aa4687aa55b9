import type { MotionCamera } from '../prompt/motion-brief.ts'
import type { Random } from '../random.ts'
import { cruise, smoother } from './ease.ts'

/**
 * A camera before a picture with depth. What has to do with turning moves all of it alike: shift in shares of the frame,
 * magnification, roll (radians), yaw (how much nearer one side comes). What has to do with going moves near things more
 * than far ones: `goX` and `goY` are how far the nearest thing moves against the farthest, in shares of the longer side,
 * `goIn` by what share the way to it shortens. `focus` is the nearness (0 to 1) that stays in its place.
 */
export type Pose = {
  x: number
  y: number
  zoom: number
  roll: number
  yaw: number
  goX: number
  goY: number
  goIn: number
  focus: number
}

const still: Pose = { x: 0, y: 0, zoom: 1, roll: 0, yaw: 0, goX: 0, goY: 0, goIn: 0, focus: 0 }

/** As far as a picture may be shifted at a magnification without looking past its edge. */
const room = (zoom: number): number => (zoom - 1) / (2 * zoom)

/** The most that near and far come apart on a move, in shares of the longer side: what the depth has to be smooth for. */
export const widest = (move: MotionCamera | undefined, much: number): number => {
  switch (move) {
    case 'static':
    case 'zoom-in':
    case 'zoom-out':
      return 0.006
    case 'dolly-in':
    case 'dolly-out':
      return 0.085 * much
    case 'handheld':
      return 0.012
    default:
      return 0.055 * much
  }
}

/** Where the camera is when a share of the clip has passed, after so many seconds. */
type CameraPath = (share: number, seconds: number) => Pose

const turnTo =
  (across: number, along: number, much: number): CameraPath =>
  (share) => {
    const zoom = 1 + 0.17 * Math.min(1.4, much) * smoother(share * 1.25)
    const gone = cruise(share)
    return {
      ...still,
      zoom,
      x: across * room(zoom) * gone * 0.96,
      y: along * room(zoom) * gone * 0.96,
      goX: across * 0.05 * much * gone,
      goY: along * 0.045 * much * gone,
    }
  }

const riseBy =
  (much: number): CameraPath =>
  (share) => {
    const zoom = 1 + 0.14 * smoother(share * 1.25)
    const gone = cruise(share)
    return { ...still, zoom, y: -room(zoom) * gone * 0.96, goY: -0.055 * much * gone, focus: 0.1 }
  }

const orbitAround =
  (subject: number, side: number, much: number): CameraPath =>
  (share) => {
    const angle = Math.sin(cruise(share) * Math.PI * 1.5) * side
    const on = smoother(share * 1.6)
    return {
      ...still,
      zoom: 1 + 0.08 * on,
      goX: angle * 0.046 * much,
      yaw: angle * 0.05 * much,
      roll: angle * 0.004,
      focus: subject,
    }
  }

const handheld =
  (phase: number): CameraPath =>
  (share, seconds) => {
    const on = smoother(seconds / 0.7)
    const zoom = 1 + 0.06 * on
    const wobble = (a: number, b: number): number =>
      Math.sin(seconds * a + phase) * 0.6 + Math.sin(seconds * b + phase * 2.3) * 0.4
    return {
      ...still,
      zoom: zoom + 0.02 * cruise(share),
      x: wobble(2.3, 5.1) * room(zoom) * 0.7 * on,
      y: wobble(2.9, 6.3) * room(zoom) * 0.7 * on,
      roll: wobble(1.7, 4.3) * 0.007 * on,
      goX: wobble(1.3, 3.1) * 0.012 * on,
      goY: wobble(1.1, 2.7) * 0.007 * on,
      goIn: 0.03 * cruise(share),
    }
  }

/**
 * The camera's path: it begins at rest on the whole picture. `subject` is how near the thing in the middle is. The seed
 * says where to if the move does not.
 */
export const poseAt = (move: MotionCamera | undefined, much: number, random: Random, subject: number): CameraPath => {
  const side = random() < 0.5 ? -1 : 1
  const rise = random() < 0.5 ? -1 : 1
  const phase = random() * 6
  switch (move) {
    case 'static':
      return () => still
    case 'zoom-in':
      return (share) => ({ ...still, zoom: (1 + 0.32 * much) ** cruise(share) })
    case 'zoom-out':
      return (share) => ({ ...still, zoom: (1 - 0.16 * Math.min(1.2, much)) ** cruise(share) })
    case 'dolly-in':
      return (share) => ({ ...still, goIn: 0.34 * Math.min(1.25, much) * cruise(share) })
    case 'dolly-out':
      return (share) => ({ ...still, goIn: -0.24 * Math.min(1.2, much) * cruise(share) })
    case 'pan-left':
      return turnTo(-1, 0, much)
    case 'pan-right':
      return turnTo(1, 0, much)
    case 'tilt-up':
      return turnTo(0, -1, much)
    case 'tilt-down':
      return turnTo(0, 1, much)
    case 'rise':
      return riseBy(much)
    case 'orbit':
      return orbitAround(subject, side, much)
    case 'handheld':
      return handheld(phase)
    case undefined:
      return (share) => ({
        ...still,
        goX: side * 0.026 * much * cruise(share),
        goY: rise * 0.008 * much * cruise(share),
        goIn: 0.14 * much * cruise(share),
        focus: subject * 0.6,
      })
  }
}
