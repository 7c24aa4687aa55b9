import { bytesOf, twice } from './lanes'

/** Strokes that cover less than this of 256 are not painted. */
const LEAST = 24

/** Lays a picture into a larger one, `pad` from its corner, or takes it back out. */
function moveRows(from: usize, fromAcross: i32, to: usize, toAcross: i32, width: i32, height: i32): void {
  for (let y = 0; y < height; y++) memory.copy(to + y * toAcross, from + y * fromAcross, width)
}

/** Lays two planes into a larger one, u and v by turns. `across` counts pairs. */
function pairRows(u: usize, v: usize, fromAcross: i32, pairs: usize, across: i32, down: i32): void {
  for (let y = 0; y < down; y++) {
    const first = u + y * fromAcross
    const second = v + y * fromAcross
    const to = pairs + 2 * y * across
    let x = 0
    for (; x + 16 <= fromAcross; x += 16) {
      const a = v128.load(first + x)
      const b = v128.load(second + x)
      v128.store(to + 2 * x, i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23))
      v128.store(to + 2 * x, i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16)
    }
    for (; x < fromAcross; x++) {
      store<u8>(to + 2 * x, load<u8>(first + x))
      store<u8>(to + 2 * x, load<u8>(second + x), 1)
    }
  }
}

/** The way back. */
function partRows(pairs: usize, across: i32, u: usize, v: usize, toAcross: i32, down: i32): void {
  for (let y = 0; y < down; y++) {
    const first = u + y * toAcross
    const second = v + y * toAcross
    const from = pairs + 2 * y * across
    let x = 0
    for (; x + 16 <= toAcross; x += 16) {
      const a = v128.load(from + 2 * x)
      const b = v128.load(from + 2 * x, 16)
      v128.store(first + x, i8x16.shuffle(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30))
      v128.store(second + x, i8x16.shuffle(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31))
    }
    for (; x < toAcross; x++) {
      store<u8>(first + x, load<u8>(from + 2 * x))
      store<u8>(second + x, load<u8>(from + 2 * x, 1))
    }
  }
}

/** Eight bytes on their way to others, by the shares of 32,768 in 16 bits. */
// @ts-ignore: decorator
@inline
function laid(from: v128, to: v128, shares: v128): v128 {
  return i16x8.add(from, i16x8.q15mulr_sat_s(i16x8.sub(to, from), shares))
}

/** Sixteen bytes on their way to others: `cover` times `share` of 65,536. */
// @ts-ignore: decorator
@inline
function covered(own: usize, paint: v128, cover: v128, share: v128): void {
  const from = v128.load(own)
  v128.store(
    own,
    bytesOf(
      laid(
        i16x8.extend_low_i8x16_u(from),
        i16x8.extend_low_i8x16_u(paint),
        i16x8.shr_u(i16x8.mul(i16x8.extend_low_i8x16_u(cover), share), 1),
      ),
      laid(
        i16x8.extend_high_i8x16_u(from),
        i16x8.extend_high_i8x16_u(paint),
        i16x8.shr_u(i16x8.mul(i16x8.extend_high_i8x16_u(cover), share), 1),
      ),
    ),
  )
}

/**
 * One stroke upon luma: `size` is a multiple of 16, `share` of 256 how thick it lies. `spans` says for each row where
 * there is any of it, in 16 bits each: the first pixel and where steps of sixteen from there end. `band` says in which
 * rows: the first and the one behind the last.
 */
function stampLuma(
  at: usize,
  across: i32,
  shape: usize,
  relief: usize,
  spans: usize,
  band: usize,
  size: i32,
  level: i32,
  share: i32,
): void {
  const colour = i8x16.splat(<i8>level)
  const middle = i8x16.splat(<i8>128)
  const shares = i16x8.splat(<i16>share)
  const behind = <i32>load<u16>(band, 2)
  for (let row = <i32>load<u16>(band); row < behind; row++) {
    const own = at + row * across
    const line = row * size
    const end = <i32>load<u16>(spans + row * 4, 2)
    for (let x = <i32>load<u16>(spans + row * 4); x < end; x += 16) {
      const cover = v128.load(shape + line + x)
      const height = v128.load(relief + line + x)
      const paint = i8x16.sub_sat_u(
        i8x16.add_sat_u(colour, i8x16.sub_sat_u(height, middle)),
        i8x16.sub_sat_u(middle, height),
      )
      covered(own + x, paint, cover, shares)
    }
  }
}

