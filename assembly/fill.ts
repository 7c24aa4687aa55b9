import { add, covered, rowBegins } from './areas'
import { reach } from './edges'
import { bytesOf } from './lanes'
import { byBytes } from './sprites'
import { alphas, blues, lookUp, lumas, mixed, reds, spread } from './tints'

/** Numbers of 32 bits in the rows that are worked on at a time. */
const ROOM: i32 = 1 << 17
/** A row's reach, 8 bytes each. */
const ROWS: i32 = 1 << 12

/** Bytes that {@link fill} works in: sums, rows' reaches, two rows of what is covered. The first must be zero at first. */
export function fillRoom(width: i32): i32 {
  return ROOM * 4 + ROWS * 8 + (width + 64) * 2
}

/**
 * Fills a shape, given by so many edges, in the planes of a frame `width` by `height`. `paint` is what with, `shift` is 1
 * where chroma has half the size, else 0, `work` is {@link fillRoom} bytes.
 */
export function fill(
  edges: usize,
  count: i32,
  paint: usize,
  work: usize,
  y: usize,
  u: usize,
  v: usize,
  stride: i32,
  chromaStride: i32,
  width: i32,
  height: i32,
  shift: i32,
): void {
  const edgeLeft = reach(0)
  const edgeTop = reach(1)
  const edgeRight = reach(2)
  const edgeBottom = reach(3)
  // Written so that what is no number fills nothing.
  if (!(edgeLeft < <f32>width && edgeTop < <f32>height && edgeRight > 0 && edgeBottom > 0)) return
  const left = (<i32>max<f32>(0, edgeLeft)) & ~15
  const right = <i32>min<f32>(<f32>width, ceil<f32>(edgeRight))
  const top = (<i32>max<f32>(0, edgeTop)) & ~1
  const bottom = <i32>min<f32>(<f32>height, ceil<f32>(edgeBottom))
  const wide = right - left
  const across = (wide + 2 + 15) & ~15
  const most = min(ROWS, ROOM / across) & ~1
  const reaches = work + ROOM * 4
  const masks = reaches + ROWS * 8
  const pair = (width + 64) & ~15
  const plain = load<i32>(paint) === 0
  const light = load<i32>(paint, 60) !== 0
  const shares = f32x4.splat(plain ? <f32>255 * load<f32>(paint, 4) : 255)
  const full = i8x16.splat(-1)
  spread(paint)
  for (let band = top; band < bottom; band += most) {
    const end = min(bottom, band + most)
    for (let row = 0; row < end - band; row++) {
      store<i32>(reaches + <usize>row * 8, i32.MAX_VALUE)
      store<i32>(reaches + <usize>row * 8, 0, 4)
    }
    for (let index = 0; index < count; index++)
      add(edges + <usize>index * 16, work, reaches, across, left, wide, band, end)
    for (let row = band; row < end; row += 2) {
      let from = across
      let to = 0
      for (let line = row; line < min(end, row + 2); line++) {
        const range = reaches + <usize>(line - band) * 8
        const first = load<i32>(range) & ~15
        const last = load<i32>(range, 4)
        if (last === 0) continue
        from = min(from, first)
        to = max(to, last)
        const sums = work + <usize>((line - band) * across) * 4
        const mask = masks + <usize>((line - row) * pair)
        const out = y + <usize>(line * stride + left)
        rowBegins()
        for (let x = first; x < last; x += 16) {
          let part = covered(sums + <usize>x * 4, shares)
          if (!v128.any_true(part)) continue
          v128.store(mask + x, part)
          if (!plain) {
            lookUp(paint, <f32>(left + x) + <f32>0.5, <f32>line + <f32>0.5, 1)
            part = byBytes(part, alphas)
          } else if (!light && i8x16.all_true(i8x16.eq(part, full))) {
            v128.store(out + x, lumas)
            continue
          }
          mixed(out + x, lumas, lumas, part, light)
        }
      }
      for (let x = from; x < to; x += 16 << shift) {
        const upper = masks + x
        const lower = upper + pair
        if (shift === 0) {
          for (let line = row; line < min(end, row + 2); line++) {
            let part = v128.load(upper + <usize>((line - row) * pair))
            if (!v128.any_true(part)) continue
            if (!plain) {
              lookUp(paint, <f32>(left + x) + <f32>0.5, <f32>line + <f32>0.5, 1)
              part = byBytes(part, alphas)
            }
            const at = <usize>(line * chromaStride + left + x)
            mixed(u + at, blues, lumas, part, light)
            mixed(v + at, reds, lumas, part, light)
          }
        } else {
          const a = v128.load(upper)
          const b = v128.load(upper, 16)
          const below = row + 1 < height ? lower : upper
          const c = v128.load(below)
          const d = v128.load(below, 16)
          if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) continue
          const two = i16x8.splat(2)
          const low = i16x8.add(i16x8.extadd_pairwise_i8x16_u(a), i16x8.extadd_pairwise_i8x16_u(c))
          const high = i16x8.add(i16x8.extadd_pairwise_i8x16_u(b), i16x8.extadd_pairwise_i8x16_u(d))
          let part = bytesOf(i16x8.shr_u(i16x8.add(low, two), 2), i16x8.shr_u(i16x8.add(high, two), 2))
          if (!plain) {
            lookUp(paint, <f32>(left + x) + <f32>1, <f32>row + <f32>1, 2)
            part = byBytes(part, alphas)
          }
          const at = <usize>((row >> 1) * chromaStride + ((left + x) >> 1))
          mixed(u + at, blues, lumas, part, light)
          mixed(v + at, reds, lumas, part, light)
        }
        const none = i32x4.splat(0)
        v128.store(upper, none)
        v128.store(lower, none)
        if (shift) {
          v128.store(upper, none, 16)
          v128.store(lower, none, 16)
        }
      }
    }
  }
}
