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

/** Something that others wait for to change, again and again. */
const createChange = () => {
  let resolve = () => {}
  let next = Promise.resolve()
  const renew = () => {
    next = new Promise((settled) => (resolve = settled))
  }
  renew()
  return {
    /** Resolves with the next change. */
    next: () => next,
    signal: () => {
      resolve()
      renew()
    },
  }
}

/** The browser's decoder of a track, made when first needed and again after it failed. */
const createTrackDecoder = (track: InputVideoTrack, callbacks: VideoDecoderInit & { dequeued: () => void }) => {
  let decoder: VideoDecoder | undefined
  let config: VideoDecoderConfig | undefined
  return {
    /** Empties it and makes it ready for a keyframe. `lengthSize` is that of a NAL unit, null where there are none. */
    prepare: async (): Promise<{ decoder: VideoDecoder; lengthSize: number | null }> => {
      config ??= (await track.getDecoderConfig()) ?? undefined
      if (!config) throw new Error('its codec is not described')
      if (decoder && decoder.state !== 'closed') decoder.reset()
      else {
        decoder = new VideoDecoder(callbacks)
        decoder.ondequeue = callbacks.dequeued
      }
      decoder.configure(configured(config))
      return { decoder, lengthSize: lengthSizeOf(config) }
    },
    close: () => {
      if (decoder && decoder.state !== 'closed') decoder.close()
    },
  }
}

/** Decoded frames that nobody has asked for yet. */
const createOutputs = () => {
  let outputs: Output[] = []
  return {
    count: () => outputs.length,
    add: (output: Output) => void outputs.push(output),
    shift: () => outputs.shift(),
    drop: () => {
      for (const { frame } of outputs) frame.close()
      outputs = []
    },
  }
}

/** The frame of the table that was decoded; null where it lies before `first` or behind the clip's end. */
const indexOf = (frame: VideoFrame, told: Timetable['told'], first: number): number | null => {
  const time = frame.timestamp / 1e6
  const index = frameAt({ starts: told }, time)
  return index < first || time - (told[index] ?? 0) > BEYOND ? null : index
}

/** Whether a frame is still to come after what was decoded up to `decodedTo`, and no keyframe is nearer to it. */
const isAhead = (
  index: number,
  { told, keyframes }: Pick<Timetable, 'told' | 'keyframes'>,
  decodedTo: number,
): boolean => {
  const isNearer = (key: number) => key <= index && (told[key] ?? 0) > decodedTo
  return (told[index] ?? 0) > decodedTo + 1e-6 && !keyframes.some(isNearer)
}

const keyPacketBefore = async (sink: EncodedPacketSink, time: number): Promise<EncodedPacket> => {
  const key =
    (await sink.getKeyPacket(time, { verifyKeyPackets: true })) ??
    (await sink.getFirstKeyPacket({ verifyKeyPackets: true }))
  if (!key) throw new Error('it has no keyframe')
  return key
}

/** @throws what the decoder fails of, from `next` */
export const createClipDecoder = (
  track: InputVideoTrack,
  table: Pick<Timetable, 'told' | 'keyframes'>,
  purpose: Purpose,
): ClipDecoder => {
  const { told } = table
  const sink = new EncodedPacketSink(track)
  let packets: AsyncGenerator<EncodedPacket, void, unknown> | undefined
  const outputs = createOutputs()
  // What `next` and the feeding wait for.
  const change = createChange()
  const { signal } = change
  let first = 0
  /** Before this time only what others need is decoded. Seconds. */
  let hurryTo = 0
  /** The latest time of what was decoded or left out since the keyframe. Seconds. */
  let decodedTo = Infinity
  let failure: Error | undefined
  let flushed = false
  let feeding: Promise<void> | undefined
  let interrupted = false
  let generation = 0

  const output = (frame: VideoFrame) => {
    const index = indexOf(frame, told, first)
    if (index === null) frame.close()
    else outputs.add({ index, frame })
    signal()
  }

  const fail = (error: unknown) => {
    failure = error instanceof Error ? error : new Error(String(error))
    signal()
  }
  const trackDecoder = createTrackDecoder(track, { output, error: fail, dequeued: signal })

  /** Keeps the decoder's queue filled until the clip ends or another seek takes over. */
  const feed = async (target: VideoDecoder, lengthSize: number | null, mine: number) => {
    try {
      while (mine === generation) {
        if (outputs.count() + target.decodeQueueSize >= QUEUE) {
          await change.next()
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
        decodedTo = Math.max(decodedTo, packet.timestamp)
        const isOnTheWay = packet.timestamp < hurryTo
        if (isOnTheWay && lengthSize !== null && isDisposable(packet.data, lengthSize)) continue
        target.decode(packet.toEncodedVideoChunk())
      }
    } catch (error) {
      // A reset ends a flush with an error that is none.
      if (mine === generation) fail(error)
    }
  }

  const stop = async () => {
    generation += 1
    signal()
    await feeding
    await packets?.return()
    outputs.drop()
  }

  return {
    seek: async (index, target) => {
      const goesOn = !failure && !flushed && isAhead(index, table, decodedTo)
      if (!goesOn) await stop()
      interrupted = false
      first = index
      hurryTo = (told[target] ?? 0) - 1e-4
      if (goesOn) {
        outputs.drop()
        return signal()
      }
      const mine = generation
      failure = undefined
      flushed = false
      decodedTo = -Infinity
      const key = await keyPacketBefore(sink, told[index] ?? 0)
      const { decoder, lengthSize } = await trackDecoder.prepare()
      packets = sink.packets(key, undefined, { verifyKeyPackets: true })
      feeding = feed(decoder, lengthSize, mine)
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
        await change.next()
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
      outputs.drop()
      trackDecoder.close()
      signal()
    },
  }
}
