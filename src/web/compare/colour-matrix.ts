/** What red and blue weigh in luma; green is what is left. */
export type ColourMatrix = { red: number; green: number; blue: number }

const matrixOf = (red: number, blue: number): ColourMatrix => ({ red, green: 1 - red - blue, blue })

/** ITU-R BT.709. */
export const BT709 = matrixOf(0.2126, 0.0722)
const BT601 = matrixOf(0.299, 0.114)

const MATRICES: Partial<Record<string, ColourMatrix>> = { bt709: BT709, bt470bg: BT601, smpte170m: BT601 }

/** The matrix that WebCodecs calls so, where it is one of those of ordinary clips (ITU-T H.273). */
export const colourMatrix = (name: string): ColourMatrix | undefined => MATRICES[name]

/** How far luma and chroma are stretched to 0 to 255, and what black is before that. */
export const levelsOf = (fullRange: boolean): { black: number; luma: number; chroma: number } =>
  fullRange ? { black: 0, luma: 1, chroma: 1 } : { black: 16, luma: 255 / 219, chroma: 255 / 224 }

/** What U and V (around 0, stretched) add to luma for R = Y + redV·V, G = Y + greenU·U + greenV·V, B = Y + blueU·U. */
export const chromaWeights = ({ red, green, blue }: ColourMatrix) => ({
  redV: 2 * (1 - red),
  greenU: (-2 * blue * (1 - blue)) / green,
  greenV: (-2 * red * (1 - red)) / green,
  blueU: 2 * (1 - blue),
})
