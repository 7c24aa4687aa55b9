import { BT709, chromaWeights, colourMatrix, levelsOf } from '../colour-matrix.ts'

/** The luma of the displayed RGB, from what a decoder answers: `y * Y + u * U + v * V + constant`, all 0 to 255. */
export type LumaWeights = { y: number; u: number; v: number; constant: number }

/** A `VideoColorSpace`, as far as it matters here. */
type Colours = {
  matrix: string | null
  primaries: string | null
  transfer: string | null
  fullRange: boolean | null
}

/**
 * How a clip's planes add up to luma; null where it takes a conversion of colours that is not linear (HDR, wide gamut),
 * which the browser's own drawing knows. What is not tagged is BT.601 of limited range, see colours.ts.
 * The matrices are those of ITU-T H.273.
 */
export const lumaWeights = ({ matrix, primaries, transfer, fullRange }: Colours): LumaWeights | null => {
  const kept = colourMatrix(matrix ?? 'smpte170m')
  if (!kept || ['bt2020', 'smpte432'].includes(primaries ?? '') || ['pq', 'hlg', 'linear'].includes(transfer ?? ''))
    return null
  const { black, luma, chroma } = levelsOf(fullRange === true)
  const { redV, greenU, greenV, blueU } = chromaWeights(kept)
  // All clips and pictures are weighed by BT.709, as they are seen, whatever they are stored as.
  const u = (BT709.blue * blueU + BT709.green * greenU) * chroma
  const v = (BT709.red * redV + BT709.green * greenV) * chroma
  const clean = (weight: number) => (Math.abs(weight) < 1e-9 ? 0 : weight)
  return { y: luma, u: clean(u), v: clean(v), constant: -black * luma - 128 * (clean(u) + clean(v)) }
}
