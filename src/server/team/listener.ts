import type { Client } from 'pg'
import type { Logger } from 'pino'
import { type Message, readMessage } from './messages.ts'
import { CHANNEL } from '../store/database/postgres/team-schema.ts'

/** Until a connection that could not be made, or was lost, is tried again. */
const AGAIN_MS = 500
/** A connection that says nothing for so long is asked whether it still lives, and given up where it does not answer. */
const ALIVE_MS = 5000

export type Listener = {
  subscribe: (hear: (message: Message) => void) => void
  /** Resolves when it listens, or is closed. */
  listening: Promise<void>
  close: () => Promise<void>
}

/** Tells of every message that comes on a connection; `drop` is told when it ends. */
const listenOn = (
  client: Client,
  listeners: readonly ((message: Message) => void)[],
  drop: (broken: Client, error?: unknown) => void,
): void => {
  client.on('error', (error) => drop(client, error))
  client.on('end', () => drop(client))
  client.on('notification', ({ payload }) => {
    const message = readMessage(payload ?? '')
    if (message) for (const each of listeners) each(message)
  })
}

/** Asks a connection whether it still lives; `drop` is told where it does not answer. */
const askAlive = async (asked: Client, drop: (broken: Client, error: unknown) => void): Promise<void> => {
  const late = setTimeout(() => drop(asked, new Error('it does not answer')), ALIVE_MS)
  try {
    await asked.query('select 1')
  } catch (error) {
    drop(asked, error)
  } finally {
    clearTimeout(late)
  }
}

/**
 * Listens to what all processes tell, on a connection of its own, which is made again whenever it is lost. `onListening`
 * is told each time that it listens (again): what was told meanwhile nobody has heard.
 */
export const createListener = (deps: {
  connect: () => Promise<Client>
  onListening: () => void
  logger: Pick<Logger, 'warn'>
}): Listener => {
  const { connect, onListening, logger } = deps
  const listeners: ((message: Message) => void)[] = []
  let client: Client | null = null
  let timer: NodeJS.Timeout | undefined
  let alive: NodeJS.Timeout | undefined
  let isClosed = false
  let listens: () => void = () => undefined
  const listening = new Promise<void>((resolve) => (listens = resolve))

  const drop = (broken: Client, error?: unknown): void => {
    if (client !== broken) return
    client = null
    clearInterval(alive)
    broken.end().catch(() => undefined)
    if (isClosed) return
    logger.warn({ err: error }, 'the connection that listens to the database was lost')
    timer = setTimeout(() => void open(), AGAIN_MS).unref()
  }

  const open = async (): Promise<void> => {
    try {
      const next = await connect()
      client = next
      listenOn(next, listeners, drop)
      await next.query(`listen ${CHANNEL}`)
      if (isClosed) return void next.end().catch(() => undefined)
      alive = setInterval(() => void askAlive(next, drop), ALIVE_MS).unref()
      listens()
      onListening()
    } catch (error) {
      const broken = client
      if (broken) return drop(broken, error)
      if (!isClosed) timer = setTimeout(() => void open(), AGAIN_MS).unref()
    }
  }
  void open()

  return {
    subscribe: (listener) => void listeners.push(listener),
    listening,
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      clearInterval(alive)
      listens()
      const open = client
      client = null
      await open?.end().catch(() => undefined)
    },
  }
}
