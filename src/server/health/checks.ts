import { rm, writeFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { explainDiskError } from '../disk-errors.ts'
import type { Index } from '../store/database/index-access.ts'
import { type Folders, temporaryPath } from '../store/folders.ts'
import type { Check } from './readiness.ts'

/** Whether the index answers, holds all that the files say, and unfinished jobs are taken up. */
export const checkIndex =
  (deps: {
    index: Pick<Index, 'look' | 'isKept' | 'takesChanges'>
    isWhole: () => boolean
    /** Whether what a stopped server left unfinished is taken up. */
    isTakenUp: () => boolean
  }): Check =>
  async () => {
    if (!deps.index.isKept())
      return 'The disk has no room for the index: what is there can be looked at, and nothing new is taken.'
    if (!deps.index.takesChanges()) return 'The database takes no changes: what is there can be looked at.'
    await deps.index.look((db) => sql`select 1`.execute(db))
    if (!deps.isWhole()) return 'The index is being made again from the files.'
    return deps.isTakenUp() ? null : 'Unfinished jobs are being taken up.'
  }

/** Whether the data folder takes files: one is really written, since a disk may have become read-only. */
export const checkFiles = (deps: {
  folders: Folders
  storage: { look: () => Promise<void>; hasRoom: () => boolean }
}): Check => {
  const attempt = async (): Promise<string | null> => {
    // A disk that is full may still take a file as small as this.
    await deps.storage.look()
    if (!deps.storage.hasRoom()) return 'The data folder takes nothing new: its disk is full, or cannot be written to.'
    const path = await temporaryPath(deps.folders)
    try {
      await writeFile(path, 'ready')
      return null
    } catch (error) {
      throw explainDiskError(error)
    } finally {
      await rm(path, { force: true })
    }
  }
  let underway: Promise<string | null> | null = null
  // However many ask at a time, the disk is asked once.
  return () => (underway ??= attempt().finally(() => (underway = null)))
}

/** Whether the server goes on: one that is stopping finishes what it has and takes nothing new. */
export const checkStopping =
  (closing: AbortSignal): Check =>
  () =>
    closing.aborted ? 'The server is stopping.' : null
