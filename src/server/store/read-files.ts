import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isFinished } from '../../shared/job.ts'
import { batches } from './batches.ts'
import type { FileStore } from './file-store.ts'
import { storedFileSchema, type StoredFile } from './stored-file.ts'
import type { Folders } from './folders.ts'
import { whyUnreadable } from './job-row.ts'
import type { JobStore } from './job-store.ts'
import { readJsonFile } from './read-json-file.ts'
import { isOrdinaryFile } from './require-media.ts'
import type { TakeFolder } from './take-folder.ts'
import { isOdd, type Odd, type Taken } from './take-store.ts'

/** Files that are put into the index at once. */
const BATCH_FILES = 200
/** Files that are read without letting others have their turn: some milliseconds. */
const SLICE = 20

export type ReadProgress = { done: number; of: number }
export type ReadFiles = { takes: number; media: number; odd: Odd[] }

/** Reads all, a slice at a time, and keeps what is none apart. */
const readAll = async <T extends object>(
  paths: readonly string[],
  read: (path: string) => T | Odd,
  odd: Odd[],
): Promise<T[]> => {
  const found: T[] = []
  for (const slice of batches(paths, SLICE)) {
    for (const path of slice) {
      const one = read(path)
      if (isOdd(one)) odd.push(one)
      else found.push(one)
    }
    await nextTurn()
  }
  return found
}

const readMedia =
  (folders: Folders) =>
  (path: string): StoredFile | Odd => {
    const odd = (reason: string): Odd => ({ path: `media/${path}`, reason })
    const json = readJsonFile(join(folders.media, path))
    if (!json.ok) return odd(json.reason)
    const file = storedFileSchema.safeParse(json.value)
    if (!file.success) return odd(`is not the description of an upload (${whyUnreadable(file.error)})`)
    return isOrdinaryFile(join(folders.media, file.data.stored_as)) ? file.data : odd('stands there without its media')
  }

/** Puts takes into the index that it does not know by their paths. Answers how many are new to it. */
const putTakes = async (jobs: JobStore, takes: TakeFolder, found: readonly Taken[]): Promise<number> => {
  const added = await jobs.restore(found.map((taken) => ({ ...taken, cloud: null })))
  if (added === found.length) return added
  // The others are there under another path: a copy, which the index need not know, or the take itself, moved.
  let moved = 0
  for (const { job, result } of found) {
    const known = await jobs.get(job.job_id).catch(() => null)
    if (known?.result === result || (known?.result && existsSync(takes.path(known.result)))) continue
    // One that is not finished is its runner's alone.
    if (known && !isFinished(known.job)) continue
    await jobs.replace(job, result)
    moved++
  }
  return added + moved
}

/**
 * Reads the takes and uploads of the data folder that the index does not know into it, the newest takes first and their
 * sources soon after, while it is used. What stands there and is none is left alone and named.
 */
export const readFiles = async (
  { jobs, files, takes, folders }: { jobs: JobStore; files: FileStore; takes: TakeFolder; folders: Folders },
  onProgress: (progress: ReadProgress) => void,
  signal: AbortSignal,
): Promise<ReadFiles> => {
  const [listed, names, knownResults, knownFiles] = await Promise.all([
    takes.list(),
    readdir(folders.media),
    jobs.results(),
    files.ids(),
  ])
  const takePaths = listed.paths.filter((path) => !knownResults.has(takes.resultOf(path)))
  const mediaNames = names.filter((name) => name.endsWith('.json') && !knownFiles.has(name.slice(0, -'.json'.length)))
  const of = takePaths.length + mediaNames.length
  const result: ReadFiles = { takes: 0, media: 0, odd: [...listed.odd] }
  let done = 0
  const advance = (count: number): void => {
    done += count
    onProgress({ done, of })
  }
  /** Reads a batch while the database, in a process of its own, takes in the one before. */
  const takeIn = async <T extends object>(
    paths: readonly string[],
    read: (path: string) => T | Odd,
    put: (found: readonly T[]) => Promise<void>,
  ): Promise<void> => {
    let putting = Promise.resolve()
    for (const some of batches(paths, BATCH_FILES)) {
      signal.throwIfAborted()
      const found = await readAll(some, read, result.odd)
      await putting
      putting = put(found).then(() => advance(some.length))
      // It is awaited after the next batch is read; until then nobody listens to it.
      putting.catch(() => undefined)
    }
    await putting
  }
  const putTaken = async (found: readonly Taken[]): Promise<void> => {
    result.takes += await putTakes(jobs, takes, found)
  }
  await takeIn(takePaths.slice(0, BATCH_FILES), takes.read, putTaken)
  await takeIn(mediaNames, readMedia(folders), async (found) => {
    result.media += await files.restore(found)
  })
  await takeIn(takePaths.slice(BATCH_FILES), takes.read, putTaken)
  return result
}
