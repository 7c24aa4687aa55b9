import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Kysely } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Index, IndexAccess } from '../index-access.ts'
import { createTurns } from '../../turn.ts'
import type { IndexQueries, Tables } from '../tables.ts'
import { type Availability, createAvailability } from './availability.ts'
import { postgresDialect } from './dialect.ts'
import { postgresExpressions } from './expressions.ts'
import { databaseAway, databaseUnwritable, kindOf, whyAway } from './failures.ts'
import { type Lock, takeLock } from './locks.ts'
import { migratePostgres } from './migrations.ts'

export type PostgresIndexOptions = {
  databaseUrl: string
  logger: Pick<Logger, 'info' | 'warn'>
  /** Told in words for whoever runs the server when it cannot be used any more, and when it can again. */
  onAway?: (words: string) => void
  onBack?: () => void
  /** The same of a database that answers, but takes no changes. */
  onUnwritable?: (words: string) => void
  onWritable?: () => void
  /** From then on nothing waits for a database that is away. */
  closing?: AbortSignal
  /** Connections at most, beside those for locks. */
  connections?: number
  /** What is done before it is used, in the place of bringing its schema up; what it rejects with, opening rejects with. */
  prepare?: (db: IndexQueries) => Promise<void>
}

const CONNECTIONS = 8
/** Of these, each for one that works exclusively. */
const LOCK_CONNECTIONS = 4
const CONNECT_MS = 5000
/** A statement of ours takes milliseconds; one of a migration, at most a minute or so. */
const STATEMENT_MS = 120_000
/** A call waits so long for a database that was lost under it; one that was away before is not waited for. */
const GRACE_MS = 1500
/** Between two looks at a database that is away, and at one that takes no changes. */
const LOOK_MS = 250
const LOOK_WRITABLE_MS = 1000
/** So many times a call is tried that is lost or comes into conflict. */
const MAX_TRIES = 8
const CONFLICT_MS = 10

const [INT8, NUMERIC] = [20, 1700]
/** Counts and `seq` fit into a number. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: string) =>
    oid === INT8 || oid === NUMERIC
      ? Number
      : (pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown),
}

/** What every connection of this server is made with. */
export const connectionOptions = (databaseUrl: string): pg.ClientConfig => ({
  connectionString: databaseUrl,
  application_name: 'rushes',
  connectionTimeoutMillis: CONNECT_MS,
  statement_timeout: STATEMENT_MS,
  query_timeout: STATEMENT_MS + CONNECT_MS,
  keepAlive: true,
  types,
})

/** Bytes that no page has room for which is there already. */
const PROBE_BYTES = 64 * 1024

/** Writes something that takes room, and takes it back. Rejects where that is not taken. */
const tryToWrite = async (pool: pg.Pool): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('insert into meta (key, value) values ($1, $2)', [
      `probe ${randomUUID()}`,
      randomBytes(PROBE_BYTES / 2).toString('hex'),
    ])
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}

