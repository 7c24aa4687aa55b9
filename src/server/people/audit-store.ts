import type { Logger } from 'pino'
import { z } from 'zod'
import { type AuditPage, auditEntrySchema } from '../../shared/people.ts'
import type { Index } from '../store/database/index-access.ts'
import { newId } from './secrets.ts'
import type { Viewer } from './viewer.ts'

export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>

export type AuditCursor = { at: string; id: string }

export type Audit = {
  /**
   * Writes down that somebody did something. Nothing where the studio has no accounts. Never rejects: what was done is
   * done, and that it could not be written down stands in the log.
   */
  note: (who: Pick<Viewer, 'person'>, action: string, subjects?: readonly string[], facts?: Facts) => Promise<void>
  /** Newest first. */
  page: (
    limit: number,
    before: AuditCursor | null,
  ) => Promise<Omit<AuditPage, 'next_cursor'> & { next: AuditCursor | null }>
  /** Forgets what is older than it is kept. */
  sweep: () => Promise<void>
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Ids of one entry that are written down; of more, how many there were. */
const MAX_SUBJECTS = 20

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'is no JSON' })
    return z.NEVER
  }
})
const subjectsSchema = json.pipe(auditEntrySchema.shape.subjects).catch([])
const factsSchema = json.pipe(auditEntrySchema.shape.facts).catch({})

/** Who did what, in the index, for so many days. */
export const createAudit = (
  index: Pick<Index, 'run'>,
  { days, now, logger }: { days: number; now: () => Date; logger: Pick<Logger, 'error'> },
): Audit => ({
  note: async ({ person }, action, subjects = [], facts = {}) => {
    if (person === null) return
    const more = subjects.length > MAX_SUBJECTS ? { count: subjects.length } : {}
    const entry = {
      id: newId('audit'),
      at: now().toISOString(),
      person_id: person.id,
      action,
      subjects: JSON.stringify(subjects.slice(0, MAX_SUBJECTS)),
      facts: JSON.stringify({ ...facts, ...more }),
    }
    try {
      await index.run((db) =>
        db
          .insertInto('audit')
          .values(entry)
          .onConflict((on) => on.doNothing())
          .execute(),
      )
    } catch (error) {
      logger.error({ err: error, ...entry }, 'what was done could not be written into the audit')
    }
  },
  page: async (limit, before) => {
    const rows = await index.run((db) =>
      db
        .selectFrom('audit')
        .leftJoin('people', 'people.id', 'audit.person_id')
        .select(['audit.id', 'at', 'person_id', 'action', 'subjects', 'facts', 'people.name'])
        .$if(before !== null, (query) =>
          query.where(({ or, and, eb }) =>
            or([
              eb('at', '<', before?.at ?? ''),
              and([eb('at', '=', before?.at ?? ''), eb('audit.id', '<', before?.id ?? '')]),
            ]),
          ),
        )
        .orderBy('at', 'desc')
        .orderBy('audit.id', 'desc')
        .limit(limit + 1)
        .execute(),
    )
    const entries = rows.slice(0, limit).map(({ name, subjects, facts, ...row }) => ({
      ...row,
      person: name ?? row.person_id,
      subjects: subjectsSchema.parse(subjects),
      facts: factsSchema.parse(facts),
    }))
    const last = entries.at(-1)
    return { entries, next: rows.length > limit && last ? { at: last.at, id: last.id } : null }
  },
  sweep: async () => {
    const before = new Date(now().getTime() - days * DAY_MS).toISOString()
    await index.run((db) => db.deleteFrom('audit').where('at', '<', before).execute())
  },
})
