import { AV_NOPTS_VALUE, AV_PKT_FLAG_DISCARD } from 'node-av/constants'
import { Frame, Packet } from 'node-av/lib'
import { MAX_EDIT_FPS } from '../../shared/media.ts'
import { type Rate, rateOfTimes, tickAt } from '../../shared/timeline.ts'
import { type ClipReader, isShown, openClip } from './clip-reader.ts'

/** When the frames of what is made of a clip begin: on ticks of a constant rate, or of a clock fine enough for any. */
export type Pace = {
  /** Ticks a second. */
  ticks: Rate
  /** The mean, for the encoder to reckon with. */
  fps: Rate
}

/** What broadcasting counts in, for frames that come as they like. */
const FINE: Rate = { num: 90_000, den: 1 }

/** When the shown packets of a clip's first `seconds` begin, ascending. No picture is decoded. */
export const timesOf = (path: string, demuxer: string, seconds: number): number[] => {
  const reader = openClip(path, demuxer)
  const { num, den } = reader.video.timeBase
  const packet = new Packet()
  packet.alloc()
  const times: number[] = []
  let first = Infinity
  while (reader.format.readFrameSync(packet) >= 0) {
    const stamp = packet.pts === AV_NOPTS_VALUE ? packet.dts : packet.pts
    const time = (Number(stamp) * num) / den
    const isVideo = packet.streamIndex === reader.video.index && stamp !== AV_NOPTS_VALUE
    if (isVideo && !(packet.flags & AV_PKT_FLAG_DISCARD) && isShown(time, demuxer)) {
      first = Math.min(first, time)
      times.push(time)
    }
    packet.unref()
    if (isVideo && time > first + seconds + 1) break
  }
  packet.free()
  reader.close()
  return times.sort((a, b) => a - b).filter((time) => time < (times[0] ?? 0) + seconds)
}

/** Finds out at what pace a clip goes, from the times of its packets. */
export const paceOf = (path: string, demuxer: string, seconds: number): Pace => {
  const times = timesOf(path, demuxer, seconds)
  const rate = rateOfTimes(times)
  const mean = (times.length - 1) / ((times.at(-1) ?? 0) - (times[0] ?? 0))
  const fps = Math.min(MAX_EDIT_FPS, Math.max(1, Number.isFinite(mean) ? mean : 25))
  return { ticks: rate ?? FINE, fps: rate && rate.num / rate.den <= MAX_EDIT_FPS ? rate : rounded(fps) }
}

const rounded = (fps: number): Rate => ({ num: Math.round(fps * 1000), den: 1000 })

/** What arithmetic may be off. Seconds. */
const HAIR = 1e-4
/** A frame sooner after another than this is left out, for an edit has 60 of them a second. Seconds. */
const SOONEST = 1 / MAX_EDIT_FPS - 0.0015

/** A frame, when it begins after the first one and how long it stands, in ticks. `start` is the first one's own time. */
type Paced = { frame: Frame; index: number; start: number; tick: number; stands: number }

/**
 * The frames that a clip shows in its first `seconds`, each once and at its own time, at most 60 a second. The frame
 * belongs to this generator and holds until the next one.
 */
export function* pacedFrames(reader: ClipReader, { ticks, fps }: Pace, seconds: number): Generator<Paced> {
  const first = reader.read()
  if (!first) return
  const start = first.time
  const usual = fps.den / fps.num
  const last = tickAt(seconds, ticks)
  const current = new Frame()
  current.alloc()
  current.ref(first.frame)
  try {
    let [tick, index] = [0, 0]
    let end = first.duration || usual
    for (;;) {
      const next = reader.read()
      const time = next ? next.time - start : Infinity
      const isLast = !next || time >= seconds - HAIR
      const then = isLast ? Math.min(last, next ? last : tickAt(end, ticks)) : tickAt(time, ticks)
      if (!isLast) {
        end = Math.max(end, time + (next.duration || usual))
        if (((then - tick) * ticks.den) / ticks.num < SOONEST) continue
      }
      yield { frame: current, index, start, tick, stands: Math.max(1, then - tick) }
      if (isLast) return
      current.unref()
      current.ref(next.frame)
      tick = then
      index++
    }
  } finally {
    current.free()
  }
}
