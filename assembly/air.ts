import { fourNoises, fourSums } from './gradient'
import { between, four, fourRandoms, part, statesAt, storePixels } from './pigment'

/** How dense a bank of clouds is; see {@link cloudRow} for the list. */
// @ts-ignore: decorator
@inline
function density(table: usize, list: usize, x: v128, y: v128, octaves: i32): v128 {
  // The further down, the further away: clouds grow flatter and closer together towards the horizon.
  const away = f32x4.div(f32x4.splat(1), f32x4.sub(f32x4.splat(1.14), part(f32x4.mul(y, four(list, 3)))))
  const px = f32x4.mul(f32x4.mul(f32x4.sub(x, four(list, 2)), away), four(list, 4))
  const py = f32x4.mul(away, four(list, 5))
  const half = f32x4.splat(0.5)
  const warp = f32x4.mul(
    fourNoises(table, f32x4.add(f32x4.mul(px, half), f32x4.splat(40)), f32x4.mul(py, half)),
    half,
  )
  const sum = fourSums(table, f32x4.add(px, warp), f32x4.add(f32x4.mul(py, f32x4.splat(1.7)), warp), octaves)
  return f32x4.sub(sum, four(list, 6))
}

/**
 * A row of a bank of clouds: noise stretched by perspective, lit from where the sun stands. The list of floats: 0 the
 * first pixel's x, 1 pixels between samples, 2 the middle, 3 one by the horizon, 4 and 5 waves across and by distance,
 * 6 what is clear sky, 7 and 8 the sun's place, 9 one by how far it lights, 10 and 11 how far ahead to look for shade,
 * 12 one by the softness of edges, 13 to 15 the colour of the shade, 16 to 18 of the light, 19 to 21 of the air, 22 how
 * much of that, 23 the alpha of what is dense.
 */
export function cloudRow(to: usize, columns: i32, table: usize, list: usize, row: f32, seed: i32): void {
  const y = f32x4.splat(row)
  const one = f32x4.splat(1)
  const half = f32x4.splat(0.5)
  const sunDown = f32x4.sub(four(list, 8), y)
  const none = i32x4.splat(0)
  for (let column = 0; column < columns; column += 4) {
    const at = to + (column << 2)
    const index = f32x4.convert_i32x4_s(i32x4.add(i32x4.splat(column), i32x4(0, 1, 2, 3)))
    const x = f32x4.add(f32x4.mul(index, four(list, 1)), four(list, 0))
    const body = density(table, list, x, y, 5)
    const seen = f32x4.gt(body, f32x4.splat(0))
    if (!v128.any_true(seen)) {
      v128.store(at, none)
      continue
    }
    const sunAside = f32x4.sub(four(list, 7), x)
    const far = f32x4.sqrt(f32x4.add(f32x4.mul(sunAside, sunAside), f32x4.mul(sunDown, sunDown)))
    const toward = f32x4.min(one, f32x4.mul(far, four(list, 9)))
    const by = f32x4.div(one, f32x4.add(far, one))
    const ahead = density(
      table,
      list,
      f32x4.add(x, f32x4.mul(f32x4.mul(sunAside, by), four(list, 10))),
      f32x4.add(y, f32x4.mul(f32x4.mul(sunDown, by), four(list, 11))),
      3,
    )
    const edge = f32x4.mul(f32x4.sub(body, ahead), f32x4.splat(1.9))
    const depth = f32x4.mul(body, f32x4.splat(0.55))
    const glow = f32x4.mul(f32x4.sub(one, toward), f32x4.splat(0.25))
    const facing = part(f32x4.add(f32x4.sub(f32x4.add(f32x4.splat(0.58), edge), depth), glow))
    const soft = f32x4.min(one, f32x4.mul(body, four(list, 12)))
    const cover = f32x4.mul(
      f32x4.mul(f32x4.mul(soft, soft), f32x4.sub(f32x4.splat(3), f32x4.add(soft, soft))),
      four(list, 23),
    )
    const air = four(list, 22)
    const fine = f32x4.sub(fourRandoms(statesAt(seed, column)), half)
    const dither = f32x4.add(fine, fine)
    const red = between(between(four(list, 13), four(list, 16), facing), four(list, 19), air)
    const green = between(between(four(list, 14), four(list, 17), facing), four(list, 20), air)
    const blue = between(between(four(list, 15), four(list, 18), facing), four(list, 21), air)
    storePixels(
      at,
      f32x4.add(red, dither),
      f32x4.add(green, dither),
      f32x4.add(blue, dither),
      v128.and(f32x4.add(cover, fine), seen),
    )
  }
}

/** A row of mist in one colour (RGBA as a number, alpha 0): noise at places `step` apart, of at most `strong` alpha. */
export function mistRow(
  to: usize,
  columns: i32,
  table: usize,
  step: f32,
  row: f32,
  strong: f32,
  colour: i32,
  seed: i32,
): void {
  const y = f32x4.splat(row)
  for (let column = 0; column < columns; column += 4) {
    const index = f32x4.convert_i32x4_s(i32x4.add(i32x4.splat(column), i32x4(0, 1, 2, 3)))
    const sum = fourSums(table, f32x4.mul(index, f32x4.splat(step)), y, 4)
    const body = part(f32x4.add(f32x4.splat(0.62), f32x4.mul(sum, f32x4.splat(0.85))))
    const fine = f32x4.sub(fourRandoms(statesAt(seed, column)), f32x4.splat(0.5))
    const alpha = f32x4.max(f32x4.splat(0), f32x4.add(f32x4.mul(body, f32x4.splat(strong)), fine))
    const whole = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.min(alpha, f32x4.splat(255))))
    v128.store(to + (column << 2), v128.or(i32x4.splat(colour), i32x4.shl(whole, 24)))
  }
}

/** A row of opaque pixels between colours (three floats each) at every eighth of them, with noise of a level. */
export function skyRow(to: usize, columns: i32, cells: usize, seed: i32): void {
  for (let column = 0; column < columns; column += 4) {
    const cell = cells + (column >> 3) * 12
    const share = f32x4.add(f32x4.splat(<f32>(column & 7) * <f32>0.125), f32x4(0, 0.125, 0.25, 0.375))
    const fine = f32x4.sub(fourRandoms(statesAt(seed, column)), f32x4.splat(0.5))
    const dither = f32x4.add(fine, fine)
    storePixels(
      to + (column << 2),
      f32x4.add(between(four(cell, 0), four(cell, 3), share), dither),
      f32x4.add(between(four(cell, 1), four(cell, 4), share), dither),
      f32x4.add(between(four(cell, 2), four(cell, 5), share), dither),
      f32x4.splat(255),
    )
  }
}
