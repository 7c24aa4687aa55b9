import { RushesError } from '../../shared/errors.ts'
import type { Job } from '../../shared/job.ts'
import type { OrderRecord } from '../../shared/renderer.ts'
import type { JobStore } from '../store/job-store.ts'
import type { StoredJob } from '../store/stored-job.ts'
import type { Active } from './active.ts'
import type { Admission } from './admission.ts'
import type { Ends } from './ends.ts'
import { requeued } from './transitions.ts'

type SentOrder = Extract<OrderRecord, { state: 'sent' }>
type Known = Pick<StoredJob, 'job' | 'cloud'>

/** A job that waits again for what its order has made. Throws where it is not there, or has no order that still stands. */
export const resumed = (id: string, before: Known | undefined): { job: Job; cloud: SentOrder } => {
  if (!before) throw new RushesError('NOT_FOUND', `There is no job ${id.slice(0, 60)}.`)
  const { job, cloud } = before
  if (job.status !== 'failed' || !job.error.resumable)
    throw new RushesError('NOT_READY', 'Only a failed job whose order still stands can go on.')
  if (cloud?.state !== 'sent')
    throw new RushesError('NOT_READY', 'The id of its order is lost: look at your account there.')
  // It is wanted again, also where it lay in the bin.
  return { job: requeued({ ...job, deleted_at: null }), cloud }
}

/** Takes up failed jobs whose orders still stand on the other side. */
export const createResume =
  (deps: {
    active: ReadonlyMap<string, Active>
    jobs: Pick<JobStore, 'get' | 'update'>
    ends: Pick<Ends, 'withdraw'>
    enqueue: Admission['enqueue']
    current: (job: Job) => Job
  }) =>
  async (id: string): Promise<Job> => {
    const { active, jobs, ends, enqueue, current } = deps
    // Its failure may just be being written, which would come after what is written now.
    await active.get(id)?.ending
    const stored = active.has(id) ? undefined : await jobs.get(id)
    const { job, cloud } = resumed(id, active.get(id) ?? stored)
    ends.withdraw(id)
    // It only has to be fetched, and may not be there for long.
    enqueue({ job, cloud, result: null }, 'head')
    await jobs.update(active.get(id)?.job ?? job, cloud)
    return current(job)
  }
