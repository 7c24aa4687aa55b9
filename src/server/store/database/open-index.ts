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
const MAX_DEATHS = 3
const DEATHS_WINDOW_MS = 60_000
const REOPEN_MS = 2000
/** So many times a call is repeated that met the loss of the index. */
const MAX_REPEATS = 3

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

const openOnce = async ({ path, connect }: Pick<IndexOptions, 'path' | 'connect'>): Promise<Opened> => {
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

/** Opens the index, or a new one where that is damaged, which is put aside then. */
const openOrReplace = async (
  options: Pick<IndexOptions, 'path' | 'connect' | 'logger'>,
  isDamaged: boolean,
): Promise<Opened> => {
  const { path, logger } = options
  try {
    if (!isDamaged) return await openOnce(options)
  } catch (error) {
    if (!isDamage(error) && !isCrash(error)) throw explain(path, error)
    logger.error({ err: error }, 'the index is damaged')
  }
  const aside = putAside(path, new Date())
  logger.warn({ aside }, 'the damaged index was put aside; it is made again from the files')
  return openOnce(options)
}

const openInMemory = async (connect: Connect): Promise<Opened> => {
  const connection = await connect(':memory:', 'write')
  await prepare(connection)
  return { connection, found: { whole: false, aside: [] }, isKept: false }
}

/** Tries until there is room for an index on the disk. Null where nobody wants it any more. */
const openOnceThereIsRoom = async (options: IndexOptions, isOver: () => boolean): Promise<Opened | null> => {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, REOPEN_MS).unref())
    if (isOver()) return null
    const opened = await openOrReplace(options, false).catch(() => null)
    if (opened) return opened
  }
}

/** Counts deaths of the index's process; answers whether there were too many in a short time. */
const createDeathCount = (): (() => boolean) => {
  const deaths: number[] = []
  return () => {
    const time = Date.now()
    deaths.push(time)
    return deaths.filter((each) => time - each < DEATHS_WINDOW_MS).length >= MAX_DEATHS
  }
}

/** The connection in use: one that is being opened, and then filled. */
const createConnectionState = (
  fill: (found: Found) => Promise<void>,
  onDied: (broken: Connection, lost: unknown) => void,
) => {
  let latest: Connection | null = null
  let isKept = true
  let isFilled = false
  let opening: Promise<Opened>
  let ready: Promise<Opened>
  return {
    opening: () => opening,
    /** Resolves once it is filled: another may have taken its place meanwhile. */
    ready: () => ready,
    isKept: () => isKept,
    isFilled: () => isFilled,
    isLatest: (connection: Connection): boolean => latest === connection,
    /** Makes a connection that is being opened the one in use, and keeps an eye on it. */
    take: (next: Promise<Opened>): void => {
      latest = null
      isFilled = false
      opening = next
      const filled = next.then(async (opened) => {
        latest = opened.connection
        isKept = opened.isKept
        void opened.connection.died.then((lost) => onDied(opened.connection, lost))
        if (!opened.found.whole) await fill(opened.found)
        if (ready === filled) isFilled = true
        return opened
      })
      ready = filled
      filled.catch(() => undefined)
    },
  }
}

type ConnectionState = ReturnType<typeof createConnectionState>
type Turn = ReturnType<typeof createTurn>

/** Takes an index on the disk in the place of the one in memory, once there is room. */
const keepLater = async (
  options: IndexOptions,
  { state, turn, isClosed }: { state: ConnectionState; turn: Turn; isClosed: () => boolean },
  inMemory: Connection,
): Promise<void> => {
  const isOver = (): boolean => isClosed() || !state.isLatest(inMemory)
  const opened = await openOnceThereIsRoom(options, isOver)
  if (!opened) return
  // Not in the middle of anything, which would be kept nowhere.
  await turn(async () => {
    if (isOver()) return opened.connection.close()
    const next = Promise.resolve(opened)
    state.take(next)
    void next.then(({ found }) => options.onReplaced(found))
    await inMemory.kill()
  })
}

