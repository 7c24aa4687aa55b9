import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  AV_LOG_ERROR,
  FF_ENCODER_LIBX264,
} from 'node-av/constants'
import { Codec, CodecContext, FormatContext, type Frame, Log, Packet, Rational, type Stream } from 'node-av/lib'
import type { Rate } from '../../shared/timeline.ts'
import { check, isDry } from './check.ts'
import { toOptions } from './options.ts'
import { videoChain } from './filter-chain.ts'
import { createToFrame } from './planes-frame.ts'
import { toVideo } from '../kernels/planes-rgba.ts'

/** Seeking to an exact frame stays fast when no keyframe is further than this. */
const KEYFRAME_EVERY = 25
/** As close to its source as veryfast at 19, in half of the time and a third more bytes. */
const PRESET = 'superfast'
const QUALITY = 20.5
/**
 * Variable length codes cost a quarter less time than CABAC, and a tenth more bytes. At its usual strength adaptive
 * quantization spends half of a clip's bytes, and a quarter of its time, on the grain of open skies; with none of it
 * they show steps.
 */
const TUNING = 'no-cabac=1:aq-strength=0.5:weightp=0'

const TO_VIDEO = 'scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd,format=yuv420p'

/** When a frame begins and how long it stands, in ticks; without them it follows the one before for one tick. */
type Ticks = { tick: number; stands: number }

export type ClipWriter = {
  /** Each call is one frame, in order. */
  writePixels: (rgba: Uint8Array | Uint8ClampedArray) => void
  /** 4:2:0 planes at television range, one after the other. */
  writeVideo: (bytes: Uint8Array, at?: Ticks) => void
  writeFrame: (frame: Frame, at?: Ticks) => void
  /** Adds a stream, before anything is written; answers where its encoded packets go. */
  addStream: (encoder: CodecContext) => (packet: Packet) => void
  frames: () => number
  /** Frames were written up to here. Seconds. */
  seconds: () => number
  /** Ends the file: everything is on disk when this returns. */
  finish: () => void
  /** Lets go without finishing; the file is unusable. */
  close: () => void
}

Log.setLevel(AV_LOG_ERROR)

/** Takes all packets that an encoder has ready. */
export const takePackets = (encoder: CodecContext, write: (packet: Packet) => void): void => {
  const packet = new Packet()
  packet.alloc()
  for (;;) {
    const code = encoder.receivePacketSync(packet)
    if (code < 0) {
      packet.free()
      if (!isDry(code)) check(code, 'encoding')
      return
    }
    write(packet)
    packet.unref()
  }
}

const openEncoder = (
  { width, height, rate, preset = PRESET, quality = QUALITY, keyframeEvery = KEYFRAME_EVERY }: WriterOptions,
  ticks: Rate,
): CodecContext => {
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBX264)
  if (!codec) throw new Error('no H.264 encoder')
  const encoder = new CodecContext()
  encoder.allocContext3(codec)
  Object.assign(encoder, {
    width,
    height,
    pixelFormat: AV_PIX_FMT_YUV420P,
    timeBase: new Rational(ticks.den, ticks.num),
    framerate: new Rational(rate.num, rate.den),
    sampleAspectRatio: new Rational(1, 1),
    gopSize: keyframeEvery,
    // Without B-frames the first timestamp is zero and the file needs no edit list.
    maxBFrames: 0,
    threadCount: 2,
    colorRange: AVCOL_RANGE_MPEG,
    colorSpace: AVCOL_SPC_BT709,
    colorPrimaries: AVCOL_PRI_BT709,
    colorTrc: AVCOL_TRC_BT709,
  })
  encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  const options = toOptions({ preset, crf: String(quality), profile: 'high', 'x264-params': TUNING })
  check(encoder.open2Sync(codec, options), 'opening the H.264 encoder')
  return encoder
}

