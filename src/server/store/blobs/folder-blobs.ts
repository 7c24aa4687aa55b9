import { createReadStream } from 'node:fs'
import { link, mkdir, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { explainDiskError, hasCode } from '../../disk-errors.ts'
import { adoptFile, type Folders, syncFile, writeJson } from '../folders.ts'
import { readJsonFile } from '../read-json-file.ts'
import { isOrdinaryFile, requireMedia } from '../require-media.ts'
import type { BlobStore } from './blob-store.ts'

/** Bytes that are read at a time. */
const CHUNK_BYTES = 256 * 1024

/** Gives a file a second name where nobody has that name. Answers false where somebody has. */
const linkNew = async (from: string, to: string): Promise<boolean> => {
  await mkdir(dirname(to), { recursive: true })
  try {
    await link(from, to)
  } catch (error) {
    if (hasCode(error, 'EEXIST') || isOrdinaryFile(to)) return false
    // Of a file system without second names; whoever else writes into this folder has names of their own.
    await adoptFile(from, to)
    return true
  }
  await rm(from, { force: true })
  return true
}

/** All below a folder, by their names. */
const filesIn = async function* (folder: string, prefix: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return []
    throw explainDiskError(error)
  })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isFile()) yield `${prefix}${entry.name}`
    else if (entry.isDirectory()) yield* filesIn(join(folder, entry.name), `${prefix}${entry.name}/`)
  }
}

/** Blobs as ordinary files of a data folder, which this process alone writes to. */
export const createFolderBlobs = (folders: Folders): BlobStore => {
  const pathOf = (key: string): string => join(folders.root, key)

  return {
    isShared: false,
    put: async (key, path, { mustBeNew = false, lasting = false } = {}) => {
      try {
        if (lasting) await syncFile(path)
        if (mustBeNew) return await linkNew(path, pathOf(key))
        await adoptFile(path, pathOf(key))
        return true
      } catch (error) {
        throw explainDiskError(error)
      }
    },
    takeBack: (key, path) => adoptFile(pathOf(key), path),
    putJson: (key, value) => writeJson(folders, pathOf(key), value),
    readJson: (key) => Promise.resolve(readJsonFile(pathOf(key))),
    has: (key) => Promise.resolve(isOrdinaryFile(pathOf(key))),
    facts: async (key, name = basename(key)) => {
      const { size, mtime } = await requireMedia(pathOf(key), name)
      return { bytes: size, modified: mtime }
    },
    open: (key, { start, end }) =>
      Promise.resolve(createReadStream(pathOf(key), { start, end, highWaterMark: CHUNK_BYTES })),
    localCopy: async (key, name = basename(key)) => {
      await requireMedia(pathOf(key), name)
      return { path: pathOf(key), release: () => undefined }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    list: async function* (prefix) {
      const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
      for await (const key of filesIn(pathOf(folder), folder)) if (key.startsWith(prefix)) yield key
    },
  }
}
