import type { Size } from '../protocol.ts'
import type { Rect } from './area-scale.ts'
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
 * Lays the other picture over the reference as `fit` does: whole, in the middle, as large as it goes. What of the
 * reference stays uncovered is left out.
 */
export const regionOf = (reference: Size, other: Size): Region => {
  const scale = Math.min(reference.width / other.width, reference.height / other.height)
  // A pixel or two come from rounding to even sides: they are no reason to leave out an edge.
  const covered = (whole: number, part: number) => (whole - part * scale < 2.5 ? whole : part * scale)
  const width = covered(reference.width, other.width)
  const height = covered(reference.height, other.height)
  const part = { x: (reference.width - width) / 2, y: (reference.height - height) / 2, width, height }
  return {
    reference: part,
    other: { x: 0, y: 0, ...other },
    size: measuredSize(part),
  }
}
