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
  /** The id of the person who asked for it; null where the studio had no accounts then. */
  owner: string | null
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

/** Who may use a studio that has accounts. Times are ISO 8601 in UTC. */
type People = {
  id: string
  /** What the proxy calls them; null for who came by a link. */
  identity: string | null
  name: string
  role: 'member' | 'admin'
  /** US dollars that may go out in a day for what this person asks for; null: no limit but the studio's. */
  spend_limit_usd: number | null
  created_at: string
  /** When they first signed in; null for who was only invited. */
  joined_at: string | null
  disabled_at: string | null
}

/** What a person shows instead of a session: a link to sign in by, or a key for programs. Only its hash is kept. */
type Tokens = {
  id: string
  /** SHA-256 in hexadecimal digits. */
  hash: string
  person_id: string
  kind: 'invite' | 'api' | 'client'
  label: string
  created_at: string
  last_used_at: string | null
  expires_at: string | null
  /** When it was revoked, or used where it is good for once. */
  revoked_at: string | null
  /** What it is restricted to, as JSON; null: nothing. */
  limits: string | null
}

/** A browser in which a person is signed in. Only the hash of what its cookie says is kept. */
type Sessions = { hash: string; person_id: string; created_at: string; expires_at: string }

/** Who did what. No secrets, and no prompts. */
type Audit = {
  id: string
  at: string
  person_id: string
  action: string
  /** The ids of what it was done to, as JSON. */
  subjects: string
  /** A few facts, as JSON. */
  facts: string
}

/** Facts about the index itself. */
type Meta = { key: string; value: string }

export type PersonRow = People
export type TokenRow = Tokens
export type SessionRow = Sessions
export type AuditRow = Audit

export type Tables = {
  jobs: Jobs
  job_files: JobFiles
  job_shelves: JobShelves
  job_sources: JobSources
  files: Files
  jobs_text: JobsText
  job_totals: JobTotals
  meta: Meta
  people: People
  tokens: Tokens
  sessions: Sessions
  audit: Audit
}

export type IndexQueries = Kysely<Tables>
