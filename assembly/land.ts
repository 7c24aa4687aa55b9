import { fourSums } from './gradient'
import { between, four, part } from './pigment'

/**
 * The points of a column of ground that can be seen, as lanes of 32-bit floats, {@link LANE} bytes each: x, z, height,
 * slope along x and z, the row that they reach up to, whether they go on from the point before, and then what is made of
 * them: red, green, blue, and how much haze lies over them.
 */
const LANE: usize = 16384

/** Pixels by which a point must rise above what stands before it to be worked out: less is not seen. */
const LEAST: f32 = 0.15

/**
 * Marches along a ray from near to far and keeps what rises above what stands before it. `before` are the heights along
 * the ray to the left, `level` the row of the horizon, `bottom` the last row's end. Answers how many points there are.
 */
export function march(
  xs: usize,
  zs: usize,
  heights: usize,
  before: usize,
  count: i32,
  focal: f32,
  level: f32,
  eye: f32,
  bottom: f32,
  points: usize,
): i32 {
  let top = bottom
  let fresh: f32 = 0
  let found = 0
  for (let step = 0; step < count && top > 0; step++) {
    const at = <usize>step << 2
    const z = load<f32>(zs + at)
    const tall = load<f32>(heights + at)
    const row = level - ((tall - eye) * focal) / z
    if (row >= top - LEAST) {
      fresh = 0
      continue
    }
    const to = points + (<usize>found << 2)
    store<f32>(to, load<f32>(xs + at))
    store<f32>(to + LANE, z)
    store<f32>(to + LANE * 2, tall)
    store<f32>(to + LANE * 3, ((tall - load<f32>(before + at)) * focal) / z)
    const back = step > 0 ? (tall - load<f32>(heights + at - 4)) / (z - load<f32>(zs + at - 4)) : <f32>0
    store<f32>(to + LANE * 4, back)
    top = max<f32>(0, row)
    store<f32>(to + LANE * 5, top)
    store<f32>(to + LANE * 6, fresh)
    fresh = 1
    found++
  }
  return found
}

// @ts-ignore: decorator
@inline
function mixed(list: usize, from: usize, share: v128): v128 {
  return between(four(list, from), four(list, from + 3), share)
}

/**
 * Colours points by slope, height and light: rock where steep, growth below, snow above. The list: 0 to 2 where light
 * comes from, 3 one by the size of rough places, 4 and 5 where snow begins and one by how gradually, 6 and 7 where growth
 * ends, 8 to 25 the shaded and the lit colour of rock, growth and snow; 26 haze, 27 one by the height that it lies to, 28
 * how much more of it lies in the lowest places, 29 how much more a metre away, 30 the most.
 */
export function surface(points: usize, count: i32, table: usize, list: usize): void {
  const one = f32x4.splat(1)
  const none = f32x4.splat(0)
  for (let at: usize = 0, end = <usize>count << 2; at < end; at += 16) {
    const to = points + at
    const z = v128.load(to + LANE)
    const tall = v128.load(to + LANE * 2)
    const slopeX = v128.load(to + LANE * 3)
    const slopeZ = v128.load(to + LANE * 4)
    const steepness = f32x4.add(f32x4.mul(slopeX, slopeX), f32x4.mul(slopeZ, slopeZ))
    const inverse = f32x4.div(one, f32x4.sqrt(f32x4.add(steepness, one)))
    const lean = f32x4.add(f32x4.mul(slopeX, four(list, 0)), f32x4.mul(slopeZ, four(list, 2)))
    const facing = f32x4.mul(f32x4.sub(four(list, 1), lean), inverse)
    const shine = part(f32x4.add(f32x4.mul(facing, f32x4.splat(1.15)), f32x4.splat(0.1)))
    const size = four(list, 3)
    const rough = fourSums(table, f32x4.mul(v128.load(to), size), f32x4.mul(z, size), 3)
    const bare = f32x4.mul(f32x4.sub(one, inverse), f32x4.splat(3.2))
    const steep = part(f32x4.add(f32x4.sub(bare, f32x4.splat(0.35)), f32x4.mul(rough, f32x4.splat(0.5))))
    const above = f32x4.mul(f32x4.sub(tall, four(list, 4)), four(list, 5))
    const clings = f32x4.sub(f32x4.mul(rough, f32x4.splat(1.4)), f32x4.mul(steep, f32x4.splat(0.9)))
    const cold = part(f32x4.add(above, clings))
    const below = f32x4.mul(f32x4.sub(four(list, 6), tall), four(list, 7))
    const green = f32x4.mul(part(f32x4.add(below, f32x4.mul(rough, f32x4.splat(0.7)))), f32x4.sub(one, steep))
    const gain = f32x4.add(one, f32x4.mul(rough, f32x4.splat(0.16)))
    for (let channel: usize = 0; channel < 3; channel++) {
      const stone = mixed(list, 8 + channel, shine)
      const earth = between(stone, mixed(list, 14 + channel, shine), green)
      v128.store(
        to + LANE * (7 + channel),
        f32x4.mul(between(earth, mixed(list, 20 + channel, shine), cold), gain),
      )
    }
    const low = f32x4.sub(one, part(f32x4.mul(tall, four(list, 27))))
    const haze = f32x4.add(
      f32x4.add(four(list, 26), f32x4.mul(low, four(list, 28))),
      f32x4.mul(z, four(list, 29)),
    )
    v128.store(to + LANE * 10, f32x4.max(none, f32x4.min(haze, four(list, 30))))
  }
}

