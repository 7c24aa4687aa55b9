import { isFinished } from '../../shared/job.ts'
import type { StoredJob } from '../store/stored-job.ts'
import type { JobStore } from '../store/job-store.ts'
import type { TakeStore } from '../store/take-store.ts'
import type { WaitingStore } from '../store/waiting-store.ts'
import { type Active, isOrdered, type Lane } from './active.ts'
import type { Cancelling } from './cancelling.ts'
import type { Lanes } from './lanes.ts'
import { rankAtHead } from './ranks.ts'
import { requeued } from './transitions.ts'

/** Takes up what the store has unfinished, each in its place; `ended` tells what ends while it is read. */
export const createTakeUp = (deps: {
  jobs: JobStore
  takes: TakeStore
  ranks: WaitingStore['ranks']
  active: ReadonlyMap<string, Active>
  lanes: Pick<Lanes, 'all' | 'put'>
  cancelling: Cancelling
  admit: (stored: StoredJob) => Lane | null
  track: (work: Promise<void>) => void
  /** Told when all of it waits. */
  onTaken: () => void
}) => {
  const { jobs, takes, active, lanes, cancelling, admit, track } = deps
  /** Lets a job wait again; one that was to be cancelled is. */
  const take = (stored: StoredJob, where: Parameters<Lanes['put']>[2]): void => {
    const lane = admit({ ...stored, job: requeued(stored.job) })
    const entry = active.get(stored.job.job_id)
    const { cloud } = stored
    if (!lane || !entry) return
    if (!cloud || cloud.state === 'held' || !cloud.cancelling) return lanes.put(lane, stored.job, where)
    entry.cancelling = cancelling.cancel(entry)
    track(
      entry.cancelling.then(
        () => undefined,
        () => undefined,
      ),
    )
  }

  return async (ended: ReadonlySet<string>): Promise<{ unfinished: number; unreadable: string[] }> => {
    const { stored: found, unreadable } = await jobs.unfinished()
    const stored = found.filter(({ job }) => !isFinished(job))
    // Only the column was spoilt by which they are found.
    for (const { job, cloud } of found) if (isFinished(job)) await jobs.update(job, cloud)
    // What was put away just before the server was stopped is neither rendered nor fetched again.
    const finished = new Map(
      (await takes.recall(stored.map(({ job }) => job))).map((taken) => [taken.job.job_id, taken]),
    )
    for (const { job, result } of finished.values()) await jobs.complete(job, null, result)
    const ranks = await deps.ranks()
    const left = stored
      .filter(({ job: { job_id: id } }) => !finished.has(id) && !active.has(id) && !ended.has(id))
      .map((each) => ({ each, rank: ranks.get(each.job.job_id) ?? Date.parse(each.job.created_at) }))
      .toSorted((one, other) => one.rank - other.rank)
    const hasBegun = ({ job, cloud }: StoredJob): boolean => job.status === 'processing' || isOrdered({ cloud })
    for (const { each, rank } of left) if (!hasBegun(each)) take(each, { rank, moved: ranks.has(each.job.job_id) })
    // What had begun stands before what waited, wherever that was moved: the last of it is put there first.
    for (const { each, rank } of left.toReversed())
      if (hasBegun(each)) take(each, rank < rankAtHead(lanes.all) ? { rank, moved: false } : 'head')
    // Ended here before, and perhaps still running there.
    for (const { job, cloud } of await jobs.cancelling()) {
      const lane = lanes.all.get(job.renderer)
      if (cloud && lane)
        void cancelling.tell({ job, cloud, result: null, ending: null, cancelling: null }, lane.renderer, cloud)
    }
    deps.onTaken()
    return { unfinished: left.length, unreadable: unreadable.map(({ job_id }) => job_id) }
  }
}
