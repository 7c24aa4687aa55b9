import type { ExportCommand, ExportReport } from './order.ts'
import { renderExport } from './render-export.ts'
import { openFrames } from '../worker/onward.ts'

// The page and this file are built together: their messages are typed at both ends by order.ts.
const report = (message: ExportReport) => postMessage(message)
const request = new AbortController()

const handle = async (command: ExportCommand): Promise<void> => {
  if (command.name === 'cancel') return request.abort()
  try {
    const told = (done: number) => report({ name: 'progress', done })
    report({ name: 'done', exported: await renderExport(command.order, request.signal, told) })
  } catch (error) {
    if (request.signal.aborted) report({ name: 'cancelled', openFrames })
    else report({ name: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
}

addEventListener('message', ({ data }: MessageEvent<ExportCommand>) => void handle(data))
