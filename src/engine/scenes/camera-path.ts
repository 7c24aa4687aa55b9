import type { CameraMove } from '../prompt/camera.ts'
import type { Random } from '../random.ts'
import type { Shot } from '../canvas/camera-view.ts'

type CameraPath = (progress: number) => Shot

const smooth = (share: number): number => share * share * (3 - 2 * share)
/** Mostly even, soft at both ends: a long ease makes a five-second move look like a stop and a lurch. */
const glide = (share: number): number => share * 0.72 + smooth(share) * 0.28

/**
 * The path of a scene's camera. Without a move in the prompt it drifts and pushes in a little, to a side that the seed
 * chooses.
 */
export const cameraPath = (move: CameraMove | undefined, pace: number, random: Random): CameraPath => {
  const side = random() < 0.5 ? -1 : 1
  const phase = random() * Math.PI * 2
  const much = Math.min(1.4, pace)
  const between =
    (from: Shot, to: Shot): CameraPath =>
    (progress) => {
      const share = glide(progress)
      return {
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
        zoom: from.zoom * (to.zoom / from.zoom) ** share,
      }
    }
  switch (move) {
    case 'static':
      return () => ({ x: 0, y: 0, zoom: 1 })
    case 'zoom-in':
      return between({ x: 0, y: 0, zoom: 1 }, { x: 0.01 * side, y: 0, zoom: 1 + 0.26 * much })
    case 'zoom-out':
      return between({ x: 0.01 * side, y: 0, zoom: 1 + 0.26 * much }, { x: 0, y: 0, zoom: 1 })
    case 'pan-left':
      return between({ x: 0.12 * much, y: 0, zoom: 1.02 }, { x: -0.12 * much, y: 0, zoom: 1.02 })
    case 'pan-right':
      return between({ x: -0.12 * much, y: 0, zoom: 1.02 }, { x: 0.12 * much, y: 0, zoom: 1.02 })
    case 'tilt-up':
      return between({ x: 0, y: 0.09 * much, zoom: 1.02 }, { x: 0, y: -0.09 * much, zoom: 1.02 })
    case 'tilt-down':
      return between({ x: 0, y: -0.09 * much, zoom: 1.02 }, { x: 0, y: 0.09 * much, zoom: 1.02 })
    case 'rise':
      return between({ x: 0, y: 0.08 * much, zoom: 1.08 }, { x: 0.02 * side, y: -0.06 * much, zoom: 1 })
    case 'orbit':
      return (progress) => {
        const angle = (glide(progress) - 0.5) * Math.PI
        return { x: Math.sin(angle) * 0.1 * side * much, y: 0, zoom: 1.02 + 0.05 * Math.cos(angle) }
      }
    case 'handheld':
      return (progress) => {
        const t = progress * 5
        return {
          x: (Math.sin(t * 2.1 + phase) * 0.008 + Math.sin(t * 5.3 + phase * 2) * 0.003) * much,
          y: (Math.sin(t * 2.7 + phase * 3) * 0.008 + Math.sin(t * 6.1) * 0.003) * much,
          zoom: 1.05 + Math.sin(t * 1.1 + phase) * 0.01,
        }
      }
    case undefined:
      return between(
        { x: -0.024 * side * pace, y: 0.006, zoom: 1 },
        { x: 0.024 * side * pace, y: -0.006, zoom: 1 + 0.055 * pace },
      )
  }
}

/** How far a path ever leaves the middle, per axis, in frames at depth 1. */
export const reachOf = (path: CameraPath): { x: number; y: number } => {
  let x = 0
  let y = 0
  for (let step = 0; step <= 40; step++) {
    const shot = path(step / 40)
    x = Math.max(x, Math.abs(shot.x))
    y = Math.max(y, Math.abs(shot.y))
  }
  return { x: x + 0.004, y: y + 0.004 }
}
