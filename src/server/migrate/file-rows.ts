import type { BlobStore } from '../store/blobs/blob-store.ts'
import type { Index } from '../store/database/index-access.ts'
import { createFileStore, type FileStore } from '../store/file-store.ts'

const never = (): Promise<never> => Promise.reject(new Error('only rows are read and written here'))

/** What an index knows of uploads. */
export const fileRows = (index: Index, blobs: BlobStore): FileStore =>
  createFileStore({
    index,
    blobs,
    prober: { probe: never, thumbnail: never, preview: never },
    derivatives: { remove: never },
    isWhole: () => true,
    newPath: never,
  })
