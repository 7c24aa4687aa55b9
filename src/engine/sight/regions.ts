/** Cells that hang together over their four neighbours, and the box around them (ends included). */
export type Region = { cells: readonly number[]; left: number; right: number; top: number; bottom: number }

/** The regions of the cells that count. */
export const regionsOf = (counts: (cell: number) => boolean, across: number, down: number): Region[] => {
  const seen = new Uint8Array(across * down)
  const regions: Region[] = []
  for (let first = 0; first < seen.length; first++) {
    if (seen[first] || !counts(first)) continue
    seen[first] = 1
    const cells = [first]
    const box = { left: across, right: 0, top: down, bottom: 0 }
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at]!
      const x = cell % across
      const y = (cell - x) / across
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x)
      box.top = Math.min(box.top, y)
      box.bottom = Math.max(box.bottom, y)
      const visit = (next: number): void => {
        if (seen[next] || !counts(next)) return
        seen[next] = 1
        cells.push(next)
      }
      if (x > 0) visit(cell - 1)
      if (x < across - 1) visit(cell + 1)
      if (y > 0) visit(cell - across)
      if (y < down - 1) visit(cell + across)
    }
    regions.push({ cells, ...box })
  }
  return regions
}
