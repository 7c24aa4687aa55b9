import {
  AV_CHANNEL_ORDER_NATIVE,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_RGB8,
  AV_PIX_FMT_RGBA,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVA420P,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_FLTP,
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_RGB,
  FF_ENCODER_AAC,
  FF_ENCODER_GIF,
  FF_ENCODER_LIBOPUS,
  FF_ENCODER_LIBSVTAV1,
  FF_ENCODER_LIBVPX_VP9,
  FF_ENCODER_LIBX264,
  FF_ENCODER_LIBX265,
  FF_ENCODER_MPEG4,
} from 'node-av/constants'
import { Codec, CodecContext, FormatContext, Frame, type Packet, Rational } from 'node-av/lib'
import type { z } from 'zod'
import { check } from '../media/check.ts'
import { takePackets } from '../media/clip-writer.ts'
import { videoChain } from '../media/filter-chain.ts'
import { toOptions } from '../media/options.ts'
import { barFrames } from './bars.ts'
import { drawMark } from './mark.ts'
import type { clipOptionsSchema } from './messages.ts'
import { planeFrames } from './plane-frames.ts'

type Options = z.output<typeof clipOptionsSchema>

const ENCODERS = {
  h264: { name: FF_ENCODER_LIBX264, options: { preset: 'ultrafast', crf: '12' } },
  hevc: { name: FF_ENCODER_LIBX265, options: { preset: 'ultrafast', crf: '12', 'x265-params': 'log-level=error' } },
  vp9: { name: FF_ENCODER_LIBVPX_VP9, options: { deadline: 'realtime', 'cpu-used': '8', crf: '15', b: '0' } },
  av1: { name: FF_ENCODER_LIBSVTAV1, options: { preset: '12', crf: '20' } },
  gif: { name: FF_ENCODER_GIF, options: {} },
  mpeg4: { name: FF_ENCODER_MPEG4, options: { qscale: '2' } },
} as const

/** The matrix by which a player turns the picture clockwise: nine 32-bit numbers, 16.16 and in the last column 2.30. */
const displayMatrix = (degrees: number): Buffer => {
  const angle = (degrees * Math.PI) / 180
  const matrix = Buffer.alloc(36)
  const put = (index: number, value: number) => matrix.writeInt32LE(Math.round(value), index * 4)
  put(0, Math.cos(angle) * 65536)
  put(1, Math.sin(angle) * 65536)
  put(3, -Math.sin(angle) * 65536)
  put(4, Math.cos(angle) * 65536)
  put(8, 1 << 30)
  return matrix
}

/** A rate as frames in seconds: 24000 in 1001 for 23.976, as film has it. */
const rateOf = (fps: number): [frames: number, seconds: number] => {
  const thousands = Math.round(fps * 1.001)
  const isFilm = !Number.isInteger(fps) && Math.abs(thousands / 1.001 - fps) < 1e-3
  return isFilm ? [thousands * 1000, 1001] : [Math.round(fps * 100), 100]
}

const openVideo = (options: Options): CodecContext => {
  const { name, options: values } = ENCODERS[options.codec]
  const codec = Codec.findEncoderByName(name)
  if (!codec) throw new Error(`no encoder for ${options.codec}`)
  const encoder = new CodecContext()
  encoder.allocContext3(codec)
  encoder.width = options.width
  encoder.height = options.height
  encoder.pixelFormat =
    options.codec === 'gif' ? AV_PIX_FMT_RGB8 : options.alpha ? AV_PIX_FMT_YUVA420P : AV_PIX_FMT_YUV420P
  const [frames, seconds] = rateOf(options.fps)
  encoder.timeBase = new Rational(seconds, frames)
  encoder.framerate = new Rational(frames, seconds)
  encoder.gopSize = options.keyframes
  const tags = options.bars?.tags ?? (options.tagged ? { space: 1, primaries: 1, transfer: 1, range: 1 } : null)
  if (tags) {
    const { space, primaries, transfer, range } = tags
    Object.assign(encoder, { colorSpace: space, colorPrimaries: primaries, colorTrc: transfer, colorRange: range })
  }
  encoder.maxBFrames = options.codec === 'h264' && !options.ticks ? options.bFrames : 0
  encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  // As films are encoded: detail at the quality of flat marks would make files ten times as large.
  const quality = options.texture && options.codec === 'h264' ? { preset: 'superfast', crf: '23' } : {}
  check(encoder.open2Sync(codec, toOptions({ ...values, ...quality })), `opening ${name}`)
  return encoder
}

/** Frames with their numbers in them, ready to encode; they belong to the caller. */
const numberedFrames = (options: Options, encoder: CodecContext): ((number: number) => Frame[]) => {
  const { width, height, codec, mark, bars, alpha } = options
  const { timeBase } = encoder
  if (bars) return barFrames(width, height, bars, timeBase)
  if (mark === 'tiles') {
    const frames = planeFrames({ ...options, timeBase })
    return (number) => [frames(number)]
  }
  const format = codec === 'gif' ? 'rgb8' : alpha ? 'yuva420p' : 'yuv420p'
  const chain = videoChain(`scale=out_color_matrix=bt709:out_range=tv,format=${format}`, timeBase)
  return (number) => {
    const pixels = drawMark(width, height, number)
    if (alpha)
      for (let pixel = 0; pixel < width * height; pixel++) if (pixel % width >= width / 2) pixels[4 * pixel + 3] = 0
    const frame = Frame.fromVideoBuffer(Buffer.from(pixels), {
      width,
      height,
      format: AV_PIX_FMT_RGBA,
      timeBase,
    })
    frame.colorSpace = AVCOL_SPC_RGB
    frame.colorRange = AVCOL_RANGE_JPEG
    frame.pts = BigInt(number)
    const ready = chain.push(frame)
    frame.free()
    return ready
  }
}

