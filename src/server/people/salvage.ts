import type { Logger } from 'pino'
import { z } from 'zod'
import type { Connect, Connection } from '../store/database/connection.ts'
import type { IndexAccess } from '../store/database/index-access.ts'
import type { AuditRow, PersonRow, SessionRow, TokenRow } from '../store/database/tables.ts'

const personRow = z.object({
  id: z.string(),
  identity: z.string().nullable(),
  name: z.string(),
  role: z.enum(['member', 'admin']),
  spend_limit_usd: z.number().nullable(),
  created_at: z.string(),
  joined_at: z.string().nullable(),
  disabled_at: z.string().nullable(),
}) satisfies z.ZodType<PersonRow>
const tokenRow = z.object({
  id: z.string(),
  hash: z.string(),
  person_id: z.string(),
  kind: z.enum(['invite', 'api', 'client']),
  label: z.string(),
  created_at: z.string(),
  last_used_at: z.string().nullable(),
  expires_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
  limits: z.string().nullable(),
}) satisfies z.ZodType<TokenRow>
const sessionRow = z.object({
  hash: z.string(),
  person_id: z.string(),
  created_at: z.string(),
  expires_at: z.string(),
}) satisfies z.ZodType<SessionRow>
const auditRow = z.object({
  id: z.string(),
  at: z.string(),
  person_id: z.string(),
  action: z.string(),
  subjects: z.string(),
  facts: z.string(),
}) satisfies z.ZodType<AuditRow>

/** What rows of people are, as they come from another index. People first: who is known matters more than what they did. */
export const PEOPLE_ROWS = { people: personRow, tokens: tokenRow, sessions: sessionRow, audit: auditRow } as const
type Table = keyof typeof PEOPLE_ROWS

/** Rows that are asked for, and put in, at once. */
const RANGE_ROWS = 100
/** Single rows that cannot be read, one after the other: nothing more is to be had of the table. */
const MAX_UNREADABLE_ROWS = 50

const lastSchema = z.object({ last: z.number().nullable() })

/**
 * Reads what a damaged index still tells of people and their tokens, and of what was done: all of it is nowhere else. By
 * ever smaller ranges around what cannot be read, in a process that may die of it. Never rejects for what is damaged.
 */
export const createSalvagePeople =
  ({ connect, logger }: { connect: Connect; logger: Pick<Logger, 'warn'> }) =>
  async (aside: string, into: IndexAccess): Promise<void> => {
    let connection: Connection | null = null
    const ask = async (statement: string, parameters: readonly unknown[] = []): Promise<unknown[] | null> => {
      try {
        connection ??= await connect(aside, 'salvage')
        return (await connection.query(statement, parameters)).rows
      } catch {
        // The table is not there, or not that part of it; or the process died of it.
        await connection?.kill()
        connection = null
        return null
      }
    }
    const putIn = async (table: Table, rows: readonly unknown[]): Promise<number> => {
      const whole = rows.flatMap((row) => PEOPLE_ROWS[table].safeParse(row).data ?? [])
      if (whole.length > 0)
        await into.run((db) =>
          db
            .insertInto(table)
            .values(whole)
            .onConflict((on) => on.doNothing())
            .execute(),
        )
      return whole.length
    }
    const salvageTable = async (table: Table): Promise<number> => {
      const last = lastSchema.safeParse((await ask(`select max(rowid) as last from ${table}`))?.[0]).data?.last ?? 0
      let unreadable = 0
      let saved = 0
      const read = async (from: number, to: number): Promise<void> => {
        if (unreadable > MAX_UNREADABLE_ROWS) return
        const rows = await ask(`select * from ${table} where rowid between ? and ?`, [from, to])
        if (rows) {
          unreadable = 0
          saved += await putIn(table, rows)
        } else if (from === to) unreadable++
        else {
          const middle = Math.floor((from + to) / 2)
          await read(from, middle)
          await read(middle + 1, to)
        }
      }
      for (let from = 1; from <= last; from += RANGE_ROWS) await read(from, Math.min(last, from + RANGE_ROWS - 1))
      return saved
    }
    try {
      const saved: Partial<Record<Table, number>> = {}
      for (const table of ['people', 'tokens', 'sessions', 'audit'] as const) saved[table] = await salvageTable(table)
      if ((saved.people ?? 0) > 0) logger.warn({ aside, ...saved }, 'people were saved from the damaged index')
    } finally {
      await (connection as Connection | null)?.kill()
    }
  }