let state: u32 = 0

// @ts-ignore: decorator
@inline
function next(): f32 {
  state += 0x6d2b79f5
  let mix = (state ^ (state >>> 15)) * (1 | state)
  mix = (mix + (mix ^ (mix >>> 7)) * (61 | mix)) ^ mix
  return <f32>(mix ^ (mix >>> 14)) * <f32>(1 / 4294967296.0)
}

// @ts-ignore: decorator
@inline
function hazed(points: usize, lane: usize, air: f32): f32 {
  const value = load<f32>(points + LANE * lane)
  return value + (air - value) * load<f32>(points + LANE * 10)
}

/**
 * Fills a column of pixels, `rows` of them, with coloured points, each from the row that it reaches up to down to the one
 * before it: between two of one slope colours run over. What is above them all is left as it was. `sums` is memory for
 * 16 bytes a row.
 */
export function fillColumn(
  points: usize,
  count: i32,
  to: usize,
  rows: i32,
  sums: usize,
  airRed: f32,
  airGreen: f32,
  airBlue: f32,
  seed: u32,
): void {
  const first = count > 0 ? <i32>load<f32>(points + (<usize>(count - 1) << 2) + LANE * 5) : rows
  memory.fill(sums + (<usize>first << 4), 0, <usize>(rows - first) << 4)
  let top = <f32>rows
  let before = f32x4.splat(0)
  for (let index = 0; index < count; index++) {
    const at = points + (<usize>index << 2)
    const red = hazed(at, 7, airRed)
    const green = hazed(at, 8, airGreen)
    const blue = hazed(at, 9, airBlue)
    const upper = load<f32>(at + LANE * 5)
    let own = f32x4.splat(1)
    own = f32x4.replace_lane(own, 0, red)
    own = f32x4.replace_lane(own, 1, green)
    own = f32x4.replace_lane(own, 2, blue)
    const from = load<f32>(at + LANE * 6) > 0 ? before : own
    const by = f32x4.sub(own, from)
    const inverse = <f32>1 / (top - upper)
    const last = <i32>upper
    for (let row = min(rows, <i32>ceil(top)) - 1; row >= last; row--) {
      const cover = min<f32>(<f32>(row + 1), top) - max<f32>(<f32>row, upper)
      const share = min<f32>(1, (top - <f32>row - <f32>0.5) * inverse)
      const sum = sums + (<usize>row << 4)
      const colour = f32x4.add(from, f32x4.mul(by, f32x4.splat(share)))
      v128.store(sum, f32x4.add(v128.load(sum), f32x4.mul(colour, f32x4.splat(cover))))
    }
    before = own
    top = upper
  }
  state = seed
  for (let row = first; row < rows; row++) {
    const sum = v128.load(sums + (<usize>row << 4))
    const cover = f32x4.extract_lane(sum, 3)
    if (cover <= 0) {
      store<u32>(to + (<usize>row << 2), 0)
      continue
    }
    const dither = f32x4.splat(next() - <f32>0.5)
    const colour = f32x4.add(f32x4.mul(sum, f32x4.splat(<f32>1 / cover)), dither)
    const levels = f32x4.nearest(f32x4.replace_lane(colour, 3, cover * 255))
    const halves = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(levels), i32x4.splat(0))
    v128.store32_lane(to + (<usize>row << 2), i8x16.narrow_i16x8_u(halves, halves), 0)
  }
}
