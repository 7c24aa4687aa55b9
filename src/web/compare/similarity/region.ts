import type { Rect } from '../geometry.ts'
import type { Size } from '../protocol.ts'
import type { Fit } from '../view.ts'
import { CELL } from './ssim.ts'

const LONG = 320
const SHORT = 180

/** What of two pictures is compared, and how large. */
export type Region = {
  /** The part of each picture, in its own pixels. */
  reference: Rect
  other: Rect
  /** Both parts are scaled to this. A multiple of `CELL`. Pixels. */
  size: Size
}

const toCells = (length: number) => Math.max(2 * CELL, Math.round(length / CELL) * CELL)

/**
 * The size at which a picture is measured: its own shape in at most 320x180, or 180x320 where it stands upright, and
 * never larger than it is. Each side is rounded to whole cells, by which the shape changes by two pixels at most.
 */
const measuredSize = ({ width, height }: Size): Size => {
  const [wide, high] = width >= height ? [LONG, SHORT] : [SHORT, LONG]
  const scale = Math.min(1, wide / width, high / height)
  return { width: toCells(width * scale), height: toCells(height * scale) }
}

/**
 * Lays the other picture over the middle of the reference as the viewer shows it, and takes what is seen of both: what
 * only one of them covers is left out.
 */
export const regionOf = (reference: Size, other: Size, fit: Fit): Region => {
  const across = reference.width / other.width
  const down = reference.height / other.height
  const scale = { fit: Math.min(across, down), fill: Math.max(across, down), one: 1 }[fit]
  const width = Math.min(reference.width, other.width * scale)
  const height = Math.min(reference.height, other.height * scale)
  const middle = (whole: Size, part: Size): Rect => ({
    x: (whole.width - part.width) / 2,
    y: (whole.height - part.height) / 2,
    ...part,
  })
  return {
    reference: middle(reference, { width, height }),
    other: middle(other, { width: width / scale, height: height / scale }),
    size: measuredSize({ width, height }),
  }
}
