import {
  AV_CHANNEL_ORDER_NATIVE,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLTP,
  AVERROR_EOF,
  FF_ENCODER_AAC,
} from 'node-av/constants'
import { avChannelLayoutDescribe, Codec, CodecContext, Frame, type Packet, Rational, type Stream } from 'node-av/lib'
import { check } from './check.ts'
import { type ClipWriter, takePackets } from './clip-writer.ts'
import { audioChain, type FilterChain } from './filter-chain.ts'

const RATE = 48_000
const BITS = 192_000n
/** Samples in a frame of AAC. */
const FRAME = 1024

type Sound = {
  /** Opens the source's stream and adds one to the file. Before the first frame is written. */
  open: (stream: Stream, writer: ClipWriter) => void
  /** Takes a packet of the source; those that come before the picture's start is known are kept. */
  take: (packet: Packet) => void
  /** The source's time, in seconds, at which the picture begins; only the first call counts. */
  startAt: (seconds: number) => void
  /** Writes what is left. */
  finish: () => void
  close: () => void
}

const openEncoder = (channels: number): CodecContext => {
  // FFmpeg's own encoder, by name: the binary also holds fdk-aac, whose licence is another.
  const codec = Codec.findEncoderByName(FF_ENCODER_AAC)
  if (!codec) throw new Error('no AAC encoder')
  const encoder = new CodecContext()
  encoder.allocContext3(codec)
  Object.assign(encoder, {
    sampleRate: RATE,
    sampleFormat: AV_SAMPLE_FMT_FLTP,
    channelLayout:
      channels === 1
        ? { order: AV_CHANNEL_ORDER_NATIVE, nbChannels: 1, mask: 4n }
        : { order: AV_CHANNEL_ORDER_NATIVE, nbChannels: 2, mask: 3n },
    timeBase: new Rational(1, RATE),
    bitRate: channels === 1 ? BITS / 2n : BITS,
  })
  encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  check(encoder.open2Sync(codec, null), 'opening the AAC encoder')
  return encoder
}

const openDecoder = (codec: Codec, stream: Stream): CodecContext => {
  const decoder = new CodecContext()
  decoder.allocContext3(codec)
  check(decoder.parametersToContext(stream.codecpar), 'preparing the sound decoder')
  decoder.pktTimebase = stream.timeBase
  check(decoder.open2Sync(codec, null), 'opening the sound decoder')
  return decoder
}

/** What a packet, or after the last one nothing, makes a decoder give out. A frame holds until the next is asked for. */
function* decodedFrames(decoder: CodecContext, packet: Packet | null): Generator<Frame> {
  decoder.sendPacketSync(packet)
  const frame = new Frame()
  frame.alloc()
  while (decoder.receiveFrameSync(frame) >= 0) {
    frame.pts = frame.bestEffortTimestamp
    yield frame
    frame.unref()
  }
  frame.free()
}

/** Cuts sound to the picture's time, from a start on, and makes it what the encoder takes. Seconds. */
const cutChain = (
  stream: Stream,
  layout: string,
  channels: number,
  { start, end }: { start: number; end: number },
): FilterChain =>
  audioChain(
    [
      `atrim=start=${start}:end=${end}`,
      `asetpts=PTS-${start}/TB`,
      `aresample=${RATE}:async=1:first_pts=0`,
      `aformat=sample_fmts=fltp:channel_layouts=${channels === 1 ? 'mono' : 'stereo'}`,
      `asetnsamples=n=${FRAME}:p=1`,
    ].join(','),
    stream.timeBase,
    layout,
  )

/** Encodes frames into a stream of a file, one after the other. */
const createOutput = (channels: number, writer: ClipWriter) => {
  const encoder = openEncoder(channels)
  const write = writer.addStream(encoder)
  let samples = 0
  const encode = (frame: Frame | null): void => {
    const code = encoder.sendFrameSync(frame)
    if (code !== AVERROR_EOF) check(code, 'encoding sound')
    takePackets(encoder, write)
  }
  return {
    encode: (frames: Frame[]): void => {
      for (const frame of frames) {
        frame.pts = BigInt(samples)
        samples += frame.nbSamples
        encode(frame)
        frame.free()
      }
    },
    finish: () => encode(null),
    free: () => encoder.freeContext(),
  }
}

type Opened = { stream: Stream; decoder: CodecContext; channels: number; output: ReturnType<typeof createOutput> }

/**
 * Carries a clip's sound into an edit: decoded, aligned with the picture's first frame, cut to `longest` seconds, and
 * encoded as AAC.
 */
export const openSound = (longest: number): Sound => {
  let opened: Opened | undefined
  let chain: FilterChain | undefined
  let start: number | undefined
  let waiting: Packet[] = []

  const decode = (packet: Packet | null): void => {
    if (!opened || start === undefined) return
    const { stream, decoder, channels, output } = opened
    for (const frame of decodedFrames(decoder, packet)) {
      const layout = avChannelLayoutDescribe(frame.channelLayout) ?? 'stereo'
      chain ??= cutChain(stream, layout, channels, { start, end: start + longest })
      output.encode(chain.push(frame))
    }
  }

  return {
    open: (stream, writer) => {
      const codec = Codec.findDecoder(stream.codecpar.codecId)
      // Sound that cannot be read leaves a silent edit rather than none.
      if (!codec) return
      const decoder = openDecoder(codec, stream)
      const channels = Math.min(2, Math.max(1, stream.codecpar.channels))
      opened = { stream, decoder, channels, output: createOutput(channels, writer) }
    },
    take: (packet) => {
      if (start !== undefined) return decode(packet)
      const copy = packet.clone()
      if (copy) waiting.push(copy)
    },
    startAt: (seconds) => {
      if (start !== undefined) return
      start = seconds
      for (const packet of waiting) {
        decode(packet)
        packet.free()
      }
      waiting = []
    },
    finish: () => {
      if (!opened || start === undefined) return
      decode(null)
      if (chain) opened.output.encode(chain.drain())
      opened.output.finish()
    },
    close: () => {
      for (const packet of waiting) packet.free()
      waiting = []
      chain?.close()
      opened?.decoder.freeContext()
      opened?.output.free()
      opened = undefined
    },
  }
}
