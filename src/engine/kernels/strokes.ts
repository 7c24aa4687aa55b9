import { kernels, room } from '../compiled/kernels.ts'
import { createRandom } from '../random.ts'
import { halve } from './resize.ts'

/** Directions that brush strokes are kept in. */
const DIRECTIONS = 12
const SIDE = 256

/** Brush strokes, a tile for each direction: white noise smeared along it, seamless, 0 to 255 around 128. */
const strokeTiles = (seed: number, length: number): Uint8Array => {
  const random = createRandom(seed, 'strokes')
  const noise = Float32Array.from({ length: SIDE * SIDE }, () => random() - 0.5)
  const tiles = new Uint8Array(DIRECTIONS * SIDE * SIDE)
  for (let direction = 0; direction < DIRECTIONS; direction++) {
    const angle = (direction * Math.PI) / DIRECTIONS
    const smeared = new Float32Array(SIDE * SIDE)
    let strongest = 0
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        let sum = 0
        for (let step = -length; step <= length; step++) {
          // A stroke is two bristles wide, and thins out towards its ends.
          const thin = 1 - Math.abs(step) / (length + 1)
          const column = Math.round(x + Math.cos(angle) * step) & (SIDE - 1)
          const row = Math.round(y + Math.sin(angle) * step) & (SIDE - 1)
          sum += thin * ((noise[row * SIDE + column] ?? 0) + (noise[row * SIDE + ((column + 1) & (SIDE - 1))] ?? 0))
        }
        smeared[y * SIDE + x] = sum
        strongest = Math.max(strongest, Math.abs(sum))
      }
    const tile = Uint8Array.from(smeared, (value) => 128 + Math.max(-127, Math.min(127, (value / strongest) * 200)))
    tiles.set(tile, direction * SIDE * SIDE)
  }
  return tiles
}

/** A sample and its four neighbours, itself counted twice. */
const aroundOf = (field: Float32Array, at: number, across: number): number =>
  2 * (field[at] ?? 0) +
  (field[at - 1] ?? 0) +
  (field[at + 1] ?? 0) +
  (field[at - across] ?? 0) +
  (field[at + across] ?? 0)

/**
 * Lays brush strokes that follow the forms: along the edges of what is there (the structure tensor's minor direction,
 * on a grid of an eighth, calmed over space and time), and along one slant where nothing is.
 */
export const createStrokes = (options: {
  width: number
  height: number
  chromaWidth: number
  shift: 0 | 1
  seed: number
  unit: number
}) => {
  const { width, height, chromaWidth, shift, seed, unit } = options
  const tiles = strokeTiles(seed, Math.max(4, Math.round(9 * unit)))
  const random = createRandom(seed, 'slant')
  const slant = random() * Math.PI
  const sizes = [0, 1, 2, 3].map((level) => ({
    across: (width + (1 << level) - 1) >> level,
    down: (height + (1 << level) - 1) >> level,
  }))
  const planes = sizes.map(({ across, down }) => new Uint8Array(across * down))
  const small = sizes[3] ?? { across: 1, down: 1 }
  const cos = new Float32Array(small.across * small.down).fill(Math.cos(2 * slant) * 200)
  const sin = new Float32Array(cos.length).fill(Math.sin(2 * slant) * 200)
  const pick = new Uint8Array(cos.length)

  const leanCos = Math.cos(2 * slant) * 120
  const leanSin = Math.sin(2 * slant) * 120

  const shrink = (luma: Uint8Array): void => {
    let from = luma
    for (let level = 1; level < sizes.length; level++) {
      const before = sizes[level - 1]
      const target = planes[level]
      if (!before || !target) return
      halve(from, before.across, before.down, target)
      from = target
    }
  }

  const follow = (): void => {
    const { across, down } = small
    const luma = planes[3] ?? new Uint8Array()
    for (let y = 1; y < down - 1; y++)
      for (let x = 1; x < across - 1; x++) {
        const at = y * across + x
        const gx = (luma[at + 1] ?? 0) - (luma[at - 1] ?? 0)
        const gy = (luma[at + across] ?? 0) - (luma[at - across] ?? 0)
        // The double angle of the edge's own direction, a quarter turn from the gradient.
        cos[at] = (cos[at] ?? 0) * 0.9 + 0.1 * (gy * gy - gx * gx)
        sin[at] = (sin[at] ?? 0) * 0.9 - 0.1 * 2 * gx * gy
      }
    for (let y = 1; y < down - 1; y++)
      for (let x = 1; x < across - 1; x++) {
        const at = y * across + x
        const c = aroundOf(cos, at, across) + leanCos
        const s = aroundOf(sin, at, across) + leanSin
        const angle = Math.atan2(s, c) / 2
        pick[at] = (Math.round((angle * DIRECTIONS) / Math.PI) + DIRECTIONS) % DIRECTIONS
      }
  }

  /** `strength` is in levels at the tiles' extremes; `thin` (0 to 255, on the grid of the chroma planes) takes of it. */
  return (luma: Uint8Array, strength: number, first: boolean, thin: Uint8Array): void => {
    shrink(luma)
    for (let turn = first ? 12 : 1; turn > 0; turn--) follow()
    const [plane, picked, brushes, thinned] = room(luma.length, pick.length, tiles.length, thin.length)
    plane.set(luma)
    picked.set(pick)
    brushes.set(tiles)
    thinned.set(thin)
    kernels().strokes(
      plane.byteOffset,
      width,
      height,
      picked.byteOffset,
      small.across,
      small.down,
      brushes.byteOffset,
      thinned.byteOffset,
      chromaWidth,
      shift,
      Math.round(strength * 2),
    )
    luma.set(plane)
  }
}
