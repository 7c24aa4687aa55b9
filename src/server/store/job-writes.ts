import type { Job } from '../../shared/job.ts'
import type { OrderRecord } from '../../shared/renderer.ts'
import { batches } from './batches.ts'
import type { Index } from './database/index-access.ts'
import { DatabaseError } from './database/protocol.ts'
import type { IndexQueries } from './database/tables.ts'
import { FINISHED } from './job-filter.ts'
import { link, relink } from './job-links.ts'
import { columnsOf } from './job-row.ts'
import { requireFiles } from './require-files.ts'
import type { KnownJob, StoredJob } from './stored-job.ts'

/** Which keys there have been is not known yet: the files are still being read. */
export class NotWhole extends Error {
  override readonly name = 'NotWhole'
}

/** Rows that are put in at once: a statement may have 32,766 values. */
const BATCH_ROWS = 500
/** How it fails where an index in memory stands in for one that has no room. */
export const full = (): DatabaseError => new DatabaseError('SQLITE_FULL', 'there is no room for the index')

/** Transactions of an index that fail where what they write would not be kept. */
export const keptIn =
  (index: Pick<Index, 'transact' | 'isKept'>): Index['transact'] =>
  (work) =>
    index.transact(async (db) => {
      if (!index.isKept()) throw full()
      return work(db)
    })

export type JobWrites = {
  /**
   * Adds a job, or answers the one that already has that key. Rejects with a MissingFiles where a file that it uses is
   * not there, or not any more.
   */
  add: (job: Job) => Promise<{ stored: StoredJob; isNew: boolean }>
  /** Writes a job as it is; one whose row is lost is put in again, with what is known of its order. */
  update: (job: Job, cloud: OrderRecord | null) => Promise<void>
  /**
   * Writes down how far an order has come. False for one that is about to be sent where the job has ended meanwhile:
   * nothing may be sent for it any more.
   */
  recordCloud: (job: Job, cloud: OrderRecord) => Promise<boolean>
  complete: (job: Job, cloud: OrderRecord | null, result: string) => Promise<void>
  /**
   * Puts jobs in as they are, and leaves alone those that are there. One whose key another has already is put in without
   * it. Answers how many were new.
   */
  restore: (jobs: readonly KnownJob[]) => Promise<number>
  /** Writes a finished job over what is there of it, whatever that is. */
  replace: (job: Job, result: string) => Promise<void>
  /** Writes finished jobs as they were changed, in one transaction, and what they stand on and come from. */
  change: (changed: readonly { job: Job; result: string | null }[]) => Promise<void>
}

type WriteIndex = Pick<Index, 'run' | 'transact' | 'isKept' | 'isRemade' | 'expressions'>

type WriteDeps = {
  now: () => Date
  isWhole: () => boolean
  /** The job that already has the key, or the id. */
  earlierOf: (db: IndexQueries, job: Job) => Promise<StoredJob>
}

const rowOf = ({ job, cloud, result }: KnownJob) => ({
  ...columnsOf(job),
  cloud: cloud && JSON.stringify(cloud),
  result,
})

const insert = (db: IndexQueries, rows: ReturnType<typeof rowOf>[]) =>
  db
    .insertInto('jobs')
    .values(rows)
    .onConflict((on) => on.doNothing())
    .returning(['seq', 'id'])
    .execute()

/** Those of these jobs that have no row, as another has their key. */
const withoutRow = async (db: IndexQueries, jobs: readonly KnownJob[]): Promise<KnownJob[]> => {
  const ids = jobs.map(({ job }) => job.job_id)
  if (ids.length === 0) return []
  const found = await db.selectFrom('jobs').select('id').where('id', 'in', ids).execute()
  const there = new Set(found.map(({ id }) => id))
  return jobs.filter(({ job }) => !there.has(job.job_id))
}

const restoreBatch = (index: WriteIndex, known: readonly KnownJob[]): Promise<number> =>
  index.transact(async (db) => {
    const byId = new Map(known.map((each) => [each.job.job_id, each]))
    const inserted = await insert(db, [...byId.values()].map(rowOf))
    const added = new Set(inserted.map(({ id }) => id))
    const keyless = await withoutRow(
      db,
      [...byId.values()].filter(({ job }) => !added.has(job.job_id)),
    )
    if (keyless.length > 0) {
      const rows = keyless.map((each) => ({ ...rowOf(each), idempotency_key: null }))
      inserted.push(...(await insert(db, rows)))
    }
    await link(
      db,
      inserted.flatMap(({ seq, id }) => {
        const job = byId.get(id)?.job
        return job ? [{ seq, job }] : []
      }),
    )
    return inserted.length
  })

