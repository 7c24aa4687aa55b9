import { stat } from 'node:fs/promises'
import { AV_NOPTS_VALUE, AV_PIX_FMT_NONE, AV_PKT_FLAG_DISCARD } from 'node-av/constants'
import { type Frame, Packet } from 'node-av/lib'
import { type EditList, readEditList } from '../../shared/edit-list.ts'
import type { MediaInfo } from '../../shared/media.ts'
import { unsupported, zeroLength } from '../process/failure.ts'
import { countPictures } from './animation.ts'
import { type ClipReader, firstFrame, isShown, openClip } from './clip-reader.ts'
import { colourOf, isHdr } from './colour.ts'
import { mediumOf } from './demuxer-of.ts'
import { videoChain } from './filter-chain.ts'
import { decodesWithAlpha, pictureFacts } from './pictures.ts'
import { requirePixels } from './pixels.ts'
import { readIn } from './read-in.ts'
import { isTransparent } from './upright.ts'
import { checkWhole } from './wholeness.ts'

/** Seconds and shown frames counted by reading all packets, for files that do not say (recordings of browsers, GIFs). */
const count = (path: string, demuxer: string): { seconds: number; frames: number } => {
  const reader = openClip(path, demuxer)
  const { num, den } = reader.video.timeBase
  const packet = new Packet()
  packet.alloc()
  let first = Infinity
  let end = 0
  let frames = 0
  while (reader.format.readFrameSync(packet) >= 0) {
    const stamp = packet.pts === AV_NOPTS_VALUE ? packet.dts : packet.pts
    const time = (Number(stamp) * num) / den
    const isSeen = !(packet.flags & AV_PKT_FLAG_DISCARD) && isShown(time, demuxer)
    if (packet.streamIndex === reader.video.index && isSeen) {
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

/** The edit list of an MP4 or MOV. Rejects what its parts cannot be put together of as it says. */
const editsOf = async (path: string, demuxer: string): Promise<EditList | null> => {
  if (demuxer !== 'mov') return null
  const edits = await readIn(path, readEditList)
  if (edits?.kind === 'gap')
    throw unsupported(
      'The timeline of this video has a hole in it, where no picture is shown. Export it again as one clip.',
    )
  if (edits?.kind === 'speed')
    throw unsupported('The timeline of this video plays a part of it at another speed. Export it again as one clip.')
  return edits
}

/** Whether a frame is transparent somewhere. */
const showsThrough = (frame: Frame, timeBase: { num: number; den: number }): boolean => {
  if (!isTransparent(frame)) return false
  const chain = videoChain('format=rgba,alphaextract,format=gray', timeBase)
  const [alpha] = [...chain.push(frame), ...chain.drain()]
  const isSeen = alpha?.toBuffer().some((value) => value < 255) ?? false
  alpha?.free()
  return isSeen
}

/** How long there is sound before the first frame. Encoders begin a little early: that is none. Seconds. */
const soundBefore = ({ audio }: ClipReader, first: number): number => {
  if (!audio || audio.startTime === AV_NOPTS_VALUE) return 0
  const before = first - Math.max(0, (Number(audio.startTime) * audio.timeBase.num) / audio.timeBase.den)
  return before > 0.1 ? before : 0
}

/** Files up to this size are counted through where they do not tell how many frames they have. Bytes. */
const QUICKLY_READ = 64 * 1024 ** 2

const probeClip = async (path: string, demuxer: string, mime: string): Promise<MediaInfo> => {
  await checkWhole(path, demuxer)
  const edits = await editsOf(path, demuxer)
  const { size } = await stat(path)
  const reader = openClip(path, demuxer)
  try {
    const { codecpar, avgFrameRate, nbFrames, timeBase } = reader.video
    const { width, height } = reader
    requirePixels(codecpar.width, codecpar.height, 'clip')
    if (codecpar.format === AV_PIX_FMT_NONE && codecpar.width === 0) throw zeroLength()
    const { frame, time } = firstFrame(reader)
    const stated = statedSeconds(reader)
    const mean = avgFrameRate.den > 0 ? avgFrameRate.num / avgFrameRate.den : 0
    const known = stated > 0 && mean > 0 && mean < 1000
    // Where an edit list hides some, the file counts those as well.
    const isTold = known && Math.abs(Number(nbFrames) - stated * mean) < 0.5
    const counted = isTold || (known && size > QUICKLY_READ) ? undefined : count(path, demuxer)
    const duration = known ? stated : (counted?.seconds ?? stated)
    if (!(duration > 0)) throw zeroLength()
    return {
      kind: 'video',
      mime_type: mime,
      width,
      height,
      duration,
      fps: known ? mean : (counted?.frames ?? 0) / duration,
      codec: reader.codec,
      has_audio: reader.audio !== undefined,
      has_alpha: showsThrough(frame, timeBase),
      frame_count: (isTold ? Number(nbFrames) : counted?.frames) || null,
      colour: colourOf(frame),
      hdr: isHdr(frame),
      start: Math.max(0, time),
      sound_before: soundBefore(reader, time),
      edits: edits?.kind === 'parts' ? edits.count : 1,
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
  const { width, height, format, pages, space, hasAlpha } = await pictureFacts(path)
  return {
    kind: 'image',
    mime_type: medium.mime,
    width,
    height,
    duration: null,
    fps: null,
    codec: format,
    has_audio: false,
    has_alpha: await decodesWithAlpha(path, hasAlpha),
    frame_count: Math.max(pages, await readIn(path, (read, size) => countPictures(read, size, format))),
    colour: { space, primaries: null, transfer: null, range: null },
    hdr: null,
    start: 0,
    sound_before: 0,
    edits: 1,
  }
}
