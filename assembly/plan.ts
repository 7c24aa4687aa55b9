/*
 * What of a sprite need not be laid: where it is clear, and where an opaque sprite is laid over it later. It is told by
 * blocks of sixteen samples in a row.
 */

/** What all samples of a block are, and of the next one too: bits of a block. Neither is said of blocks that are mixed. */
const CLEAR: i32 = 1
const OPAQUE: i32 = 2

/** Bytes of a table per 256 samples of a target's row: of the 16 blocks in it their places in the source's, from one on. */
const STEP: i32 = 64

/**
 * The blocks of each row of an alpha plane, `per` bytes for a row, the first being the 16 samples before it. Answers 2
 * where all is opaque, 0 where all is clear, otherwise 1.
 */
export function blocksOf(alpha: usize, width: i32, height: i32, stride: i32, blocks: usize, per: i32): i32 {
  const full = i8x16.splat(-1)
  const count = stride >> 4
  let all = CLEAR | OPAQUE
  for (let row = 0; row < height; row++) {
    const line = alpha + row * stride - 16
    const to = blocks + row * per
    for (let block = 0; block < count; block++) {
      const value = v128.load(line + block * 16)
      const kind = !v128.any_true(value) ? CLEAR : i8x16.all_true(i8x16.eq(value, full)) ? OPAQUE : 0
      if (block > 0 && block * 16 <= width + 15) all &= kind
      store<u8>(to + block, <u8>kind)
      if (block > 0) store<u8>(to + block - 1, load<u8>(to + block - 1) & <u8>kind)
    }
  }
  return all & CLEAR ? 0 : all & OPAQUE ? 2 : 1
}

/**
 * Which blocks of a target's rows `top` up to `bottom` are to be laid: two 16-bit sets for 16 blocks, of those that are
 * seen, and of those of them that are opaque. These hide what is laid before them, in `hidden` (a byte for each block),
 * if the sprite is laid `whole`. `blocks` 0 is a sprite that is opaque throughout. See `lay` for the rest. Answers whether
 * anything is seen.
 */
export function plan(
  blocks: usize,
  per: i32,
  rows: i32,
  hidden: usize,
  hiddenPer: i32,
  top: i32,
  bottom: i32,
  firstY: f64,
  stepY: f64,
  from: i32,
  to: i32,
  firstX: f64,
  stepX: f64,
  whole: i32,
  table: usize,
  out: usize,
): i32 {
  const begin = from >> 8
  const end = (to + 255) >> 8
  for (let group = begin; group < end; group++) {
    const at = table + group * STEP
    let first = -1
    for (let lane = 0; lane < 16; lane++) {
      const x = (group << 8) + lane * 16
      const touched = x + 16 > from && x < to
      const block = (<i32>floor<f64>(firstX + <f64>max(x, from) * stepX) + 16) >> 4
      if (touched && first < 0) first = block
      store<u8>(at + lane, touched && block - first < 16 ? <u8>(block - first) : 255, 16)
      store<u8>(at + lane, touched ? 255 : 0, 32)
      store<u8>(at + lane, x >= from && x + 16 <= to ? 255 : 0, 48)
    }
    store<i32>(at, max(0, first))
  }
  const clear = i8x16.splat(<i8>CLEAR)
  const opaque = i8x16.splat(whole ? <i8>OPAQUE : 0)
  let any = false
  for (let y = top; y < bottom; y++) {
    const above = <i32>floor<f64>(firstY + <f64>y * stepY)
    const upper = blocks + min(rows - 1, max(0, above)) * per
    const lower = blocks + min(rows - 1, max(0, above + 1)) * per
    for (let group = begin; group < end; group++) {
      const at = table + group * STEP
      const first = load<i32>(at)
      const kinds =
        blocks === 0
          ? opaque
          : i8x16.swizzle(v128.and(v128.load(upper + first), v128.load(lower + first)), v128.load(at, 16))
      const behind = hidden + y * hiddenPer + group * 16
      const over = v128.load(behind)
      const none = v128.or(i8x16.eq(v128.and(kinds, clear), clear), over)
      const seen = v128.andnot(v128.load(at, 32), none)
      const solid = v128.and(seen, i8x16.gt_s(v128.and(kinds, opaque), i8x16.splat(0)))
      v128.store(behind, v128.or(over, v128.and(solid, v128.load(at, 48))))
      const sets = out + (y * (hiddenPer >> 4) + group) * 4
      const bits = i8x16.bitmask(seen)
      store<u16>(sets, <u16>bits)
      store<u16>(sets, <u16>i8x16.bitmask(solid), 2)
      if (bits) any = true
    }
  }
  return any ? 1 : 0
}
