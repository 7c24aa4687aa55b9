import { VideoSample } from 'mediabunny'
import { createOnward } from '../worker/onward.ts'
import type { ClipDecoder } from '../worker/clip-decoder.ts'
import type { OpenSide, Rotation } from '../worker/open-side.ts'
import type { LumaReader } from './luma-of.ts'
import type { Luma } from './ssim.ts'

/** The frames of one side as luma; quickest when asked for in order. */
export type LumaSide = {
  /** Null where the clip ends sooner than its tables say. */
  at: (index: number) => Promise<Luma | null>
  close: () => Promise<void>
}

const ofImage = (bitmap: ImageBitmap, reader: LumaReader): LumaSide => {
  const luma = reader.ofImage(bitmap)
  return { at: async () => luma, close: async () => {} }
}

const ofClip = (
  { keyframes }: OpenSide['info'],
  decoder: ClipDecoder,
  rotation: Rotation,
  reader: LumaReader,
): LumaSide => {
  let last: { index: number; luma: Luma } | undefined
  const { frameOf, close } = createOnward<VideoSample>(keyframes, {
    seek: (index) => decoder.seek(index, index),
    next: async () => {
      const next = await decoder.next()
      return next ? { index: next.index, frame: new VideoSample(next.frame, { rotation }) } : null
    },
    close: decoder.close,
  })
  return {
    at: async (index) => {
      if (last?.index === index) return last.luma
      const found = await frameOf(index)
      if (!found || found.index < index) return null
      last = { index, luma: await reader.ofSample(found.frame) }
      return last.luma
    },
    close,
  }
}

export const createLumaSide = ({ info, pictures, rotation }: OpenSide, reader: LumaReader): LumaSide =>
  pictures.kind === 'image'
    ? ofImage(pictures.bitmap, reader)
    : ofClip(info, pictures.decoder('measure'), rotation, reader)
