import { decodeText } from './database/bytes.ts'
import type { Index } from './database/index-access.ts'
import type { IndexQueries } from './database/tables.ts'
import { hashOf, readBody, rowOf, type StoredFile } from './stored-file.ts'

/** Uploads as rows of the index. Everything is on disk when a call resolves. */
export type FileIndex = {
  find: (id: string) => Promise<StoredFile | undefined>
  /** An upload of the bytes of that hash. */
  ofBytes: (hash: string) => Promise<StoredFile | undefined>
  /** Whether a job uses it. */
  isUsed: (id: string) => Promise<boolean>
  /** Puts a row in, or over the one that is there. */
  put: (file: StoredFile) => Promise<void>
  /** Writes over the row that is there; adds none. */
  change: (file: StoredFile) => Promise<void>
  /**
   * Forgets an upload that no job uses while `isWhole` says that the index knows all jobs. Answers what of it is left
   * over then: all, its bytes, which another upload has, or nothing.
   */
  removeUnused: (file: StoredFile, isWhole: () => boolean) => Promise<'all' | 'the bytes' | 'nothing'>
  /** Those that have expired by that time (ISO 8601), or were forgotten, and are used by no job. */
  unused: (time: string) => Promise<StoredFile[]>
  ids: () => Promise<Set<string>>
  /** Puts rows in, in one transaction, and leaves alone those that are there. Answers how many were new. */
  restore: (files: readonly StoredFile[]) => Promise<number>
}

const isUsed = async (db: IndexQueries, id: string): Promise<boolean> =>
  (await db.selectFrom('job_files').select('seq').where('file_id', '=', id).limit(1).executeTakeFirst()) !== undefined

/** The index may be replaced by one that knows less at any time but inside of a transaction. */
const removeUnused =
  (index: Pick<Index, 'transact' | 'expressions'>): FileIndex['removeUnused'] =>
  (file, isWhole) =>
    index.transact(async (db) => {
      // A job that is just being added with it is waited for, and then has it.
      const { takeRows } = index.expressions
      await db.selectFrom('files').select('id').where('id', '=', file.id).modifyEnd(takeRows).execute()
      if (!isWhole() || (await isUsed(db, file.id))) return 'all'
      await db.deleteFrom('files').where('id', '=', file.id).execute()
      const other = await db
        .selectFrom('files')
        .select('id')
        .where('hash', '=', hashOf(file))
        .limit(1)
        .executeTakeFirst()
      return other === undefined ? 'nothing' : 'the bytes'
    })

const readUnused =
  (index: Pick<Index, 'run' | 'expressions'>): FileIndex['unused'] =>
  async (time) => {
    const rows = await index.run((db) =>
      db
        .selectFrom('files')
        .select(index.expressions.text('body').as('body'))
        .where((where) => where.or([where('expires_at', '<', time), where('deleted', '=', 1)]))
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom('job_files').select('job_files.seq').whereRef('job_files.file_id', '=', 'files.id'))),
        )
        .execute(),
    )
    return rows.flatMap(({ body }) => readBody(body) ?? [])
  }

/** The rows of uploads in an index. */
export const createFileIndex = (index: Pick<Index, 'run' | 'transact' | 'expressions'>): FileIndex => {
  const { text } = index.expressions
  const one = async (column: 'id' | 'hash', value: string): Promise<StoredFile | undefined> => {
    const row = await index.run((db) =>
      db.selectFrom('files').select(text('body').as('body')).where(column, '=', value).limit(1).executeTakeFirst(),
    )
    return row && readBody(row.body)
  }
  return {
    find: (id) => one('id', id),
    ofBytes: (hash) => one('hash', hash),
    isUsed: (id) => index.run((db) => isUsed(db, id)),
    put: async (file) => {
      await index.run((db) =>
        db
          .insertInto('files')
          .values(rowOf(file))
          // A take may become a file again that was forgotten before.
          .onConflict((on) => on.column('id').doUpdateSet(rowOf(file)))
          .execute(),
      )
    },
    change: async (file) => {
      const { id, ...columns } = rowOf(file)
      await index.run((db) => db.updateTable('files').set(columns).where('id', '=', id).execute())
    },
    removeUnused: removeUnused(index),
    unused: readUnused(index),
    ids: async () => {
      const rows = await index.run((db) => db.selectFrom('files').select(text('id').as('id')).execute())
      return new Set(rows.map(({ id }) => decodeText(id) ?? ''))
    },
    restore: async (files) => {
      if (files.length === 0) return 0
      const rows = await index.run((db) =>
        db
          .insertInto('files')
          .values(files.map(rowOf))
          .onConflict((on) => on.doNothing())
          .returning('id')
          .execute(),
      )
      return rows.length
    },
  }
}
