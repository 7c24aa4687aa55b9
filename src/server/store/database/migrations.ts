import { sql } from 'kysely'
import { fillColumns, fillLibraryColumns } from './fill-columns.ts'
import { addPeople } from './add-people.ts'
import { DatabaseError } from './protocol.ts'
import type { IndexQueries } from './tables.ts'

/** One step of the schema. It runs inside of a transaction together with its number, so that it is done or not done. */
type Migration = (db: IndexQueries) => Promise<void>

const run = async (db: IndexQueries, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** The schema of Rushes 0.1, word for word. */
const first: Migration = (db) =>
  run(db, [
    `create table if not exists jobs (
      seq integer primary key autoincrement,
      id text not null unique,
      idempotency_key text unique,
      status text not null,
      renderer text not null,
      model text not null,
      body text not null,
      cloud text,
      result text
    )`,
    `create index if not exists jobs_by_status on jobs (status, renderer, seq)`,
    `create index if not exists jobs_starred on jobs (seq) where json_extract(body, '$.starred') = 1`,
    `create table if not exists files (
      id text primary key,
      expires_at text,
      deleted integer not null default 0,
      body text not null
    )`,
  ])

const SHOWN = 'where deleted_at is null'

const counted = (row: 'old' | 'new', by: '+ 1' | '- 1'): string =>
  `insert into job_totals (status, count) select ${row}.status, 0 ${by} where ${row}.deleted_at is null
    on conflict (status) do update set count = count ${by};`

const SECOND_COLUMNS: readonly string[] = [
  'drop index jobs_by_status',
  'drop index jobs_starred',
  ...[
    "created_at text not null default ''",
    'engine text',
    'seed integer',
    'starred integer not null default 0',
    'batch_id text',
    'deleted_at text',
    "search text not null default ''",
  ].map((column) => `alter table jobs add column ${column}`),
  'create table job_files (file_id text not null, seq integer not null, primary key (file_id, seq)) without rowid',
  'create table job_shelves (shelf text not null, seq integer not null, primary key (shelf, seq)) without rowid',
  "alter table files add column hash text not null default ''",
  "alter table files add column stored_as text not null default ''",
  // The id was made of the hash until now, and the bytes carried its name.
  `update files set hash = substr(id, 6), stored_as = json_extract(body, '$.stored_as') where json_valid(body)`,
  'create table meta (key text primary key, value text not null)',
]

const SECOND_INDEXES: readonly string[] = [
  `create index jobs_shown on jobs (created_at, seq) ${SHOWN}`,
  `create index jobs_by_status on jobs (status, created_at, seq)`,
  `create index jobs_by_model on jobs (model, created_at, seq) ${SHOWN}`,
  `create index jobs_by_renderer on jobs (renderer, created_at, seq) ${SHOWN}`,
  `create index jobs_by_engine on jobs (engine, created_at, seq) ${SHOWN}`,
  `create index jobs_by_seed on jobs (seed, created_at, seq) ${SHOWN}`,
  `create index jobs_by_batch on jobs (batch_id, created_at, seq) where batch_id is not null`,
  `create index jobs_starred on jobs (created_at, seq) where starred = 1 and deleted_at is null`,
  `create index jobs_deleted on jobs (deleted_at) where deleted_at is not null`,
  'create index job_files_by_job on job_files (seq)',
  'create index job_shelves_by_job on job_shelves (seq)',
  'create index files_by_hash on files (hash)',
  'create index files_by_expiry on files (expires_at) where expires_at is not null',
  'create index files_deleted on files (id) where deleted = 1',
  `create virtual table jobs_text using fts5 (
      search, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
    )`,
  'insert into jobs_text (rowid, search) select seq, search from jobs',
  `create trigger jobs_text_added after insert on jobs begin
      insert into jobs_text (rowid, search) values (new.seq, new.search);
    end`,
  `create trigger jobs_text_changed after update of search on jobs when new.search <> old.search begin
      delete from jobs_text where rowid = old.seq;
      insert into jobs_text (rowid, search) values (new.seq, new.search);
    end`,
  `create trigger jobs_text_removed after delete on jobs begin
      delete from jobs_text where rowid = old.seq;
    end`,
  // Counting a hundred thousand rows takes longer than listing sixty of them.
  'create table job_totals (status text primary key, count integer not null)',
  `insert into job_totals (status, count) select status, count(*) from jobs ${SHOWN} group by status`,
  `create trigger job_totals_added after insert on jobs begin ${counted('new', '+ 1')} end`,
  `create trigger job_totals_changed after update of status, deleted_at on jobs
      when new.status <> old.status or new.deleted_at is not old.deleted_at
      begin ${counted('old', '- 1')} ${counted('new', '+ 1')} end`,
  `create trigger job_totals_removed after delete on jobs begin ${counted('old', '- 1')} end`,
]

/** Columns for what is asked of jobs, which job uses which file, uploads apart from their bytes, full text. */
const second: Migration = async (db) => {
  await run(db, SECOND_COLUMNS)
  await fillColumns(db)
  await run(db, SECOND_INDEXES)
}

/** What jobs cost. */
const third: Migration = (db) =>
  run(db, [
    'alter table jobs add column usd real',
    'alter table jobs add column usd_certain integer not null default 0',
    'create index jobs_paid on jobs (created_at) where usd is not null',
  ])

/** What the library and the queue ask for: kinds, what was made from what, places of one's own among those that wait. */
const fourth: Migration = async (db) => {
  await run(db, [
    'alter table jobs add column kind text',
    'alter table jobs add column queue_rank real',
    'create table job_sources (source_id text not null, seq integer not null, primary key (source_id, seq)) without rowid',
  ])
  await fillLibraryColumns(db)
  await run(db, [
    'create index job_sources_by_job on job_sources (seq)',
    'create index jobs_by_result on jobs (result) where result is not null',
    // All that a list is filtered by, so that a search reads no row but those that it answers. Without `deleted_at` among
    // its columns SQLite would look into each row for that.
    'drop index jobs_shown',
    `create index jobs_shown on jobs (
      created_at, seq, status, kind, model, renderer, engine, seed, batch_id, starred, deleted_at
    ) ${SHOWN}`,
  ])
}

/** Who may use the studio, and whose each job is. */
const fifth: Migration = async (db) => {
  await addPeople(db)
  await run(db, [
    'drop index jobs_shown',
    `create index jobs_shown on jobs (
      created_at, seq, status, kind, model, owner, renderer, engine, seed, batch_id, starred, deleted_at
    ) ${SHOWN}`,
  ])
}

const MIGRATIONS: readonly Migration[] = [first, second, third, fourth, fifth]

/** The version of the schema that this program reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.length

/** A version beyond it is a damaged number, not a newer Rushes. */
const LATEST_THINKABLE = 1000

/** An index that a newer Rushes has written. */
export class NewerIndex extends Error {
  override readonly name = 'NewerIndex'
  constructor(version: number) {
    super(
      `The index of this data folder was written by a newer Rushes (its version is ${version}, this one reads up to ${SCHEMA_VERSION}). Start that one, or set DATA_DIR to another folder. Nothing was changed.`,
    )
  }
}

const versionOf = async (db: IndexQueries): Promise<number> => {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db)
  return Number(rows[0]?.user_version ?? 0)
}

