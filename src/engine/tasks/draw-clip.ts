import { availableParallelism } from 'node:os'
import { generatedSize } from '../../shared/models/size.ts'
import { RushesError } from '../../shared/errors.ts'
import { startThread } from '../child-entry.ts'
import type { RenderOrder } from '../messages.ts'
import { teamMemory } from '../scenes/team.ts'
import type { ClipFacts, DrawerOrder, DrawerReport } from './drawer-messages.ts'

/** More threads gain little beside the encoder's, and each holds a scene of its own in memory: too much at 1080p. */
const mostThreads = (order: RenderOrder): number => (order.resolution === '1080p' ? 1 : 2)
/** Frames that each thread may be ahead of the encoder. */
const AHEAD = 2

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

const opened = async (drawer: Drawer): Promise<ClipFacts> => {
  const report = await drawer.next()
  if (report.kind !== 'opened') throw new Error(`a drawing thread began with ${report.kind}`)
  return report
}

/**
 * Draws a clip on several threads, each frame by the thread whose turn it is: what comes out does not depend on their
 * number. Answers the clip's facts and its frames in order, as 4:2:0 planes at television range.
 */
export const drawClip = async (
  order: Omit<DrawerOrder, 'first' | 'step' | 'ahead' | 'shared'>,
): Promise<ClipFacts & { frames: AsyncGenerator<Uint8Array> }> => {
  const step = Math.min(mostThreads(order.order), availableParallelism())
  const { resolution, orientation } = order.order
  const { width, height } = generatedSize(resolution, orientation)
  const shared = step > 1 && order.task === 'text-to-video' ? teamMemory(width, height) : undefined
  const drawers = Array.from({ length: step }, (_, first) =>
    startDrawer({ ...order, first, step, ahead: AHEAD, ...(shared ? { shared } : {}) }),
  )
  const [facts] = await Promise.all(drawers.map(opened))
  if (!facts) throw new Error('no drawing thread')
  const frames = async function* () {
    for (let index = 0; index < facts.count; index++) {
      const drawer = drawers[index % step]
      const report = await drawer?.next()
      if (report?.kind !== 'frame') throw new Error(`frame ${index} is missing`)
      yield report.bytes
      drawer?.taken()
    }
  }
  return { ...facts, frames: frames() }
}
