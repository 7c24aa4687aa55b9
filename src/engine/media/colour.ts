import {
  AVCOL_PRI_BT2020,
  AVCOL_PRI_SMPTE431,
  AVCOL_PRI_SMPTE432,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_BT709,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
  AVCOL_TRC_UNSPECIFIED,
  type AVPixelFormat,
} from 'node-av/constants'
import { avGetPixFmtName, type Frame } from 'node-av/lib'
import type { Colour } from '../../shared/media.ts'

/**
 * The rule for colours, which the page's bench follows too (web/compare/colours.ts): what the pictures say counts, else
 * what their file says; a matrix that neither names is BT.601 and a range that neither names is limited, as FFmpeg's
 * scaler has it by itself; primaries of ordinary clips are taken for those of BT.709, and wider ones are brought to them.
 */

/** Names by number, as FFmpeg has them (ITU-T H.273). */
const SPACES: Partial<Record<number, string>> = {
  0: 'gbr',
  1: 'bt709',
  4: 'fcc',
  5: 'bt470bg',
  6: 'smpte170m',
  7: 'smpte240m',
  8: 'ycgco',
  9: 'bt2020nc',
  10: 'bt2020c',
  14: 'ictcp',
}
const PRIMARIES: Partial<Record<number, string>> = {
  1: 'bt709',
  4: 'bt470m',
  5: 'bt470bg',
  6: 'smpte170m',
  7: 'smpte240m',
  8: 'film',
  9: 'bt2020',
  10: 'smpte428',
  11: 'smpte431',
  12: 'smpte432',
  22: 'ebu3213',
}
const TRANSFERS: Partial<Record<number, string>> = {
  1: 'bt709',
  4: 'bt470m',
  5: 'bt470bg',
  6: 'smpte170m',
  7: 'smpte240m',
  8: 'linear',
  11: 'iec61966-2-4',
  12: 'bt1361',
  13: 'iec61966-2-1',
  14: 'bt2020-10',
  15: 'bt2020-12',
  16: 'smpte2084',
  17: 'smpte428',
  18: 'arib-std-b67',
}

const RANGES = new Map<number, Colour['range']>([
  [AVCOL_RANGE_MPEG, 'limited'],
  [AVCOL_RANGE_JPEG, 'full'],
])

type Tagged = Pick<Frame, 'format' | 'colorSpace' | 'colorPrimaries' | 'colorTrc' | 'colorRange'>

/** What a frame says of its colours. Pixels of red, green and blue need no matrix. */
export const colourOf = ({ format, colorSpace, colorPrimaries, colorTrc, colorRange }: Tagged): Colour => {
  const isRgb = /rgb|bgr|gbr|pal8/.test(avGetPixFmtName(format as AVPixelFormat) ?? '')
  return {
    space: isRgb ? 'gbr' : (SPACES[colorSpace] ?? null),
    primaries: PRIMARIES[colorPrimaries] ?? null,
    transfer: TRANSFERS[colorTrc] ?? null,
    range: isRgb ? 'full' : (RANGES.get(colorRange) ?? null),
  }
}

/** Whether its light goes beyond standard range; null where it does not say. */
export const isHdr = ({ colorTrc }: Tagged): boolean | null =>
  colorTrc === AVCOL_TRC_UNSPECIFIED ? null : colorTrc === AVCOL_TRC_SMPTE2084 || colorTrc === AVCOL_TRC_ARIB_STD_B67

const WIDE: readonly number[] = [AVCOL_PRI_BT2020, AVCOL_PRI_SMPTE431, AVCOL_PRI_SMPTE432]

/** Whether its primaries are wider than those of BT.709, of Display P3 or BT.2020. */
export const isWide = ({ colorPrimaries }: Tagged): boolean => WIDE.includes(colorPrimaries)

/** Brings a frame of wide primaries to BT.709; what is outside of it is cut. */
export const toStandardGamut = ({ colorSpace, colorPrimaries, colorRange }: Tagged): string => {
  const matrix = colorSpace === AVCOL_SPC_BT709 ? 'bt709' : colorSpace === AVCOL_SPC_BT2020_NCL ? '2020_ncl' : '170m'
  const primaries =
    colorPrimaries === AVCOL_PRI_BT2020 ? '2020' : colorPrimaries === AVCOL_PRI_SMPTE431 ? 'smpte431' : 'smpte432'
  const range = colorRange === AVCOL_RANGE_JPEG ? 'full' : 'limited'
  return `zscale=min=${matrix}:pin=${primaries}:tin=709:rin=${range}:m=709:p=709:t=709:r=limited`
}
