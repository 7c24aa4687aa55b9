import { byBytes } from './sprites'

/* What a shape is filled with: its kind (0 one colour of an alpha, 1 along a line, 2 between circles), what it measures
   positions with (see scenes/paints.ts), at last whether it is light, and 256 colours of 4 bytes each (luma, u, v, alpha)
   or the only one. Light covers as much of what is behind as it shines. */

/** Where the colours of a paint begin. */
export const COLOURS: usize = 64

/** Four places in a paint's colours, from a pixel's middle on, so many pixels apart. */
// @ts-ignore: decorator
@inline
function fourPlaces(paint: usize, x: f32, y: f32, apart: f32): v128 {
  const xs = f32x4.add(f32x4.splat(x), f32x4.mul(f32x4(0, 1, 2, 3), f32x4.splat(apart)))
  let t = f32x4.add(
    f32x4.mul(xs, f32x4.splat(load<f32>(paint, 4))),
    f32x4.splat(y * load<f32>(paint, 8) + load<f32>(paint, 12)),
  )
  if (load<i32>(paint) === 2) {
    const down = f32x4.add(
      f32x4.mul(xs, f32x4.splat(load<f32>(paint, 16))),
      f32x4.splat(y * load<f32>(paint, 20) + load<f32>(paint, 24)),
    )
    const far = f32x4.sub(
      f32x4.add(f32x4.mul(t, t), f32x4.mul(down, down)),
      f32x4.splat(load<f32>(paint, 44)),
    )
    const along = f32x4.add(
      f32x4.add(f32x4.mul(t, f32x4.splat(load<f32>(paint, 28))), f32x4.mul(down, f32x4.splat(load<f32>(paint, 32)))),
      f32x4.splat(load<f32>(paint, 36)),
    )
    const root = f32x4.sqrt(
      f32x4.pmax(
        f32x4.splat(0),
        f32x4.add(f32x4.mul(along, along), f32x4.mul(far, f32x4.splat(load<f32>(paint, 40)))),
      ),
    )
    t = f32x4.add(f32x4.mul(f32x4.sub(root, along), f32x4.splat(load<f32>(paint, 48))), f32x4.splat(0.5))
  }
  return i32x4.trunc_sat_f32x4_s(f32x4.pmax(f32x4.splat(0), f32x4.pmin(f32x4.splat(255), t)))
}

/** The colours of four pixels. */
// @ts-ignore: decorator
@inline
function fourColours(paint: usize, x: f32, y: f32, apart: f32): v128 {
  const colours = paint + COLOURS
  const places = fourPlaces(paint, x, y, apart)
  let found = v128.load32_zero(colours + <usize>i32x4.extract_lane(places, 0) * 4)
  found = v128.load32_lane(colours + <usize>i32x4.extract_lane(places, 1) * 4, found, 1)
  found = v128.load32_lane(colours + <usize>i32x4.extract_lane(places, 2) * 4, found, 2)
  return v128.load32_lane(colours + <usize>i32x4.extract_lane(places, 3) * 4, found, 3)
}

export let lumas: v128 = i32x4.splat(0)
export let blues: v128 = i32x4.splat(0)
export let reds: v128 = i32x4.splat(0)
export let alphas: v128 = i32x4.splat(0)

/** Looks up the colours of sixteen pixels. */
export function lookUp(paint: usize, x: f32, y: f32, apart: f32): void {
  const a = fourColours(paint, x, y, apart)
  const b = fourColours(paint, x + <f32>4 * apart, y, apart)
  const c = fourColours(paint, x + <f32>8 * apart, y, apart)
  const d = fourColours(paint, x + <f32>12 * apart, y, apart)
  const ab = i8x16.shuffle(a, b, 0, 4, 8, 12, 16, 20, 24, 28, 3, 7, 11, 15, 19, 23, 27, 31)
  const cd = i8x16.shuffle(c, d, 0, 4, 8, 12, 16, 20, 24, 28, 3, 7, 11, 15, 19, 23, 27, 31)
  const abChroma = i8x16.shuffle(a, b, 1, 5, 9, 13, 17, 21, 25, 29, 2, 6, 10, 14, 18, 22, 26, 30)
  const cdChroma = i8x16.shuffle(c, d, 1, 5, 9, 13, 17, 21, 25, 29, 2, 6, 10, 14, 18, 22, 26, 30)
  lumas = i64x2.shuffle(ab, cd, 0, 2)
  alphas = i64x2.shuffle(ab, cd, 1, 3)
  blues = i64x2.shuffle(abChroma, cdChroma, 0, 2)
  reds = i64x2.shuffle(abChroma, cdChroma, 1, 3)
}

/** Sixteen samples with a value laid over them; as light it covers only `lumas` of them, and so is not in the way. */
// @ts-ignore: decorator
@inline
export function mixed(at: usize, value: v128, cover: v128, part: v128, light: bool): void {
  const over = light ? byBytes(cover, part) : part
  v128.store(at, i8x16.add_sat_u(byBytes(value, part), byBytes(v128.load(at), v128.not(over))))
}

/** Makes one colour that of all pixels. */
export function spread(paint: usize): void {
  lumas = v128.load8_splat(paint + COLOURS)
  blues = v128.load8_splat(paint + COLOURS, 1)
  reds = v128.load8_splat(paint + COLOURS, 2)
}
