import type { Size } from '../protocol.ts'

/** Small copies of a clip's frames: their size in pixels, both even, and that every `step`-th frame has one. */
export type ProxyPlan = Size & { step: number }

/** A copy for the moment needs no more than half of a picture's width and height. */
const LARGEST = 1 / 2
/** Smaller than this on its longer side a picture says nothing: of a very long clip some frames have no copy. Pixels. */
const SHORTEST = 96

/** Bytes of a picture as I420, whose width and height are even. */
export const proxyBytes = ({ width, height }: Size): number => (width * height * 3) / 2

const even = (pixels: number): number => Math.max(2, 2 * Math.floor(pixels / 2))

/** The largest copies of so many frames that fit into `budget` bytes together. */
export const planProxies = ({ width, height }: Size, frames: number, budget: number): ProxyPlan => {
  const smallest = Math.min(LARGEST, SHORTEST / Math.max(width, height))
  const fitting = Math.sqrt(budget / (Math.max(1, frames) * proxyBytes({ width, height })))
  const scale = Math.min(LARGEST, Math.max(smallest, fitting))
  const size = { width: even(width * scale), height: even(height * scale) }
  const kept = Math.max(1, Math.floor(budget / proxyBytes(size)))
  return { ...size, step: Math.max(1, Math.ceil(frames / kept)) }
}