/** An MP4 that streams are written into, begun with the first packet; what it has to hold is known by then. */
const openMuxer = (path: string, comment: string | null) => {
  const format = new FormatContext()
  check(format.allocOutputContext2(null, 'mp4', path), 'preparing the file')
  let started = false
  const start = (): void => {
    if (started) return
    started = true
    if (comment !== null) format.metadata = toOptions({ comment })
    check(format.openOutputSync(), 'creating the file')
    check(format.writeHeaderSync(toOptions({ movflags: '+faststart' })), 'writing the file')
  }
  return {
    start,
    addStream: (encoder: CodecContext) => {
      const stream: Stream = format.newStream(null)
      check(encoder.parametersFromContext(stream.codecpar), 'describing a stream')
      stream.timeBase = encoder.timeBase
      const { index } = stream
      return (packet: Packet): void => {
        start()
        packet.streamIndex = index
        const target = format.streams[index]
        if (target) packet.rescaleTs(encoder.timeBase, target.timeBase)
        check(format.interleavedWriteFrameSync(packet), 'writing the file')
      }
    },
    finish: () => check(format.writeTrailerSync(), 'finishing the file'),
    close: (): void => {
      if (started) format.closeOutputSync()
      format.freeContext()
    },
  }
}

type WriterOptions = {
  path: string
  width: number
  height: number
  /** Frames per second, the mean where it varies. */
  rate: Rate
  /** Ticks per second; one a frame where not given. */
  ticks?: Rate
  comment: string | null
  preset?: string
  /** x264's crf: 0 is lossless, 51 the worst. */
  quality?: number
  /** Frames from one keyframe to the next at most. */
  keyframeEvery?: number
}

/** Encodes frames for a file, counts them, and knows at which tick the last one ends. */
const createPicture = (options: WriterOptions, ticks: Rate, { start, addStream }: ReturnType<typeof openMuxer>) => {
  const encoder = openEncoder(options, ticks)
  const write = addStream(encoder)
  /** How long frames stand that the encoder has not given out yet, by when they begin. */
  const standing = new Map<bigint, bigint>()
  let count = 0
  let end = 0
  return {
    encode: (frame: Frame | null, { tick, stands }: Ticks = { tick: end, stands: 1 }): void => {
      start()
      if (frame) {
        count++
        end = tick + stands
        frame.pts = BigInt(tick)
        standing.set(frame.pts, BigInt(stands))
        frame.pictType = 0 as typeof frame.pictType
      }
      check(encoder.sendFrameSync(frame), 'encoding a frame')
      takePackets(encoder, (packet) => {
        packet.duration = standing.get(packet.pts) ?? 1n
        standing.delete(packet.pts)
        write(packet)
      })
    },
    count: () => count,
    end: () => end,
    free: () => encoder.freeContext(),
  }
}

/**
 * Writes an MP4: H.264 High, yuv420p, bt709, faststart, with `comment` in its metadata; of constant rate, unless frames
 * are given other ticks.
 */
export const openWriter = (options: WriterOptions): ClipWriter => {
  const { path, width, height, rate, ticks = rate } = options
  const muxer = openMuxer(path, options.comment)
  const picture = createPicture(options, ticks, muxer)
  const timeBase = { num: ticks.den, den: ticks.num }
  const other = videoChain(TO_VIDEO, timeBase)
  const toFrame = createToFrame(width, height, timeBase)
  const encodeOwn = (frame: Frame, at?: Ticks): void => {
    picture.encode(frame, at)
    frame.free()
  }
  const close = (): void => {
    other.close()
    picture.free()
    muxer.close()
  }
  return {
    writePixels: (data) => encodeOwn(toFrame(toVideo({ width, height, data }))),
    writeVideo: (bytes, at) => encodeOwn(toFrame(bytes), at),
    writeFrame: (frame, at) => {
      frame.pts = BigInt(at?.tick ?? picture.end())
      for (const ready of other.push(frame)) encodeOwn(ready, at)
    },
    addStream: muxer.addStream,
    frames: picture.count,
    seconds: () => (picture.end() * ticks.den) / ticks.num,
    finish: () => {
      picture.encode(null)
      muxer.finish()
      close()
    },
    close,
  }
}
