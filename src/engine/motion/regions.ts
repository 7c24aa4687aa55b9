import { CELL, type Field, type Words32 } from './warp.ts'

/** Guesses about a picture, one value of 0 to 1 for each node of the field. */
export type Regions = {
  sky: Float32Array
  leafy: Float32Array
  near: Float32Array
  water: Float32Array
  bright: Float32Array
}

const blurred = (values: Float32Array, columns: number, rows: number, passes: number): Float32Array => {
  let from = values
  for (let pass = 0; pass < passes; pass++) {
    const to = new Float32Array(from.length)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        let sum = 0
        let count = 0
        for (let dy = -2; dy <= 2; dy++)
          for (let dx = -2; dx <= 2; dx++) {
            const x = column + dx
            const y = row + dy
            if (x < 0 || y < 0 || x >= columns || y >= rows) continue
            sum += from[y * columns + x]!
            count++
          }
        to[row * columns + column] = sum / count
      }
    from = to
  }
  return from
}

/**
 * Looks for what may move by itself: sky is smooth and reaches down from the upper edge, leaves are busy and not sky,
 * water is asked for and lies in the lower half, and what is busy or low in the frame counts as near.
 */
export const findRegions = (source: Words32, field: Field): Regions => {
  const { columns, rows } = field
  const count = columns * rows
  const light = new Float32Array(count)
  const busy = new Float32Array(count)
  const green = new Float32Array(count)
  for (let node = 0; node < count; node++) {
    const x0 = (node % columns) * CELL
    const y0 = Math.floor(node / columns) * CELL
    let sum = 0
    let squares = 0
    let leaf = 0
    for (let dy = 0; dy < CELL; dy += 2)
      for (let dx = 0; dx < CELL; dx += 2) {
        const x = Math.min(source.width - 1, x0 + dx)
        const y = Math.min(source.height - 1, y0 + dy)
        const word = source.words[y * source.width + x]!
        const red = word & 255
        const grn = (word >>> 8) & 255
        const blue = (word >>> 16) & 255
        const level = red * 0.3 + grn * 0.59 + blue * 0.11
        sum += level
        squares += level * level
        leaf += Math.max(0, Math.max(red, grn) - blue)
      }
    const mean = sum / 16
    light[node] = mean / 255
    busy[node] = Math.min(1, Math.sqrt(Math.max(0, squares / 16 - mean * mean)) / 26)
    green[node] = Math.min(1, leaf / 16 / 90)
  }
  const sky = new Float32Array(count)
  for (let column = 0; column < columns; column++) {
    let still = 1
    let last = light[column]!
    for (let row = 0; row < rows; row++) {
      const node = row * columns + column
      still = Math.max(
        0,
        still - busy[node]! * 0.35 - Math.abs(light[node]! - last) * 1.2 - (light[node]! < 0.28 ? 0.2 : 0),
      )
      last = light[node]!
      sky[node] = Math.min(1, still * 1.4)
    }
  }
  const softSky = blurred(sky, columns, rows, 3)
  const softBusy = blurred(busy, columns, rows, 3)
  const softGreen = blurred(green, columns, rows, 2)
  const leafy = new Float32Array(count)
  const near = new Float32Array(count)
  const water = new Float32Array(count)
  for (let node = 0; node < count; node++) {
    const down = Math.floor(node / columns) / (rows - 1)
    const open = 1 - softSky[node]!
    leafy[node] = Math.min(1, open * (0.25 + softBusy[node]! * 0.9 + softGreen[node]! * 0.5))
    near[node] = Math.min(1, Math.max(0, down * 0.55 + softBusy[node]! * 0.5 - softSky[node]! * 0.4))
    water[node] = Math.min(1, Math.max(0, (down - 0.46) * 4)) * open
  }
  return { sky: softSky, leafy, near: blurred(near, columns, rows, 5), water, bright: blurred(light, columns, rows, 4) }
}
