import type { Shelves } from '../../shared/library.ts'
import { batches } from './batches.ts'
import type { Index } from './database/index-access.ts'
import { unlink } from './job-links.ts'
import { columnsOfRow, readStored, type StoredJob } from './stored-job.ts'
import { keptIn } from './job-writes.ts'

/** A job that lies in the bin, and the path of its result inside the data folder. */
export type Binned = { id: string; result: string | null; owner: string | null }

/** A job that is not there any more. */
export type RemovedJob = { id: string; owner: string | null }

/** What the library asks of the index beside the list of jobs. */
export type LibraryStore = {
  /** The jobs of these ids, in their order, without those that are not there or cannot be read. */
  find: (ids: readonly string[]) => Promise<StoredJob[]>
  /** How many takes stand on each shelf, by name, and how many lie in the bin; with `owner` only those of that person. */
  shelves: (owner?: string) => Promise<Shelves>
  /** Some that went into the bin before that time (ISO 8601), or of all there, the oldest first. */
  binned: (before: string | null, limit: number, owner?: string) => Promise<Binned[]>
  /** Forgets jobs. Answers those that were there. */
  remove: (ids: readonly string[]) => Promise<RemovedJob[]>
  /** The finished jobs whose results are these paths inside the data folder. */
  withResults: (results: readonly string[]) => Promise<Map<string, string>>
  /** The results in a folder inside the data folder, and below it. */
  resultsUnder: (folder: string) => Promise<string[]>
}

/** Values that a statement is given at once. */
const BATCH_ROWS = 500

type LibraryIndex = Pick<Index, 'run' | 'transact' | 'look' | 'isKept' | 'expressions'>

const readShelves = async (index: LibraryIndex, owner: string | undefined): Promise<Shelves['shelves']> => {
  const shelves = await index.look((db) =>
    db
      .selectFrom('job_shelves')
      .innerJoin('jobs', 'jobs.seq', 'job_shelves.seq')
      .select(({ fn }) => ['shelf', fn.countAll<number>().as('count')])
      .where('deleted_at', 'is', null)
      .$if(owner !== undefined, (query) => query.where('owner', '=', owner ?? null))
      .groupBy('shelf')
      .orderBy(index.expressions.caseless('shelf'))
      .execute(),
  )
  return shelves.map(({ shelf, count }) => ({ name: shelf, count: Number(count) }))
}

const countBinned = async (index: LibraryIndex, owner: string | undefined): Promise<number> => {
  const { binned } = await index.look((db) =>
    db
      .selectFrom('jobs')
      .select(({ fn }) => fn.countAll<number>().as('binned'))
      .where('deleted_at', 'is not', null)
      .$if(owner !== undefined, (query) => query.where('owner', '=', owner ?? null))
      .executeTakeFirstOrThrow(),
  )
  return Number(binned)
}

/** What the library asks of an index. */
export const createLibraryStore = (index: LibraryIndex): LibraryStore => ({
  find: async (ids) => {
    const found = new Map<string, StoredJob>()
    for (const batch of batches(ids, BATCH_ROWS)) {
      const rows = await index.run((db) =>
        db.selectFrom('jobs').select(columnsOfRow(index.expressions)).where('id', 'in', batch).execute(),
      )
      for (const stored of rows.flatMap((row) => readStored(row) ?? [])) found.set(stored.job.job_id, stored)
    }
    return ids.flatMap((id) => found.get(id) ?? [])
  },
  shelves: async (owner) => ({ shelves: await readShelves(index, owner), binned: await countBinned(index, owner) }),
  binned: async (before, limit, owner) =>
    index.run((db) =>
      db
        .selectFrom('jobs')
        .select(['id', 'result', 'owner'])
        .where('deleted_at', 'is not', null)
        .$if(owner !== undefined, (query) => query.where('owner', '=', owner ?? null))
        .$if(before !== null, (query) => query.where('deleted_at', '<', before))
        // The other side is still to be told that its order is not wanted.
        .where(({ or, eb }) => or([eb('cloud', 'is', null), eb('cloud', 'not like', '%"cancelling":true%')]))
        .orderBy('deleted_at')
        .limit(limit)
        .execute(),
    ),
  remove: async (ids) =>
    keptIn(index)(async (db) => {
      const removed = await db.deleteFrom('jobs').where('id', 'in', ids).returning(['id', 'seq', 'owner']).execute()
      await unlink(
        db,
        removed.map(({ seq }) => seq),
      )
      return removed.map(({ id, owner }) => ({ id, owner }))
    }),
  withResults: async (results) => {
    const found = new Map<string, string>()
    for (const batch of batches(results, BATCH_ROWS)) {
      const rows = await index.run((db) =>
        db.selectFrom('jobs').select(['id', 'result']).where('result', 'in', batch).execute(),
      )
      for (const { id, result } of rows) if (result !== null) found.set(result, id)
    }
    return found
  },
  resultsUnder: async (folder) => {
    const rows = await index.run((db) =>
      db
        .selectFrom('jobs')
        .select('result')
        .where('result', '>=', `${folder}/`)
        // The sign after the slash: all that begin with the folder's name lie between.
        .where('result', '<', `${folder}0`)
        .execute(),
    )
    return rows.flatMap(({ result }) => result ?? [])
  },
})