/** The same stroke upon chroma, whose u and v lie by turns: eight pairs at a step. */
function stampChroma(
  at: usize,
  across: i32,
  shape: usize,
  spans: usize,
  band: usize,
  size: i32,
  u: i32,
  v: i32,
  share: i32,
): void {
  const colour = i16x8.splat(<i16>(u | (v << 8)))
  const shares = i16x8.splat(<i16>share)
  const behind = <i32>load<u16>(band, 2)
  for (let row = <i32>load<u16>(band); row < behind; row++) {
    const end = <i32>load<u16>(spans + row * 4, 2)
    for (let x = <i32>load<u16>(spans + row * 4); x < end; x += 8)
      covered(at + 2 * (row * across + x), colour, twice(v128.load64_zero(shape + row * size + x)), shares)
  }
}

// @ts-ignore: decorator
@inline
function byteOf(value: i32): i32 {
  return max(0, min(255, value))
}

/**
 * Paints strokes over three planes, each in the colour that the picture `from` has at its place. A stroke takes ten
 * bytes: x, y (16 bits each, on luma's grid), a variant, how much lighter it is, and how much more its chroma is (8 bits
 * each, the last three signed), and 3 to spare. `pick` names its direction and `thick` says how much it covers, by cells
 * of eight pixels. Shapes lie one after the other by direction and variant: of luma `size` squared with their relief, of
 * chroma `small` squared, both followed by the spans and the bands of all of them; chroma's steps are of eight. `kinds` is
 * their number. `work` is memory for the three planes with a border of `size` on all sides.
 */
export function brush(
  y: usize,
  u: usize,
  v: usize,
  from: usize,
  width: i32,
  height: i32,
  shift: i32,
  strokes: usize,
  count: i32,
  pick: usize,
  thick: usize,
  cells: i32,
  shapes: usize,
  reliefs: usize,
  smallShapes: usize,
  variants: i32,
  kinds: i32,
  size: i32,
  small: i32,
  work: usize,
): void {
  const across = (width + shift) >> shift
  const down = (height + shift) >> shift
  const wide = width + 2 * size
  const narrow = across + 2 * size
  const luma = work
  const pairs = luma + wide * (height + 2 * size)
  const corner = size * wide + size
  const smallCorner = pairs + 2 * (size * narrow + size)
  moveRows(y, width, luma + corner, wide, width, height)
  pairRows(u, v, across, smallCorner, narrow, down)
  const spans = shapes + kinds * size * size
  const smallSpans = smallShapes + kinds * small * small
  const bands = spans + kinds * size * 4
  const smallBands = smallSpans + kinds * small * 4
  const fromU = from + width * height
  const fromV = fromU + across * down
  for (let index = 0; index < count; index++) {
    const own = strokes + index * 10
    const x = <i32>load<u16>(own)
    const row = <i32>load<u16>(own, 2)
    const cell = (row >> 3) * cells + (x >> 3)
    const share = 1 + <i32>load<u8>(thick + cell)
    if (share < LEAST) continue
    const kind = <i32>load<u8>(pick + cell) * variants + <i32>load<u8>(own, 4)
    const chroma = (row >> shift) * across + (x >> shift)
    stampLuma(
      luma + corner + (row - (size >> 1)) * wide + x - (size >> 1),
      wide,
      shapes + kind * size * size,
      reliefs + kind * size * size,
      spans + kind * size * 4,
      bands + kind * 4,
      size,
      byteOf(<i32>load<u8>(from + row * width + x) + <i32>load<i8>(own, 5)),
      share,
    )
    const place = ((row >> shift) - (small >> 1)) * narrow + (x >> shift) - (small >> 1)
    stampChroma(
      smallCorner + 2 * place,
      narrow,
      smallShapes + kind * small * small,
      smallSpans + kind * small * 4,
      smallBands + kind * 4,
      small,
      byteOf(<i32>load<u8>(fromU + chroma) + <i32>load<i8>(own, 6)),
      byteOf(<i32>load<u8>(fromV + chroma) + <i32>load<i8>(own, 7)),
      share,
    )
  }
  moveRows(luma + corner, wide, y, width, width, height)
  partRows(smallCorner, narrow, u, v, across, down)
}
