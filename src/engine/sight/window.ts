import type { Words32 } from './field.ts'
import type { Bonds } from './cut.ts'
import type { Raster } from './raster.ts'

/** Part of a picture, in pixels. */
export type Box = { left: number; top: number; width: number; height: number }

/** Part of a picture made small: light (0 to 1) and two differences of colour (-1 to 1) of each cell. */
export type Window = { box: Box; across: number; down: number; light: Raster; warm: Raster; cool: Raster }

/** Pixels looked at along a side of a cell. */
const TAPS = 4

/** Makes a part of a picture small: its longer side gets at most `long` cells. */
export const openWindow = ({ width, words }: Words32, box: Box, long: number): Window => {
  const scale = Math.min(1, long / Math.max(box.width, box.height))
  const across = Math.max(2, Math.round(box.width * scale))
  const down = Math.max(2, Math.round(box.height * scale))
  const size = across * down
  const [light, warm, cool] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)]
  const taps = Math.max(1, Math.min(TAPS, Math.round(1 / scale)))
  const share = 1 / (255 * taps * taps)
  for (let row = 0, cell = 0; row < down; row++)
    for (let column = 0; column < across; column++, cell++) {
      let [r, g, b] = [0, 0, 0]
      for (let j = 0; j < taps; j++) {
        const line = (box.top + Math.floor(((row + (j + 0.5) / taps) * box.height) / down)) * width + box.left
        for (let i = 0; i < taps; i++) {
          const word = words[line + Math.floor(((column + (i + 0.5) / taps) * box.width) / across)]!
          r += word & 255
          g += (word >>> 8) & 255
          b += (word >>> 16) & 255
        }
      }
      light[cell] = (0.3 * r + 0.59 * g + 0.11 * b) * share
      warm[cell] = (r - g) * share
      cool[cell] = (b - (r + g) / 2) * share
    }
  return { box, across, down, light, warm, cool }
}

/** How far two cells' colours are apart, squared: difference of colour counts a little more than of light. */
export const apart = ({ light, warm, cool }: Window, one: number, other: number): number =>
  0.6 * (light[one]! - light[other]!) ** 2 +
  0.7 * (warm[one]! - warm[other]!) ** 2 +
  0.7 * (cool[one]! - cool[other]!) ** 2

/** What it costs to part like colours, in parts of a thousand of a unit of likelihood. */
const BOND = 3000

/**
 * Bonds between the cells of a window: strong within a colour, weak where it changes more than it does on average there
 * (Boykov and Jolly, 2001).
 */
export const bondsOf = (window: Window): Bonds => {
  const { across, down } = window
  const size = across * down
  let sum = 0
  for (let y = 0; y < down - 1; y++)
    for (let cell = y * across; cell < (y + 1) * across - 1; cell++)
      sum += apart(window, cell, cell + 1) + apart(window, cell, cell + across)
  const mean = Math.max(1e-5, sum / (2 * (across - 1) * (down - 1)))
  const bond = (one: number, other: number, far: number): number =>
    Math.round((BOND * (0.02 + Math.exp(-apart(window, one, other) / (2 * mean)))) / far)
  const bonds = {
    right: new Int32Array(size),
    below: new Int32Array(size),
    belowRight: new Int32Array(size),
    belowLeft: new Int32Array(size),
  }
  for (let y = 0, cell = 0; y < down; y++)
    for (let x = 0; x < across; x++, cell++) {
      if (x < across - 1) bonds.right[cell] = bond(cell, cell + 1, 1)
      if (y === down - 1) continue
      bonds.below[cell] = bond(cell, cell + across, 1)
      if (x < across - 1) bonds.belowRight[cell] = bond(cell, cell + across + 1, Math.SQRT2)
      if (x > 0) bonds.belowLeft[cell] = bond(cell, cell + across - 1, Math.SQRT2)
    }
  return bonds
}

/** Classes of light, and of each difference of colour. */
const CLASSES = 16

/** Every so many cells are looked at for that. */
const SAMPLED = 3

/** Where most values lie: their middle, and how far they reach from end to end. */
const spanOf = (values: Raster): { middle: number; span: number } => {
  const sorted = Float32Array.from(
    { length: Math.ceil(values.length / SAMPLED) },
    (_, at) => values[at * SAMPLED]!,
  ).sort()
  const [low, high] = [sorted[Math.floor(sorted.length * 0.01)] ?? 0, sorted[Math.floor(sorted.length * 0.99)] ?? 0]
  return { middle: (low + high) / 2, span: high - low }
}

/** A span is stretched over all classes, but not to show mere noise. */
const LEAST = 0.3

/** The class of each cell's colour. Pale and dim windows are told apart as finely as others. */
export const classesOf = ({ light, warm, cool }: Window): Uint16Array => {
  const [lights, warms, cools] = [spanOf(light), spanOf(warm), spanOf(cool)]
  const gain = 1 / Math.max(LEAST, lights.span)
  const colours = 1 / Math.max(LEAST, warms.span, cools.span)
  const classOf = (value: number): number => Math.min(CLASSES - 1, Math.max(0, Math.floor((0.5 + value) * CLASSES)))
  return Uint16Array.from(light, (value, cell) => {
    const a = classOf((warm[cell]! - warms.middle) * colours)
    const b = classOf((cool[cell]! - cools.middle) * colours)
    return (classOf((value - lights.middle) * gain) * CLASSES + a) * CLASSES + b
  })
}

/** Of what is never seen this much is assumed, all classes together. */
const UNSEEN = 0.02

/** How often each class is seen in cells of some weight, sum 1; classes beside one another lend each other a part. */
export const histogramOf = (classes: Uint16Array, weightOf: (cell: number) => number): Float32Array => {
  let counts = new Float32Array(CLASSES ** 3)
  let total = 0
  for (let cell = 0; cell < classes.length; cell++) {
    const weight = weightOf(cell)
    if (weight <= 0) continue
    counts[classes[cell]!]! += weight
    total += weight
  }
  for (const step of [1, CLASSES, CLASSES * CLASSES]) {
    const from = counts
    counts = from.map((count, at) => {
      const place = Math.floor(at / step) % CLASSES
      const before = place > 0 ? from[at - step]! : count
      const after = place < CLASSES - 1 ? from[at + step]! : count
      return 0.25 * before + 0.5 * count + 0.25 * after
    })
  }
  const floor = UNSEEN / CLASSES ** 3
  return counts.map((count) => (count / Math.max(1e-9, total)) * (1 - UNSEEN) + floor)
}

/** How alike two histograms are, 0 to 1 (Bhattacharyya's coefficient). */
export const overlapOf = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, share, at) => sum + Math.sqrt(share * other[at]!), 0)
