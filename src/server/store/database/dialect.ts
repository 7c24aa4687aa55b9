import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Connection } from './connection.ts'

export type ConnectionSource = {
  /** The connection of the moment; waits where one is just being opened. */
  current: () => Promise<Connection>
  /** Told of every statement that failed. */
  failed: (connection: Connection, error: unknown) => void
}

const kyselyConnection = (connection: Connection, { failed }: ConnectionSource): DatabaseConnection => ({
  executeQuery: async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
    try {
      const { rows, changes } = await connection.query(sql, parameters)
      // The row's type is the query's own promise; what the stores take from a row they parse.
      return { rows: rows as R[], numAffectedRows: BigInt(changes) }
    } catch (error) {
      failed(connection, error)
      throw error
    }
  },
  streamQuery: () => {
    throw new Error('the index answers whole pages')
  },
})

const createDriver = (source: ConnectionSource): Driver => {
  const run = (connection: DatabaseConnection, sql: string) => connection.executeQuery(CompiledQuery.raw(sql))
  return {
    init: async () => undefined,
    acquireConnection: async () => kyselyConnection(await source.current(), source),
    releaseConnection: async () => undefined,
    beginTransaction: async (connection) => void (await run(connection, 'begin immediate')),
    commitTransaction: async (connection) => void (await run(connection, 'commit')),
    // A full disk, or the death of the process, has rolled back already.
    rollbackTransaction: async (connection) => void (await run(connection, 'rollback').catch(() => undefined)),
    destroy: async () => undefined,
  }
}

/** Kysely over the index's connection, whichever that is at the time. Who works with it waits for those before, by `Index`. */
export const indexDialect = (source: ConnectionSource): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => createDriver(source),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})
