import { fourNoises } from './gradient'
import { four } from './pigment'

/** Bytes to a wave: see {@link seaRow}. */
const WAVE: usize = 48

/** exp(-x), for x from 0 on: as the limit (1 - x/n)^n says, with n = 32. */
// @ts-ignore: decorator
@inline
function fading(x: v128): v128 {
  const base = f32x4.pmax(f32x4.splat(0), f32x4.sub(f32x4.splat(1), f32x4.mul(x, f32x4.splat(1 / 32))))
  const second = f32x4.mul(base, base)
  const fourth = f32x4.mul(second, second)
  const eighth = f32x4.mul(fourth, fourth)
  const sixteenth = f32x4.mul(eighth, eighth)
  return f32x4.mul(sixteenth, sixteenth)
}

// @ts-ignore: decorator
@inline
function within(x: v128): v128 {
  return f32x4.pmax(f32x4.splat(0), f32x4.pmin(f32x4.splat(1), x))
}

/** A pixel: what the water mirrors, on its way to the sun's colour by a share, then to foam. */
// @ts-ignore: decorator
@inline
function shaded(sky: usize, at: i32, sun: v128, spark: f32, foam: f32): v128 {
  let colour = v128.load(sky + (<usize>at << 4))
  colour = f32x4.add(colour, f32x4.mul(f32x4.sub(sun, colour), f32x4.splat(spark)))
  colour = f32x4.add(colour, f32x4.mul(f32x4.sub(f32x4.splat(236), colour), f32x4.splat(foam)))
  return i32x4.trunc_sat_f32x4_s(f32x4.add(colour, f32x4.splat(0.5)))
}

/**
 * A row of open water as RGBA: waves, broken by noise, mirror the sky that their slope faces, and the sun. `sky` is 256
 * colours of four floats. Of each of so many waves there are twelve: cosines and sines at the first four columns (times
 * how steep it is), which are turned on, cosine and sine of what it turns by in four columns, and its slopes by its
 * cosine, along x and z. The list: 0 and 1 where the first column lies and how far the next, 2 to 7 by how much noise of gusts, swell and
 * chop is moved along x, and where it is along z, 8 the strength of chop, 9 what a flat piece mirrors, 10 and 11 how far
 * the first column is from the sun's path, in breadths of it, and the next from that, 12 how far a slope moves it, 13
 * the sun's strength, 14 and 15 above what lift there is foam, and how much, 16 to 18 the sun's colour, 19 the alpha.
 */
export function seaRow(to: usize, columns: i32, table: usize, sky: usize, waves: usize, count: i32, list: usize): void {
  const half = f32x4.splat(0.5)
  const sun = f32x4.replace_lane(v128.load(list, 64), 3, 255)
  const opacity = i32x4.splat((<i32>load<f32>(list, 76)) << 24)
  const colours = i32x4.splat(0xffffff)
  for (let column = 0; column < columns; column += 4) {
    const index = f32x4.convert_i32x4_s(i32x4.add(i32x4.splat(column), i32x4(0, 1, 2, 3)))
    let slopeX = f32x4.splat(0)
    let slopeZ = f32x4.splat(0)
    let lift = f32x4.splat(0)
    for (let wave = 0; wave < count; wave++) {
      const at = waves + <usize>wave * WAVE
      const cos = v128.load(at)
      const sin = v128.load(at, 16)
      const turnCos = v128.load32_splat(at, 32)
      const turnSin = v128.load32_splat(at, 36)
      slopeX = f32x4.add(slopeX, f32x4.mul(cos, v128.load32_splat(at, 40)))
      slopeZ = f32x4.add(slopeZ, f32x4.mul(cos, v128.load32_splat(at, 44)))
      lift = f32x4.add(lift, sin)
      v128.store(at, f32x4.sub(f32x4.mul(cos, turnCos), f32x4.mul(sin, turnSin)))
      v128.store(at, f32x4.add(f32x4.mul(sin, turnCos), f32x4.mul(cos, turnSin)), 16)
    }
    const x = f32x4.add(four(list, 0), f32x4.mul(index, four(list, 1)))
    const gust = fourNoises(table, f32x4.add(f32x4.mul(x, f32x4.splat(0.02)), four(list, 2)), four(list, 3))
    const slow = fourNoises(table, f32x4.add(f32x4.mul(x, f32x4.splat(0.045)), four(list, 4)), four(list, 5))
    const chop = fourNoises(table, f32x4.add(f32x4.mul(x, f32x4.splat(0.7)), four(list, 6)), four(list, 7))
    // Broken by slower noise and roughened by finer: waves alone make a pattern, not a sea.
    const swell = f32x4.add(f32x4.splat(0.75), f32x4.mul(slow, f32x4.splat(0.6)))
    slopeX = f32x4.mul(slopeX, swell)
    slopeZ = f32x4.add(f32x4.mul(slopeZ, swell), f32x4.mul(chop, four(list, 8)))
    lift = f32x4.mul(lift, swell)
    const facing = f32x4.add(
      f32x4.add(four(list, 9), f32x4.mul(slopeZ, f32x4.splat(2.4))),
      f32x4.add(f32x4.mul(gust, f32x4.splat(0.09)), f32x4.mul(lift, f32x4.splat(0.3))),
    )
    const place = i32x4.trunc_sat_f32x4_s(f32x4.mul(within(facing), f32x4.splat(255)))
    const off = f32x4.add(
      f32x4.add(four(list, 10), f32x4.mul(index, four(list, 11))),
      f32x4.mul(slopeX, four(list, 12)),
    )
    const tilted = f32x4.add(f32x4.add(slopeZ, f32x4.splat(0.05)), f32x4.mul(lift, f32x4.splat(0.4)))
    const glint = within(f32x4.add(f32x4.mul(tilted, f32x4.splat(5.2)), f32x4.splat(0.12)))
    const path = fading(f32x4.mul(f32x4.mul(off, off), half))
    const spark = within(f32x4.mul(f32x4.mul(four(list, 13), path), glint))
    const foam = f32x4.pmin(
      f32x4.splat(0.7),
      f32x4.mul(f32x4.pmax(f32x4.splat(0), f32x4.sub(lift, four(list, 14))), four(list, 15)),
    )
    const a = shaded(sky, i32x4.extract_lane(place, 0), sun, f32x4.extract_lane(spark, 0), f32x4.extract_lane(foam, 0))
    const b = shaded(sky, i32x4.extract_lane(place, 1), sun, f32x4.extract_lane(spark, 1), f32x4.extract_lane(foam, 1))
    const c = shaded(sky, i32x4.extract_lane(place, 2), sun, f32x4.extract_lane(spark, 2), f32x4.extract_lane(foam, 2))
    const d = shaded(sky, i32x4.extract_lane(place, 3), sun, f32x4.extract_lane(spark, 3), f32x4.extract_lane(foam, 3))
    const pixels = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d))
    v128.store(to + (<usize>column << 2), v128.or(v128.and(pixels, colours), opacity))
  }
}
