import type { ClipSource } from './open-clip.ts'
import type { Part } from './part.ts'

export type CutOrder = { source: ClipSource; part: Part }
export type CutReport =
  | { name: 'progress'; done: number }
  | { name: 'done'; blob: Blob }
  /** Why, in whole sentences. */
  | { name: 'failed'; reason: string }

/**
 * Cuts a part out of a clip in a worker of its own, which is gone when the promise settles. `onProgress` hears 0 to 1.
 * @throws Error in whole sentences where it cannot be made here; the signal's reason
 */
export const runCut = (order: CutOrder, signal: AbortSignal, onProgress: (done: number) => void): Promise<Blob> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const worker = new Worker(new URL('./cut-worker.ts', import.meta.url), { type: 'module', name: 'cut' })
    const end = () => {
      worker.terminate()
      signal.removeEventListener('abort', abort)
    }
    const fail = (reason: unknown) => {
      end()
      reject(reason)
    }
    const abort = () => fail(signal.reason)
    signal.addEventListener('abort', abort)
    worker.onmessage = ({ data }: MessageEvent<CutReport>) => {
      if (data.name === 'progress') return onProgress(data.done)
      if (data.name === 'failed') return fail(new Error(data.reason))
      end()
      resolve(data.blob)
    }
    worker.onerror = (event) => {
      event.preventDefault()
      fail(new Error('It could not be cut: what cuts clips did not start. Reload the page.'))
    }
    worker.postMessage(order)
  })
