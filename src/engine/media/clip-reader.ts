import {
  AV_CODEC_ID_VP8,
  AV_CODEC_ID_VP9,
  AV_NOPTS_VALUE,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_PKT_DATA_ENCRYPTION_INFO,
  AVDISCARD_ALL,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  AV_LOG_ERROR,
  AVERROR_PATCHWELCOME,
  AVSEEK_FLAG_BACKWARD,
  FF_DECODER_LIBVPX_VP8,
  FF_DECODER_LIBVPX_VP9,
} from 'node-av/constants'
import {
  avGetCodecName,
  Codec,
  CodecContext,
  FormatContext,
  Frame,
  InputFormat,
  Log,
  Packet,
  type Stream,
} from 'node-av/lib'
import type { RushesError } from '../../shared/errors.ts'
import { unsupported, zeroLength } from '../process/failure.ts'
import { check, isDry } from './check.ts'
import { toOptions } from './options.ts'
import { requirePixels } from './pixels.ts'
import { type Turn, turnOf } from './rotation.ts'

/** A decoded frame, unturned, and its time in seconds on the file's own clock. It is freed by the next read. */
export type TimedFrame = { frame: Frame; time: number; duration: number }

/** Packets of the picture that were read, and why the decoder refused the last that it did (an FFmpeg code, or 0). */
type Trouble = { packets: number; refused: number }

export type ClipReader = {
  video: Stream
  audio: Stream | undefined
  turn: Turn
  /** Size as shown: turned, and with square pixels. */
  width: number
  height: number
  /** Name of the codec as FFmpeg has it. */
  codec: string
  format: FormatContext
  /** The next frame in the order of showing, or undefined after the last. */
  read: () => TimedFrame | undefined
  /** It changes with what is read. */
  trouble: Readonly<Trouble>
  /** Goes to the last keyframe at or before a time, in seconds from the clip's start. Answers whether it could. */
  seek: (seconds: number) => boolean
  close: () => void
}

Log.setLevel(AV_LOG_ERROR)

const secondsOf = (stamp: bigint, stream: Stream): number | undefined =>
  stamp === AV_NOPTS_VALUE ? undefined : (Number(stamp) * stream.timeBase.num) / stream.timeBase.den

/** What a demuxer's files are called. */
const CONTAINERS: Partial<Record<string, string>> = {
  mov: 'an MP4 or MOV',
  matroska: 'a WebM or MKV',
  mpegts: 'an MPEG transport stream',
  mpeg: 'an MPEG programme stream',
  avi: 'an AVI',
  gif: 'a GIF',
  flv: 'an FLV',
  asf: 'a WMV',
  ogg: 'an Ogg',
}

const openFormat = (path: string, demuxer: string): FormatContext => {
  const format = new FormatContext()
  const options = toOptions({ protocol_whitelist: 'file' })
  const what = CONTAINERS[demuxer] ?? 'a video'
  const unreadable = (): RushesError =>
    unsupported(
      `This begins like ${what}, but the rest of it cannot be read as one: it is damaged, or not what it says. Export it again as MP4.`,
    )
  if (format.openInputSync(path, InputFormat.findInputFormat(demuxer), options) < 0) throw unreadable()
  // Before a frame of it is decoded, which is how the streams are looked into.
  for (const { codecpar } of format.streams) requirePixels(codecpar.width, codecpar.height, 'clip')
  if (format.findStreamInfoSync(null) < 0) {
    format.closeInputSync()
    throw unreadable()
  }
  return format
}

/** Transparency of WebM is a second picture beside the first, which FFmpeg's own decoders leave out. */
const alphaDecoder = (codecId: number): Codec | null => {
  if (codecId === AV_CODEC_ID_VP8) return Codec.findDecoderByName(FF_DECODER_LIBVPX_VP8)
  return codecId === AV_CODEC_ID_VP9 ? Codec.findDecoderByName(FF_DECODER_LIBVPX_VP9) : null
}

/** Whether a WebM says that it carries transparency. */
const hasAlphaTrack = ({ metadata }: Stream): boolean =>
  (metadata?.get('alpha_mode') ?? metadata?.get('ALPHA_MODE')) === '1'

const decoderOf = (stream: Stream): Codec | null => {
  const { codecId } = stream.codecpar
  return (hasAlphaTrack(stream) ? alphaDecoder(codecId) : null) ?? Codec.findDecoder(codecId)
}

const openDecoder = (stream: Stream): CodecContext => {
  const codec = decoderOf(stream)
  const name = avGetCodecName(stream.codecpar.codecId)
  if (!codec)
    throw unsupported(
      name === null || name === 'none' || name === 'unknown_codec'
        ? `Its picture is in a codec that is not known here (${stream.codecpar.codecTagString ?? 'without a name'}). Export it as H.264 MP4.`
        : `Its picture is coded as ${name}, which cannot be read here. Export it as H.264 MP4.`,
    )
  const decoder = new CodecContext()
  decoder.allocContext3(codec)
  check(decoder.parametersToContext(stream.codecpar), 'preparing the decoder')
  decoder.pktTimebase = stream.timeBase
  decoder.threadCount = 2
  check(decoder.open2Sync(codec, null), 'opening the decoder')
  return decoder
}

