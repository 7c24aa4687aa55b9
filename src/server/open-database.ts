import type { Logger } from 'pino'
import type { Notices } from './notices.ts'
import type { Index } from './store/database/index-access.ts'

const AWAY =
  'The database cannot be reached. What runs goes on, nothing is lost, and all works again as soon as it is back. The server log says what is wrong with it.'

const UNWRITABLE =
  'The database takes nothing new: its disk is full, or it was set to answer questions alone. What is there can be looked at, nothing is lost, and all works again as soon as it takes changes. The server log says which it is.'

/**
 * Opens the index on the PostgreSQL that DATABASE_URL names, and says to everybody while that is away or takes no changes. Rejects in words
 * where it cannot be used.
 */
export const openDatabase = async (options: {
  databaseUrl: string
  logger: Pick<Logger, 'info' | 'warn'>
  notices: Notices
  closing: AbortSignal
}): Promise<Index> => {
  const { notices, ...given } = options
  // Loaded by those alone who have one.
  const { openPostgresIndex } = await import('./store/database/postgres/open-postgres-index.ts')
  return openPostgresIndex({
    ...given,
    onAway: () => notices.say('DATABASE_AWAY', AWAY),
    onBack: () => notices.clear('DATABASE_AWAY'),
    onUnwritable: () => notices.say('DATABASE_UNWRITABLE', UNWRITABLE),
    onWritable: () => notices.clear('DATABASE_UNWRITABLE'),
  })
}

/** Makes connections of their own to it, to listen on. */
export const connectTo = (databaseUrl: string) => async () => {
  const [{ default: pg }, { connectionOptions }] = await Promise.all([
    import('pg'),
    import('./store/database/postgres/open-postgres-index.ts'),
  ])
  const client = new pg.Client(connectionOptions(databaseUrl))
  // Until somebody listens to it; the rejection tells of it too.
  client.on('error', () => undefined)
  await client.connect()
  return client
}
