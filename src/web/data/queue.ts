import { create } from 'zustand'
import type { Job, RendererName } from '../../shared/job.ts'
import type { QueueTotals } from '../../shared/routes.ts'

/** What places in the queue are told by, by renderer. */
export type Counts = Readonly<Record<RendererName, Pick<QueueTotals[RendererName], 'waiting' | 'next'>>>

/** The queue as the server last told it; nothing is known of a renderer that it did not name. */
export const useQueue = create<{ totals: QueueTotals }>()(() => ({ totals: {} }))

/**
 * Where pending jobs stand in the queue of their renderer, 1 being next, by job id. The server names the first of each
 * queue in their order. `jobs` are the newest, newest first: behind those that are named, a job's place is the number of
 * those that wait less those that are newer. A renderer whose queue is not known is left out.
 */
export const queuePositions = (jobs: readonly Job[], totals: Counts): ReadonlyMap<string, number> => {
  const positions = new Map<string, number>()
  const newer: Partial<Record<RendererName, number>> = {}
  for (const { status, renderer, job_id } of jobs) {
    const queue = totals[renderer]
    if (status !== 'pending' || !queue) continue
    const named = queue.next.indexOf(job_id) + 1
    const before = newer[renderer] ?? 0
    if (named === 0) newer[renderer] = before + 1
    // The queue and the list are told one after the other: between the two they may not agree.
    positions.set(job_id, named || Math.max(queue.next.length + 1, queue.waiting - before))
  }
  return positions
}
