/** Numbers of 8 and 16 bits that lie between four by weights of 64 parts: two ways of it, and what rounds. */
const BITS: i32 = 12
const HALF: i32 = 1 << (BITS - 1)

/** Four rows of four pixels, mixed downwards by weights of 64 parts: the first or the last two pixels' 16-bit numbers. */
// @ts-ignore: decorator
@inline
function tall(a: v128, b: v128, c: v128, d: v128, wa: v128, wb: v128, wc: v128, wd: v128): v128 {
  return i16x8.add(
    i16x8.add(i16x8.mul(a, wa), i16x8.mul(b, wb)),
    i16x8.add(i16x8.mul(c, wc), i16x8.mul(d, wd)),
  )
}

/**
 * Lays a cut-out (RGBA, colour multiplied by alpha, `pitch` bytes a row) over part of an opaque frame, sampled by four
 * times four of its pixels. `columns` and `rows` have 16 bytes for each column from `left` and each row from `top` of the
 * frame: where the first of four pixels lies (bytes for columns, rows for rows; 32 bits), 4 bytes of nothing, and their
 * weights in parts of 64 (four 16-bit numbers, sum 64, absolute sum below 96).
 */
export function place(
  cutOut: usize,
  pitch: i32,
  columns: usize,
  rows: usize,
  frame: usize,
  width: i32,
  left: i32,
  top: i32,
  right: i32,
  bottom: i32,
): void {
  const half = i32x4.splat(HALF)
  const round = i16x8.splat(128)
  const full = i16x8.splat(255)
  const opaque = i32x4.splat(0xff000000)
  for (let y = top; y < bottom; y++) {
    const line = rows + (<usize>(y - top) << 4)
    const base = cutOut + load<i32>(line) * pitch
    const wa = v128.load16_splat(line, 8)
    const wb = v128.load16_splat(line, 10)
    const wc = v128.load16_splat(line, 12)
    const wd = v128.load16_splat(line, 14)
    let to = frame + (<usize>(y * width + left) << 2)
    let column = columns
    for (let x = left; x < right; x++, column += 16, to += 4) {
      const at = base + load<i32>(column)
      const a = v128.load(at)
      const b = v128.load(at + pitch)
      const c = v128.load(at + 2 * pitch)
      const d = v128.load(at + 3 * pitch)
      if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) continue
      const low = tall(
        i16x8.extend_low_i8x16_u(a),
        i16x8.extend_low_i8x16_u(b),
        i16x8.extend_low_i8x16_u(c),
        i16x8.extend_low_i8x16_u(d),
        wa,
        wb,
        wc,
        wd,
      )
      const high = tall(
        i16x8.extend_high_i8x16_u(a),
        i16x8.extend_high_i8x16_u(b),
        i16x8.extend_high_i8x16_u(c),
        i16x8.extend_high_i8x16_u(d),
        wa,
        wb,
        wc,
        wd,
      )
      const weights = v128.load64_splat(column, 8)
      const first = v128.shuffle<i16>(weights, weights, 0, 0, 0, 0, 1, 1, 1, 1)
      const last = v128.shuffle<i16>(weights, weights, 2, 2, 2, 2, 3, 3, 3, 3)
      const sum = i32x4.add(
        i32x4.add(i32x4.extmul_low_i16x8_s(low, first), i32x4.extmul_high_i16x8_s(low, first)),
        i32x4.add(i32x4.extmul_low_i16x8_s(high, last), i32x4.extmul_high_i16x8_s(high, last)),
      )
      const words = i32x4.shr_s(i32x4.add(sum, half), BITS)
      const colour = i16x8.min_s(full, i16x8.max_s(i16x8.splat(0), i16x8.narrow_i32x4_s(words, words)))
      const alpha = v128.shuffle<i16>(colour, colour, 3, 3, 3, 3, 3, 3, 3, 3)
      const under = i16x8.extend_low_i8x16_u(v128.load32_zero(to))
      const rest = i16x8.add(i16x8.mul(under, i16x8.sub(full, alpha)), round)
      // Division by 255: (v + v / 256) / 256.
      const seen = i16x8.shr_u(i16x8.add(rest, i16x8.shr_u(rest, 8)), 8)
      const mixed = i16x8.add(colour, seen)
      v128.store32_lane(to, v128.or(i8x16.narrow_i16x8_u(mixed, mixed), opaque), 0)
    }
  }
}
