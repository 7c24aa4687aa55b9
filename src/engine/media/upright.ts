import { AVCOL_TRC_ARIB_STD_B67, AVCOL_TRC_SMPTE2084, type AVPixelFormat } from 'node-av/constants'
import { avGetPixFmtName, type Frame } from 'node-av/lib'
import { isWide, toStandardGamut } from './colour.ts'
import { type FilterChain, videoChain } from './filter-chain.ts'
import type { Turn } from './rotation.ts'

/** Whether a frame's pixels can be transparent. */
export const isTransparent = ({ format }: Frame): boolean =>
  /^(yuva|rgba|bgra|argb|abgr|gbrap|ya|pal8)/.test(avGetPixFmtName(format as AVPixelFormat) ?? '')

/** Multiplying a negative by its alpha, and turning it back, shows the picture on white. */
const ON_WHITE = ['format=gbrap', 'negate', 'premultiply=inplace=1', 'negate', 'format=gbrp']

/** How each HDR curve is brought to standard range. BT.2390's own falls again beyond a thousand nits, which PQ has. */
const tonemap = (how: string): string => `tonemapx=${how}:t=bt709:m=bt709:p=bt709:r=tv:format=yuv420p`
const HDR: ReadonlyMap<number, string> = new Map([
  [AVCOL_TRC_SMPTE2084, tonemap('tonemap=hable:desat=0:peak=100')],
  [AVCOL_TRC_ARIB_STD_B67, tonemap('tonemap=bt2390')],
])

/** The filters that bring a decoded frame to standard range and gamut, on white where it is transparent, standing upright. */
export const uprightFilters = (frame: Frame, turn: Turn): string[] => {
  const toneMapped = HDR.get(frame.colorTrc)
  return [
    ...(toneMapped === undefined ? [] : [toneMapped]),
    ...(toneMapped === undefined && isWide(frame) ? [toStandardGamut(frame)] : []),
    ...(isTransparent(frame) ? ON_WHITE : []),
    ...turn.filters,
  ]
}

/** A chain that does so to frames like that one, and then what `filters` say; `timeBase` is that of their timestamps. */
export const uprightChain = (
  frame: Frame,
  turn: Turn,
  filters: readonly string[],
  timeBase: { num: number; den: number },
): FilterChain => videoChain([...uprightFilters(frame, turn), ...filters].join(','), timeBase)
