import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'

/** A connection of the pool while it is lent out. */
type Lent = DatabaseConnection & {
  client: PoolClient
  /** It is closed instead of lent out again. */
  discard: (error: Error) => void
  release: () => void
}

/** PostgreSQL has no text with a NUL in it. One that has is written, and looked for, with the sign for what is no sign. */
const withoutNul = (parameter: unknown): unknown =>
  typeof parameter === 'string' ? parameter.replaceAll('\0', '\uFFFD') : parameter

const lend = (client: PoolClient): Lent => {
  let broken: Error | undefined
  const discard = (error: Error): void => void (broken ??= error)
  // A lost connection is told beside the statement that was under way, which fails as well.
  client.on('error', discard)
  return {
    client,
    discard,
    executeQuery: async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
      const { rows, rowCount } = await client.query(sql, parameters.map(withoutNul))
      // The row's type is the query's own promise; what the stores take from a row they parse.
      return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) }
    },
    streamQuery: () => {
      throw new Error('the index answers whole pages')
    },
    release: () => {
      client.off('error', discard)
      client.release(broken)
    },
  }
}

const createDriver = (pool: Pool): Driver => {
  const all = new WeakMap<DatabaseConnection, Lent>()
  const lentOf = (connection: DatabaseConnection): Lent => {
    const lent = all.get(connection)
    if (!lent) throw new Error('this connection is not of this pool')
    return lent
  }
  return {
    init: async () => undefined,
    acquireConnection: async () => {
      const lent = lend(await pool.connect())
      all.set(lent, lent)
      return lent
    },
    releaseConnection: async (connection) => lentOf(connection).release(),
    beginTransaction: async (connection) => void (await lentOf(connection).client.query('begin')),
    commitTransaction: async (connection) => {
      const { command } = await lentOf(connection).client.query('commit')
      if (command !== 'COMMIT')
        throw new Error('a statement failed in this transaction, so that nothing of it was kept')
    },
    rollbackTransaction: async (connection) => {
      const { client, discard } = lentOf(connection)
      // With its connection a transaction ends too; what broke it is told, and not that.
      await client.query('rollback').catch(discard)
    },
    destroy: async () => undefined,
  }
}

/** Kysely over a pool of connections. */
export const postgresDialect = (pool: Pool): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => createDriver(pool),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
})
