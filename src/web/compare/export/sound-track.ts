import {
  ALL_FORMATS,
  type AudioCodec,
  type AudioSample,
  AudioSampleSink,
  AudioSampleSource,
  canEncodeAudio,
  Input,
  Quality,
} from 'mediabunny'
import { mediaSource } from '../media-source.ts'
import type { Media } from '../protocol.ts'

/** What each container takes, the best first. */
const CODECS = { mp4: ['aac', 'opus'], webm: ['opus'] } as const satisfies Record<string, readonly AudioCodec[]>
const NAMES = { aac: 'AAC', opus: 'Opus' } as const
/** What every encoder takes. */
const SAMPLE_RATE = 48_000
/** Sound goes so far ahead of the picture. Seconds. */
const AHEAD = 0.5

export type SoundTrack = {
  source: AudioSampleSource
  codec: string
  /** Encodes the sound up to a time of the file and a little further. Seconds. */
  feed: (until: number) => Promise<void>
  close: () => Promise<void>
}

const quality = new Quality('high')

/** Cuts a sample to the part within `from` and `to`, and gives it its time in the file. Null where nothing is left. */
const cut = (sample: AudioSample, from: number, to: number): AudioSample | null => {
  const frameAt = (seconds: number) =>
    Math.min(sample.numberOfFrames, Math.max(0, Math.round((seconds - sample.timestamp) * sample.sampleRate)))
  const [first, last] = [frameAt(from), frameAt(to)]
  if (last <= first) return null
  const part = sample.trim(first, last)
  part.setTimestamp(Math.max(0, part.timestamp - from))
  return part
}

/**
 * The sound of a clip between two of its own times (which may lie outside of it), encoded anew.
 * @throws Error in whole sentences where it has none that can be read, or the browser has no encoder for it
 */
export const openSoundTrack = async (
  media: Media,
  format: 'mp4' | 'webm',
  { from, to }: { from: number; to: number },
): Promise<SoundTrack> => {
  const input = new Input({ formats: ALL_FORMATS, source: mediaSource(media) })
  try {
    const track = await input.getPrimaryAudioTrack()
    if (!track || !(await track.canDecode())) throw new Error('This browser cannot decode its sound.')
    const numberOfChannels = Math.min(2, await track.getNumberOfChannels())
    let codec: keyof typeof NAMES | undefined
    for (const each of CODECS[format])
      if (!codec && (await canEncodeAudio(each, { numberOfChannels, sampleRate: SAMPLE_RATE, quality }))) codec = each
    if (!codec) throw new Error('This browser has no encoder for sound.')

    const source = new AudioSampleSource({ codec, quality, transform: { numberOfChannels, sampleRate: SAMPLE_RATE } })
    const samples = new AudioSampleSink(track).samples(Math.max(0, from), to)
    let at = -Infinity
    let ended = false
    return {
      source,
      codec: NAMES[codec],
      feed: async (until) => {
        while (!ended && at < until + AHEAD) {
          const sample = (await samples.next()).value
          if (!sample) {
            ended = true
            break
          }
          at = sample.timestamp + sample.duration - from
          const part = cut(sample, from, to)
          sample.close()
          if (!part) continue
          await source.add(part)
          part.close()
        }
      },
      close: async () => {
        await samples.return().catch(() => undefined)
        input.dispose()
      },
    }
  } catch (error) {
    input.dispose()
    throw error
  }
}