/** Connects and asks something. Rejects where that is not answered. */
const tryToAsk = async (databaseUrl: string): Promise<void> => {
  const client = new pg.Client(connectionOptions(databaseUrl))
  // Told by the rejection too.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Watches whether the database answers. */
const watchAnswers = ({ databaseUrl, logger, onAway, onBack }: PostgresIndexOptions): Availability =>
  createAvailability({
    look: () => tryToAsk(databaseUrl),
    everyMs: LOOK_MS,
    onAway: (error) => {
      const words = whyAway(databaseUrl, error)
      logger.warn({ err: error }, words)
      onAway?.(words)
    },
    onBack: () => {
      logger.info('the database is back')
      onBack?.()
    },
  })

/** Watches whether a database that answers takes changes. */
const watchChanges = (
  { databaseUrl, logger, onUnwritable, onWritable }: PostgresIndexOptions,
  pool: pg.Pool,
): Availability =>
  createAvailability({
    look: () => tryToWrite(pool),
    everyMs: LOOK_WRITABLE_MS,
    onAway: (error) => {
      // A database that was lost meanwhile is told of as such.
      if (kindOf(error) === 'lost') return
      const words = whyAway(databaseUrl, error)
      logger.warn({ err: error }, words)
      onUnwritable?.(words)
    },
    onBack: () => {
      logger.info('the database takes changes again')
      onWritable?.()
    },
  })

type Repeat = <T>(work: () => Promise<T>, isPatient: boolean) => Promise<T>

/**
 * Repeats calls that are lost or come into conflict. Patient ones wait for a database that is away, until `leaving`; others
 * for a moment.
 */
const createRepeat = (deps: {
  availability: Availability
  writability: Availability
  closing: AbortSignal
  leaving: AbortSignal
  /** What the lock was lost by under which a call goes on, if it was. */
  lostLock: () => unknown
}): Repeat => {
  const { availability, writability, closing, leaving, lostLock } = deps

  /** Waits after a failure as long as it is worth it. Throws what the caller is to be told where it is not. */
  const recover = async (error: unknown, tries: number, isPatient: boolean): Promise<void> => {
    const kind = kindOf(error)
    if (kind === 'own' || closing.aborted) throw error
    if (kind === 'unwritable') {
      const untilWritable = writability.untilBack(leaving)
      if (!isPatient || tries === MAX_TRIES) throw databaseUnwritable(error)
      await untilWritable
      if (leaving.aborted) throw databaseUnwritable(error)
      return
    }
    if (tries === MAX_TRIES) throw kind === 'lost' ? databaseAway(error) : error
    // Ever longer, and none as long as another's: else the same ones meet again.
    if (kind === 'conflict') return void (await delay(Math.random() * CONFLICT_MS * 2 ** tries))
    await availability.untilBack(isPatient ? leaving : AbortSignal.timeout(GRACE_MS))
    if (closing.aborted || availability.isAway()) throw databaseAway(error)
  }

  return async (work, isPatient) => {
    for (let tries = 1; ; tries++) {
      // Another has its turn by now: what this one decided by may not hold any more.
      const lost = lostLock()
      if (lost) throw databaseAway(lost)
      if (availability.isAway()) {
        if (isPatient) await availability.untilBack(leaving)
        if (availability.isAway()) throw databaseAway(undefined)
      }
      try {
        return await work()
      } catch (error) {
        await recover(error, tries, isPatient)
      }
    }
  }
}

/** Brings the schema up. Rejects in words where the database cannot be used. */
const prepareIndex = async (db: IndexQueries, { databaseUrl, prepare = migratePostgres }: PostgresIndexOptions) => {
  try {
    // Cut off while it waited for another that migrates, or did itself, nothing was changed: it begins again, once.
    await prepare(db).catch((error: unknown) => {
      if (kindOf(error) === 'lost') return prepare(db)
      throw error
    })
  } catch (error) {
    // Words of our own stay as they are.
    const isDriver = (error instanceof Error && 'code' in error) || kindOf(error) === 'lost'
    throw isDriver ? new Error(whyAway(databaseUrl, error), { cause: error }) : error
  }
}

/** Opens the index on a PostgreSQL. Rejects in words where that cannot be reached or used, or a newer Rushes has written it. */
export const openPostgresIndex = async (options: PostgresIndexOptions): Promise<Index> => {
  const poolOf = (max: number): pg.Pool => {
    const made = new pg.Pool({ ...connectionOptions(options.databaseUrl), max })
    // A connection that breaks while nobody uses it: the first to know that the database is away.
    made.on('error', () => void availability.untilBack())
    return made
  }
  const pool = poolOf(options.connections ?? CONNECTIONS)
  const lockPool = poolOf(LOCK_CONNECTIONS)
  // Of one process, only the first of a name waits at the database.
  const inTurn = createTurns()
  /** The lock under which work goes on, in all that it calls. */
  const heldLock = new AsyncLocalStorage<Lock>()
  const closing = new AbortController()
  const leaving = AbortSignal.any([closing.signal, ...(options.closing ? [options.closing] : [])])
  const availability = watchAnswers(options)
  const writability = watchChanges(options, pool)
  const lostLock = (): unknown => heldLock.getStore()?.lost()
  const repeat = createRepeat({ availability, writability, closing: closing.signal, leaving, lostLock })
  const db: IndexQueries = new Kysely<Tables>({ dialect: postgresDialect(pool) })
  const accessTo = (isPatient: boolean): IndexAccess => ({
    run: (work) => repeat(() => work(db), isPatient),
    transact: (work) => repeat(() => db.transaction().execute(work), isPatient),
  })
  const access = accessTo(false)

  const close = async (): Promise<void> => {
    closing.abort()
    availability.close()
    writability.close()
    await Promise.all([pool.end(), lockPool.end()])
  }
  try {
    await prepareIndex(db, options)
  } catch (error) {
    await close()
    throw error
  }
  return {
    ...access,
    look: access.run,
    patient: accessTo(true),
    isRemade: false,
    isKept: () => true,
    takesChanges: () => !writability.isAway(),
    exclusively: (name, work) =>
      inTurn(name, async () => {
        const lock = await repeat(() => takeLock(lockPool, name), false)
        try {
          return await heldLock.run(lock, work)
        } finally {
          await lock.giveBack()
        }
      }),
    expressions: postgresExpressions,
    close,
  }
}
