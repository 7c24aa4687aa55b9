import { RushesError } from '../../shared/errors.ts'
import { startEngineThread } from '../process/fork.ts'
import type { DrawerReport, DrawerRequest } from './drawer-messages.ts'

export type Drawer = {
  tell: (request: DrawerRequest) => void
  /** What it tells next; throws where that is a failure, or the thread has ended. */
  next: () => Promise<Exclude<DrawerReport, { kind: 'failed' | 'defect' }>>
}

/** What goes over to the thread with a request, and is gone here. */
const movedWith = (request: DrawerRequest): ArrayBuffer[] => {
  if (request.kind === 'taken') return [request.bytes.buffer]
  return request.kind === 'frame' && request.video ? [request.video.buffer] : []
}

const startDrawer = (): Drawer => {
  const worker = startEngineThread('../tasks/drawer.ts', 'engine-drawer.js')
  // It listens for ever; the child ends without it.
  worker.unref()
  const reports: DrawerReport[] = []
  let failure: Error | undefined
  let wake: (() => void) | undefined
  worker.on('message', (report: DrawerReport) => {
    reports.push(report)
    wake?.()
  })
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error))
    wake?.()
  })
  worker.on('exit', (code) => {
    failure ??= new Error(`a drawing thread ended with ${code}`)
    wake?.()
  })
  return {
    next: async () => {
      for (;;) {
        const report = reports.shift()
        if (report?.kind === 'failed') throw new RushesError(report.code, report.message)
        if (report?.kind === 'defect') throw new Error(`a drawing thread failed: ${report.stack}`)
        if (report) return report
        if (failure) throw failure
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
    tell: (request) => worker.postMessage(request, movedWith(request)),
  }
}

let prepared: Drawer | undefined

/** Starts the drawing thread before there is an order, so that its code is loaded when one comes. */
export const prepareDrawer = (): void => {
  prepared = startDrawer()
  prepared.tell({ kind: 'prepare' })
}

/** A drawing thread for one clip: the prepared one, where there is one. */
export const takeDrawer = (): Drawer => {
  const drawer = prepared ?? startDrawer()
  prepared = undefined
  return drawer
}
