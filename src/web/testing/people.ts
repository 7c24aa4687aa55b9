import type { Job } from '../../shared/job.ts'
import type { Me, Role } from '../../shared/people.ts'

/** What GET /v1/me answers to Grace, in a studio with accounts. */
export const meAs = (role: Role): Me => ({
  auth: 'token',
  person: { id: 'person_her', name: 'Grace', role, spend_limit_usd: null },
  team_sees: 'all',
  can_sign_out: true,
})

/** What it answers where there are no accounts. */
export const NOBODY: Me = { auth: 'none', person: null, team_sees: 'all', can_sign_out: false }

/** A job of Grace, and one of somebody else. */
export const ofHer = (job: Job): Job => ({ ...job, owner: 'person_her' })
export const ofHim = (job: Job): Job => ({ ...job, owner: 'person_him' })
