import { renameSync } from 'node:fs'
import Database from 'libsql'
import { z } from 'zod'

export type { Database }

const SCHEMA = `
  create table if not exists jobs (
    seq integer primary key autoincrement,
    id text not null unique,
    idempotency_key text unique,
    status text not null,
    renderer text not null,
    model text not null,
    body text not null,
    cloud text,
    result text
  );
  create index if not exists jobs_by_status on jobs (status, renderer, seq);
  create table if not exists files (
    id text primary key,
    expires_at text,
    deleted integer not null default 0,
    body text not null
  );
`

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)

export type OpenedDatabase = { database: Database.Database; created: boolean }

/**
 * Opens the index. One that is not a database any more is put aside; `created` says that it must be rebuilt from the
 * files. The folder is locked by then (`lockFolder`).
 */
export const openDatabase = (path: string): OpenedDatabase => {
  try {
    return open(path)
  } catch (error) {
    if (!hasCode(error, 'SQLITE_NOTADB', 'SQLITE_CORRUPT')) throw error
    renameSync(path, `${path}.broken-${Date.now()}`)
    return open(path)
  }
}

const open = (path: string): OpenedDatabase => {
  const database = new Database(path, { timeout: 2000 })
  try {
    database.pragma('journal_mode = WAL')
    // A job's intent must be on disk before money is spent on it.
    database.pragma('synchronous = FULL')
    const tables = countSchema.parse(
      database.prepare("select count(*) as n from sqlite_master where name = 'jobs'").get(),
    )
    database.exec(SCHEMA)
    return { database, created: tables.n === 0 }
  } catch (error) {
    database.close()
    throw error
  }
}

const countSchema = z.object({ n: z.number() })
