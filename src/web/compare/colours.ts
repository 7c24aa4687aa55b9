import { BT709, chromaWeights, colourMatrix, type ColourMatrix, levelsOf } from './colour-matrix.ts'
import type { Note } from './protocol.ts'

/**
 * How a clip's numbers become colours, by the rule that the engine follows too (engine/media/colour.ts): what the
 * pictures say counts, else what their file says; a matrix that neither names is BT.601 and a range that neither names
 * is limited, as FFmpeg reads them; primaries of ordinary clips are those of BT.709.
 */
const ASSUMED = { primaries: 'bt709', transfer: 'bt709', matrix: 'smpte170m', fullRange: false } as const

/** What a decoder is told of a clip's colours. Left to Chromium, a red of 220, 30, 30 came out as 202, 10, 32. */
export const withAssumed = (told: VideoColorSpaceInit | undefined): VideoColorSpaceInit => ({
  primaries: told?.primaries ?? ASSUMED.primaries,
  transfer: told?.transfer ?? ASSUMED.transfer,
  matrix: told?.matrix ?? ASSUMED.matrix,
  fullRange: told?.fullRange ?? ASSUMED.fullRange,
})

/** Whether light goes beyond standard range. */
export const isHdr = ({ transfer }: { transfer?: string | null }): boolean => transfer === 'pq' || transfer === 'hlg'

const nameOf = (matrix: ColourMatrix): string => (matrix === BT709 ? 'BT.709' : 'BT.601')

/**
 * What is said of a side whose colours its file does not tell, or tells otherwise than its pictures do (`pictured` is
 * their matrix, where they name one); null where there is no doubt.
 */
export const colourNote = (told: VideoColorSpaceInit | undefined, pictured: string | null): Note | null => {
  if (told?.matrix) {
    const [ofFile, ofPictures] = [colourMatrix(told.matrix), colourMatrix(pictured ?? '')]
    if (!ofFile || !ofPictures || ofFile === ofPictures) return null
    return {
      word: 'tags differ',
      sentence: `The file says that its colours are coded as ${nameOf(ofFile)}, its pictures say ${nameOf(ofPictures)}: the pictures are believed, as by FFmpeg.`,
    }
  }
  const range = told?.fullRange ? 'full range' : 'limited range'
  return {
    word: 'BT.601 assumed',
    sentence: `The file does not say how its colours are coded: they are read as BT.601, ${range}, as FFmpeg reads them.`,
  }
}

/** Primaries that are so near to those of BT.709 that players show them alike. */
const ORDINARY: readonly (string | null)[] = [null, 'bt709', 'bt470bg', 'smpte170m']

/** A clip's colours as WebCodecs tells them of a decoded frame. */
export type FrameColours = Pick<VideoColorSpace, 'matrix' | 'primaries' | 'transfer' | 'fullRange'>

/**
 * Whether a frame of standard range is drawn by a browser in other colours than the rule says: its primaries are
 * converted (those of PAL turn 0, 199, 46 out of 30, 199, 40), or, on a canvas without a GPU, blue of BT.709 at limited
 * range is cut (202 for 210; `cutsBlue` says whether this browser does).
 */
export const isDrawnOtherwise = (
  { matrix, primaries, transfer, fullRange }: FrameColours,
  cutsBlue: boolean,
): boolean => {
  if (!colourMatrix(matrix ?? '') || isHdr({ transfer }) || !ORDINARY.includes(primaries)) return false
  return primaries === 'bt470bg' || matrix === 'bt470bg' || (cutsBlue && matrix === 'bt709' && fullRange !== true)
}

/** The same colours in numbers that every browser draws alike: at full range, with the primaries of BT.709. */
export const plainColours = ({ matrix }: FrameColours): VideoColorSpaceInit => ({
  primaries: 'bt709',
  transfer: 'bt709',
  matrix: matrix === 'bt709' ? 'bt709' : 'smpte170m',
  fullRange: true,
})

/** Levels of a byte at limited range, at full range: of luma, and of chroma around 128. */
export const stretched = (() => {
  const { black, luma, chroma } = levelsOf(false)
  const byte = (value: number) => Math.min(255, Math.max(0, Math.round(value)))
  return {
    luma: Uint8Array.from({ length: 256 }, (_, value) => byte((value - black) * luma)),
    chroma: Uint8Array.from({ length: 256 }, (_, value) => byte((value - 128) * chroma + 128)),
  }
})()

/** Blue as BT.709 codes it at limited range, and what has to be drawn of it. */
export const TEST_BLUE = (() => {
  const [red, green, blue] = [40, 60, 210]
  const y = BT709.red * red + BT709.green * green + BT709.blue * blue
  const { black, luma, chroma } = levelsOf(false)
  const { redV, blueU } = chromaWeights(BT709)
  return {
    drawn: blue,
    planes: [y / luma + black, (blue - y) / blueU / chroma + 128, (red - y) / redV / chroma + 128].map(Math.round),
  }
})()
