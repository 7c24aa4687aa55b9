/**
 * A mark for whatever part of a picture is seen: the frame's number stands in each of 4 by 4 tiles, so that it can be
 * read beside a wipe's edge and when zoomed in. In the middle of each tile are 4 by 4 cells: twelve bits of the number,
 * lowest first, then one cell that is always bright, one always dark, and the parities of the even and the odd bits.
 * Parities of two numbers combine as the numbers do, so the difference of two marks can be checked as well.
 */
export const TILES = 4
export const CELLS = 4
const BITS = 12
export const HIGHEST = 2 ** BITS - 1

/** The part of a tile's shorter side that its cells take. */
const SHARE = 0.75

type Box = { x: number; y: number; width: number; height: number }

/** Where the cells of each tile are, in the unit of `picture`; rows first. */
export const tileBoxes = (picture: Box): Box[] => {
  const [width, height] = [picture.width / TILES, picture.height / TILES]
  const size = SHARE * Math.min(width, height)
  return Array.from({ length: TILES * TILES }, (_, tile) => ({
    x: picture.x + ((tile % TILES) + 0.5) * width - size / 2,
    y: picture.y + (Math.floor(tile / TILES) + 0.5) * height - size / 2,
    width: size,
    height: size,
  }))
}

const parity = (bits: number): number => {
  let odd = 0
  for (let left = bits; left > 0; left >>= 1) odd ^= left & 1
  return odd
}

/** The sixteen cells of a number: 1 is bright. */
export const cellsOf = (number: number): number[] => [
  ...Array.from({ length: BITS }, (_, bit) => (number >> bit) & 1),
  1,
  0,
  parity(number & 0x555),
  parity(number & 0xaaa),
]

const isWhole = (cells: readonly number[], number: number, bright: number): boolean =>
  cells[BITS] === bright &&
  cells[BITS + 1] === 0 &&
  cells[BITS + 2] === parity(number & 0x555) &&
  cells[BITS + 3] === parity(number & 0xaaa)

const numberIn = (cells: readonly number[]): number =>
  cells.slice(0, BITS).reduce((sum, cell, bit) => sum | (cell << bit), 0)

/** The number that cells of 0 and 1 say; null where they are no mark. */
export const numberOf = (cells: readonly number[]): number | null => {
  const number = numberIn(cells)
  return isWhole(cells, number, 1) ? number : null
}

/** The exclusive-or of two numbers from the cells of the difference of their marks; null where they are none. */
export const differenceOf = (cells: readonly number[]): number | null => {
  const number = numberIn(cells)
  return isWhole(cells, number, 0) ? number : null
}

/** Paints the tiles of a number over one plane of a picture. */
export const paintTiles = (
  plane: Uint8Array,
  width: number,
  height: number,
  number: number,
  levels: { dark: number; bright: number },
): void => {
  const cells = cellsOf(number)
  for (const box of tileBoxes({ x: 0, y: 0, width, height })) {
    const size = box.width / CELLS
    cells.forEach((cell, index) => {
      const left = Math.round(box.x + (index % CELLS) * size)
      const top = Math.round(box.y + Math.floor(index / CELLS) * size)
      const right = Math.round(box.x + ((index % CELLS) + 1) * size)
      const bottom = Math.round(box.y + (Math.floor(index / CELLS) + 1) * size)
      for (let y = top; y < bottom; y++)
        plane.fill(cell ? levels.bright : levels.dark, y * width + left, y * width + right)
    })
  }
}
