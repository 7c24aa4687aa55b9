/**
 * Threads that each make the same scene, at the same time, to draw different frames of it. What is painted pixel by pixel
 * they share out: each paints some bands of it, and they wait for one another.
 */
export type Team = { index: number; count: number; shared: SharedArrayBuffer }

/** Rows or columns of a picture that one thread paints at a time. */
const BAND = 32
/** Bytes of the count of jobs done before the pictures; two of those, in turn. */
const HEAD = 64
const SLOTS = 2
/** A thread that waits so long for another paints on alone: the other has ended, and the render with it. */
const PATIENCE = 10_000

/** Room for a team's pictures of a frame's size, with what lies beyond its edges. */
export const teamMemory = (width: number, height: number): SharedArrayBuffer =>
  new SharedArrayBuffer(HEAD + SLOTS * (width * height * 8 + 65_536))

/** Paints RGBA by bands of rows or of columns, from one up to another, each by one of a team. All have all of it then. */
export type Painting = {
  rows: (
    width: number,
    height: number,
    paint: (from: number, to: number, data: Uint8ClampedArray) => void,
  ) => Uint8ClampedArray
  /** With a number of its own for each column. */
  columns: (
    width: number,
    height: number,
    paint: (from: number, to: number, data: Uint8ClampedArray, numbers: Float32Array) => void,
  ) => { data: Uint8ClampedArray; numbers: Float32Array }
}

const eachBand = (count: number, work: (from: number, to: number, band: number) => void): void => {
  for (let from = 0, band = 0; from < count; from += BAND, band++) work(from, Math.min(count, from + BAND), band)
}

const alone: Painting = {
  rows: (width, height, paint) => {
    const data = new Uint8ClampedArray(width * height * 4)
    eachBand(height, (from, to) => paint(from, to, data))
    return data
  },
  columns: (width, height, paint) => {
    const data = new Uint8ClampedArray(width * height * 4)
    const numbers = new Float32Array(width)
    eachBand(width, (from, to) => paint(from, to, data, numbers))
    return { data, numbers }
  },
}

/** How a thread paints, in a team or by itself. A team's threads must ask for the same pictures in the same order. */
export const createPainting = (team: Team | undefined): Painting => {
  if (!team || team.count < 2) return alone
  const { index, count, shared } = team
  const done = new Int32Array(shared, 0, 1)
  const room = Math.floor((shared.byteLength - HEAD) / SLOTS / 4) * 4
  let jobs = 0
  const meet = (): boolean => {
    jobs++
    Atomics.add(done, 0, 1)
    Atomics.notify(done, 0)
    for (;;) {
      const arrived = Atomics.load(done, 0)
      if (arrived >= jobs * count) return true
      if (Atomics.wait(done, 0, arrived, PATIENCE) === 'timed-out') return false
    }
  }
  const slot = (): number => HEAD + (jobs % SLOTS) * room
  const own = (band: number): boolean => band % count === index

  return {
    rows: (width, height, paint) => {
      const stride = width * 4
      if (stride * height > room) return alone.rows(width, height, paint)
      const data = new Uint8ClampedArray(stride * height)
      const common = new Uint8ClampedArray(shared, slot(), data.length)
      eachBand(height, (from, to, band) => {
        if (!own(band)) return
        paint(from, to, data)
        common.set(data.subarray(from * stride, to * stride), from * stride)
      })
      if (!meet()) return alone.rows(width, height, paint)
      data.set(common)
      return data
    },
    columns: (width, height, paint) => {
      const size = width * height * 4
      if (size + width * 4 > room) return alone.columns(width, height, paint)
      const at = slot()
      const data = new Uint8ClampedArray(size)
      const numbers = new Float32Array(width)
      const common = new Uint8ClampedArray(shared, at, size)
      const commonNumbers = new Float32Array(shared, at + size, width)
      eachBand(width, (from, to, band) => {
        if (!own(band)) return
        paint(from, to, data, numbers)
        commonNumbers.set(numbers.subarray(from, to), from)
        for (let row = 0; row < height; row++) {
          const start = (row * width + from) * 4
          common.set(data.subarray(start, start + (to - from) * 4), start)
        }
      })
      if (!meet()) return alone.columns(width, height, paint)
      data.set(common)
      numbers.set(commonNumbers)
      return { data, numbers }
    },
  }
}
