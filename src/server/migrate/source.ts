import { accessSync, constants, existsSync } from 'node:fs'
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { z } from 'zod'
import { createFolderBlobs } from '../store/blobs/folder-blobs.ts'
import { decodeText } from '../store/database/bytes.ts'
import { connectChild } from '../store/database/connection.ts'
import type { Index } from '../store/database/index-access.ts'
import { openIndex } from '../store/database/open-index.ts'
import { hasCode } from '../disk-errors.ts'
import { type StoredFile, storedFileSchema } from '../store/stored-file.ts'
import { type Folders, nameFolders } from '../store/folders.ts'
import { createJobStore } from '../store/job-store.ts'
import { whyUnreadable } from '../store/job-row.ts'
import { lockFolder } from '../store/lock.ts'
import { readFiles, type ReadFiles } from '../store/read-files.ts'
import { columnsOfRow, readRow, type Row } from '../store/stored-job.ts'
import { createTakeFolder, type TakeFolder } from '../store/take-folder.ts'
import { fileRows } from './file-rows.ts'

/** Rows that are read at once. */
const PAGE_ROWS = 200

/** An upload as the index has it, or why it cannot be read. */
export type UploadRow = { id: string; file: StoredFile } | { id: string; reason: string }

/** The studio that is carried over. */
export type Source = {
  folders: Folders
  /** Its index: a copy, brought up to this program's schema, in which all is that lies in its folders. */
  index: Index
  /** What its folders held that its own index does not know. */
  found: ReadFiles
  /** All jobs, in the order in which they were added. */
  jobs: () => AsyncGenerator<Row[]>
  /** All uploads; those that share their bytes come one after the other. */
  uploads: () => AsyncGenerator<UploadRow[]>
  /** Lets go of it, and removes the copy. */
  close: () => Promise<void>
}

const COPY = /^rushes-migrate-(\d+)-/

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !hasCode(error, 'ESRCH')
  }
}

/** Removes the copies of runs that were killed. */
const removeForgotten = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    const pid = COPY.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(tmpdir(), name), { recursive: true, force: true })
  }
}

/** Copies the index, with what was written last beside it: opening a SQLite file writes to it. */
const copyIndex = async (from: string): Promise<{ path: string; remove: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), `rushes-migrate-${process.pid}-`))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 })
  const path = join(folder, 'rushes.db')
  try {
    for (const part of ['', '-wal'])
      if (existsSync(from + part)) await copyFile(from + part, path + part, constants.COPYFILE_FICLONE)
    return { path, remove }
  } catch (error) {
    await remove()
    if (hasCode(error, 'ENOSPC', 'EDQUOT'))
      throw new Error(
        `A copy of the index is made in ${tmpdir()}, which has no room for it. Set TMPDIR to a folder that has.`,
        { cause: error },
      )
    const words = error instanceof Error ? error.message : String(error)
    throw new Error(`The index of the studio (${from}) cannot be read: ${words}.`, { cause: error })
  }
}

/** Keeps a Rushes of its own out of the folder; in a folder that cannot be written to there is none. */
const lock = (folders: Folders): (() => void) => {
  try {
    accessSync(folders.root, constants.W_OK)
  } catch {
    return () => undefined
  }
  // Shared: servers of the team may have their settings and local copies in it.
  return lockFolder(folders, 'shared')
}

const requireStudio = ({ root, index, media }: Folders): void => {
  if (!existsSync(index))
    throw new Error(
      `There is no studio in ${root}: it has no rushes.db. Set DATA_DIR to the folder of the studio. Where its index is lost, start Rushes on it once: that makes it again from the files.`,
    )
  if (!existsSync(media)) throw new Error(`The studio in ${root} is not whole: its folder media is missing.`)
}

const openCopy = async (folders: Folders, path: string) => {
  const index = openIndex({
    path,
    connect: connectChild,
    logger: pino({ level: 'silent' }),
    onReplaced: () => undefined,
  })
  try {
    const { whole } = await index.found
    if (!index.isKept())
      throw new Error(`A copy of the index is read in ${tmpdir()}, which is full. Set TMPDIR to a folder with room.`)
    if (!whole)
      throw new Error(
        `The index of the studio in ${folders.root} is damaged, or was not made to its end. Start Rushes on it once, wait until it says that it is ready, and stop it: that mends the index from the files.`,
      )
    return index
  } catch (error) {
    await index.close()
    throw error
  }
}

const readUpload = (row: { id: unknown; body: unknown }): UploadRow => {
  const id = decodeText(row.id) ?? 'an upload without a name'
  const why = (error: z.ZodError): UploadRow => ({ id, reason: whyUnreadable(error) })
  try {
    const file = storedFileSchema.safeParse(JSON.parse(decodeText(row.body) ?? ''))
    return file.success ? { id, file: file.data } : why(file.error)
  } catch {
    return { id, reason: 'is no JSON' }
  }
}

/** All jobs, in the order in which they were added. */
const jobPages = async function* (index: Index, takes: TakeFolder): AsyncGenerator<Row[]> {
  for (let after = 0; ;) {
    const rows = await index.run((db) =>
      db
        .selectFrom('jobs')
        .select(columnsOfRow(index.expressions))
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(PAGE_ROWS)
        .execute(),
    )
    const page = rows.map(readRow(takes.find))
    const last = page.at(-1)
    if (!last) return
    yield page
    after = last.seq
  }
}

/** All uploads; those that share their bytes come one after the other. */
const uploadPages = async function* (index: Index): AsyncGenerator<UploadRow[]> {
  for (let after = { hash: '', id: '' }; ;) {
    const rows = await index.run((db) =>
      db
        .selectFrom('files')
        .select(['hash', 'id', index.expressions.text('body').as('body')])
        .where(({ or, and, eb }) =>
          or([eb('hash', '>', after.hash), and([eb('hash', '=', after.hash), eb('id', '>', after.id)])]),
        )
        .orderBy('hash')
        .orderBy('id')
        .limit(PAGE_ROWS)
        .execute(),
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(readUpload)
    after = { hash: last.hash, id: last.id }
  }
}

/**
 * Opens the studio of a data folder, to which nothing is written. Rejects in words where there is none, where a server
 * runs on it, and where its index is damaged or of a newer Rushes.
 */
export const openSource = async (root: string, signal: AbortSignal): Promise<Source> => {
  const folders = nameFolders(root)
  requireStudio(folders)
  const unlock = lock(folders)
  let removeCopy = (): Promise<void> => Promise.resolve()
  try {
    await removeForgotten()
    const copy = await copyIndex(folders.index)
    removeCopy = copy.remove
    const index = await openCopy(folders, copy.path)
    const takes = createTakeFolder(folders)
    const jobs = createJobStore(index)
    const files = fileRows(index, createFolderBlobs(folders))
    const found = await readFiles({ jobs, files, takes, folders }, () => undefined, signal)
    return {
      folders,
      index,
      found,
      jobs: () => jobPages(index, takes),
      uploads: () => uploadPages(index),
      close: async () => {
        await index.close()
        await removeCopy()
        unlock()
      },
    }
  } catch (error) {
    await removeCopy()
    unlock()
    throw error
  }
}
