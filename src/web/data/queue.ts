import { create } from 'zustand'
import type { Job, RendererName } from '../../shared/job.ts'
import type { QueueTotals } from '../../shared/routes.ts'

/** What places in the queue are counted by, by renderer. */
export type Counts = Readonly<Record<RendererName, Pick<QueueTotals[RendererName], 'waiting' | 'running'>>>

/** The queue as the server last told it; nothing is known of a renderer that it did not name. */
export const useQueue = create<{ totals: QueueTotals }>()(() => ({ totals: {} }))

/**
 * Where pending jobs stand in the queue of their renderer, 1 being next, by job id. `jobs` are the newest, newest first:
 * all that wait are behind those that are older, so a job's place is the number of those that wait less those that are
 * newer. A renderer whose queue is not known is left out.
 */
export const queuePositions = (jobs: readonly Job[], totals: Counts): ReadonlyMap<string, number> => {
  const positions = new Map<string, number>()
  const newer: Partial<Record<RendererName, number>> = {}
  for (const { status, renderer, job_id } of jobs) {
    const counts = totals[renderer]
    if (status !== 'pending' || !counts) continue
    const before = newer[renderer] ?? 0
    newer[renderer] = before + 1
    // The total and the list are told one after the other: between the two they may not agree.
    positions.set(job_id, Math.max(1, counts.waiting - before))
  }
  return positions
}
