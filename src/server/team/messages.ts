import { sql } from 'kysely'
import { z } from 'zod'
import type { IndexQueries } from '../store/database/tables.ts'
import { CHANNEL } from '../store/database/postgres/team-schema.ts'

/** How far a render has come; told, and written down nowhere. `started_at` says of which attempt. */
export const progressSchema = z.object({
  id: z.string(),
  phase: z.enum(['submitting', 'rendering', 'fetching']),
  progress: z.number().min(0).max(1).nullable(),
  started_at: z.string(),
})
export type Progress = z.infer<typeof progressSchema>

/**
 * What processes tell each other.
 * - `jobs`: rows were put in, changed or removed; `waiting` where one of them may be claimed. Told by the database itself
 * - `look`: more has changed than fits: look into the changes
 * - `progress`: how far a render is
 * - `cancel`: jobs are to be cancelled by whoever holds them
 * - `queue`: it was paused, or goes on. With `requeue` the renders of workers' own machines begin anew later
 */
const messageSchema = z.union([
  z.object({ jobs: z.array(z.string()), waiting: z.boolean(), xid: z.string() }),
  z.object({ look: z.literal(true) }),
  z.object({ progress: progressSchema }),
  z.object({ cancel: z.array(z.string()) }),
  z.object({ queue: z.enum(['paused', 'requeue', 'goes on']) }),
])
export type Message = z.infer<typeof messageSchema>

/** The message of a notification; undefined for one that a newer Rushes may understand. */
export const readMessage = (payload: string): Message | undefined => {
  try {
    return messageSchema.safeParse(JSON.parse(payload)).data
  } catch {
    return undefined
  }
}

/** Tells all processes, as part of whatever transaction `db` is in. */
export const tellAll = async (
  db: IndexQueries,
  message: Extract<Message, { progress: unknown } | { cancel: unknown } | { queue: unknown }>,
): Promise<void> => {
  await sql`select pg_notify(${CHANNEL}, ${JSON.stringify(message)})`.execute(db)
}
