/** The luma of the displayed RGB, from what a decoder answers: `y * Y + u * U + v * V + constant`, all 0 to 255. */
export type LumaWeights = { y: number; u: number; v: number; constant: number }

/** BT.709: of red, of blue, and of green what is left. All clips and pictures are weighed alike, as they are seen. */
export const RED = 0.2126
export const BLUE = 0.0722
const GREEN = 1 - RED - BLUE

/** Of red and blue, by the name that WebCodecs has for a matrix. */
const MATRICES: Partial<Record<string, readonly [red: number, blue: number]>> = {
  bt709: [RED, BLUE],
  bt470bg: [0.299, 0.114],
  smpte170m: [0.299, 0.114],
}

/** A `VideoColorSpace`, as far as it matters here. */
type Colours = {
  matrix: string | null
  primaries: string | null
  transfer: string | null
  fullRange: boolean | null
}

/**
 * How a clip's planes add up to luma; null where it takes a conversion of colours that is not linear (HDR, wide gamut),
 * which the browser's own drawing knows. What is not tagged is BT.709 of limited range, as the bench shows it.
 * The matrices are those of ITU-T H.273.
 */
export const lumaWeights = ({ matrix, primaries, transfer, fullRange }: Colours): LumaWeights | null => {
  const kept = MATRICES[matrix ?? 'bt709']
  if (!kept || ['bt2020', 'smpte432'].includes(primaries ?? '') || ['pq', 'hlg', 'linear'].includes(transfer ?? ''))
    return null
  const [red, blue] = kept
  const green = 1 - red - blue
  const [black, luma, chroma] = fullRange === true ? [0, 1, 1] : [16, 255 / 219, 255 / 224]
  // From R = Y + 2(1 - red)V, B = Y + 2(1 - blue)U, and G by what the matrix says of it.
  const u = (2 * (1 - blue) * BLUE - (2 * blue * (1 - blue) * GREEN) / green) * chroma
  const v = (2 * (1 - red) * RED - (2 * red * (1 - red) * GREEN) / green) * chroma
  const clean = (weight: number) => (Math.abs(weight) < 1e-9 ? 0 : weight)
  return { y: luma, u: clean(u), v: clean(v), constant: -black * luma - 128 * (clean(u) + clean(v)) }
}
