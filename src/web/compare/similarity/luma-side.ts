import type { VideoSample } from 'mediabunny'
import { frameAt } from '../frames.ts'
import { createOnward } from '../worker/onward.ts'
import type { OpenSide } from '../worker/open-side.ts'
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
  { starts, keyframes }: OpenSide['info'],
  samplesFrom: (seconds: number) => AsyncGenerator<VideoSample, void, unknown>,
  reader: LumaReader,
): LumaSide => {
  let samples: AsyncGenerator<VideoSample, void, unknown> | undefined
  let last: { index: number; luma: Luma } | undefined
  const { frameOf, close } = createOnward<VideoSample>(keyframes, {
    seek: async (index) => {
      await samples?.return()
      samples = samplesFrom(starts[index] ?? 0)
    },
    next: async () => {
      const frame = (await samples?.next())?.value
      return frame ? { index: frameAt({ starts }, frame.timestamp), frame } : null
    },
    close: async () => {
      await samples?.return()
    },
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

export const createLumaSide = ({ info, pictures }: OpenSide, reader: LumaReader): LumaSide =>
  pictures.kind === 'image' ? ofImage(pictures.bitmap, reader) : ofClip(info, pictures.samples, reader)
