import { useEffect, useRef, useState } from 'react'
import type { Exported, ExportOrder } from '../export/order.ts'
import { runExport } from '../export/run-export.ts'
import { saveFile } from '../export/save-file.ts'

export type ExportRun =
  | { name: 'idle' }
  /** `done` is 0 to 1, `seconds` how long it has taken so far. */
  | { name: 'running'; fileName: string; done: number; seconds: number }
  | { name: 'saved'; fileName: string; exported: Exported; save: () => void }
  | { name: 'cancelled' }
  | { name: 'failed'; reason: string }

export type ExportWork = { run: ExportRun; start: (order: ExportOrder, fileName: string) => void; cancel: () => void }

/** One export at a time, which the component takes with it when it goes. */
export const useExport = (): ExportWork => {
  const [run, setRun] = useState<ExportRun>({ name: 'idle' })
  const wish = useRef<AbortController>(null)
  useEffect(() => () => wish.current?.abort(), [])

  const start = async (order: ExportOrder, fileName: string) => {
    const controller = new AbortController()
    const { signal } = controller
    wish.current = controller
    const began = performance.now()
    const onProgress = (done: number) => {
      if (!signal.aborted) setRun({ name: 'running', fileName, done, seconds: (performance.now() - began) / 1000 })
    }
    onProgress(0)
    try {
      const exported = await runExport(order, { signal, onProgress })
      const save = () => saveFile(exported.blob, fileName)
      save()
      setRun({ name: 'saved', fileName, exported, save })
    } catch (error) {
      if (!signal.aborted) setRun({ name: 'failed', reason: error instanceof Error ? error.message : String(error) })
    }
  }
  return {
    run,
    start: (order, fileName) => void start(order, fileName),
    cancel: () => {
      wish.current?.abort()
      setRun({ name: 'cancelled' })
    },
  }
}
