/* Filling by signed areas, after Raph Levien's font-rs (2016): each edge adds to a row of sums how much of every pixel
   lies to its right, and the running total of a row is what the shape covers. */

/** Adds an edge to the rows `top` up to `bottom`, `wide` pixels of them from `left`. */
export function add(at: usize, sums: usize, reaches: usize, across: i32, left: i32, wide: i32, top: i32, bottom: i32): void {
  let x = load<f32>(at)
  let y = load<f32>(at, 4)
  let endX = load<f32>(at, 8)
  let endY = load<f32>(at, 12)
  let way: f32 = 1
  if (y > endY) {
    way = -1
    const keptX = x
    const keptY = y
    x = endX
    y = endY
    endX = keptX
    endY = keptY
  }
  if (endY <= <f32>top || y >= <f32>bottom) return
  const lean = (endX - x) / (endY - y)
  if (y < <f32>top) {
    x += lean * (<f32>top - y)
    y = <f32>top
  }
  endY = min<f32>(endY, <f32>bottom)
  x -= <f32>left
  const most = <f32>wide
  for (let row = <i32>y; row < bottom && <f32>row < endY; row++) {
    const high = min<f32>(<f32>(row + 1), endY) - max<f32>(<f32>row, y)
    const next = x + lean * high
    let area = high * way
    let from = min<f32>(x, next)
    let until = max<f32>(x, next)
    x = next
    const line = sums + <usize>((row - top) * across) * 4
    // What lies to the left counts in full from the first pixel on, what lies to the right for none.
    if (from < 0) {
      const beyond = until > 0 ? (area * from) / (from - until) : area
      store<f32>(line, load<f32>(line) + beyond)
      area -= beyond
      from = 0
      until = max<f32>(0, until)
    }
    if (until > most) {
      area = from < most ? (area * (most - from)) / (until - from) : 0
      until = most
      from = min<f32>(most, from)
    }
    const first = <i32>from
    const last = <i32>ceil<f32>(until)
    const range = reaches + <usize>(row - top) * 8
    if (first < load<i32>(range)) store<i32>(range, first)
    if (last + 1 > load<i32>(range, 4)) store<i32>(range, last + 1, 4)
    const cell = line + <usize>first * 4
    if (last <= first + 1) {
      const right = area * ((from + until) * <f32>0.5 - <f32>first)
      store<f32>(cell, load<f32>(cell) + area - right)
      store<f32>(cell, load<f32>(cell, 4) + right, 4)
      continue
    }
    const per = <f32>1 / (until - from)
    const into = <f32>1 - (from - <f32>first)
    const begun = <f32>0.5 * per * into * into
    const beyond = until - <f32>last + <f32>1
    const ended = <f32>0.5 * per * beyond * beyond
    store<f32>(cell, load<f32>(cell) + area * begun)
    if (last === first + 2) store<f32>(cell, load<f32>(cell, 4) + area * (<f32>1 - begun - ended), 4)
    else {
      const second = per * (into + <f32>0.5)
      store<f32>(cell, load<f32>(cell, 4) + area * (second - begun), 4)
      for (let middle = first + 2; middle < last - 1; middle++) {
        const to = line + <usize>middle * 4
        store<f32>(to, load<f32>(to) + area * per)
      }
      const to = line + <usize>(last - 1) * 4
      const before = second + <f32>(last - first - 3) * per
      store<f32>(to, load<f32>(to) + area * (<f32>1 - before - ended))
    }
    const over = line + <usize>last * 4
    store<f32>(over, load<f32>(over) + area * ended)
  }
}

/** The total so far. */
let carry: v128 = i32x4.splat(0)

/** Four totals of a row. */
// @ts-ignore: decorator
@inline
function totals(sums: v128): v128 {
  const none = i32x4.splat(0)
  let sum = f32x4.add(sums, i8x16.shuffle(none, sums, 0, 0, 0, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27))
  sum = f32x4.add(sum, i8x16.shuffle(none, sum, 0, 0, 0, 0, 0, 0, 0, 0, 16, 17, 18, 19, 20, 21, 22, 23))
  sum = f32x4.add(sum, carry)
  carry = i8x16.shuffle(sum, sum, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15)
  return sum
}

/** Four totals as shares of `most`, in the lowest bits. */
// @ts-ignore: decorator
@inline
function share(sum: v128, most: v128): v128 {
  // Added to 2^23 a number's lowest bits are itself, rounded.
  const covered = f32x4.mul(f32x4.pmin(f32x4.splat(1), f32x4.abs(sum)), most)
  return v128.and(f32x4.add(covered, f32x4.splat(8388608)), i32x4.splat(255))
}

/** How much of sixteen pixels is covered; their sums are set back to none. */
// @ts-ignore: decorator
@inline
export function covered(cells: usize, most: v128): v128 {
  const a = v128.load(cells)
  const b = v128.load(cells, 16)
  const c = v128.load(cells, 32)
  const d = v128.load(cells, 48)
  // Most pixels of a large shape have no edge: they are covered as the one before.
  if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
    const same = share(carry, most)
    const words = i16x8.narrow_i32x4_u(same, same)
    return i8x16.narrow_i16x8_u(words, words)
  }
  const none = i32x4.splat(0)
  v128.store(cells, none)
  v128.store(cells, none, 16)
  v128.store(cells, none, 32)
  v128.store(cells, none, 48)
  const first = share(totals(a), most)
  const second = share(totals(b), most)
  const third = share(totals(c), most)
  const fourth = share(totals(d), most)
  return i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_u(first, second), i16x8.narrow_i32x4_u(third, fourth))
}

/** Begins a row. */
export function rowBegins(): void {
  carry = i32x4.splat(0)
}
