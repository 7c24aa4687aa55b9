import type { VideoSample } from 'mediabunny'
import { frameAt } from '../frames.ts'
import type { OpenSide } from '../worker/open-side.ts'
import type { Drawable } from '../worker/paint.ts'

/** Frames of one side, in the order in which a file needs them. One is held at a time. */
export type SideFrames = {
  side: OpenSide
  /** Undefined before the side's first frame. The drawable is good until the next call. */
  drawableOf: (frame: number) => Promise<Drawable | undefined>
  close: () => Promise<void>
}

/** Decoding on to a frame that is no further than this is quicker than beginning anew. */
const NEAR = 60

/** Decoded frames that are open in all sides together. */
export let openFrames = 0

type Held = { index: number; image: VideoFrame }

/** Takes over the side: closing the frames closes it. */
export const createSideFrames = (side: OpenSide): SideFrames => {
  const { info, rotation, pictures } = side
  let samples: AsyncGenerator<VideoSample, void, unknown> | undefined
  let held: Held | undefined

  const letGo = () => {
    if (!held) return
    held.image.close()
    openFrames -= 1
    held = undefined
  }
  const endSamples = async () => {
    const ending = samples
    samples = undefined
    await ending?.return()
  }

  const clipFrame = async (
    wanted: number,
    samplesFrom: (seconds: number) => AsyncGenerator<VideoSample, void, unknown>,
  ): Promise<VideoFrame | undefined> => {
    if (wanted < 0) return undefined
    if (held && (wanted < held.index || wanted > held.index + NEAR)) {
      await endSamples()
      letGo()
    }
    samples ??= held ? undefined : samplesFrom(info.starts[wanted] ?? 0)
    while (!held || held.index < wanted) {
      const sample = (await samples?.next())?.value
      // Shorter than its tables say: its last frame stands on.
      if (!sample) break
      const index = frameAt(info, sample.timestamp)
      if (index < wanted) {
        sample.close()
        continue
      }
      letGo()
      held = { index, image: sample.toVideoFrame() }
      sample.close()
      openFrames += 1
    }
    return held?.image
  }

  return {
    side,
    drawableOf: async (wanted) => {
      const image = pictures.kind === 'image' ? pictures.bitmap : await clipFrame(wanted, pictures.samples)
      return image && { image, rotation, size: info }
    },
    close: async () => {
      await endSamples().catch(() => undefined)
      letGo()
      side.close()
    },
  }
}
