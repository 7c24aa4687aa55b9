import { RushesError } from '../../shared/errors.ts'
import type { Job } from '../../shared/job.ts'
import type { StoredJob } from '../store/stored-job.ts'
import type { Active, Lane } from './active.ts'
import type { Finishing } from './finishing.ts'
import type { Lanes } from './lanes.ts'

export type Admission = {
  /** Takes a job into the queue it belongs to, without a place there; null for one that nobody here can render: it fails. */
  admit: (stored: StoredJob) => Lane | null
  /** Lets a job wait, and begin where it may. */
  enqueue: (stored: StoredJob, where?: 'end' | 'head') => void
}

/** The way into the queues. */
export const createAdmission = (deps: {
  active: Map<string, Active>
  lanes: Pick<Lanes, 'all' | 'put' | 'pumpOne'>
  finishFailed: Finishing['finishFailed']
  track: (work: Promise<void>) => void
  announce: (job: Job) => void
  announceQueue: () => void
}): Admission => {
  const { active, lanes, finishFailed, track, announce, announceQueue } = deps
  const admit: Admission['admit'] = ({ job, cloud }) => {
    const entry: Active = { job, cloud, result: null, ending: null, cancelling: null }
    active.set(job.job_id, entry)
    const lane = lanes.all.get(job.renderer)
    if (lane) return lane
    const text = `This job wants the renderer ${job.renderer}, which this server does not have.`
    track(finishFailed(entry, new RushesError('UNREACHABLE', text)).then(() => undefined))
    return null
  }
  return {
    admit,
    enqueue: (stored, where = 'end') => {
      const lane = admit(stored)
      if (!lane) return
      lanes.put(lane, stored.job, where)
      announce(stored.job)
      lanes.pumpOne(lane)
      announceQueue()
    },
  }
}
