import { Frame } from 'node-av/lib'
import type { ClipReader } from './clip-reader.ts'
import type { Rate } from './frame-rate.ts'

/** Half of the shortest frame that can be: what two clocks may differ by in rounding. */
const CLOSE = 0.002

/** One frame of the constant rate. `fresh` says that the source went on to another frame since the one before. */
type Ticked = { frame: Frame; index: number; start: number; fresh: boolean }

/**
 * A clip's frames at a constant rate: at each tick the last one whose time has come, from the first frame's time
 * (`start`) on, for at most `seconds`. The frame belongs to this generator and holds until the next tick.
 */
export function* eachFrame(reader: ClipReader, rate: Rate, seconds: number): Generator<Ticked> {
  const current = new Frame()
  current.alloc()
  try {
    let ahead = reader.read()
    if (!ahead) return
    const start = ahead.time
    let end = start
    for (let index = 0; ; index++) {
      const now = start + (index * rate.den) / rate.num
      let fresh = false
      while (ahead && (ahead.time <= now + CLOSE || index === 0)) {
        current.unref()
        current.ref(ahead.frame)
        end = Math.max(ahead.time + (ahead.duration || rate.den / rate.num), end)
        fresh = true
        ahead = reader.read()
        if (index === 0 && ahead && ahead.time > now + CLOSE) break
      }
      if (!ahead && now >= end - CLOSE) return
      if (now - start >= seconds - CLOSE) return
      yield { frame: current, index, start, fresh }
    }
  } finally {
    current.free()
  }
}
