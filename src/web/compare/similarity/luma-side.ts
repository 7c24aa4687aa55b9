import type { VideoSample } from 'mediabunny'
import { frameAt } from '../frames.ts'
import type { OpenSide } from '../worker/open-side.ts'
import type { LumaReader } from './luma-of.ts'
import type { Luma } from './ssim.ts'

/** Decoding on to a frame that is no further than this is quicker than beginning anew. */
const NEAR = 30

/** The frames of one side as luma; quickest when asked for in order. */
export type LumaSide = {
  /** Null where the clip ends sooner than its tables say. */
  at: (index: number) => Promise<Luma | null>
  /** Answers how many decoded frames were not let go of: 0. */
  close: () => Promise<number>
}

const ofImage = (bitmap: ImageBitmap, reader: LumaReader): LumaSide => {
  const luma = reader.ofImage(bitmap)
  return { at: async () => luma, close: async () => 0 }
}

const ofClip = (
  { starts, keyframes }: OpenSide['info'],
  samplesFrom: (seconds: number) => AsyncGenerator<VideoSample, void, unknown>,
  reader: LumaReader,
): LumaSide => {
  let samples: AsyncGenerator<VideoSample, void, unknown> | undefined
  let next = 0
  let last: { index: number; luma: Luma } | undefined
  let open = 0

  const begin = async (index: number) => {
    await samples?.return()
    samples = samplesFrom(starts[index] ?? 0)
    next = index
    return samples
  }
  const isFar = (index: number) =>
    index < next || (index - next > NEAR && keyframes.some((key) => key > next && key <= index))

  return {
    at: async (index) => {
      if (last?.index === index) return last.luma
      const from = !samples || isFar(index) ? await begin(index) : samples
      for (;;) {
        const { value: sample } = await from.next()
        if (!sample) return null
        open += 1
        try {
          const at = frameAt({ starts }, sample.timestamp)
          next = at + 1
          if (at < index) continue
          last = { index, luma: await reader.ofSample(sample) }
          return last.luma
        } finally {
          sample.close()
          open -= 1
        }
      }
    },
    close: async () => {
      await samples?.return()
      return open
    },
  }
}

export const createLumaSide = ({ info, pictures }: OpenSide, reader: LumaReader): LumaSide =>
  pictures.kind === 'image' ? ofImage(pictures.bitmap, reader) : ofClip(info, pictures.samples, reader)
