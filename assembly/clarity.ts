import { blur } from './blur'
import { bytesOf } from './lanes'
import { curve } from './tone'
import { enlargedRow, quarter } from './sizes'

/**
 * Parts a picture into what is broad and what is fine, and gives both back: the broad by a table, the fine times `gain`
 * of 64. `free` is memory for four quarter planes and five rows.
 */
export function clarity(y: usize, width: i32, height: i32, reach: i32, gain: i32, table: usize, free: usize): void {
  const across = (width + 3) >> 2
  const down = (height + 3) >> 2
  const size = (across * down + 95) & ~31
  const broad = free
  const toned = broad + size
  const rows = toned + size
  const sums = rows + size
  const row = sums + across * 2 + 128
  const second = row + width + 160
  quarter(y, width, height, broad)
  blur(broad, broad, rows, sums, across, down, reach)
  blur(broad, broad, rows, sums, across, down, reach)
  curve(broad, toned, across * down, table)
  const gains = i16x8.splat(<i16>(gain << 3))
  for (let line = 0; line < height; line++) {
    const base = enlargedRow(broad, across, down, 2, line, sums, row)
    const lit = enlargedRow(toned, across, down, 2, line, sums, second)
    const own = y + line * width
    for (let x = 0; x < width; x += 16) {
      const value = v128.load(own + x)
      const from = v128.load(base + x)
      const to = v128.load(lit + x)
      // Six bits of the difference's own, nine of the gain's: fifteen, which the multiplication takes off.
      const low = i16x8.q15mulr_sat_s(
        i16x8.shl(i16x8.sub(i16x8.extend_low_i8x16_u(value), i16x8.extend_low_i8x16_u(from)), 6),
        gains,
      )
      const high = i16x8.q15mulr_sat_s(
        i16x8.shl(i16x8.sub(i16x8.extend_high_i8x16_u(value), i16x8.extend_high_i8x16_u(from)), 6),
        gains,
      )
      const made = bytesOf(i16x8.add(i16x8.extend_low_i8x16_u(to), low), i16x8.add(i16x8.extend_high_i8x16_u(to), high))
      if (x + 16 <= width) v128.store(own + x, made)
      else {
        v128.store(second + width + 96, made)
        memory.copy(own + x, second + width + 96, width - x)
      }
    }
  }
}