const TONE_RATE = 48_000

const openTone = (isOpus: boolean): CodecContext => {
  const codec = Codec.findEncoderByName(isOpus ? FF_ENCODER_LIBOPUS : FF_ENCODER_AAC)
  if (!codec) throw new Error('no sound encoder')
  const encoder = new CodecContext()
  encoder.allocContext3(codec)
  encoder.sampleRate = TONE_RATE
  encoder.sampleFormat = isOpus ? AV_SAMPLE_FMT_FLT : AV_SAMPLE_FMT_FLTP
  encoder.channelLayout = { order: AV_CHANNEL_ORDER_NATIVE, nbChannels: 1, mask: 4n }
  encoder.timeBase = new Rational(1, TONE_RATE)
  encoder.bitRate = 64_000n
  encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  check(encoder.open2Sync(codec, null), 'opening the sound encoder')
  return encoder
}

/** What the muxer is told. */
const headerOf = ({ fragmented, encrypted }: Options): Record<string, string> => ({
  ...(fragmented ? { movflags: '+frag_keyframe+empty_moov+default_base_moof+delay_moov' } : {}),
  ...(encrypted
    ? {
        encryption_scheme: 'cenc-aes-ctr',
        encryption_key: '76a6c65c5ea762046bd749a2e632ccbb',
        encryption_kid: 'a7e61c373e219033c21091fa607bf3b8',
      }
    : {}),
})

/** Writes a small clip whose frames carry their numbers, see mark.ts and tiles.ts. Runs in the forked script alone. */
export const writeClip = (path: string, options: Options): void => {
  const format = new FormatContext()
  check(format.allocOutputContext2(null, options.container, path), 'preparing the clip')
  const encoder = openVideo(options)
  const stream = format.newStream(null)
  check(encoder.parametersFromContext(stream.codecpar), 'describing the clip')
  stream.timeBase = encoder.timeBase
  if (options.alpha) stream.metadata = toOptions({ alpha_mode: '1' })
  if (options.rotate) stream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, displayMatrix(options.rotate))
  const tone = options.audio ? openTone(options.container === 'webm') : undefined
  if (tone) {
    const toneStream = format.newStream(null)
    check(tone.parametersFromContext(toneStream.codecpar), 'describing the sound')
    toneStream.timeBase = tone.timeBase
  }
  check(format.openOutputSync(), 'creating the clip')
  check(format.writeHeaderSync(toOptions(headerOf(options))), 'writing the clip')
  // Without a length of its own, the last frame would be cut off by the edit list.
  const writeOf = (from: CodecContext, index: number) => (packet: Packet) => {
    packet.streamIndex = index
    if (from === encoder) packet.duration = 1n
    const target = format.streams[index]
    if (target) packet.rescaleTs(from.timeBase, target.timeBase)
    check(format.interleavedWriteFrameSync(packet), 'writing the clip')
  }

  const numbered = numberedFrames(options, encoder)
  const count = options.ticks?.length ?? Math.round(options.seconds * options.fps) + options.hidden
  for (let index = 0; index < count; index++)
    for (const frame of numbered(options.first + index)) {
      frame.pts = BigInt((options.ticks?.[index] ?? index - options.hidden) + options.late)
      // The encoder alone decides where keyframes go.
      frame.pictType = 0 as typeof frame.pictType
      check(encoder.sendFrameSync(frame), 'encoding the clip')
      frame.free()
      takePackets(encoder, writeOf(encoder, 0))
    }
  check(encoder.sendFrameSync(null), 'encoding the clip')
  takePackets(encoder, writeOf(encoder, 0))

  if (tone) {
    const size = tone.frameSize
    for (let start = 0; start < options.seconds * TONE_RATE; start += size) {
      const samples = Float32Array.from(
        { length: size },
        (_, at) => 0.4 * Math.sin((2 * Math.PI * 440 * (start + at)) / TONE_RATE),
      )
      const frame = Frame.fromAudioBuffer(Buffer.from(samples.buffer), {
        nbSamples: size,
        format: tone.sampleFormat,
        sampleRate: TONE_RATE,
        channelLayout: tone.channelLayout,
        pts: BigInt(start),
      })
      check(tone.sendFrameSync(frame), 'encoding the sound')
      frame.free()
      takePackets(tone, writeOf(tone, 1))
    }
    check(tone.sendFrameSync(null), 'encoding the sound')
    takePackets(tone, writeOf(tone, 1))
  }
  check(format.writeTrailerSync(), 'finishing the clip')
  format.closeOutputSync()
}
