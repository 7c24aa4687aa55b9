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
const HDR: readonly number[] = [AVCOL_TRC_SMPTE2084, AVCOL_TRC_ARIB_STD_B67]

/** The filters that bring a decoded frame to standard range, without transparency, standing upright. */
export const uprightFilters = (frame: Frame, turn: Turn): string[] => [
  ...(HDR.includes(frame.colorTrc)
    ? ['tonemapx=tonemap=bt2390:desat=0:peak=100:t=bt709:m=bt709:p=bt709:r=tv:format=yuv420p']
    : []),
  // Multiplying by the alpha shows the picture on black.
  ...(TRANSPARENT.includes(frame.format) ? ['format=gbrap', 'premultiply=inplace=1', 'format=gbrp'] : []),
  ...(frame.format === AV_PIX_FMT_YUVA420P ? ['premultiply=inplace=1'] : []),
  ...turn.filters,
]
