import type { Random } from '../random.ts'
import { createNoise } from '../canvas/noise.ts'
import { horizonOf } from '../sight/depth.ts'
import type { Seen } from '../sight/see.ts'
import type { Layers } from './compose.ts'
import { smoother } from './ease.ts'
import type { Pose } from './moves.ts'
import { createView, clampInside } from './parallax.ts'
import type { SkyLayer } from './sky-layer.ts'
import { createField, fillSmooth } from '../sight/field.ts'

/** Part of the width that clouds drift in a clip, at the usual pace. */
const WAY = 0.085
/** Part of the width over which the side that clouds come in from is stretched: there are none beyond it. */
const ENTRY = 0.42
/** From a disc's rim to where clouds drift freely, as a part of the width; so far its halo stands still with it. */
const HALO = 0.17

/**
 * Moves a sky behind the scene: high clouds faster than those at the horizon, all of them slowly
 * changing shape. The sun or the moon stands still, and clouds slow down as they come near.
 */
export const cloudDrift = (
  { plate, clear, lowest }: SkyLayer,
  { look, sky, disc }: Seen,
  seed: number,
  random: Random,
  pace: number,
) => {
  const { width, height } = plate
  const horizon = horizonOf(look, sky)
  // The camera may let the sky sink by so much.
  const rows = Math.min(height, Math.ceil(lowest + height * 0.16))
  const field = createField(width, rows)
  const view = createView(width, height, field, undefined)
  const noise = createNoise(seed, 'clouds')
  const side = random() < 0.5 ? -1 : 1
  const unit = Math.min(width, height) / 720
  /** How freely the sky moves at a place, 0 on the disc. */
  const free = (x: number, y: number): number => {
    if (!disc) return 1
    const [dx, dy] = [x - disc.x * width, y - disc.y * height]
    const away = Math.sqrt(dx * dx + dy * dy) / width
    return smoother((away - 1.3 * disc.radius) / HALO)
  }
  const way = WAY * width * Math.min(1.7, pace)
  return (pose: Pose, share: number, seconds: number, on: number): NonNullable<Layers['plate']> => {
    const place = view(pose)
    // Steady from the start, but for the first half second.
    const gone = way * (share - 0.12 * (1 - Math.exp(-share / 0.12)))
    fillSmooth(field, (x, y, at) => {
      place(x, y, at)
      const qx = at[0]
      const qy = at[1]
      const up = Math.min(1, Math.max(0, 1 - qy / (horizon * height)))
      const high = 0.12 + 1.05 * up ** 0.6
      const from = Math.min(1, Math.max(0, (side > 0 ? qx : width - qx) / (width * ENTRY)))
      const slide = gone * high * from * (2 - from)
      const much = free(qx, qy)
      const billow = 9 * unit * on * Math.min(1, seconds / 2) * much
      at[0] = qx - side * slide * much + noise(qx / (210 * unit), qy / (120 * unit) + seconds * 0.16) * billow
      at[1] = qy + noise(qx / (240 * unit) + 40 - seconds * 0.14, qy / (130 * unit)) * billow * 0.5
    })
    clampInside(field, width, height)
    return { source: plate, field, rows, clear }
  }
}
