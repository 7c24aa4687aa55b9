import type { Words32 } from './field.ts'
import { covers, middleOf } from './candidates.ts'
import { type Colours, lendColours, linesOf } from './colour-lines.ts'
import { boxBlur, type Raster } from './raster.ts'
import type { Subject } from './subject.ts'
import type { Box } from './window.ts'

/** Something cut out of a picture: its pixels as RGBA, colour multiplied by alpha, in a box of the picture. */
export type CutOut = { box: Box; rgba: Uint8Array }

/** The edge of a cut-out is worked out at so many places at most, and drawn from those at every pixel. */
const MOST_CELLS = 60_000
/** An edge that is less than this sure of being in, or out, is out, or in: both ends of a filter's soft slopes. */
const SLOPE = 0.2
/** Below this alpha a pixel's own colour is more and more that of what lies behind. */
const OWN = 0.97

const clamp = (value: number): number => Math.min(1, Math.max(0, value))

/** Where a subject's pixels are, with a rim in which its edge may lie. */
const boxOf = ({ width, height }: Words32, { window, mask }: Subject, cell: number): Box => {
  let [left, top, right, bottom] = [width, height, 0, 0]
  mask.forEach((there, at) => {
    if (!there) return
    const [x, y] = middleOf(window, at)
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  })
  const rim = 4.5 * cell + 4
  const start = { left: Math.max(0, Math.floor(left - rim)), top: Math.max(0, Math.floor(top - rim)) }
  return {
    ...start,
    width: Math.min(width, Math.ceil(right + rim)) - start.left,
    height: Math.min(height, Math.ceil(bottom + rim)) - start.top,
  }
}

/** Mean colours of squares of `step` pixels. */
const coloursOf = ({ width, words }: Words32, box: Box, step: number): Colours => {
  const [across, down] = [Math.ceil(box.width / step), Math.ceil(box.height / step)]
  const raster = (): Raster => new Float32Array(across * down)
  const [red, green, blue] = [raster(), raster(), raster()]
  for (let row = 0, at = 0; row < down; row++)
    for (let column = 0; column < across; column++, at++) {
      const [right, bottom] = [Math.min(box.width, (column + 1) * step), Math.min(box.height, (row + 1) * step)]
      let [r, g, b] = [0, 0, 0]
      for (let y = row * step; y < bottom; y++)
        for (let x = column * step; x < right; x++) {
          const word = words[(box.top + y) * width + box.left + x]!
          r += word & 255
          g += (word >>> 8) & 255
          b += (word >>> 16) & 255
        }
      const share = 1 / (255 * (right - column * step) * (bottom - row * step))
      red[at] = r * share
      green[at] = g * share
      blue[at] = b * share
    }
  return { across, down, red, green, blue }
}

/** Looks up values that stand in the middle of squares of `step` pixels, bilinear, along one row of pixels after another. */
const createLookUp = (across: number, down: number, step: number) => {
  let [a, b, c, d, right, under] = [0, 0, 0, 0, 0, 0]
  let [top, below] = [0, 0]
  const placeOf = (pixel: number, count: number): number => Math.min(count - 1, Math.max(0, (pixel + 0.5) / step - 0.5))
  return {
    toRow: (y: number): void => {
      const place = placeOf(y, down)
      const row = Math.floor(place)
      under = place - row
      top = row * across
      below = Math.min(down - 1, row + 1) * across
    },
    toColumn: (x: number): void => {
      const place = placeOf(x, across)
      const column = Math.floor(place)
      const next = Math.min(across - 1, column + 1)
      right = place - column
      a = top + column
      b = top + next
      c = below + column
      d = below + next
    },
    of: (values: Raster): number => {
      const upper = values[a]! + (values[b]! - values[a]!) * right
      const lower = values[c]! + (values[d]! - values[c]!) * right
      return upper + (lower - upper) * under
    },
  }
}

/**
 * Cuts a subject out of its picture. Its edge is laid along the picture's own; where a pixel shows some of it and some of
 * what lies behind, it gets the subject's colour from next to it, so that no rim of the old background comes along.
 */
export const cutOut = (source: Words32, subject: Subject): CutOut => {
  const { window } = subject
  const cell = window.box.width / window.across
  const box = boxOf(source, subject, cell)
  const step = Math.max(1, Math.ceil(Math.sqrt((box.width * box.height) / MOST_CELLS)))
  const colours = coloursOf(source, box, step)
  const { across, down } = colours
  const rough = Float32Array.from({ length: across * down }, (_, at) =>
    covers(subject, box.left + ((at % across) + 0.5) * step, box.top + (Math.floor(at / across) + 0.5) * step) ? 1 : 0,
  )
  const lines = linesOf(rough, colours, Math.max(2, Math.round((1.6 * cell) / step)))
  // What is surely inside or outside stays so, whatever its colour.
  const sure = boxBlur(rough, across, down, 2 * Math.max(1, Math.round(cell / step)) + 1)
  const sharpened = (value: number): number => clamp((value - SLOPE) / (1 - 2 * SLOPE))
  const alphaAt = (at: number): number =>
    sharpened(
      lines.red[at]! * colours.red[at]! +
        lines.green[at]! * colours.green[at]! +
        lines.blue[at]! * colours.blue[at]! +
        lines.base[at]!,
    )
  const whole = rough.map((_, at) => (sure[at]! > 0.7 && alphaAt(at) > 0.95 ? 1 : 0))
  const own = lendColours(colours, whole, (at) => sure[at]! > 0.004)
  const rgba = new Uint8Array(box.width * box.height * 4)
  const look = createLookUp(across, down, step)
  const channels = [own.red, own.green, own.blue] as const
  for (let y = 0, to = 0; y < box.height; y++) {
    look.toRow(y)
    for (let x = 0; x < box.width; x++, to += 4) {
      look.toColumn(x)
      const safe = look.of(sure)
      if (safe < 0.004) continue
      const word = source.words[(box.top + y) * source.width + box.left + x]!
      const value =
        (look.of(lines.red) * (word & 255) +
          look.of(lines.green) * ((word >>> 8) & 255) +
          look.of(lines.blue) * ((word >>> 16) & 255)) /
          255 +
        look.of(lines.base)
      const alpha = Math.max(clamp((safe - 0.9) * 12), sharpened(value)) * clamp(safe * 8)
      if (alpha < 0.004) continue
      const lent = clamp((OWN - alpha) / 0.35)
      for (let channel = 0; channel < 3; channel++) {
        const seen = (word >>> (8 * channel)) & 255
        const colour = lent === 0 ? seen : seen + (255 * look.of(channels[channel]!) - seen) * lent
        rgba[to + channel] = Math.round(alpha * colour)
      }
      rgba[to + 3] = Math.round(255 * alpha)
    }
  }
  return { box, rgba }
}
