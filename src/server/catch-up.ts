import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { isFinished } from '../shared/job.ts'
import { afterDamage } from './jobs/after-damage.ts'
import type { Notices } from './notices.ts'
import type { Connect } from './store/database/connection.ts'
import { markSalvaged } from './store/database/damage.ts'
import { markWhole } from './store/database/migrations.ts'
import type { EmbeddedIndex, Found } from './store/database/open-index.ts'
import type { IndexAccess } from './store/database/index-access.ts'
import type { FileStore } from './store/file-store.ts'
import type { Folders } from './store/folders.ts'
import type { JobStore } from './store/job-store.ts'
import { readFiles } from './store/read-files.ts'
import { salvageJobs } from './store/salvage.ts'
import type { BlobStore } from './store/blobs/blob-store.ts'
import type { TakeFolder } from './store/take-folder.ts'
import type { Odd } from './store/take-store.ts'

export type CatchUp = {
  /** Whether the index holds all that the files say. */
  isWhole: () => boolean
  /** Resolves when it does. Rejects with the signal's reason. */
  untilWhole: (signal: AbortSignal) => Promise<void>
  /**
   * Puts what is in no file into an index that is not whole, before anybody works with it: what this process knows, and
   * what damaged ones that it takes the place of still tell. Never rejects: what fails is tried again by `begin`.
   */
  fill: (found: Found) => Promise<void>
  /** Reads the files, while the index is used. */
  begin: (found: Found) => Promise<void>
  /** Resolves when nothing is read any more. */
  close: () => Promise<void>
}

/**
 * For an index on PostgreSQL, which is whole from the start: the database is the truth, and nothing is read into it from
 * the files.
 */
export const nothingToCatchUp: CatchUp = {
  isWhole: () => true,
  untilWhole: () => Promise.resolve(),
  fill: () => Promise.resolve(),
  begin: () => Promise.resolve(),
  close: () => Promise.resolve(),
}

const MAX_NAMED = 5
const PROGRESS_MS = 250
/** So many times a damaged index is read that cannot be. */
const MAX_SALVAGE_TRIES = 3
/** A full disk, most likely. */
const RETRY_MS = 5000

const oddWords = (odd: readonly Odd[]): string => {
  const named = odd.slice(0, MAX_NAMED).map(({ path, reason }) => `${path} ${reason}`)
  const more =
    odd.length > MAX_NAMED ? `; and ${(odd.length - MAX_NAMED).toLocaleString('en')} more, named in the log` : ''
  return `Left alone in the data folder: ${named.join('; ')}${more}.`
}

type CatchUpDeps = {
  index: EmbeddedIndex
  jobs: JobStore
  /** The same, for an index that is being filled. */
  filling: Pick<JobStore, 'restore'>
  files: FileStore
  blobs: Pick<BlobStore, 'has'>
  /** The folder that takes lie in, where they lie in one of ours. What lies in a storage is not looked through. */
  takes: TakeFolder | null
  folders: Folders
  connect: Connect
  notices: Notices
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
  now: () => Date
  /** Writes what this process knows of unfinished jobs into an index that is being filled. */
  rewrite: (into: Pick<JobStore, 'restore'>) => Promise<void>
  /** Puts in what a damaged index still tells of people, who are in no file. */
  salvagePeople: (aside: string, into: IndexAccess) => Promise<void>
  /** Takes up unfinished jobs that came from a damaged index while the index was in use. */
  recover: () => Promise<unknown>
}

type Into = Pick<JobStore, 'restore'>

/**
 * Puts in what a damaged index still tells. Finished jobs only where their files are still there. Rejects where the new
 * index does not take it, and the first times that the damaged one cannot be read: too many files are open, perhaps.
 */
const createSalvage = ({
  blobs,
  connect,
  logger,
  now,
}: CatchUpDeps): ((aside: string, into: Into) => Promise<void>) => {
  /** How often a damaged index could not be read, by its path. */
  const unread = new Map<string, number>()
  return async (aside, into) => {
    let saved = 0
    let refused = false
    try {
      for await (const known of salvageJobs(aside, connect)) {
        const isThere = await Promise.all(
          known.map(({ job, result }) => job.status !== 'completed' || (result !== null && blobs.has(result))),
        )
        const wanted = known.filter((_, at) => isThere[at])
        refused = true
        saved += await into.restore(wanted.map((each) => (isFinished(each.job) ? each : afterDamage(each, now()))))
        refused = false
      }
    } catch (error) {
      const failures = (unread.get(aside) ?? 0) + 1
      unread.set(aside, failures)
      if (refused || failures < MAX_SALVAGE_TRIES) throw error
      logger.error({ err: error, aside }, 'nothing more can be read from the damaged index')
    }
    logger.warn({ aside, jobs: saved }, 'saved from the damaged index')
  }
}

/** Puts in what is in no file: of this process first, for that is how it is now. Answers whether all of it is in. */
const createPutIn = (deps: CatchUpDeps, isClosed: () => boolean) => {
  const { rewrite, salvagePeople, logger } = deps
  const salvage = createSalvage(deps)
  return async (aside: readonly string[], into: Into, access: IndexAccess): Promise<boolean> => {
    try {
      await rewrite(into)
      for (const each of aside)
        if (existsSync(each)) {
          await salvagePeople(each, access)
          await salvage(each, into)
        }
      return true
    } catch (error) {
      if (isClosed()) return false
      logger.error({ err: error }, 'what is in no file could not all be put into the new index; trying on')
      return false
    }
  }
}

