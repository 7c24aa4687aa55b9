import type { HeatMap } from '../protocol.ts'
import type { Answer, Order, Pair } from './messages.ts'

/** What is known of a pair so far. A new object whenever there is more; its arrays are the same ones, filled further. */
export type Measured = {
  /** The side whose frames are counted: the reference, unless it is a picture beside a clip. */
  by: 'reference' | 'other'
  /** How alike the pair is at each frame of that side: 0 to 1; NaN where it is not known (yet), or never seen. */
  values: Float32Array
  /** Where it differs, by the same frames. Covers the reference's picture. */
  heat: HeatMap
  /** Frames measured, and to be measured. */
  done: number
  total: number
}

/** Measuring under way. */
export type Measuring = {
  /**
   * Resolves when every frame is measured and all is closed. Rejects with the signal's reason, or with an Error that
   * says in whole sentences why it cannot be measured.
   */
  finished: Promise<Measured>
  /** Leaves half of the time to others, as long as something plays. */
  ease: (easy: boolean) => void
}

type Wish = Pair & { onProgress?: (measured: Measured) => void; signal?: AbortSignal }

/** Adds what the worker says to what is known. */
const grown = (known: Measured | undefined, answer: Answer): Measured | undefined => {
  if (answer.name === 'opened') {
    const { by, count, total, columns, rows } = answer
    const frames = Array.from<undefined>({ length: count })
    return { by, values: new Float32Array(count).fill(NaN), heat: { columns, rows, frames }, done: 0, total }
  }
  if (answer.name !== 'measured' || !known) return known
  const { columns, rows } = known.heat
  const frames = [...known.heat.frames]
  for (const [index, frame] of answer.frames.entries()) {
    known.values[frame] = answer.values[index] ?? NaN
    frames[frame] = answer.maps.subarray(index * columns * rows, (index + 1) * columns * rows)
  }
  return { ...known, heat: { columns, rows, frames }, done: known.done + answer.frames.length }
}

/**
 * Works out in a worker how alike two sources are at every frame (SSIM on luma), decoding each once. Frames are paired
 * by time, as they stand beside each other on screen.
 */
export const measureSimilarity = ({ onProgress, signal, ...pair }: Wish): Measuring => {
  const worker = new Worker(new URL('./measure-worker.ts', import.meta.url), { type: 'module', name: 'similarity' })
  const order = (message: Order) => worker.postMessage(message)
  let known: Measured | undefined

  const finished = new Promise<Measured>((resolve, reject) => {
    const stop = () => {
      order({ name: 'stop' })
      reject(signal?.reason)
    }
    // The worker answers a stop with its end: only then is everything in it closed.
    const end = () => {
      signal?.removeEventListener('abort', stop)
      worker.terminate()
    }
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      known = grown(known, data)
      switch (data.name) {
        case 'opened':
        case 'measured':
          if (known && !signal?.aborted) onProgress?.(known)
          return
        case 'ended':
          end()
          if (data.openFrames > 0 || !known) reject(new Error('Measuring ended without a result.'))
          else resolve(known)
          return
        case 'failed':
          end()
          reject(new Error(data.reason))
          return
        default:
          data satisfies never
      }
    }
    worker.onerror = (event) => {
      end()
      reject(new Error(`Measuring could not go on: ${event.message || 'its worker did not start'}.`))
    }
    signal?.addEventListener('abort', stop, { once: true })
    order({ name: 'measure', pair })
    if (signal?.aborted) stop()
  })
  return { finished, ease: (easy) => order({ name: 'ease', easy }) }
}