const hasTable = async (db: IndexQueries, name: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from sqlite_master where type = 'table' and name = ${name}`.execute(db)
  return rows.length > 0
}

/**
 * Brings the index up to this program's version, a step a transaction. Rejects with NewerIndex for a newer one. Answers
 * whether all files have been read into it.
 */
export const migrate = async (db: IndexQueries): Promise<boolean> => {
  const version = await versionOf(db)
  if (version > SCHEMA_VERSION && version <= LATEST_THINKABLE) throw new NewerIndex(version)
  const [hasJobs, hasMeta] = [await hasTable(db, 'jobs'), await hasTable(db, 'meta')]
  const fits = version === 0 ? !hasMeta : version === 1 ? hasJobs && !hasMeta : hasJobs && hasMeta
  if (version < 0 || version > LATEST_THINKABLE || !fits)
    throw new DatabaseError('SQLITE_CORRUPT', `version ${version} does not fit what is in it`)
  // Rushes 0.1 had one version, and gave it its number only once all files had been read.
  const wasWhole = version === 1
  const from = version === 0 && hasJobs ? 1 : version
  for (let step = from; step < SCHEMA_VERSION; step++)
    await db.transaction().execute(async (transaction) => {
      await MIGRATIONS[step]?.(transaction)
      if (step + 1 === 2 && wasWhole) await markWhole(transaction)
      // Part of the transaction, as all of SQLite's file is.
      await sql.raw(`pragma user_version = ${step + 1}`).execute(transaction)
    })
  return (await db.selectFrom('meta').select('key').where('key', '=', 'whole').executeTakeFirst()) !== undefined
}

/** Writes down that the index holds all that the files say, so that a start need not look again. */
export const markWhole = async (db: IndexQueries): Promise<void> => {
  await db
    .insertInto('meta')
    .values({ key: 'whole', value: new Date().toISOString() })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}
