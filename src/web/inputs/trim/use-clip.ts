import type { VideoSampleSink } from 'mediabunny'
import { useEffect, useState } from 'react'
import type { ClipSource, OpenClip } from './open-clip.ts'
import type { Frames } from './part.ts'

/** Draws the frame that stands at a time, as it is shown, into a canvas of its size or smaller. */
export type DrawFrame = (canvas: HTMLCanvasElement, frame: number, width: number) => Promise<void>

/** A clip that is being opened, is there, or cannot be cut and why, in whole sentences. */
export type ClipState =
  | { name: 'opening' }
  /** `draw` is null where this page cannot decode it. */
  | { name: 'open'; frames: Frames; keys: readonly number[]; draw: DrawFrame | null }
  | { name: 'failed'; reason: string }

/** Two times of the same frame. Seconds. */
const EPSILON = 1e-4

const drawWith =
  (sink: VideoSampleSink, told: Float64Array): DrawFrame =>
  async (canvas, frame, width) => {
    const sample = await sink.getSample((told[frame] ?? 0) + EPSILON)
    if (!sample) return
    try {
      canvas.width = Math.min(width, sample.displayWidth)
      canvas.height = Math.round((canvas.width * sample.displayHeight) / sample.displayWidth)
      const context = canvas.getContext('2d')
      if (context) sample.draw(context, 0, 0, canvas.width, canvas.height)
    } finally {
      sample.close()
    }
  }

const stateOf = async ({ track, frames, told, keys }: OpenClip): Promise<ClipState> => {
  const { VideoSampleSink } = await import('mediabunny')
  const decodes = typeof VideoDecoder !== 'undefined' && (await track.canDecode())
  return { name: 'open', frames, keys, draw: decodes ? drawWith(new VideoSampleSink(track), told) : null }
}

/** Opens a clip for as long as the component stands. */
export const useClip = (source: ClipSource): ClipState => {
  const [state, setState] = useState<ClipState>({ name: 'opening' })
  useEffect(() => {
    let over = false
    let clip: OpenClip | undefined
    const open = async () => {
      const { openClip } = await import('./open-clip.ts')
      clip = await openClip(source)
      if (over) return clip.input.dispose()
      const found = await stateOf(clip)
      if (!over) setState(found)
    }
    open().catch((error: unknown) => {
      if (!over) setState({ name: 'failed', reason: error instanceof Error ? error.message : String(error) })
    })
    return () => {
      over = true
      clip?.input.dispose()
    }
  }, [source])
  return state
}
