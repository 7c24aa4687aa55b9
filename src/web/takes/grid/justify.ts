/** Where in a row something stands, in whole pixels. */
export type Place = { at: number; left: number; width: number }
export type JustifiedRow = { places: readonly Place[]; height: number }

/** How much higher than wanted a row may become, before it is rather left short. */
const MAX_STRETCH = 1.6

const rowOf = (aspects: readonly number[], first: number, height: number, gap: number): JustifiedRow => {
  let left = 0
  const places = aspects.map((aspect, at) => {
    // Edges are rounded, not widths: what is lost would add up.
    const [start, end] = [Math.round(left), Math.round(left + aspect * height)]
    left += aspect * height + gap
    return { at: first + at, left: start, width: Math.max(1, end - start) }
  })
  return { places, height: Math.round(height) }
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

/**
 * Pictures in rows that fill the width, each in its own shape and all of a row equally high, about as high as wanted.
 * The last row is not stretched. `aspects` are width by height.
 */
export const justify = (
  aspects: readonly number[],
  { width, height, gap }: { width: number; height: number; gap: number },
): JustifiedRow[] => {
  const rows: JustifiedRow[] = []
  const fitting = (row: readonly number[]) => (width - gap * (row.length - 1)) / sumOf(row)
  let row: number[] = []
  let first = 0
  const close = (its: readonly number[], most: number) => {
    rows.push(rowOf(its, first, Math.min(fitting(its), most), gap))
    first += its.length
  }
  for (const aspect of aspects) {
    const longer = [...row, aspect]
    if (fitting(longer) > height) {
      row = longer
      continue
    }
    // With this one the row is lower than wanted, without it higher: what comes nearer is taken.
    const without = row.length > 0 ? fitting(row) / height : Infinity
    if (height / fitting(longer) <= without) {
      close(longer, height * MAX_STRETCH)
      row = []
    } else {
      close(row, height * MAX_STRETCH)
      row = [aspect]
      if (fitting(row) <= height) {
        close(row, height * MAX_STRETCH)
        row = []
      }
    }
  }
  if (row.length > 0) close(row, height)
  return rows
}
