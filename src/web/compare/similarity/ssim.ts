/** The brightness of a picture, row by row; 0 to 255. Both sides are a multiple of `CELL`. */
export type Luma = { width: number; height: number; data: Uint8Array }

/** How alike two pictures are: 1 the same, 0 nothing in common, below 0 the reverse of each other. */
export type Similarity = {
  /** Of all blocks. */
  mean: number
  /** Of each block, row by row. */
  blocks: Float32Array
  columns: number
  rows: number
}

/** Blocks are two cells wide and high and begin at every cell: 8x8 pixels at a stride of 4. Pixels. */
export const CELL = 4
const AREA = (2 * CELL) ** 2

// Wang, Bovik, Sheikh, Simoncelli: Image quality assessment, IEEE Transactions on Image Processing 13 (4), 2004.
const C1 = (0.01 * 255) ** 2
const C2 = (0.03 * 255) ** 2

/** What SSIM needs of every cell. Whole numbers: 16 pixels of 255² fit by far. */
type CellSums = { a: Int32Array; b: Int32Array; squares: Int32Array; products: Int32Array }

const sumCells = (one: Luma, other: Luma, columns: number, rows: number): CellSums => {
  const [a, b] = [new Int32Array(columns * rows), new Int32Array(columns * rows)]
  const [squares, products] = [new Int32Array(columns * rows), new Int32Array(columns * rows)]
  const { data: dataA, width } = one
  const { data: dataB } = other
  for (let row = 0, cell = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, cell++) {
      let [sumA, sumB, square, product] = [0, 0, 0, 0]
      for (let y = 0; y < CELL; y++) {
        const start = (row * CELL + y) * width + column * CELL
        for (let at = start; at < start + CELL; at++) {
          const valueA = dataA[at] ?? 0
          const valueB = dataB[at] ?? 0
          sumA += valueA
          sumB += valueB
          square += valueA * valueA + valueB * valueB
          product += valueA * valueB
        }
      }
      a[cell] = sumA
      b[cell] = sumB
      squares[cell] = square
      products[cell] = product
    }
  return { a, b, squares, products }
}

/**
 * The structural similarity (SSIM) of two pictures of the same size, with K1 0.01, K2 0.03 and evenly weighted blocks.
 * Exact: each block is put together from the whole-numbered sums of its four cells.
 */
export const ssim = (one: Luma, other: Luma): Similarity => {
  if (one.width !== other.width || one.height !== other.height) throw new Error('the pictures differ in size')
  const cells = { columns: one.width / CELL, rows: one.height / CELL }
  const [columns, rows] = [cells.columns - 1, cells.rows - 1]
  const sums = sumCells(one, other, cells.columns, cells.rows)
  const ofBlock = (values: Int32Array, cell: number) =>
    (values[cell] ?? 0) +
    (values[cell + 1] ?? 0) +
    (values[cell + cells.columns] ?? 0) +
    (values[cell + cells.columns + 1] ?? 0)

  const blocks = new Float32Array(columns * rows)
  let total = 0
  for (let row = 0, block = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, block++) {
      const cell = row * cells.columns + column
      const meanA = ofBlock(sums.a, cell) / AREA
      const meanB = ofBlock(sums.b, cell) / AREA
      const product = meanA * meanB
      const meanSquares = meanA * meanA + meanB * meanB
      const variances = ofBlock(sums.squares, cell) / AREA - meanSquares
      const covariance = ofBlock(sums.products, cell) / AREA - product
      const value = ((2 * product + C1) * (2 * covariance + C2)) / ((meanSquares + C1) * (variances + C2))
      blocks[block] = value
      total += value
    }
  return { mean: total / blocks.length, blocks, columns, rows }
}
