import { type EncodedPacket, EncodedPacketSink, type InputVideoTrack } from 'mediabunny'
import { withAssumed } from '../colours.ts'
import { frameAt } from '../frames.ts'
import { isDisposable, lengthSizeOf } from './disposable.ts'
import { plainFrame } from './plain-frame.ts'
import type { Timetable } from './timetable.ts'

/**
 * A clip's decoder, which can be sent anywhere. mediabunny's own sink makes a new decoder for every seek and fills its
 * queue with forty packets, most of which are decoded for nothing: two sides at 720p took 130 ms to seek that way.
 */
export type ClipDecoder = {
  /**
   * Goes to where `next` gives `first` first: on from where it is, or from the keyframe before, whichever is nearer.
   * Frames before `target` are left out where that makes it quicker to get there. Those that were on their way are let
   * go of.
   */
  seek: (first: number, target: number) => Promise<void>
  /**
   * The next frame in order of presentation, to be closed by the caller; null after the last. `undefined` where
   * `interrupt` came in between.
   */
  next: () => Promise<{ index: number; frame: VideoFrame } | null | undefined>
  /** Ends a `next` that is under way. */
  interrupt: () => void
  close: () => void
}

/** Decoded ahead, or on the way to it. Frames. */
const QUEUE = 4

/**
 * Up to this size a frame is decoded by one thread, which gives it out at once: several threads keep as many frames to
 * themselves, each of which a seek has to wait for. Two sides keep two cores busy as it is. Pixels.
 */
const EASY = 1920 * 1088

const configured = (config: VideoDecoderConfig): VideoDecoderConfig => ({
  ...config,
  optimizeForLatency: (config.codedWidth ?? 0) * (config.codedHeight ?? 0) <= EASY,
  colorSpace: withAssumed(config.colorSpace),
})

/** What frames are wanted for: to be drawn, in the colours that the rule says, or to be measured, as they come. */
export type Purpose = 'draw' | 'measure'

/** A frame that begins later than this after one of the table is none of it: it lies behind the clip's end. Seconds. */
const BEYOND = 1e-3

type Output = { index: number; frame: VideoFrame }

/** @throws what the decoder fails of, from `next` */
export const createClipDecoder = (
  track: InputVideoTrack,
  { told, keyframes }: Pick<Timetable, 'told' | 'keyframes'>,
  purpose: Purpose,
): ClipDecoder => {
  const sink = new EncodedPacketSink(track)
  let decoder: VideoDecoder | undefined
  let config: VideoDecoderConfig | undefined
  let packets: AsyncGenerator<EncodedPacket, void, unknown> | undefined
  let outputs: Output[] = []
  let first = 0
  /** Before this time only what others need is decoded. Seconds. */
  let hurryTo = 0
  /** The latest time of what was decoded or left out since the keyframe. Seconds. */
  let taken = Infinity
  let lengthSize: number | null = null
  let failure: Error | undefined
  let flushed = false
  let feeding: Promise<void> | undefined
  let interrupted = false
  let generation = 0
  /** Called when something has changed that `next` or the feeding may wait for. */
  let changed = () => {}
  let change = Promise.resolve()
  const renew = () => {
    change = new Promise((resolve) => (changed = resolve))
  }
  renew()
  const signal = () => {
    changed()
    renew()
  }

  const output = (frame: VideoFrame) => {
    const time = frame.timestamp / 1e6
    const index = frameAt({ starts: told }, time)
    if (index < first || time - (told[index] ?? 0) > BEYOND) frame.close()
    else outputs.push({ index, frame })
    signal()
  }

  const prepare = async (): Promise<VideoDecoder> => {
    config ??= (await track.getDecoderConfig()) ?? undefined
    if (!config) throw new Error('its codec is not described')
    if (decoder?.state === 'closed') decoder = undefined
    if (!decoder) {
      decoder = new VideoDecoder({
        output,
        error: (error) => {
          failure = error
          signal()
        },
      })
      decoder.ondequeue = signal
    } else decoder.reset()
    decoder.configure(configured(config))
    lengthSize = lengthSizeOf(config)
    return decoder
  }

  const dropOutputs = () => {
    for (const { frame } of outputs) frame.close()
    outputs = []
  }

  /** Keeps the decoder's queue filled until the clip ends or another seek takes over. */
  const feed = async (target: VideoDecoder, mine: number) => {
    try {
      while (mine === generation) {
        if (outputs.length + target.decodeQueueSize >= QUEUE) {
          await change
          continue
        }
        const step = await packets?.next()
        if (mine !== generation) return
        if (!step || step.done) {
          await target.flush()
          flushed = true
          return signal()
        }
        const { value: packet } = step
        taken = Math.max(taken, packet.timestamp)
        const isOnTheWay = packet.timestamp < hurryTo
        if (isOnTheWay && lengthSize !== null && isDisposable(packet.data, lengthSize)) continue
        target.decode(packet.toEncodedVideoChunk())
      }
    } catch (error) {
      // A reset ends a flush with an error that is none.
      if (mine !== generation) return
      failure = error instanceof Error ? error : new Error(String(error))
      signal()
    }
  }

  const stop = async () => {
    generation += 1
    signal()
    await feeding
    await packets?.return()
    dropOutputs()
  }

  /** Whether a frame is still to come where decoding is now, and no keyframe is nearer to it. */
  const isOnward = (index: number): boolean => {
    const isNearer = (key: number) => key <= index && (told[key] ?? 0) > taken
    return !failure && !flushed && (told[index] ?? 0) > taken + 1e-6 && !keyframes.some(isNearer)
  }

  return {
    seek: async (index, target) => {
      const goesOn = isOnward(index)
      if (!goesOn) await stop()
      interrupted = false
      first = index
      hurryTo = (told[target] ?? 0) - 1e-4
      if (goesOn) {
        dropOutputs()
        return signal()
      }
      const mine = generation
      failure = undefined
      flushed = false
      taken = -Infinity
      const start = told[index] ?? 0
      const key =
        (await sink.getKeyPacket(start, { verifyKeyPackets: true })) ??
        (await sink.getFirstKeyPacket({ verifyKeyPackets: true }))
      if (!key) throw new Error('it has no keyframe')
      const prepared = await prepare()
      packets = sink.packets(key, undefined, { verifyKeyPackets: true })
      feeding = feed(prepared, mine)
    },
    next: async () => {
      for (;;) {
        const ready = outputs.shift()
        if (ready) {
          signal()
          return purpose === 'draw' ? { index: ready.index, frame: await plainFrame(ready.frame) } : ready
        }
        if (failure) throw failure
        if (interrupted) return undefined
        if (flushed) return null
        await change
      }
    },
    interrupt: () => {
      interrupted = true
      signal()
    },
    close: () => {
      generation += 1
      interrupted = true
      void packets?.return()
      dropOutputs()
      if (decoder && decoder.state !== 'closed') decoder.close()
      signal()
    },
  }
}
