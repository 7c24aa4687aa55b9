import { EncodedPacketSink, type InputVideoTrack } from 'mediabunny'
import { timesFromZero } from '../../../shared/timeline.ts'
import { frameRate } from '../frames.ts'

/** When a clip's frames begin, by the timeline that the engine goes by too (shared/timeline.ts). Seconds. */
export type Timetable = {
  /** By the container's clock, ascending. */
  told: Float64Array
  /** From the first frame shown, which is at 0; those before it are below 0 and never seen. */
  starts: Float64Array
  keyframes: Uint32Array
  end: number
  /** When the first frame is shown by the container's clock. */
  origin: number
}

/** What of the track is shown, by the container's clock: frames that begin from `from` on and before `to`. Seconds. */
export type Shown = { from: number; to: number }

/** What containers may be off. Seconds. */
const EPSILON = 1e-3

/** Reads a clip's timetable from its container's tables alone. */
export const timetableOf = async (track: InputVideoTrack, { from, to }: Shown): Promise<Timetable> => {
  const packets: { start: number; isKey: boolean }[] = []
  let tracksEnd = 0
  for await (const { timestamp, duration, type } of new EncodedPacketSink(track).packets(undefined, undefined, {
    metadataOnly: true,
  })) {
    // What comes before the first keyframe cannot be decoded.
    if (packets.length === 0 && type !== 'key') continue
    if (timestamp >= to - 1e-6) continue
    packets.push({ start: timestamp, isKey: type === 'key' })
    tracksEnd = Math.max(tracksEnd, timestamp + duration)
  }
  packets.sort((a, b) => a.start - b.start)
  const told = Float64Array.from(packets, ({ start }) => start)
  const hidden = Math.min(told.filter((start) => start < from - EPSILON).length, Math.max(0, told.length - 1))
  const origin = told[hidden] ?? 0
  const starts = told.map((start) => start - origin)
  starts.set(timesFromZero(told.subarray(hidden)), hidden)
  const keyframes = Uint32Array.from(packets.flatMap(({ isKey }, index) => (isKey ? [index] : [])))
  const last = starts.at(-1) ?? 0
  const end = Math.min(tracksEnd, to) - origin
  // WebM's last block often has no length: it stands as long as the others do.
  const usual = 1 / (frameRate({ kind: 'video', starts }) ?? 25)
  return { told, starts, keyframes, end: end > last + EPSILON ? end : last + usual, origin }
}
