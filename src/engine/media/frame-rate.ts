import { MAX_EDIT_FPS } from '../../shared/media.ts'

/** Frames per second as a fraction. */
export type Rate = { num: number; den: number }

const USUAL: readonly Rate[] = [
  ...[10, 12, 15, 16, 20, 22, 24, 25, 30, 32, 48, 50, 60].map((num) => ({ num, den: 1 })),
  ...[24000, 30000, 60000].map((num) => ({ num, den: 1001 })),
]

export const perSecond = (rate: Rate): number => rate.num / rate.den

/**
 * The constant rate for a clip whose mean rate is `mean`: the nearest usual rate within half a percent (a phone's
 * 29.97 that varies, say), else the mean to a hundredth, at least 1 and at most {@link MAX_EDIT_FPS}.
 */
export const constantRate = (mean: number): Rate => {
  const wanted = Number.isFinite(mean) && mean > 0 ? Math.min(MAX_EDIT_FPS, Math.max(1, mean)) : 25
  const distance = (rate: Rate): number => Math.abs(perSecond(rate) / wanted - 1)
  const nearest = USUAL.reduce((best, rate) => (distance(rate) < distance(best) ? rate : best))
  return distance(nearest) < 0.005 ? nearest : { num: Math.round(wanted * 100), den: 100 }
}
