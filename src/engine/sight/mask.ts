/** A mask: 1 for each cell that counts, rows first. */
export type Mask = Uint8Array

/** The cells of a mask that hang together with one of them, over the four neighbours. */
export const partAt = (mask: Mask, across: number, down: number, first: number): Mask => {
  const part = new Uint8Array(across * down)
  if (!mask[first]) return part
  part[first] = 1
  const cells = [first]
  const visit = (next: number): void => {
    if (part[next] || !mask[next]) return
    part[next] = 1
    cells.push(next)
  }
  for (let cell = cells.pop(); cell !== undefined; cell = cells.pop()) {
    const x = cell % across
    if (x > 0) visit(cell - 1)
    if (x < across - 1) visit(cell + 1)
    if (cell >= across) visit(cell - across)
    if (cell + across < mask.length) visit(cell + across)
  }
  return part
}

/** The mask and all cells within a square of side 2·radius + 1 around its own. */
export const grown = (mask: Mask, across: number, down: number, radius: number): Mask => {
  const rows = new Uint8Array(mask.length)
  const out = new Uint8Array(mask.length)
  for (let y = 0; y < down; y++)
    for (let x = 0, until = -1; x < across; x++) {
      const line = y * across
      if (mask[line + x]) {
        rows.fill(1, line + Math.max(0, x - radius, until + 1), line + Math.min(across, x + radius + 1))
        until = Math.min(across - 1, x + radius)
      }
    }
  for (let x = 0; x < across; x++)
    for (let y = 0, until = -1; y < down; y++) {
      if (!rows[y * across + x]) continue
      const end = Math.min(down - 1, y + radius)
      for (let row = Math.max(0, y - radius, until + 1); row <= end; row++) out[row * across + x] = 1
      until = end
    }
  return out
}

/** The mask with what it encloses. */
export const filled = (mask: Mask, across: number, down: number): Mask => {
  // Around the grid lies a rim that is open, so that one flood finds all that is not enclosed.
  const [wide, tall] = [across + 2, down + 2]
  const open = new Uint8Array(wide * tall).fill(1)
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) open[(y + 1) * wide + x + 1] = mask[y * across + x] ? 0 : 1
  const outside = partAt(open, wide, tall, 0)
  return mask.map((_, cell) => (outside[(Math.floor(cell / across) + 1) * wide + (cell % across) + 1] ? 0 : 1))
}
