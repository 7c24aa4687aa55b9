import { ALL_FORMATS, AudioBufferSink, Input, type WrappedAudioBuffer } from 'mediabunny'
import { mediaSource } from './media-source.ts'
import type { Media } from './protocol.ts'

/** What the sound goes by: where the picture is. Seconds. */
export type SoundClock = {
  /** The clip whose sound is heard; null for silence. */
  media: Media | null
  /** The clip's own time on screen. */
  time: number
  rate: number
  playing: boolean
}

/** Follows the picture. */
export type Sound = {
  follow: (clock: SoundClock) => void
  close: () => void
}

/** Sound that is further than this from its picture begins anew: what one hears as not belonging together. Seconds. */
const APART = 0.06
/** Decoded and handed to the system this long before it is heard. Seconds. */
const AHEAD = 0.6
/** A picture that stands still for so long while it plays takes its sound along. Milliseconds. */
const STALLED = 150

type Line = { stop: () => void; begun: number; from: number; rate: number }

/** Opens the clip once; forgets it when told. */
const openSound = (media: Media) => {
  const input = new Input({ formats: ALL_FORMATS, source: mediaSource(media) })
  const sink = input.getPrimaryAudioTrack().then(async (track) => {
    if (!track || !(await track.canDecode())) return null
    return new AudioBufferSink(track)
  })
  return { media, sink, close: () => input.dispose() }
}

/** Plays the sound of one clip in step with its picture. Speeds other than 1 change its pitch; backwards is silent. */
export const createSound = (): Sound => {
  const context = new AudioContext()
  let opened: ReturnType<typeof openSound> | undefined
  let line: Line | undefined
  let stall: ReturnType<typeof setTimeout> | undefined
  let closed = false

  const schedule = ({ buffer, timestamp }: WrappedAudioBuffer, { from, begun, rate }: Line): AudioBufferSourceNode => {
    const node = context.createBufferSource()
    node.buffer = buffer
    node.playbackRate.value = rate
    node.connect(context.destination)
    const due = begun + (timestamp - from) / rate
    const late = Math.max(0, context.currentTime - due)
    node.start(due + late, late * rate)
    return node
  }

  const begin = (sink: AudioBufferSink, from: number, rate: number): Line => {
    const nodes = new Set<AudioBufferSourceNode>()
    let stopped = false
    const buffers = sink.buffers(from)
    const mine: Line = {
      from,
      rate,
      // What is handed over now is heard later.
      begun: context.currentTime - (context.outputLatency || context.baseLatency || 0),
      stop: () => {
        stopped = true
        for (const node of nodes) node.stop()
        void buffers.return()
      },
    }
    const pump = async () => {
      for await (const buffer of buffers) {
        if (stopped) return
        const node = schedule(buffer, mine)
        nodes.add(node)
        const ended = new Promise<void>((resolve) => {
          node.onended = () => {
            nodes.delete(node)
            node.disconnect()
            resolve()
          }
        })
        if (mine.begun + (buffer.timestamp - from) / rate > context.currentTime + AHEAD) await ended
      }
    }
    // A clip whose sound breaks off goes on without.
    pump().catch(() => undefined)
    return mine
  }

  const silence = () => {
    line?.stop()
    line = undefined
  }

  const heardAt = ({ from, begun, rate }: Line) => from + (context.currentTime - begun) * rate

  return {
    follow: ({ media, time, rate, playing }) => {
      clearTimeout(stall)
      if (opened && opened.media !== media) {
        silence()
        opened.close()
        opened = undefined
      }
      if (!media || !playing || rate <= 0) return silence()
      stall = setTimeout(silence, STALLED)
      opened ??= openSound(media)
      if (line && line.rate === rate && Math.abs(heardAt(line) - time) < APART) return
      silence()
      const { sink } = opened
      const asked = performance.now()
      void sink
        .then(async (open) => {
          await context.resume()
          // The first time takes long: by then the picture has gone on, and says so with its next frame.
          if (open && !closed && !line && performance.now() - asked < 50) line = begin(open, time, rate)
        })
        .catch(() => undefined)
    },
    close: () => {
      closed = true
      clearTimeout(stall)
      silence()
      opened?.close()
      void context.close()
    },
  }
}
