import type { Logger } from 'pino'
import { type CatchUp, createCatchUp, nothingToCatchUp } from '../catch-up.ts'
import type { Runner } from '../jobs/runner.ts'
import { countFiles } from '../metrics/count-files.ts'
import type { Notices } from '../notices.ts'
import { openDatabase } from '../open-database.ts'
import { createSalvagePeople } from '../people/salvage.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import { connectChild } from '../store/database/connection.ts'
import type { Index } from '../store/database/index-access.ts'
import { type EmbeddedIndex, type Found, openIndex } from '../store/database/open-index.ts'
import type { Derivatives } from '../store/derivatives.ts'
import { createFileStore, type FileStore, type Prober } from '../store/file-store.ts'
import { temporaryPath } from '../store/folders.ts'
import { createJobStore, type JobStore } from '../store/job-store.ts'
import { createTakeFolder, type TakeFolder } from '../store/take-folder.ts'
import { createTakeStore, type TakeStore } from '../store/take-store.ts'
import type { DataFolder } from './data-folder.ts'

export type StoresDeps = Pick<DataFolder, 'folders' | 'orUnlock'> & {
  /** Null for an index of this process's own. */
  databaseUrl: string | null
  blobs: BlobStore
  prober: Prober
  derivatives: Derivatives
  notices: Notices
  logger: Logger
  now: () => Date
  closing: AbortSignal
  /** Told when another index has taken the place of the embedded one. */
  onReplaced: (found: Found) => void
  /** Told of every upload's bytes. */
  received: (bytes: number) => void
  /** Not there yet when stores are opened. */
  runner: () => Pick<Runner, 'rewrite' | 'recover'>
}

export type Stores = {
  index: Index
  /** The same index where it is this process's own, else null. */
  embedded: EmbeddedIndex | null
  jobs: JobStore
  files: FileStore
  /** Files over another access to the index, as within a transaction. */
  filesOf: (index: Index) => FileStore
  takes: TakeStore
  /** Null where takes are in a storage that others use too: its index is the one truth of what is in it. */
  takeFolder: TakeFolder | null
  catchUp: CatchUp
}

/** Opens the index and what is kept in it. Rejects with a plain sentence where it cannot be used. */
export const openStores = async (deps: StoresDeps): Promise<Stores> => {
  const { databaseUrl, folders, orUnlock, blobs, prober, derivatives, notices, logger, closing, received } = deps
  const openEmbedded = (): EmbeddedIndex =>
    openIndex({
      path: folders.index,
      connect: connectChild,
      logger,
      fill: (found) => catchUp.fill(found),
      onReplaced: deps.onReplaced,
    })
  const embedded = databaseUrl === null ? openEmbedded() : null
  const openOther = (url: string): Promise<Index> =>
    orUnlock(openDatabase({ databaseUrl: url, logger, notices, closing }))
  const index = embedded ?? (await openOther(databaseUrl ?? ''))
  const takeFolder = blobs.isShared ? null : createTakeFolder(folders)
  const isWhole = (): boolean => catchUp.isWhole() && index.isKept()
  const jobs = createJobStore(index, { ...(takeFolder && { findTake: takeFolder.find }), isWhole })
  const newPath = () => temporaryPath(folders)
  const filesOf = (own: Index): FileStore =>
    countFiles(createFileStore({ index: own, blobs, prober, derivatives, isWhole, newPath }), { received })
  const files = filesOf(index)
  const catchUp = embedded ? catchUpOf(deps, { embedded, jobs, files, takeFolder }) : nothingToCatchUp
  return { index, embedded, jobs, files, filesOf, takes: createTakeStore(blobs), takeFolder, catchUp }
}

const catchUpOf = (
  { folders, blobs, notices, logger, now, runner }: StoresDeps,
  stores: { embedded: EmbeddedIndex; jobs: JobStore; files: FileStore; takeFolder: TakeFolder | null },
): CatchUp =>
  createCatchUp({
    index: stores.embedded,
    jobs: stores.jobs,
    filling: createJobStore({ ...stores.embedded, ...stores.embedded.filling }),
    files: stores.files,
    blobs,
    takes: stores.takeFolder,
    folders,
    connect: connectChild,
    notices,
    logger,
    now,
    rewrite: (into) => runner().rewrite(into),
    salvagePeople: createSalvagePeople({ connect: connectChild, logger }),
    recover: () => runner().recover(),
  })
