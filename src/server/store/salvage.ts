import { z } from 'zod'
import { type Connect, type Connection, ConnectionLost } from './database/connection.ts'
import { isDamage } from './database/damage.ts'
import { type KnownJob, readStored } from './stored-job.ts'

/** Rows that are asked for at once; a part of the file that cannot be read costs only its own. */
const RANGE_ROWS = 256
/** Single rows that cannot be read, one after the other: nothing more is to be had. */
const MAX_UNREADABLE_ROWS = 512

const countSchema = z.object({ last: z.number().nullable() })

/**
 * Reads what is left of the jobs in a damaged index: those that have no file yet, because they wait, run or have failed,
 * are nowhere else. Reads by ever smaller ranges around what cannot be read, in a process that may die of it.
 */
export const salvageJobs = async function* (path: string, connect: Connect): AsyncGenerator<KnownJob[]> {
  let connection: Connection | null = null
  const ask = async (statement: string, parameters: readonly unknown[]): Promise<unknown[] | null> => {
    try {
      connection ??= await connect(path, 'salvage')
      return (await connection.query(statement, parameters)).rows
    } catch (error) {
      if (error instanceof ConnectionLost) connection = null
      else if (!isDamage(error)) throw error
      return null
    }
  }
  const lastOf = async (statement: string): Promise<number> => {
    const rows = await ask(statement, [])
    return countSchema.safeParse(rows?.[0]).data?.last ?? 0
  }
  const COLUMNS =
    'seq, cast(id as blob) as id, cast(body as blob) as body, cast(cloud as blob) as cloud, cast(result as blob) as result'
  let unreadable = 0
  const read = async (from: number, to: number): Promise<unknown[]> => {
    if (unreadable > MAX_UNREADABLE_ROWS) return []
    const rows = await ask(`select ${COLUMNS} from jobs where seq between ? and ?`, [from, to])
    if (rows) {
      unreadable = 0
      return rows
    }
    if (from === to) {
      unreadable++
      return []
    }
    const middle = Math.floor((from + to) / 2)
    return [...(await read(from, middle)), ...(await read(middle + 1, to))]
  }
  try {
    const last = Math.max(
      await lastOf('select max(seq) as last from jobs'),
      await lastOf("select seq as last from sqlite_sequence where name = 'jobs'"),
    )
    for (let from = 1; from <= last && unreadable <= MAX_UNREADABLE_ROWS; from += RANGE_ROWS) {
      const rows = await read(from, Math.min(last, from + RANGE_ROWS - 1))
      yield rows.flatMap((row) => readStored(row) ?? [])
    }
  } finally {
    // Killed, not closed: closing would write into the file.
    await (connection as Connection | null)?.kill()
  }
}
