import {
  ALL_FORMATS,
  EncodedPacketSink,
  Input,
  type InputVideoTrack,
  type VideoSample,
  VideoSampleSink,
} from 'mediabunny'
import { mediaSource } from '../media-source.ts'
import { frameRate } from '../frames.ts'
import type { Media, SideInfo, Source } from '../protocol.ts'
import { type ClipDecoder, createClipDecoder } from './clip-decoder.ts'

/** Clockwise, as it has to be drawn. Degrees. */
export type Rotation = 0 | 90 | 180 | 270

/** An open side: what is known of it, and its pictures. */
export type OpenSide = {
  info: SideInfo
  /** By how much what is decoded has to be turned. Images come upright. */
  rotation: Rotation
  pictures:
    | { kind: 'image'; bitmap: ImageBitmap }
    /** Decodes in order of presentation, from the frame at or before `seconds` on. The caller closes each sample. */
    | {
        kind: 'video'
        samples: (seconds: number) => AsyncGenerator<VideoSample, void, unknown>
        /** One that can be sent anywhere. The caller closes it. */
        decoder: () => ClipDecoder
      }
  close: () => void
}

/** Why a side cannot be shown, in whole sentences. */
export class CannotShow extends Error {
  override name = 'CannotShow'
}

const CODEC_NAMES: Partial<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
}

const bytesOf = async (media: Media): Promise<Blob> => {
  if (media.kind === 'blob') return media.blob
  const response = await fetch(media.url).catch(() => {
    throw new CannotShow('It could not be fetched: the server does not answer.')
  })
  if (!response.ok) throw new CannotShow(`It could not be fetched: the server answered ${response.status}.`)
  return response.blob()
}

/** Whether a picture moves, as GIF, APNG and WebP may. */
const isAnimated = async (blob: Blob): Promise<boolean> => {
  if (typeof ImageDecoder === 'undefined' || !(await ImageDecoder.isTypeSupported(blob.type))) return false
  const decoder = new ImageDecoder({ data: blob.stream(), type: blob.type })
  try {
    await decoder.tracks.ready
    return decoder.tracks.selectedTrack?.animated ?? false
  } finally {
    decoder.close()
  }
}

const openImage = async (media: Media): Promise<OpenSide> => {
  const blob = await bytesOf(media)
  if (await isAnimated(blob).catch(() => false))
    throw new CannotShow(
      'It is an animated picture, which cannot be taken apart into frames here: make it a clip first.',
    )
  const bitmap = await createImageBitmap(blob).catch(() => {
    throw new CannotShow('It is neither a picture nor a clip that this browser can read.')
  })
  const { width, height } = bitmap
  return {
    info: {
      kind: 'image',
      width,
      height,
      starts: Float64Array.of(0),
      keyframes: Uint32Array.of(0),
      end: Infinity,
      hasAudio: false,
      codec: blob.type.replace('image/', '').toUpperCase() || 'picture',
      isPreview: false,
    },
    rotation: 0,
    pictures: { kind: 'image', bitmap },
    close: () => bitmap.close(),
  }
}

/** When each frame begins and ends, from the container's tables alone. */
const timesOf = async (track: InputVideoTrack) => {
  const packets: { start: number; isKey: boolean }[] = []
  let end = 0
  for await (const { timestamp, duration, type } of new EncodedPacketSink(track).packets(undefined, undefined, {
    metadataOnly: true,
  })) {
    packets.push({ start: timestamp, isKey: type === 'key' })
    end = Math.max(end, timestamp + duration)
  }
  packets.sort((a, b) => a.start - b.start)
  const starts = Float64Array.from(packets, ({ start }) => start)
  const keyframes = Uint32Array.from(packets.flatMap(({ isKey }, index) => (isKey ? [index] : [])))
  const last = starts.at(-1) ?? 0
  // WebM's last block often has no length: it stands as long as the others do.
  const usual = 1 / (frameRate({ kind: 'video', starts }) ?? 25)
  return { starts, keyframes, end: end > last + 1e-3 ? end : last + usual }
}

const openClip = async (input: Input): Promise<OpenSide> => {
  const track = await input.getPrimaryVideoTrack()
  if (!track) throw new CannotShow('There is no picture in it.')
  const codec = (await track.getCodec()) ?? 'unknown'
  if (typeof VideoDecoder === 'undefined')
    throw new CannotShow(
      'This page cannot decode clips: browsers allow it on https and on localhost only. Open the studio there.',
    )
  if (!(await track.canDecode())) throw new CannotShow(`This browser cannot decode ${CODEC_NAMES[codec] ?? codec}.`)
  const { starts, keyframes, end } = await timesOf(track)
  if (starts.length === 0) throw new CannotShow('There are no frames in it.')
  const sink = new VideoSampleSink(track)
  return {
    info: {
      kind: 'video',
      width: await track.getDisplayWidth(),
      height: await track.getDisplayHeight(),
      starts,
      keyframes,
      end,
      hasAudio: (await input.getPrimaryAudioTrack()) !== null,
      codec: CODEC_NAMES[codec] ?? codec,
      isPreview: false,
    },
    rotation: await track.getRotation(),
    pictures: {
      kind: 'video',
      samples: (seconds) => sink.samples(seconds),
      decoder: () => createClipDecoder(track, starts),
    },
    close: () => input.dispose(),
  }
}

const openMedia = async (media: Media): Promise<OpenSide> => {
  const input = new Input({ formats: ALL_FORMATS, source: mediaSource(media) })
  // What is shorter than any format's first bytes fails to be read instead of being refused.
  const isClip = await input.canRead().catch(() => false)
  try {
    return await (isClip ? openClip(input) : openImage(media))
  } catch (error) {
    input.dispose()
    throw error
  } finally {
    if (!isClip) input.dispose()
  }
}

const reasonOf = (error: unknown): CannotShow => {
  if (error instanceof CannotShow) return error
  const words = error instanceof Error ? error.message : String(error)
  return new CannotShow(`It could not be read, and seems damaged or cut short (${words.replace(/[.\s]+$/, '')}).`)
}

/**
 * Opens what a side is read from, or its preview where this browser cannot show it.
 * @throws CannotShow where neither can be shown
 */
export const openSide = async ({ media, preview }: Pick<Source, 'media' | 'preview'>): Promise<OpenSide> => {
  try {
    return await openMedia(media)
  } catch (error) {
    if (!preview) throw reasonOf(error)
    const side = await openMedia(preview).catch((worse: unknown) => {
      throw new CannotShow(
        `${reasonOf(error).message} Its preview could not be shown either: ${reasonOf(worse).message}`,
      )
    })
    return { ...side, info: { ...side.info, isPreview: true } }
  }
}
