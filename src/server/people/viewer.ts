import { RushesError } from '../../shared/errors.ts'
import type { Job } from '../../shared/job.ts'
import type { Self } from '../../shared/people.ts'

/** How a request told who sends it. */
export type Credential =
  | { kind: 'session'; hash: string }
  | { kind: 'token'; hash: string }
  /** One that a program of theirs gave to a page of its own, for a while. */
  | { kind: 'client'; hash: string }
  | { kind: 'identity'; name: string }

/** Who sends a request, and what they may do. */
export type Viewer = {
  /** Null where the studio has no accounts: then whoever reaches it may do everything. */
  person: Self | null
  isAdmin: boolean
  /** Whether they see what others have asked for. */
  seesAll: boolean
  credential: Credential | null
  /** The models that a short-lived client token is restricted to; null: all. */
  models: readonly string[] | null
}

/** Everybody, where there are no accounts. */
export const ANYBODY: Viewer = { person: null, isAdmin: true, seesAll: true, credential: null, models: null }

type Owned = { owner: string | null }

export const maySee = ({ seesAll, person }: Viewer, { owner }: Owned): boolean =>
  seesAll || (owner !== null && owner === person?.id)

/** Whether they may end, name or delete it: its owner, and admins. */
export const mayChange = ({ isAdmin, person }: Viewer, { owner }: Owned): boolean =>
  isAdmin || (owner !== null && owner === person?.id)

/** Whose jobs lists are restricted to; undefined: everybody's. */
export const ownerSeen = ({ seesAll, person }: Viewer): string | undefined => (seesAll ? undefined : (person?.id ?? ''))

/** Throws NOT_FOUND for a job that they may not see: that it is there is not told either. */
export const requireSeen = (viewer: Viewer, job: Pick<Job, 'job_id' | 'owner'>): void => {
  if (!maySee(viewer, job)) throw new RushesError('NOT_FOUND', `There is no job ${job.job_id.slice(0, 60)}.`)
}

/** Throws NOT_FOUND for a job that they may not see, and FORBIDDEN for one that is not theirs. */
export const requireOwn = (viewer: Viewer, job: Pick<Job, 'job_id' | 'owner'>): void => {
  requireSeen(viewer, job)
  if (!mayChange(viewer, job))
    throw new RushesError(
      'FORBIDDEN',
      'This take is another person’s: only they, or an admin, may cancel, name or delete it.',
    )
}

/** Throws FORBIDDEN for who is no admin. `what` goes on from "Only an admin may". */
export const requireAdmin = (viewer: Viewer, what: string): void => {
  if (!viewer.isAdmin) throw new RushesError('FORBIDDEN', `Only an admin may ${what}.`)
}