const restore =
  (index: WriteIndex): JobWrites['restore'] =>
  async (known) => {
    let added = 0
    for (const batch of batches(known, BATCH_ROWS)) added += await restoreBatch(index, batch)
    return added
  }

/** Writes a job as it is over its row. */
const write =
  (index: WriteIndex) =>
  async (job: Job, cloud: OrderRecord | null, result?: string): Promise<void> => {
    const { id, ...columns } = columnsOf(job)
    const { numUpdatedRows } = await index.run((db) => {
      // What is written into an index in memory is gone with it.
      if (!index.isKept()) throw full()
      return db
        .updateTable('jobs')
        .set({
          ...columns,
          ...(cloud === null ? {} : { cloud: JSON.stringify(cloud) }),
          ...(result === undefined ? {} : { result }),
        })
        .where('id', '=', id)
        .executeTakeFirst()
    })
    // The index was lost and made again since the job was added.
    if (numUpdatedRows === 0n && index.isRemade) await restore(index)([{ job, cloud, result: result ?? null }])
  }

const add =
  (index: WriteIndex, { now, isWhole, earlierOf }: WriteDeps): JobWrites['add'] =>
  (job) =>
    keptIn(index)(async (db) => {
      if (job.idempotency_key !== null && !isWhole()) throw new NotWhole('the index is being made again')
      const inserted = await db
        .insertInto('jobs')
        .values(columnsOf(job))
        .onConflict((on) => on.doNothing())
        .returning('seq')
        .executeTakeFirst()
      if (!inserted) {
        const stored = await earlierOf(db, job)
        // Its own row: this is the second try of an insertion that was thought lost.
        return { stored, isNew: stored.job.job_id === job.job_id }
      }
      await requireFiles(db, index.expressions, job, now())
      await link(db, [{ seq: inserted.seq, job }])
      return { stored: { job, cloud: null, result: null }, isNew: true }
    })

const recordCloud =
  (index: WriteIndex): JobWrites['recordCloud'] =>
  async (job, cloud) => {
    const outcome = await index.run(async (db) => {
      if (!index.isKept()) throw full()
      const { numUpdatedRows } = await db
        .updateTable('jobs')
        .set({ cloud: JSON.stringify(cloud) })
        .where('id', '=', job.job_id)
        .$if(cloud.state === 'sending', (query) => query.where('status', 'not in', FINISHED))
        .executeTakeFirst()
      if (numUpdatedRows > 0n) return 'written'
      const row = await db.selectFrom('jobs').select('seq').where('id', '=', job.job_id).executeTakeFirst()
      return row || !index.isRemade ? 'ended' : 'lost'
    })
    if (outcome === 'lost') await restore(index)([{ job, cloud, result: null }])
    return outcome !== 'ended'
  }

const replace =
  (index: WriteIndex): JobWrites['replace'] =>
  async (job, result) => {
    await index.transact(async (db) => {
      const row = await db
        .updateTable('jobs')
        .set({ ...columnsOf(job), result, cloud: null })
        .where('id', '=', job.job_id)
        .returning('seq')
        .executeTakeFirst()
      if (row) await relink(db, [{ seq: row.seq, job }])
    })
  }

const change =
  (index: WriteIndex): JobWrites['change'] =>
  async (changed) => {
    const lost = await keptIn(index)(async (db) => {
      const links: { seq: number; job: Job }[] = []
      const missing: KnownJob[] = []
      for (const { job, result } of changed) {
        // Its key it may have lost to another.
        const { id, idempotency_key: _, ...columns } = columnsOf(job)
        const row = await db.updateTable('jobs').set(columns).where('id', '=', id).returning('seq').executeTakeFirst()
        if (row) links.push({ seq: row.seq, job })
        else missing.push({ job, result, cloud: null })
      }
      await relink(db, links)
      return missing
    })
    // The index was lost and made again since they were read.
    if (index.isRemade) await restore(index)(lost)
  }

/** All that changes jobs in the index. */
export const createJobWrites = (index: WriteIndex, deps: WriteDeps): JobWrites => ({
  add: add(index, deps),
  update: write(index),
  complete: write(index),
  recordCloud: recordCloud(index),
  restore: restore(index),
  replace: replace(index),
  change: change(index),
})
