import type { ColumnType, Generated, Kysely } from 'kysely'

/**
 * A job. `body` is the job itself as JSON, as it stands beside a take too; the other columns are what is asked for, read
 * off it by `rowOf`.
 */
type Jobs = {
  seq: Generated<number>
  id: string
  idempotency_key: string | null
  /** ISO 8601 in UTC: the order of the list and of the queue, with `seq` between equals. */
  created_at: string
  status: string
  renderer: string
  model: string
  engine: string | null
  seed: number | null
  /** 0 or 1. */
  starred: number
  batch_id: string | null
  deleted_at: string | null
  /** What came of it; null until there is something. */
  kind: 'image' | 'video' | null
  /** Its place among those that wait, where somebody moved it; null: by `created_at`. */
  queue_rank: number | null
  /** US dollars that it cost, or is likely to while it is unfinished; null where no money is involved. */
  usd: number | null
  /** 0 or 1: 0 where they are an estimate. */
  usd_certain: number
  /** The words that a search finds it by; see search-text.ts. */
  search: string
  body: string
  /** How far a remote renderer's order has come, as JSON. */
  cloud: string | null
  /** The result's path inside the data folder. */
  result: string | null
}

/** Which job uses which file. */
type JobFiles = { file_id: string; seq: number }

type JobShelves = { shelf: string; seq: number }

/** Which job was made from which take: the id of the job that the take is of. */
type JobSources = { source_id: string; seq: number }

/** An upload. Several may share their bytes, which lie in `media` as `stored_as`. */
type Files = {
  id: string
  /** The first 32 hexadecimal digits of the bytes' SHA-256. */
  hash: string
  stored_as: string
  expires_at: string | null
  /** 1: forgotten by its owner, and kept because a job uses it. */
  deleted: number
  body: string
}

/** The full text index over `jobs.search`, kept by triggers; its `rowid` is `seq`. */
type JobsText = { rowid: ColumnType<number, never, never>; search: ColumnType<string, never, never> }

/** How many jobs that are not in the bin there are of each status, kept by triggers. */
type JobTotals = { status: string; count: number }

/** Facts about the index itself. */
type Meta = { key: string; value: string }

export type Tables = {
  jobs: Jobs
  job_files: JobFiles
  job_shelves: JobShelves
  job_sources: JobSources
  files: Files
  jobs_text: JobsText
  job_totals: JobTotals
  meta: Meta
}

export type IndexQueries = Kysely<Tables>
