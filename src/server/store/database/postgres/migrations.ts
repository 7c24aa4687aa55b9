import { sql } from 'kysely'
import type { IndexQueries } from '../tables.ts'
import { addPeople } from '../add-people.ts'
import { firstSchema, type Migration, ownersInText, textByAge } from './schema.ts'
import { ownersOfRemoved, teamSchema } from './team-schema.ts'

/** The steps of the schema in their order. A further one is a function at the end of this list. */
const MIGRATIONS: readonly Migration[] = [firstSchema, teamSchema, addPeople, ownersInText, ownersOfRemoved, textByAge]

/** The version of the schema that this program reads and writes. */
export const POSTGRES_SCHEMA_VERSION = MIGRATIONS.length

/** The lock that servers which start at once wait for each other at: the letters "rushes" as one number. */
export const MIGRATION_LOCK = '125848772961651'

/** A database whose schema a newer Rushes has written. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase'
  constructor(version: number) {
    super(
      `This database was written by a newer Rushes (its version is ${version}, this one reads up to ${POSTGRES_SCHEMA_VERSION}). Start that one, or set DATABASE_URL to another database. Nothing was changed.`,
    )
  }
}

/** What stands in a database that is no Rushes's. */
const ownTables = async (db: IndexQueries): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = current_schema()`.execute(db)
  return rows.map(({ name }) => name)
}

const readVersion = async (db: IndexQueries): Promise<number> => {
  const row = await db.selectFrom('meta').select('value').where('key', '=', 'schema_version').executeTakeFirst()
  return Number(row?.value ?? 0)
}

/** The version of the schema, or null where the database is empty. Changes nothing. Rejects as `migratePostgres` does. */
export const readSchemaVersion = async (db: IndexQueries): Promise<number | null> => {
  const tables = await ownTables(db)
  const isOurs = tables.includes('meta') && tables.includes('jobs')
  if (!isOurs && tables.some((name) => ['meta', 'jobs', 'files'].includes(name)))
    throw new Error(
      'The database that DATABASE_URL names has tables of another program. Make an empty one for Rushes. Nothing was changed.',
    )
  if (!isOurs) return null
  const version = await readVersion(db)
  if (version > POSTGRES_SCHEMA_VERSION) throw new NewerDatabase(version)
  return version
}

/**
 * Brings the schema up to this program's version, once, however many servers start at the same time. Rejects with
 * NewerDatabase for a newer one, and in words where the database is another program's.
 */
export const migratePostgres = (db: IndexQueries): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    await sql.raw(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`).execute(transaction)
    const version = await readSchemaVersion(transaction)
    if (version === null)
      await sql.raw('create table meta (key text primary key, value text not null)').execute(transaction)
    if (version === POSTGRES_SCHEMA_VERSION) return
    for (const step of MIGRATIONS.slice(version ?? 0)) await step(transaction)
    const value = String(POSTGRES_SCHEMA_VERSION)
    await transaction
      .insertInto('meta')
      .values({ key: 'schema_version', value })
      .onConflict((on) => on.column('key').doUpdateSet({ value }))
      .execute()
  })
