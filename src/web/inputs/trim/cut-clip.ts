import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  type InputAudioTrack,
  MatroskaInputFormat,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  QuickTimeInputFormat,
  type VideoCodec,
  WebMOutputFormat,
} from 'mediabunny'
import { rateOfTimes } from '../../../shared/timeline.ts'
import { cutFrames, EPSILON, type Span, type Writing } from './cut-frames.ts'
import { CannotCut, type ClipSource, type OpenClip, openClip } from './open-clip.ts'
import { type Part, secondsOf } from './part.ts'

/** The sound of a part as it is, in whole packets, which are shorter than a frame. Null where there is none. */
const soundOf = async (track: InputAudioTrack | null, output: Output, { from, to }: Span): Promise<Writing | null> => {
  if (!track) return null
  const codec = await track.getCodec()
  if (!codec || !output.format.getSupportedAudioCodecs().includes(codec))
    throw new CannotCut('Its sound is of a kind that this page cannot keep. Use the whole clip.')
  const source = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(source)
  const decoderConfig = await track.getDecoderConfig()
  const meta = decoderConfig ? { decoderConfig } : {}
  return async () => {
    const sink = new EncodedPacketSink(track)
    const first = (await sink.getPacket(from)) ?? (await sink.getFirstPacket())
    if (first)
      for await (const packet of sink.packets(first)) {
        const { timestamp, duration } = packet
        if (timestamp + duration > to + EPSILON) break
        if (timestamp > from - EPSILON)
          await source.add(packet.clone({ timestamp: Math.max(0, timestamp - from) }), meta)
      }
    source.close()
  }
}

/** The kind of file that holds it as its own does. */
const formatFor = async ({ input }: OpenClip, codec: VideoCodec, sound: string | null): Promise<OutputFormat> => {
  const format = await input.getFormat()
  if (format instanceof QuickTimeInputFormat) return new MovOutputFormat()
  if (!(format instanceof MatroskaInputFormat)) return new Mp4OutputFormat()
  const webm = new WebMOutputFormat()
  const isHeard = sound === null || webm.getSupportedAudioCodecs().some((each) => each === sound)
  return isHeard && webm.getSupportedVideoCodecs().includes(codec) ? webm : new MkvOutputFormat()
}

const write = async (clip: OpenClip, part: Part, progress: (done: number) => void): Promise<Blob> => {
  const { input, track, frames, told } = clip
  const codec = await track.getCodec()
  if (!codec) throw new CannotCut('It is of a kind that this page cannot read. Use the whole clip.')
  const audio = await input.getPrimaryAudioTrack()
  const format = await formatFor(clip, codec, (await audio?.getCodec()) ?? null)
  const target = new BufferTarget()
  const output = new Output({ format, target })
  const from = told[part.first] ?? 0
  const span = { from, to: told[part.after] ?? from + secondsOf(frames, part) }
  const rate = rateOfTimes(told)
  const about = {
    rotation: await track.getRotation(),
    flip: await track.getFlip(),
    ...(rate && { frameRate: rate.num / rate.den }),
  }
  const writeFrames = await cutFrames(clip, { part, span, output, codec, about, progress })
  const writeSound = await soundOf(audio, output, span)
  await output.start()
  await Promise.all([writeFrames(), writeSound?.()])
  await output.finalize()
  if (!target.buffer) throw new Error('the part was not written')
  return new Blob([target.buffer], { type: format.mimeType })
}

/**
 * Cuts a part out of a clip, exact to the frame: its frames are copied where they stand by themselves, else encoded anew;
 * the sound is kept as it is. The file is of the clip's own kind, and turned as it is. `progress` hears 0 to 1.
 * @throws CannotCut where it cannot be made here
 */
export const cutClip = async (source: ClipSource, part: Part, progress: (done: number) => void): Promise<Blob> => {
  const clip = await openClip(source)
  try {
    return await write(clip, part, progress)
  } finally {
    clip.input.dispose()
  }
}
