/** Mean and spread of luma and of the two chroma planes: what Reinhard's colour transfer carries over. */
export type Moments = { mean: number; spread: number }
export type Palette = { y: Moments; u: Moments; v: Moments }

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
