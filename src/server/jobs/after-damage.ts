import { isFinished } from '../../shared/job.ts'
import type { KnownJob } from '../store/stored-job.ts'
import { failed } from './transitions.ts'

/**
 * A job from a damaged index, as it may go on. That the order of one for a paid renderer went out may be written on the
 * very page that is lost: such a job is not sent (again) by itself.
 */
export const afterDamage = (known: KnownJob, now: Date): KnownJob => {
  const { job, cloud } = known
  if (isFinished(job) || job.renderer === 'local' || cloud?.state === 'sent') return known
  const message =
    'The index of the data folder was damaged while this waited. Whether it was ordered is not known, so it was not sent again: look at your account before you generate it anew.'
  return { ...known, job: failed(job, { code: 'CLOUD_FAILED', message, billed: 'maybe', resumable: false }, now) }
}
