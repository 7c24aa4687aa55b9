/** Blurs one plane into another by the mean over a square of side 2·radius + 1; edges are repeated. */
export type Blur = (source: Uint8Array, target: Uint8Array, radius: number) => void

/** Two sums share a 32-bit number below, 16 bits each. */
const WIDEST = 127

/** A blur for planes of one size, with the memory that it needs. Running sums: its cost does not grow with the radius. */
export const createBlur = (width: number, height: number): Blur => {
  // Whole numbers of four bytes, so that four can be written at once.
  const words = new Uint32Array((width * height + 3) >> 2)
  const rows = new Uint8Array(words.buffer, 0, width * height)
  const down = width % 4 === 0 ? createDownPacked(width, height, rows) : createDown(width, height, rows)
  return (source, target, radius) => {
    const reach = Math.min(radius, WIDEST)
    blurAcross(source, rows, words, width, reach)
    down(target, reach)
  }
}

const blurAcross = (source: Uint8Array, rows: Uint8Array, words: Uint32Array, width: number, radius: number): void => {
  const share = Math.round(65536 / (2 * radius + 1))
  for (let start = 0; start < rows.length; start += width) {
    const end = start + width - 1
    const first = source[start] ?? 0
    const last = source[end] ?? 0
    let sum = first * (radius + 1)
    for (let x = 1; x <= radius; x++) sum += source[Math.min(end, start + x)] ?? 0
    const inner = Math.min(end, start + radius)
    let x = start
    for (; x <= inner; x++) {
      rows[x] = (Math.imul(sum, share) + 32768) >> 16
      sum = (sum + (x + radius + 1 <= end ? (source[x + radius + 1] ?? 0) : last) - first) | 0
    }
    const outer = end - radius - 1
    // Four at a time in one number: a quarter of the stores, and the sums stay in registers.
    let enters = x + radius + 1
    let leaves = x - radius
    for (; x <= outer && (x & 3) !== 0; x++) {
      rows[x] = (Math.imul(sum, share) + 32768) >> 16
      sum = (sum + (source[enters++] ?? 0) - (source[leaves++] ?? 0)) | 0
    }
    for (; x + 3 <= outer; x += 4) {
      const second = (sum + (source[enters] ?? 0) - (source[leaves] ?? 0)) | 0
      const third = (second + (source[enters + 1] ?? 0) - (source[leaves + 1] ?? 0)) | 0
      const fourth = (third + (source[enters + 2] ?? 0) - (source[leaves + 2] ?? 0)) | 0
      words[x >> 2] =
        ((Math.imul(sum, share) + 32768) >>> 16) |
        (((Math.imul(second, share) + 32768) >>> 16) << 8) |
        (((Math.imul(third, share) + 32768) >>> 16) << 16) |
        (((Math.imul(fourth, share) + 32768) >>> 16) << 24)
      sum = (fourth + (source[enters + 3] ?? 0) - (source[leaves + 3] ?? 0)) | 0
      enters += 4
      leaves += 4
    }
    for (; x <= outer; x++) {
      rows[x] = (Math.imul(sum, share) + 32768) >> 16
      sum = (sum + (source[x + radius + 1] ?? 0) - (source[x - radius] ?? 0)) | 0
    }
    for (; x <= end; x++) {
      rows[x] = (Math.imul(sum, share) + 32768) >> 16
      sum = (sum + last - (source[x - radius] ?? 0)) | 0
    }
  }
}

const createDown = (width: number, height: number, rows: Uint8Array) => {
  const sums = new Int32Array(width)
  const bottom = (height - 1) * width
  return (target: Uint8Array, radius: number): void => {
    const share = Math.round(65536 / (2 * radius + 1))
    sums.fill(0)
    for (let y = -radius; y <= radius; y++) {
      const row = Math.min(bottom, Math.max(0, y) * width)
      for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + (rows[row + x] ?? 0)
    }
    for (let y = 0; y < height; y++) {
      const here = y * width
      const enters = Math.min(bottom, here + (radius + 1) * width)
      const leaves = Math.max(0, here - radius * width)
      for (let x = 0; x < width; x++) {
        const sum = sums[x] ?? 0
        target[here + x] = (Math.imul(sum, share) + 32768) >> 16
        sums[x] = (sum + (rows[enters + x] ?? 0) - (rows[leaves + x] ?? 0)) | 0
      }
    }
  }
}

/** The same with four pixels read and written at once and two sums in each number: half the time. */
const createDownPacked = (width: number, height: number, rows: Uint8Array) => {
  const packed = new Uint32Array(rows.buffer, 0, rows.length / 4)
  const out = new Uint32Array(packed.length)
  const outBytes = new Uint8Array(out.buffer)
  const across = width / 4
  const even = new Int32Array(across)
  const odd = new Int32Array(across)
  const bottom = (height - 1) * across
  return (target: Uint8Array, radius: number): void => {
    const share = Math.round(65536 / (2 * radius + 1))
    even.fill(0)
    odd.fill(0)
    for (let y = -radius; y <= radius; y++) {
      const row = Math.min(bottom, Math.max(0, y) * across)
      for (let x = 0; x < across; x++) {
        const four = packed[row + x] ?? 0
        even[x] = ((even[x] ?? 0) + (four & 0xff00ff)) | 0
        odd[x] = ((odd[x] ?? 0) + ((four >>> 8) & 0xff00ff)) | 0
      }
    }
    for (let y = 0; y < height; y++) {
      const here = y * across
      const enters = Math.min(bottom, here + (radius + 1) * across)
      const leaves = Math.max(0, here - radius * across)
      for (let x = 0; x < across; x++) {
        const e = even[x] ?? 0
        const o = odd[x] ?? 0
        out[here + x] =
          ((Math.imul(e & 0xffff, share) + 32768) >>> 16) |
          (((Math.imul(o & 0xffff, share) + 32768) >>> 16) << 8) |
          (((Math.imul(e >>> 16, share) + 32768) >>> 16) << 16) |
          (((Math.imul(o >>> 16, share) + 32768) >>> 16) << 24)
        const add = packed[enters + x] ?? 0
        const drop = packed[leaves + x] ?? 0
        even[x] = (e + (add & 0xff00ff) - (drop & 0xff00ff)) | 0
        odd[x] = (o + ((add >>> 8) & 0xff00ff) - ((drop >>> 8) & 0xff00ff)) | 0
      }
    }
    target.set(outBytes)
  }
}
