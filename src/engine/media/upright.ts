import {
  AV_PIX_FMT_ARGB,
  AV_PIX_FMT_BGRA,
  AV_PIX_FMT_PAL8,
  AV_PIX_FMT_RGBA,
  AV_PIX_FMT_YUVA420P,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
} from 'node-av/constants'
import type { Frame } from 'node-av/lib'
import type { Turn } from './rotation.ts'

const TRANSPARENT: readonly number[] = [AV_PIX_FMT_BGRA, AV_PIX_FMT_RGBA, AV_PIX_FMT_ARGB, AV_PIX_FMT_PAL8]
/** How each HDR curve is brought to standard range. BT.2390's own falls again beyond a thousand nits, which PQ has. */
const tonemap = (how: string): string => `tonemapx=${how}:t=bt709:m=bt709:p=bt709:r=tv:format=yuv420p`
const HDR: ReadonlyMap<number, string> = new Map([
  [AVCOL_TRC_SMPTE2084, tonemap('tonemap=hable:desat=0:peak=100')],
  [AVCOL_TRC_ARIB_STD_B67, tonemap('tonemap=bt2390')],
])

/** The filters that bring a decoded frame to standard range, without transparency, standing upright. */
export const uprightFilters = (frame: Frame, turn: Turn): string[] => {
  const toneMapped = HDR.get(frame.colorTrc)
  return [
    ...(toneMapped === undefined ? [] : [toneMapped]),
    // Multiplying by the alpha shows the picture on black.
    ...(TRANSPARENT.includes(frame.format) ? ['format=gbrap', 'premultiply=inplace=1', 'format=gbrp'] : []),
    ...(frame.format === AV_PIX_FMT_YUVA420P ? ['premultiply=inplace=1'] : []),
    ...turn.filters,
  ]
}
