import type { ExportCommand, Exported, ExportOrder, ExportReport } from './order.ts'

/** A worker that does not let go by itself is ended. Milliseconds. */
const CANCEL_TIMEOUT = 3000

/**
 * Makes a file of a comparison in a worker of its own, which is gone when the promise settles. `onProgress` is told 0 to 1.
 * @throws the signal's reason once aborted; Error in whole sentences where the file cannot be made
 */
export const runExport = (
  order: ExportOrder,
  {
    signal,
    onProgress,
    onCancelled,
  }: {
    signal: AbortSignal
    onProgress: (done: number) => void
    /** Told how many decoded frames an aborted export left open: 0. */
    onCancelled?: (openFrames: number) => void
  },
): Promise<Exported> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const worker = new Worker(new URL('./export-worker.ts', import.meta.url), { type: 'module', name: 'export' })
    const send = (command: ExportCommand) => worker.postMessage(command)
    let patience: ReturnType<typeof setTimeout> | undefined
    const end = () => {
      clearTimeout(patience)
      signal.removeEventListener('abort', cancel)
      worker.terminate()
    }
    const fail = (reason: unknown) => {
      end()
      reject(reason)
    }
    const cancel = () => {
      send({ name: 'cancel' })
      patience = setTimeout(() => fail(signal.reason), CANCEL_TIMEOUT)
    }
    const hear = (report: ExportReport) => {
      switch (report.name) {
        case 'progress':
          return onProgress(report.done)
        case 'done':
          // Asked for too late: the file is there, but nobody wants it.
          if (signal.aborted) return fail(signal.reason)
          end()
          return resolve(report.exported)
        case 'failed':
          return fail(new Error(report.reason))
        case 'cancelled':
          onCancelled?.(report.openFrames)
          return fail(signal.reason)
        default:
          report satisfies never
      }
    }
    worker.onmessage = ({ data }: MessageEvent<ExportReport>) => hear(data)
    worker.onerror = (event) => {
      event.preventDefault()
      fail(
        new Error(`The export stopped: ${event.message || 'its worker did not start'}. Try again, or reload the page.`),
      )
    }
    signal.addEventListener('abort', cancel)
    send({ name: 'start', order })
  })