/** The connection of the moment: opened, filled, watched, and replaced where it dies, meets damage, or is not kept. */
const createCurrentConnection = (options: IndexOptions, turn: Turn) => {
  const { connect, logger, onReplaced, fill = () => Promise.resolve() } = options
  const hasDiedTooOften = createDeathCount()
  const state = createConnectionState(fill, (broken, lost) => mend(broken, lost))
  let closed = false
  const isClosed = (): boolean => closed

  /** In memory where the disk is full, so that there is something to look at and to free space by. */
  const openSomehow = async (isDamaged: boolean): Promise<Opened> => {
    try {
      return await openOrReplace(options, isDamaged)
    } catch (error) {
      if (!isFull(error)) throw error
      logger.error({ err: error }, 'the disk has no room for the index: nothing is kept until it has')
      const opened = await openInMemory(connect)
      void keepLater(options, { state, turn, isClosed }, opened.connection)
      return opened
    }
  }

  /** Takes a new connection in the place of one that died or met damage. */
  const mend = (broken: Connection, error: unknown): void => {
    const isDamaged = isDamage(error)
    if (closed || !state.isLatest(broken) || !(isDamaged || error instanceof ConnectionLost)) return
    logger.warn({ err: error }, isDamaged ? 'the index is damaged' : 'the process of the index died')
    reopen(broken, isDamaged || hasDiedTooOften())
  }

  const reopen = (before: Connection, isDamaged: boolean): void => {
    const next = before.kill().then(() => openSomehow(isDamaged))
    state.take(next)
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

  const first = openSomehow(false)
  state.take(first)
  return {
    ...state,
    first,
    isClosed,
    mend,
    close: async (): Promise<void> => {
      closed = true
      await state
        .opening()
        .then(({ connection }) => connection.close())
        .catch(() => undefined)
    },
  }
}

/**
 * Opens the index and keeps it open. One that is damaged, whether that shows at once or on a later day, is put aside, and
 * a new one, which is to be filled again, takes its place. The folder is locked by then.
 */
export const openIndex = (options: IndexOptions): EmbeddedIndex => {
  const turn = createTurn()
  const current = createCurrentConnection(options, turn)
  const found = current.first.then((opened) => opened.found)
  // Told to whoever waits for it; that there may be nobody is no fault of its own.
  found.catch(() => undefined)

  const filledConnection = async (): Promise<Connection> => {
    for (;;) {
      const seen = current.ready()
      const { connection } = await seen
      if (seen === current.ready()) return connection
    }
  }
  const queriesOf = (connection: () => Promise<Connection>): Kysely<Tables> =>
    new Kysely<Tables>({ dialect: indexDialect({ current: connection, failed: current.mend }) })
  const db = queriesOf(filledConnection)
  const atOnce = queriesOf(async () => (await current.opening()).connection)

  const repeat = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let left = MAX_REPEATS; ; left--)
      try {
        return await work()
      } catch (error) {
        if (current.isClosed() || left === 0 || !(error instanceof ConnectionLost || isDamage(error))) throw error
      }
  }
  const accessTo = (queries: Kysely<Tables>, inTurn: Turn): IndexAccess => ({
    run: (work) => inTurn(() => repeat(() => work(queries))),
    transact: (work) => inTurn(() => repeat(() => queries.transaction().execute(work))),
  })
  const access = accessTo(db, turn)
  return {
    ...access,
    look: (work) => (current.isFilled() ? access.run(work) : repeat(() => work(atOnce))),
    filling: accessTo(atOnce, createTurn()),
    found,
    patient: access,
    isRemade: true,
    isKept: current.isKept,
    takesChanges: () => true,
    exclusively: createTurns(),
    expressions: sqliteExpressions,
    close: current.close,
  }
}
