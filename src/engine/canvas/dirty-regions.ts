/** Whole pixels: from `left`, `top` up to `right`, `bottom`. */
export type Bounds = { left: number; top: number; right: number; bottom: number }

/** Cells that a frame is divided into, of sides that are even: halved colours fit them. */
const ACROSS = 16
const DOWN = 12

/** Where a canvas was drawn on: the boxes that were marked, as few rectangles that hold little else. */
type DirtyRegions = {
  mark: (left: number, top: number, right: number, bottom: number) => void
  /** Whether a box lies in a cell that was marked. */
  touches: (left: number, top: number, right: number, bottom: number) => boolean
  /** The rectangles, which do not overlap; none is marked afterwards. */
  take: () => Bounds[]
}

export const createDirtyRegions = (width: number, height: number): DirtyRegions => {
  const wide = Math.ceil(width / ACROSS / 2) * 2
  const tall = Math.ceil(height / DOWN / 2) * 2
  const cells = new Uint8Array(ACROSS * DOWN)
  const inside = (value: number, most: number): number => Math.min(most, Math.max(0, Math.floor(value)))
  return {
    mark: (left, top, right, bottom) => {
      if (!(right > 0 && bottom > 0 && left < width && top < height)) return
      const from = inside(left / wide, ACROSS - 1)
      const to = inside(right / wide, ACROSS - 1)
      const last = inside(bottom / tall, DOWN - 1)
      for (let row = inside(top / tall, DOWN - 1); row <= last; row++)
        cells.fill(1, row * ACROSS + from, row * ACROSS + to + 1)
    },
    touches: (left, top, right, bottom) => {
      if (!(right > 0 && bottom > 0 && left < width && top < height)) return false
      const from = inside(left / wide, ACROSS - 1)
      const to = inside(right / wide, ACROSS - 1)
      const last = inside(bottom / tall, DOWN - 1)
      for (let row = inside(top / tall, DOWN - 1); row <= last; row++)
        if (cells.subarray(row * ACROSS + from, row * ACROSS + to + 1).includes(1)) return true
      return false
    },
    take: () => {
      const found: Bounds[] = []
      for (let row = 0; row < DOWN; row++)
        for (let column = 0; column < ACROSS; column++) {
          if (cells[row * ACROSS + column] === 0) continue
          let end = column
          while (end < ACROSS && cells[row * ACROSS + end] === 1) end++
          // As far down as the same cells are marked.
          let below = row
          const whole = (at: number): boolean =>
            cells.subarray(at * ACROSS + column, at * ACROSS + end).every((cell) => cell === 1)
          while (below < DOWN && whole(below)) cells.fill(0, below * ACROSS + column, below++ * ACROSS + end)
          const bounds = {
            left: column * wide,
            top: row * tall,
            right: Math.min(width, end * wide),
            bottom: Math.min(height, below * tall),
          }
          if (bounds.left < bounds.right && bounds.top < bounds.bottom) found.push(bounds)
        }
      return found
    },
  }
}
