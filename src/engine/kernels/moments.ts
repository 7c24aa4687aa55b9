/** Mean and spread of a plane. */
export type Moments = { mean: number; spread: number }

export const momentsOf = (plane: Uint8Array, stride = 1): Moments => {
  let sum = 0
  let squares = 0
  let count = 0
  for (let index = 0; index < plane.length; index += stride) {
    const value = plane[index] ?? 0
    sum += value
    squares += value * value
    count++
  }
  const mean = sum / count
  return { mean, spread: Math.sqrt(Math.max(0, squares / count - mean * mean)) }
}