/** MP4 and MOV: what an edit list puts before 0 is decoded, for others refer to it, and not shown. */
export const isShown = (seconds: number, demuxer: string): boolean => demuxer !== 'mov' || seconds > -1e-3

/** Size as shown: turned, and with square pixels. */
const shownSize = ({ codecpar }: Stream, turn: Turn): { width: number; height: number } => {
  const { num, den } = codecpar.sampleAspectRatio
  const stretched = Math.max(1, Math.round(codecpar.width * (num > 0 && den > 0 ? num / den : 1)))
  return turn.swaps ? { width: codecpar.height, height: stretched } : { width: stretched, height: codecpar.height }
}

/** Sends a packet of the picture to its decoder. */
const sendPacket = (decoder: CodecContext, packet: Packet, trouble: Trouble): void => {
  trouble.packets++
  if (packet.getSideData(AV_PKT_DATA_ENCRYPTION_INFO) !== null) {
    packet.unref()
    throw unsupported('This video is encrypted (protected against copying) and cannot be read. Use a copy without it.')
  }
  const code = decoder.sendPacketSync(packet)
  if (code < 0 && !isDry(code)) trouble.refused = code
}

/**
 * Reads packets up to the next one of the picture, which goes to its decoder; those of the sound go to `onAudio`. Answers
 * false after the last, of which the decoder is told.
 */
const createFeed = (
  format: FormatContext,
  decoder: CodecContext,
  { video, audio }: Pick<ClipReader, 'video' | 'audio'>,
  trouble: Trouble,
  onAudio?: (packet: Packet) => void,
) => {
  const packet = new Packet()
  packet.alloc()
  const feed = (): boolean => {
    for (;;) {
      if (format.readFrameSync(packet) < 0) {
        decoder.sendPacketSync(null)
        return false
      }
      const isVideo = packet.streamIndex === video.index
      if (isVideo) sendPacket(decoder, packet, trouble)
      else if (packet.streamIndex === audio?.index) onAudio?.(packet)
      packet.unref()
      if (isVideo) return true
    }
  }
  return { feed, free: () => packet.free() }
}

/**
 * Opens a clip by the demuxer that its content names. Packets of the first audio stream are handed to `onAudio` as they
 * come by; without it they are skipped.
 */
export const openClip = (path: string, demuxer: string, onAudio?: (packet: Packet) => void): ClipReader => {
  const format = openFormat(path, demuxer)
  const videoIndex = format.findBestStream(AVMEDIA_TYPE_VIDEO)
  const video = format.streams[videoIndex]
  if (!video) throw unsupported('This file has sound but no picture. Choose a video.')
  const audio = format.streams[format.findBestStream(AVMEDIA_TYPE_AUDIO)]
  for (const stream of format.streams)
    if (stream.index !== videoIndex && !(onAudio && stream.index === audio?.index)) stream.discard = AVDISCARD_ALL

  const decoder = openDecoder(video)
  const turn = turnOf(video.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX))
  const trouble: Trouble = { packets: 0, refused: 0 }
  const packets = createFeed(format, decoder, { video, audio }, trouble, onAudio)
  const frame = new Frame()
  frame.alloc()
  let ended = false
  let last = 0

  return {
    video,
    audio,
    turn,
    ...shownSize(video, turn),
    codec: avGetCodecName(video.codecpar.codecId) ?? 'unknown',
    format,
    read: () => {
      frame.unref()
      for (;;) {
        const code = decoder.receiveFrameSync(frame)
        if (code >= 0) {
          const time = secondsOf(frame.bestEffortTimestamp, video) ?? last
          const duration = secondsOf(frame.duration, video) ?? 0
          last = time + duration
          if (!isShown(time, demuxer)) continue
          return { frame, time, duration }
        }
        // A damaged frame in the middle is passed over, as players do.
        if (!isDry(code)) trouble.refused = code
        if (ended) return undefined
        ended = !packets.feed()
      }
    },
    trouble,
    seek: (seconds) => {
      const start = video.startTime === AV_NOPTS_VALUE ? 0n : video.startTime
      const stamp = start + BigInt(Math.round((seconds * video.timeBase.den) / video.timeBase.num))
      if (format.seekFrameSync(videoIndex, stamp, AVSEEK_FLAG_BACKWARD) < 0) return false
      decoder.flushBuffers()
      ended = false
      return true
    },
    close: () => {
      frame.free()
      packets.free()
      decoder.freeContext()
      format.closeInputSync()
    },
  }
}

/** The first frame of a clip, or the reason why there is none. */
export const firstFrame = (reader: ClipReader): TimedFrame => {
  const first = reader.read()
  if (first) return first
  const { packets, refused } = reader.trouble
  if (packets === 0) throw zeroLength()
  if (refused === AVERROR_PATCHWELCOME)
    throw unsupported(
      `Its picture uses a part of ${reader.codec} that cannot be read here. Export it as ordinary H.264 MP4, with 8 bits and 4:2:0.`,
    )
  throw unsupported(`Its pictures are damaged: none of them could be decoded as ${reader.codec}. Export it again.`)
}