/** Says how far the files are read, not more often than is looked at. `why` begins the sentence. */
const tellProgress = (notices: Notices, why: string): ((progress: { done: number; of: number }) => void) => {
  let told = 0
  return ({ done, of }) => {
    const time = performance.now()
    if (of === 0 || (time - told < PROGRESS_MS && done < of)) return
    told = time
    notices.say(
      'INDEX_REBUILDING',
      `${why} made again from the files: ${done.toLocaleString('en')} of ${of.toLocaleString('en')} read. Everything works meanwhile; older takes come as they are read.`,
    )
  }
}

/**
 * Reads the files into the index. Answers how much is left alone. `why` begins the sentence that is told while it lasts;
 * null where it is not worth one.
 */
const readInto = async (deps: CatchUpDeps, why: string | null, signal: AbortSignal): Promise<number> => {
  const { jobs, files, takes, folders, notices, logger } = deps
  if (takes === null) return 0
  const onProgress = why === null ? () => undefined : tellProgress(notices, why)
  const found = await readFiles({ jobs, files, takes, folders }, onProgress, signal)
  for (const odd of found.odd) logger.warn(odd, 'left alone in the data folder')
  if (found.odd.length > 0) notices.say('ODD_FILES', oddWords(found.odd))
  if (found.takes + found.media > 0)
    logger.warn({ takes: found.takes, media: found.media }, 'read from the files into the index')
  return found.odd.length
}

/** Finds takes that lie in the folder and not in the index: somebody brought them, or the index lost their rows. */
const lookAround = async (deps: CatchUpDeps, signal: AbortSignal): Promise<void> => {
  try {
    await readInto(deps, null, signal)
  } catch (error) {
    if (!signal.aborted) deps.logger.error({ err: error }, 'the data folder could not be looked through')
  }
}

const damagedWords = (path: string): string => `The index was damaged and put aside as ${basename(path)}. It`

/** Says that an index is whole again that took the place of damaged ones. */
const tellWhole = (notices: Notices, aside: readonly string[], odd: number): void => {
  notices.clear('INDEX_REBUILDING')
  const salvaged = aside.filter((each) => existsSync(each)).map(markSalvaged)
  const [newest] = aside
  if (newest !== undefined)
    notices.say(
      'INDEX_REBUILT',
      `${damagedWords(salvaged[0] ?? newest)} was made again from the files${odd === 0 ? ': no take is lost' : ', but for what is left alone'}.`,
    )
}

/** Whether an index is whole, for those who wait for it. */
const createWholeness = () => {
  let whole = false
  const waiting = new Set<() => void>()
  return {
    isWhole: () => whole,
    become: (): void => {
      whole = true
      for (const go of waiting) go()
    },
    lose: (): void => {
      whole = false
    },
    untilWhole: (signal: AbortSignal): Promise<void> =>
      new Promise((resolve, reject) => {
        if (whole) return resolve()
        const stop = (): void => {
          waiting.delete(go)
          signal.removeEventListener('abort', abort)
        }
        const go = (): void => {
          stop()
          resolve()
        }
        const abort = (): void => {
          stop()
          reject(signal.reason)
        }
        if (signal.aborted) return abort()
        waiting.add(go)
        signal.addEventListener('abort', abort)
      }),
  }
}

/** Fills a new index from what is in no file and from the files, until it holds all of it. */
const makeWhole = async (
  deps: CatchUpDeps,
  step: {
    aside: readonly string[]
    /** Whether all that is in no file was in before; else `putIn` is tried. */
    filled: Promise<boolean>
    putIn: ReturnType<typeof createPutIn>
    onWhole: () => void
  },
  signal: AbortSignal,
): Promise<void> => {
  const { index, jobs, notices, logger } = deps
  const { aside, putIn } = step
  const why = aside[0] === undefined ? 'The index is' : `${damagedWords(aside[0])} is`
  let isFilled = await step.filled
  while (!signal.aborted)
    try {
      if (!isFilled) {
        isFilled = await putIn(aside, jobs, index)
        await deps.recover()
      }
      const odd = await readInto(deps, why, signal)
      if (!isFilled) throw new Error('the new index does not take what is in no file')
      await index.run(async (db) => {
        // It may have been replaced meanwhile, and this be another.
        signal.throwIfAborted()
        await markWhole(db)
      })
      step.onWhole()
      return tellWhole(notices, aside, odd)
    } catch (error) {
      if (signal.aborted) return
      logger.error({ err: error }, 'the files could not all be read into the index; trying on')
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined)
    }
}

/** Keeps an embedded index whole: what is in no file is put in, and then what the files say. */
export const createCatchUp = (deps: CatchUpDeps): CatchUp => {
  const { index, filling } = deps
  const wholeness = createWholeness()
  let isClosed = false
  const putIn = createPutIn(deps, () => isClosed)
  /** Whether all that is in no file is in the index, once that is known. */
  let filled: Promise<boolean> = Promise.resolve(true)
  let closing = new AbortController()
  let reading: Promise<void> = Promise.resolve()

  return {
    isWhole: wholeness.isWhole,
    untilWhole: wholeness.untilWhole,
    fill: async ({ aside }) => {
      if (isClosed) return
      // At once: nobody may take it for whole from here on.
      wholeness.lose()
      closing.abort()
      filled = putIn(aside, filling, index.filling)
      await filled
    },
    begin: async ({ whole, aside }) => {
      if (isClosed) return
      closing.abort()
      const controller = new AbortController()
      closing = controller
      const { signal } = controller
      await reading
      if (signal.aborted) return
      if (whole) {
        wholeness.become()
        reading = lookAround(deps, signal)
        return
      }
      wholeness.lose()
      reading = makeWhole(deps, { aside, filled, putIn, onWhole: wholeness.become }, signal)
    },
    close: async () => {
      isClosed = true
      closing.abort()
      await reading
    },
  }
}
