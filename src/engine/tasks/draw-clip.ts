import { RushesError } from '../../shared/errors.ts'
import { startThread } from '../child-entry.ts'
import type { ClipFacts, DrawerOrder, DrawerReport } from './drawer-messages.ts'

/** Frames that the drawing thread may be ahead of the encoder. */
const AHEAD = 4

type Drawer = { next: () => Promise<DrawerReport>; taken: () => void }

const startDrawer = (order: DrawerOrder): Drawer => {
  const worker = startThread('tasks/drawer.ts', 'engine-drawer.js', order)
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
    taken: () => worker.postMessage('taken'),
  }
}

/**
 * Draws a clip in a thread of its own, beside the encoder's: a second one would paint everything again, which takes
 * longer than it saves, and twice the memory. Answers the clip's facts and its frames in order, as 4:2:0 planes at
 * television range.
 */
export const drawClip = async (
  order: Omit<DrawerOrder, 'ahead'>,
): Promise<ClipFacts & { frames: AsyncGenerator<Uint8Array> }> => {
  const drawer = startDrawer({ ...order, ahead: AHEAD })
  const facts = await drawer.next()
  if (facts.kind !== 'opened') throw new Error(`a drawing thread began with ${facts.kind}`)
  const frames = async function* () {
    for (let index = 0; index < facts.count; index++) {
      const report = await drawer.next()
      if (report.kind !== 'frame') throw new Error(`frame ${index} is missing`)
      yield report.bytes
      drawer.taken()
    }
  }
  return { ...facts, frames: frames() }
}
