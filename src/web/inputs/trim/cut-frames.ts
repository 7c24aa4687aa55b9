import {
  type BufferTarget,
  canEncodeVideo,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  type Output,
  type OutputFormat,
  Quality,
  type VideoCodec,
  VideoSampleSink,
  VideoSampleSource,
  type VideoTrackMetadata,
} from 'mediabunny'
import { CannotCut, type OpenClip } from './open-clip.ts'
import type { Part } from './part.ts'

/** A part between two times of the container's clock. Seconds. */
export type Span = { from: number; to: number }

/** What is to be cut, and where it goes. `progress` hears 0 to 1. */
export type Cut = {
  part: Part
  span: Span
  output: Output<OutputFormat, BufferTarget>
  codec: VideoCodec
  about: VideoTrackMetadata
  progress: (done: number) => void
}

/** Fills a track of an output that has begun. */
export type Writing = () => Promise<void>

/** Two times of the same frame. Seconds. */
export const EPSILON = 1e-4
/** What a part is encoded in where its own codec cannot be encoded: the best first. */
const OTHERWISE: readonly VideoCodec[] = ['avc', 'vp9', 'av1', 'vp8']
/** Often enough that any frame is found at once. Seconds. */
const KEY_EVERY = 1

const NAMES: Partial<Record<string, string>> = { avc: 'H.264', hevc: 'HEVC', prores: 'ProRes', vp9: 'VP9', av1: 'AV1' }

/** The keyframe from which just these frames can be copied; null where they do not stand by themselves. */
const keyOf = async ({ track }: OpenClip, { part, span: { from, to } }: Cut): Promise<EncodedPacket | null> => {
  const sink = new EncodedPacketSink(track)
  const key = await sink.getKeyPacket(from + EPSILON, { verifyKeyPackets: true })
  if (!key || Math.abs(key.timestamp - from) > EPSILON) return null
  let left = part.after - part.first
  for await (const { timestamp } of sink.packets(key)) {
    // A frame from after the part that others need comes before them.
    if (timestamp > to - EPSILON) return null
    if (timestamp > from - EPSILON) left--
    if (left === 0) return key
  }
  return null
}

/** Copies the frames as they are, from a keyframe on. */
const copyFrames = async ({ track }: OpenClip, key: EncodedPacket, cut: Cut): Promise<Writing> => {
  const { part, span, output, codec, about, progress } = cut
  const source = new EncodedVideoPacketSource(codec)
  output.addVideoTrack(source, about)
  const decoderConfig = await track.getDecoderConfig()
  const meta = decoderConfig ? { decoderConfig } : {}
  const count = part.after - part.first
  return async () => {
    let done = 0
    for await (const packet of new EncodedPacketSink(track).packets(key, undefined, { verifyKeyPackets: true })) {
      const at = packet.timestamp - span.from
      // Frames from before the keyframe that are shown after it in the file alone.
      if (at < -EPSILON) continue
      const duration = Math.min(packet.duration, span.to - packet.timestamp)
      await source.add(packet.clone({ timestamp: Math.max(0, at), duration }), meta)
      progress(++done / count)
      if (done === count) break
    }
    source.close()
  }
}

/** Why frames cannot be encoded anew here without losing something else, as a whole sentence; null where they can. */
const hindrance = async ({ track }: OpenClip, codec: VideoCodec): Promise<string | null> => {
  if (typeof VideoDecoder === 'undefined' || typeof VideoEncoder === 'undefined')
    return 'This page cannot make clips: browsers allow it on https and on localhost only.'
  if (!(await track.canDecode())) return `This browser cannot decode ${NAMES[codec] ?? codec}.`
  if (await track.hasHighDynamicRange()) return 'It is HDR, which would be lost.'
  return (await track.canBeTransparent()) ? 'It is transparent in parts, which would be lost.' : null
}

const encodableOf = async ({ output, codec }: Cut, size: { width: number; height: number; quality: Quality }) => {
  const possible = output.format.getSupportedVideoCodecs()
  for (const each of [codec, ...OTHERWISE])
    if (possible.includes(each) && (await canEncodeVideo(each, size))) return each
  throw new CannotCut('This browser cannot encode a clip of that size. Use the whole clip.')
}

/** Encodes the frames anew, at a quality that is hardly told from theirs. */
const encodeFrames = async (clip: OpenClip, cut: Cut): Promise<Writing> => {
  const { track } = clip
  const { span, output, about, progress } = cut
  const why = await hindrance(clip, cut.codec)
  if (why !== null) throw new CannotCut(`${why} Move the edges to keyframes, or use the whole clip.`)
  const width = await track.getSquarePixelWidth()
  const height = await track.getSquarePixelHeight()
  const quality = new Quality('very-high')
  const codec = await encodableOf(cut, { width, height, quality })
  const isSquare = width === (await track.getCodedWidth()) && height === (await track.getCodedHeight())
  const upright = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight(), fit: 'fill' } as const
  const source = new VideoSampleSource({
    codec,
    quality,
    keyFrameInterval: KEY_EVERY,
    // Encoders know square pixels alone: others are drawn anew for them, and turned at once.
    ...(isSquare ? {} : { transform: upright }),
  })
  output.addVideoTrack(source, isSquare ? about : { ...about, rotation: 0, flip: false })
  return async () => {
    for await (const sample of new VideoSampleSink(track).samples(span.from + EPSILON, span.to - EPSILON)) {
      const at = Math.max(0, sample.timestamp - span.from)
      const length = Math.min(sample.duration, span.to - span.from - at)
      try {
        sample.setTimestamp(at)
        sample.setDuration(length)
        await source.add(sample)
      } finally {
        sample.close()
      }
      progress((at + length) / (span.to - span.from))
    }
    source.close()
  }
}

/**
 * Prepares the frames of a part: copied where they stand by themselves, else encoded anew.
 * @throws CannotCut where they can be neither
 */
export const cutFrames = async (clip: OpenClip, cut: Cut): Promise<Writing> => {
  const isKept = cut.output.format.getSupportedVideoCodecs().includes(cut.codec)
  const key = isKept ? await keyOf(clip, cut) : null
  return key ? copyFrames(clip, key, cut) : encodeFrames(clip, cut)
}
