import { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { obstacleAt } from '../../disk-errors.ts'
import { createTurn, createTurns } from '../turn.ts'
import { type Connect, type Connection, ConnectionLost } from './connection.ts'
import { finishPutAside, isCrash, isDamage, isFull, listDamaged, putAside } from './damage.ts'
import { indexDialect } from './dialect.ts'
import { migrate } from './migrations.ts'
import { DatabaseError } from './protocol.ts'
import { sqliteExpressions } from './expressions.ts'
import type { Index, IndexAccess } from './index-access.ts'
import type { IndexQueries, Tables } from './tables.ts'

/** How an index was found. `whole`: the files have all been read into it. `aside`: damaged ones that it takes the place of. */
export type Found = { whole: boolean; aside: readonly string[] }

/**
 * The index in a file of the data folder. Its calls wait until it is open, and filled with what only this process and a
 * damaged one know. They work one after the other; one that met the loss of the index is repeated before those that wait
 * behind it. They reject with a DatabaseError.
 */
export type EmbeddedIndex = Index & {
  /** For `fill`. */
  filling: IndexAccess
  /** Resolves when it is open. Rejects with words for one that a newer Rushes has written, or that another program holds. */
  found: Promise<Found>
}

export type IndexOptions = {
  path: string
  connect: Connect
  logger: Pick<Logger, 'warn' | 'error'>
  /** Puts what is nowhere in the files into an index that is not whole, before anybody else works with it. Never rejects. */
  fill?: (found: Found) => Promise<void>
  /** Told when another index has taken the place of one that was damaged while it was open, or that was not kept. */
  onReplaced: (found: Found) => void
}

type Opened = { connection: Connection; found: Found; isKept: boolean }

/** So many deaths of its process within so many milliseconds are the index's own doing, whatever the check says. */
const DEATHS = { most: 3, within: 60_000 }
const REOPEN_MS = 2000
/** So many times a call is repeated that met the loss of the index. */
const REPEATS = 3

const queriesOver = (connection: Connection): IndexQueries =>
  new Kysely<Tables>({ dialect: indexDialect({ current: async () => connection, failed: () => undefined }) })

/** Looks at every page of the index, and brings its schema up to date. */
const prepare = async (connection: Connection): ReturnType<typeof migrate> => {
  const { rows } = await connection.query('pragma quick_check(1)')
  const [row] = rows
  const isSound = typeof row === 'object' && row !== null && Object.values(row).includes('ok')
  if (!isSound) throw new DatabaseError('SQLITE_CORRUPT', `quick_check says: ${JSON.stringify(row)}`)
  return migrate(queriesOver(connection))
}

/** Says what stands in the way of opening it, and what to do; what is told otherwise stays as it is. */
const explain = (path: string, error: unknown): unknown => {
  if (!(error instanceof DatabaseError) || isFull(error)) return error
  if (/^SQLITE_(BUSY|LOCKED)/.test(error.code))
    return new Error(
      'The index of this data folder (rushes.db) is in use by another program. Close it, or set DATA_DIR.',
      {
        cause: error,
      },
    )
  const obstacle =
    obstacleAt(path) ??
    `cannot be opened (${error.message}). Check the disk; or move it away: it is made again from the files at the next start.`
  return new Error(`The index of the data folder (${path}) ${obstacle}`, { cause: error })
}

/**
 * Opens the index and keeps it open. One that is damaged, whether that shows at once or on a later day, is put aside, and
 * a new one, which is to be filled again, takes its place. The folder is locked by then.
 */
export const openIndex = (options: IndexOptions): EmbeddedIndex => {
  const { path, connect, logger, onReplaced, fill = () => Promise.resolve() } = options
  const deaths: number[] = []
  let closed = false
  let latest: Connection | null = null

  const openOnce = async (): Promise<Opened> => {
    finishPutAside(path)
    const connection = await connect(path, 'write')
    try {
      const whole = await prepare(connection)
      return { connection, found: { whole, aside: whole ? [] : listDamaged(path) }, isKept: true }
    } catch (error) {
      await connection.kill()
      throw error
    }
  }

  const openOrReplace = async (isDamaged: boolean): Promise<Opened> => {
    try {
      if (!isDamaged) return await openOnce()
    } catch (error) {
      if (!isDamage(error) && !isCrash(error)) throw explain(path, error)
      logger.error({ err: error }, 'the index is damaged')
    }
    const aside = putAside(path, new Date())
    logger.warn({ aside }, 'the damaged index was put aside; it is made again from the files')
    return openOnce()
  }

  /** The same; in memory where the disk is full, so that there is something to look at and to free space by. */
  const openSomehow = async (isDamaged: boolean): Promise<Opened> => {
    try {
      return await openOrReplace(isDamaged)
    } catch (error) {
      if (!isFull(error)) throw error
      logger.error({ err: error }, 'the disk has no room for the index: nothing is kept until it has')
      const connection = await connect(':memory:', 'write')
      await prepare(connection)
      keepLater(connection)
      return { connection, found: { whole: false, aside: [] }, isKept: false }
    }
  }

  /** Tries until there is room for an index on the disk, and takes that in the place of the one in memory. */
  const keepLater = (inMemory: Connection): void => {
    const attempt = async (): Promise<void> => {
      if (closed || latest !== inMemory) return
      const opened = await openOrReplace(false).catch(() => null)
      if (!opened) return keepLater(inMemory)
      // Not in the middle of anything, which would be kept nowhere.
      await turn(async () => {
        if (closed || latest !== inMemory) return opened.connection.close()
        const next = Promise.resolve(opened)
        take(next)
        void next.then(({ found }) => onReplaced(found))
        await inMemory.kill()
      })
    }
    setTimeout(() => void attempt(), REOPEN_MS).unref()
  }

  /** Makes a connection that is being opened the one in use, and keeps an eye on it. */
  const take = (next: Promise<Opened>): void => {
    latest = null
    isFilled = false
    opening = next
    const filled = next.then(async (opened) => {
      latest = opened.connection
      isKept = opened.isKept
      void opened.connection.died.then((lost) => mend(opened.connection, lost))
      if (!opened.found.whole) await fill(opened.found)
      if (ready === filled) isFilled = true
      return opened
    })
    ready = filled
    filled.catch(() => undefined)
  }

  /** Takes a new connection in the place of one that died or met damage. */
  const mend = (broken: Connection, error: unknown): void => {
    const isDamaged = isDamage(error)
    if (closed || broken !== latest || !(isDamaged || error instanceof ConnectionLost)) return
    logger.warn({ err: error }, isDamaged ? 'the index is damaged' : 'the process of the index died')
    const time = Date.now()
    if (!isDamaged) deaths.push(time)
    const often = deaths.filter((each) => time - each < DEATHS.within).length >= DEATHS.most
    reopen(broken, isDamaged || often)
  }

  const reopen = (before: Connection, isDamaged: boolean): void => {
    const next = before.kill().then(() => openSomehow(isDamaged))
    take(next)
    next.then(
      ({ found }) => {
        if (!found.whole) onReplaced(found)
      },
      (cause: unknown) => {
        logger.error({ err: cause }, 'the index could not be opened again; trying on')
        // The damaged one lies aside by now; what is there is another.
        setTimeout(() => closed || reopen(before, false), REOPEN_MS).unref()
      },
    )
  }

  let isKept = true
  let isFilled = false
  let opening: Promise<Opened>
  let ready: Promise<Opened>
  const turn = createTurn()
  const first = openSomehow(false)
  take(first)
  const found = first.then((opened) => opened.found)
  // Told to whoever waits for it; that there may be nobody is no fault of its own.
  found.catch(() => undefined)

  /** The connection of the moment, once it is filled: another may have taken its place meanwhile. */
  const filledConnection = async (): Promise<Connection> => {
    for (;;) {
      const seen = ready
      const { connection } = await seen
      if (seen === ready) return connection
    }
  }
  const queriesOf = (current: () => Promise<Connection>): Kysely<Tables> =>
    new Kysely<Tables>({ dialect: indexDialect({ current, failed: mend }) })
  const db = queriesOf(filledConnection)
  const atOnce = queriesOf(async () => (await opening).connection)

  const repeat = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let left = REPEATS; ; left--)
      try {
        return await work()
      } catch (error) {
        if (closed || left === 0 || !(error instanceof ConnectionLost || isDamage(error))) throw error
      }
  }
  const accessTo = (queries: Kysely<Tables>, inTurn: ReturnType<typeof createTurn>): IndexAccess => ({
    run: (work) => inTurn(() => repeat(() => work(queries))),
    transact: (work) => inTurn(() => repeat(() => queries.transaction().execute(work))),
  })
  const access = accessTo(db, turn)
  return {
    ...access,
    look: (work) => (isFilled ? access.run(work) : repeat(() => work(atOnce))),
    filling: accessTo(atOnce, createTurn()),
    found,
    patient: access,
    isRemade: true,
    isKept: () => isKept,
    takesChanges: () => true,
    exclusively: createTurns(),
    expressions: sqliteExpressions,
    close: async () => {
      closed = true
      await opening.then(({ connection }) => connection.close()).catch(() => undefined)
    },
  }
}
