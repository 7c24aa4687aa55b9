import { stat } from 'node:fs/promises'
import { AV_NOPTS_VALUE, AV_PIX_FMT_NONE } from 'node-av/constants'
import { Packet } from 'node-av/lib'
import { MAX_PIXELS, type MediaInfo } from '../../shared/media.ts'
import { unsupported, zeroLength } from '../failure.ts'
import { type ClipReader, firstFrame, openClip } from './clip-reader.ts'
import { mediumOf } from './demuxer-of.ts'
import { checkDecodes, pictureFacts, tooManyPixels } from './pictures.ts'
import { checkWhole } from './wholeness.ts'

/** Seconds and frames counted by reading all packets, for files that do not say (recordings of browsers, GIFs). */
const count = (path: string, demuxer: string): { seconds: number; frames: number } => {
  const reader = openClip(path, demuxer)
  const { num, den } = reader.video.timeBase
  const packet = new Packet()
  packet.alloc()
  let first = Infinity
  let end = 0
  let frames = 0
  while (reader.format.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === reader.video.index) {
      const stamp = packet.pts === AV_NOPTS_VALUE ? packet.dts : packet.pts
      const time = (Number(stamp) * num) / den
      first = Math.min(first, time)
      end = Math.max(end, time + (Number(packet.duration) * num) / den)
      frames++
    }
    packet.unref()
  }
  packet.free()
  reader.close()
  const seconds = end - first
  // The last packet of a recording often has no length: it is given the mean of the others.
  return { seconds: frames > 1 && seconds > 0 ? seconds : frames / 25, frames }
}

const statedSeconds = (reader: ClipReader): number => {
  const { video, format } = reader
  if (video.duration > 0n && video.duration !== AV_NOPTS_VALUE)
    return (Number(video.duration) * video.timeBase.num) / video.timeBase.den
  return format.duration > 0n && format.duration !== AV_NOPTS_VALUE ? Number(format.duration) / 1_000_000 : 0
}

const probeClip = async (path: string, demuxer: string, mime: string): Promise<MediaInfo> => {
  await checkWhole(path, demuxer)
  const reader = openClip(path, demuxer)
  try {
    const { codecpar, avgFrameRate } = reader.video
    const { width, height } = reader
    if (codecpar.width * codecpar.height > MAX_PIXELS) throw tooManyPixels(codecpar.width, codecpar.height)
    if (codecpar.format === AV_PIX_FMT_NONE && codecpar.width === 0) throw zeroLength()
    firstFrame(reader)
    const stated = statedSeconds(reader)
    const mean = avgFrameRate.den > 0 ? avgFrameRate.num / avgFrameRate.den : 0
    const known = stated > 0 && mean > 0 && mean < 1000
    const counted = known ? undefined : count(path, demuxer)
    const duration = counted?.seconds ?? stated
    if (!(duration > 0)) throw zeroLength()
    return {
      kind: 'video',
      mime_type: mime,
      width,
      height,
      duration,
      fps: counted ? counted.frames / duration : mean,
      codec: reader.codec,
      has_audio: reader.audio !== undefined,
    }
  } finally {
    reader.close()
  }
}

/** What a media file is, judged by its content and by decoding a frame of it. Rejects with a RushesError. */
export const probeFile = async (path: string): Promise<MediaInfo> => {
  if ((await stat(path)).size === 0) throw unsupported('This file is empty. Choose another one.')
  const medium = await mediumOf(path)
  if (medium.kind === 'video') return probeClip(path, medium.demuxer, medium.mime)
  const { width, height, format } = await pictureFacts(path)
  await checkDecodes(path)
  return {
    kind: 'image',
    mime_type: medium.mime,
    width,
    height,
    duration: null,
    fps: null,
    codec: format,
    has_audio: false,
  }
}
