import {
  type AudioSampleSource,
  BufferTarget,
  CanvasSource,
  canEncodeVideo,
  Mp4OutputFormat,
  Output,
  Quality,
  WebMOutputFormat,
} from 'mediabunny'
import type { Size } from '../protocol.ts'
import type { Rate } from './rate.ts'

/** What each container is filled with, the best first. */
const CODECS = { mp4: ['avc', 'vp9', 'av1'], webm: ['vp9', 'av1', 'vp8'] } as const satisfies Record<
  string,
  readonly ClipCodec[]
>

/** Often enough that players, and this viewer, find any frame at once. Frames. */
const KEY_EVERY = 24

// VP9 and AV1 are encoded to a quality, H.264 and VP8 to a rate of bits, for which the same word means less.
const QUALITIES = {
  avc: new Quality('very-high'),
  vp8: new Quality('very-high'),
  vp9: new Quality('medium'),
  av1: new Quality('medium'),
} as const

/** A codec that a clip may be exported in. */
export type ClipCodec = keyof typeof QUALITIES

/** The first codec that this browser encodes at that size; null where it encodes none. */
export const videoCodecFor = async (format: 'mp4' | 'webm', size: Size, rate: Rate): Promise<ClipCodec | null> => {
  if (typeof VideoEncoder === 'undefined') return null
  for (const codec of CODECS[format])
    if (await canEncodeVideo(codec, { ...size, quality: QUALITIES[codec], frameRate: rate.num / rate.den }))
      return codec
  return null
}

export type VideoWriter = {
  /** Encodes what stands on the canvas. Resolves when there is room for more. */
  add: (frame: number) => Promise<void>
  finish: () => Promise<Blob>
  /** Lets go of the encoders; nothing is kept. */
  cancel: () => Promise<void>
}

/** Writes the canvas, frame by frame, into a file that is held in memory; `sound` is fed by the caller. */
export const createVideoWriter = async (
  canvas: OffscreenCanvas,
  {
    format,
    codec,
    rate,
    sound,
  }: { format: 'mp4' | 'webm'; codec: ClipCodec; rate: Rate; sound: AudioSampleSource | null },
): Promise<VideoWriter> => {
  const target = new BufferTarget()
  const output = new Output({ format: format === 'mp4' ? new Mp4OutputFormat() : new WebMOutputFormat(), target })
  const seconds = rate.den / rate.num
  const source = new CanvasSource(canvas, { codec, quality: QUALITIES[codec], keyFrameInterval: KEY_EVERY * seconds })
  output.addVideoTrack(source, { frameRate: rate.num / rate.den })
  if (sound) output.addAudioTrack(sound)
  await output.start()
  return {
    add: (frame) => source.add(frame * seconds, seconds),
    finish: async () => {
      await output.finalize()
      if (!target.buffer) throw new Error('the file was not written')
      return new Blob([target.buffer], { type: `video/${format}` })
    },
    cancel: () => output.cancel(),
  }
}
