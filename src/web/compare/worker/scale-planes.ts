import { chromaWeights, type ColourMatrix, levelsOf } from '../colour-matrix.ts'
/** A decoded picture as I420: where its planes lie in `data`, and what its numbers mean. Width and height in pixels. */
export type Planes = {
  data: Uint8Array<ArrayBuffer>
  layout: readonly { offset: number; stride: number }[]
  width: number
  height: number
  matrix: ColourMatrix
  fullRange: boolean
}

/** Weights are told in parts of this. */
const ONE = 65536

const weightsOf = ({ matrix, fullRange }: Pick<Planes, 'matrix' | 'fullRange'>) => {
  const { black, luma, chroma } = levelsOf(fullRange)
  const { redV, greenU, greenV, blueU } = chromaWeights(matrix)
  const fixed = (weight: number) => Math.round(weight * ONE)
  return {
    luma: fixed(luma),
    redV: fixed(redV * chroma),
    greenU: fixed(greenU * chroma),
    greenV: fixed(greenV * chroma),
    blueU: fixed(blueU * chroma),
    black,
  }
}

/** For each pixel of a row of `to` the first of the two of `from` that it is made of. */
const firstsOf = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to }, (_, at) => Math.min(from - 1, Math.max(0, Math.round(((at + 0.5) * from) / to) - 1)))

/**
 * Scales a picture down to half its size or less and converts it to RGBA in one pass: each pixel is the mean of the four
 * around its middle. `out` has width x height pixels, little-endian. A 720p frame at half its size takes 1 to 2 ms; a 2D
 * canvas without a GPU converts all of it first, which takes 5 to 12.
 */
export const createPlaneScaler = (): ((planes: Planes, out: Uint32Array, width: number, height: number) => void) => {
  let key = ''
  let columns: Int32Array = new Int32Array()
  let rows: Int32Array = new Int32Array()
  return (planes, out, width, height) => {
    const wanted = [planes.width, planes.height, width, height].join()
    if (wanted !== key) {
      columns = firstsOf(planes.width, width)
      rows = firstsOf(planes.height, height)
      key = wanted
    }
    const { data, layout } = planes
    const { luma, redV, greenU, greenV, blueU, black } = weightsOf(planes)
    const [y = { offset: 0, stride: 0 }, u = y, v = y] = layout
    let at = 0
    for (let row = 0; row < height; row++) {
      const top = rows[row] ?? 0
      const upper = y.offset + top * y.stride
      const lower = y.offset + Math.min(planes.height - 1, top + 1) * y.stride
      const chroma = (top + 1) >> 1
      const half = Math.min((planes.height - 1) >> 1, chroma)
      const [rowU, rowV] = [u.offset + half * u.stride, v.offset + half * v.stride]
      for (let column = 0; column < width; column++) {
        const left = columns[column] as number
        const right = left + 1 < planes.width ? left + 1 : left
        const sum =
          (data[upper + left] as number) +
          (data[upper + right] as number) +
          (data[lower + left] as number) +
          (data[lower + right] as number)
        const middle = right >> 1
        const cb = (data[rowU + middle] as number) - 128
        const cr = (data[rowV + middle] as number) - 128
        const light = luma * (sum / 4 - black) + ONE / 2
        let red = (light + redV * cr) >> 16
        let green = (light + greenU * cb + greenV * cr) >> 16
        let blue = (light + blueU * cb) >> 16
        if ((red | green | blue) & ~255) {
          red = red < 0 ? 0 : red > 255 ? 255 : red
          green = green < 0 ? 0 : green > 255 ? 255 : green
          blue = blue < 0 ? 0 : blue > 255 ? 255 : blue
        }
        out[at++] = 0xff000000 | (blue << 16) | (green << 8) | red
      }
    }
  }
}
