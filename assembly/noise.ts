let state: u32 = 0

/** mulberry32, as src/engine/random.ts has it: the next number of 32 bits. */
// @ts-ignore: decorator
@inline
function next(): u32 {
  state += 0x6d2b79f5
  let mixed = (state ^ (state >>> 15)) * (1 | state)
  mixed = (mixed + (mixed ^ (mixed >>> 7)) * (61 | mixed)) ^ mixed
  return mixed ^ (mixed >>> 14)
}

// @ts-ignore: decorator
@inline
function smooth(part: f32): f32 {
  return part * part * (<f32>3 - <f32>2 * part)
}

/**
 * Seamless grain with a bell's shape on a square, 0 to 255: the mean of three by 2 x 2, and so a little larger than a
 * pixel, as silver is; `raw` is memory for a byte a pixel.
 */
export function grains(to: usize, side: i32, seed: u32, raw: usize): void {
  state = seed
  for (let at = 0; at < side * side; at++) {
    const sum = <u64>next() + <u64>next() + <u64>next()
    store<u8>(raw + at, <u32>((sum * 255) / 0x300000000))
  }
  for (let y = 0; y < side; y++) {
    const here = raw + y * side
    const below = raw + ((y + 1) % side) * side
    for (let x = 0; x < side; x++) {
      const right = (x + 1) % side
      const sum =
        <i32>load<u8>(here + x) + <i32>load<u8>(here + right) + <i32>load<u8>(below + x) + <i32>load<u8>(below + right)
      // Four share their noise's strength: most of it is given back.
      store<u8>(to + y * side + x, max(0, min(255, 128 + (((sum - 507) * 7) >> 4))))
    }
  }
}

/**
 * Seamless value noise of several octaves on a square, spread over the whole byte. `sums` is memory for 32 bits a pixel,
 * `lattice` for 32 a cell of the finest octave, `row` for 96 a pixel of a side and 32 to spare.
 */
export function fractal(
  to: usize,
  side: i32,
  cells: i32,
  cellsDown: i32,
  octaves: i32,
  gain: f32,
  seed: u32,
  sums: usize,
  lattice: usize,
  row: usize,
): void {
  state = seed
  const count = side * side
  memory.fill(sums, 0, count * 4)
  const parts = row
  const places = parts + side * 4
  const line = places + side * 4
  let strength: f32 = 1
  for (let octave = 0; octave < octaves; octave++) {
    const across = min(side, cells << octave)
    const down = min(side, cellsDown << octave)
    for (let cell = 0; cell < across * down; cell++)
      store<f32>(lattice + (cell << 2), <f32>next() / <f32>4294967296.0)
    for (let x = 0; x < side; x++) {
      const u = <f32>(x * across) / <f32>side
      const before = <i32>u
      store<f32>(parts + (x << 2), smooth(u - <f32>before))
      store<i32>(places + (x << 2), before << 2)
    }
    for (let y = 0; y < side; y++) {
      const v = <f32>(y * down) / <f32>side
      const above = <i32>v
      const part = smooth(v - <f32>above)
      const upper = lattice + ((above * across) << 2)
      const lower = lattice + ((((above + 1) % down) * across) << 2)
      for (let x = 0; x < across; x++) {
        const top = load<f32>(upper + (x << 2))
        store<f32>(line + (x << 2), strength * (top + (load<f32>(lower + (x << 2)) - top) * part))
      }
      store<f32>(line + (across << 2), load<f32>(line))
      const own = sums + ((y * side) << 2)
      for (let x = 0; x < side; x++) {
        const place = line + load<i32>(places + (x << 2))
        const left = load<f32>(place)
        const at = own + (x << 2)
        store<f32>(at, load<f32>(at) + left + (load<f32>(place, 4) - left) * load<f32>(parts + (x << 2)))
      }
    }
    strength *= gain
  }
  let low: f32 = Infinity
  let high: f32 = 0
  for (let at = 0; at < count; at++) {
    const value = load<f32>(sums + (at << 2))
    low = min(low, value)
    high = max(high, value)
  }
  const scale = <f32>255 / max<f32>(0.001, high - low)
  for (let at = 0; at < count; at++)
    store<u8>(to + at, <u32>((load<f32>(sums + (at << 2)) - low) * scale))
}

/**
 * Strokes of a pencil held at an angle: 0 to 255 all over a plane. `cos` and `sin` are its direction over the strokes'
 * spacing, `inverse` the tile's pixels for one of the plane; strokes waver by a tile of 512.
 */
export function hatching(
  to: usize,
  width: i32,
  height: i32,
  tile: usize,
  cos: f32,
  sin: f32,
  inverse: f32,
): void {
  for (let y = 0; y < height; y++) {
    const line = tile + (((<i32>(<f32>y * inverse)) & 511) << 9)
    const own = to + y * width
    for (let x = 0; x < width; x++) {
      const noise = <f32>load<u8>(line + ((<i32>(<f32>x * inverse)) & 511)) / <f32>255
      const across = <f32>x * cos + <f32>y * sin + noise * <f32>1.5
      const wave = abs((across - floor(across)) * <f32>2 - <f32>1)
      const part = smooth(min<f32>(1, max<f32>(0, (wave - <f32>0.25) / <f32>0.7)))
      store<u8>(own + x, <u32>(part * (<f32>140 + <f32>115 * noise)))
    }
  }
}
