import { RushesError } from '../../shared/errors.ts'
import { startThread } from '../child-entry.ts'
import type { ClipFacts, DrawerOrder, DrawerReport, DrawerRequest } from './drawer-messages.ts'

type Drawer = { next: () => Promise<DrawerReport>; tell: (request: DrawerRequest) => void }

const startDrawer = (): Drawer => {
  const worker = startThread('tasks/drawer.ts', 'engine-drawer.js')
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
    tell: (request) => worker.postMessage(request, request.kind === 'taken' ? [request.bytes.buffer] : []),
  }
}

let prepared: Drawer | undefined

/** Starts the drawing thread before there is an order, so that its code is loaded when one comes. */
export const prepareDrawer = (): void => {
  prepared = startDrawer()
  prepared.tell({ kind: 'prepare' })
}

/**
 * Draws a clip or a picture in a thread of its own, beside the encoder's: a second one would paint everything again,
 * which takes longer than it saves, and twice the memory. Answers the facts and a clip's frames in order, as 4:2:0 planes
 * at television range, or a picture as RGBA; each holds until the next one is asked for.
 */
export const drawClip = async (order: DrawerOrder): Promise<ClipFacts & { frames: AsyncGenerator<Uint8Array> }> => {
  const drawer = prepared ?? startDrawer()
  prepared = undefined
  drawer.tell({ kind: 'draw', ...order })
  const facts = await drawer.next()
  if (facts.kind !== 'opened') throw new Error(`a drawing thread began with ${facts.kind}`)
  const frames = async function* () {
    for (let index = 0; index < facts.count; index++) {
      const report = await drawer.next()
      if (report.kind !== 'frame') throw new Error(`frame ${index} is missing`)
      yield report.bytes
      drawer.tell({ kind: 'taken', bytes: report.bytes })
    }
  }
  return { ...facts, frames: frames() }
}
