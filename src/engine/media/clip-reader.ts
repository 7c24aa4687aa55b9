import {
  AV_NOPTS_VALUE,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVCOL_SPC_BT709,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_UNSPECIFIED,
  AVDISCARD_ALL,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  AV_LOG_ERROR,
  AVSEEK_FLAG_BACKWARD,
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
import { unsupported, zeroLength } from '../failure.ts'
import { check, isDry } from './check.ts'
import { toOptions } from './options.ts'
import { type Turn, turnOf } from './rotation.ts'

/** A decoded frame, unturned, and its time in seconds on the file's own clock. It is freed by the next read. */
export type TimedFrame = { frame: Frame; time: number; duration: number }

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
  /** Goes to the last keyframe at or before a time, in seconds from the clip's start. Answers whether it could. */
  seek: (seconds: number) => boolean
  close: () => void
}

/** At and above this height untagged video is taken for HD, as players do. */
const HD_HEIGHT = 720

Log.setLevel(AV_LOG_ERROR)

const secondsOf = (stamp: bigint, stream: Stream): number | undefined =>
  stamp === AV_NOPTS_VALUE ? undefined : (Number(stamp) * stream.timeBase.num) / stream.timeBase.den

const openFormat = (path: string, demuxer: string): FormatContext => {
  const format = new FormatContext()
  const options = toOptions({ protocol_whitelist: 'file' })
  const code = format.openInputSync(path, InputFormat.findInputFormat(demuxer), options)
  if (code < 0)
    throw unsupported('This video cannot be read: its file is damaged or cut short. Export it again as MP4.')
  check(format.findStreamInfoSync(null), 'reading the streams')
  return format
}

const openDecoder = (stream: Stream, what: string): CodecContext => {
  const codec = Codec.findDecoder(stream.codecpar.codecId)
  if (!codec) throw unsupported(`This ${what} is in a codec that cannot be read here. Export it as H.264 MP4.`)
  const decoder = new CodecContext()
  decoder.allocContext3(codec)
  check(decoder.parametersToContext(stream.codecpar), 'preparing the decoder')
  decoder.pktTimebase = stream.timeBase
  decoder.threadCount = 2
  check(decoder.open2Sync(codec, null), 'opening the decoder')
  return decoder
}

const tagColours = (frame: Frame): void => {
  if (frame.colorSpace !== AVCOL_SPC_UNSPECIFIED) return
  frame.colorSpace =
    Math.min(frame.width, frame.height) < HD_HEIGHT && frame.height < HD_HEIGHT ? AVCOL_SPC_SMPTE170M : AVCOL_SPC_BT709
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

  const decoder = openDecoder(video, 'video')
  const turn = turnOf(video.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX))
  const { num, den } = video.codecpar.sampleAspectRatio
  const stretched = Math.max(1, Math.round(video.codecpar.width * (num > 0 && den > 0 ? num / den : 1)))
  const tall = video.codecpar.height
  const packet = new Packet()
  packet.alloc()
  const frame = new Frame()
  frame.alloc()
  let ended = false
  let last = 0

  const feed = (): void => {
    for (;;) {
      const code = format.readFrameSync(packet)
      if (code < 0) {
        ended = true
        decoder.sendPacketSync(null)
        return
      }
      const isVideo = packet.streamIndex === videoIndex
      if (isVideo) decoder.sendPacketSync(packet)
      else if (packet.streamIndex === audio?.index) onAudio?.(packet)
      packet.unref()
      if (isVideo) return
    }
  }

  return {
    video,
    audio,
    turn,
    width: turn.swaps ? tall : stretched,
    height: turn.swaps ? stretched : tall,
    codec: avGetCodecName(video.codecpar.codecId) ?? 'unknown',
    format,
    read: () => {
      frame.unref()
      for (;;) {
        const code = decoder.receiveFrameSync(frame)
        if (code >= 0) {
          tagColours(frame)
          const time = secondsOf(frame.bestEffortTimestamp, video) ?? last
          const duration = secondsOf(frame.duration, video) ?? 0
          last = time + duration
          return { frame, time, duration }
        }
        // A damaged frame in the middle is passed over, as players do.
        if (ended && isDry(code)) return undefined
        if (ended) return undefined
        feed()
      }
    },
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
      packet.free()
      decoder.freeContext()
      format.closeInputSync()
    },
  }
}

/** The first frame of a clip, or the reason why there is none. */
export const firstFrame = (reader: ClipReader): TimedFrame => {
  const first = reader.read()
  if (!first) throw zeroLength()
  return first
}
