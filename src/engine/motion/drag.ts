import { smoother } from './ease.ts'
import { bytesOf, warp } from './warp.ts'
import { createField, fillField, type Words32 } from '../sight/field.ts'

/** How far around both ends of its way a place takes its surroundings along: a share of the shorter side, and of the way. */
const ROOM = 0.24
const GIVE = 0.85
/** A place and what lies right beside it move as one, as a share of the way from it outwards. */
const CORE = 0.12
/** Where there is so many times the way to go back to a rim that stands still, the sheet can be as soft as it likes. */
const SOFT = 2.2

/**
 * How much a point of the sheet goes along, at a share of the way from the moved place (0) to the rim (1). Where the rim is
 * behind it and near (`slack`, in times how far the place has moved away from it) it gives evenly: anything softer would fold
 * over.
 */
const follow = (share: number, slack: number): number => {
  const soft = Math.min(1, Math.max(0, (slack - 1) / (SOFT - 1)))
  const even = 1 - share
  return even + (1 - smoother((share - CORE) / (1 - CORE)) - even) * soft
}

/** How far it is from a place back to an edge of its side, in a direction: only what is moved away from an edge would show what is beyond it. */
const toEdge = (place: number, side: number, way: number, step: number): number => {
  if (way > 0 && step < 0) return -place / step
  return way < 0 && step > 0 ? (side - 1 - place) / step : Infinity
}

/**
 * Drags a place of a picture along like a rubber sheet: the place moves all the way, what lies around it less and less,
 * up to a circle around both its ends or to the picture's edges behind it, which stand still. The frame is its own, and holds until the
 * next call.
 */
export const createDrag = (source: Words32, placeX: number, placeY: number) => {
  const { width, height } = source
  const field = createField(width, height)
  const short = Math.min(width, height)
  const out = new Uint32Array(width * height)
  return (wayX: number, wayY: number): Uint8Array => {
    const way = Math.hypot(wayX, wayY)
    if (way === 0) {
      out.set(source.words)
      return bytesOf(out)
    }
    const [cx, cy] = [Math.min(width - 1, placeX + wayX), Math.min(height - 1, placeY + wayY)]
    // From the middle of the way to where the place is now.
    const [ox, oy] = [wayX / 2, wayY / 2]
    const radius = GIVE * way + ROOM * short
    const inside = ox * ox + oy * oy - radius * radius
    fillField(field, (x, y, at) => {
      const far = Math.hypot(x - cx, y - cy)
      let much = 1
      if (far > 1e-6) {
        const [ux, uy] = [(x - cx) / far, (y - cy) / far]
        const along = ux * ox + uy * oy
        const edge = Math.min(toEdge(cx, width, wayX, ux), toEdge(cy, height, wayY, uy))
        const reach = Math.min(Math.sqrt(along * along - inside) - along, edge)
        const back = Math.max(1e-6, -(ux * wayX + uy * wayY))
        much = far < reach ? follow(far / reach, reach / back) : 0
      }
      at[0] = x - wayX * much
      at[1] = y - wayY * much
    })
    warp(source, field, out)
    return bytesOf(out)
  }
}
