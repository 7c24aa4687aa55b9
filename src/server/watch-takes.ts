import { stat } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import type { Logger } from 'pino'
import { isFinished } from '../shared/job.ts'
import type { JobBus } from './jobs/bus.ts'
import type { JobChanges } from './jobs/changes.ts'
import type { Folders } from './store/folders.ts'
import type { JobStore } from './store/job-store.ts'
import type { LibraryStore } from './store/library-store.ts'
import { isOrdinaryFile } from './store/require-media.ts'
import type { TakeFolder } from './store/take-folder.ts'
import { isOdd } from './store/take-store.ts'
import { watchFolders } from './watch-folders.ts'

export type TakesWatch = {
  /** Watches, once the folder is watched as a whole. Does nothing where the system cannot. */
  start: () => Promise<void>
  close: () => Promise<void>
}

/** After a change: what belongs together is looked at together. */
const QUIET_MS = 250
/** A take that is being copied in is looked at again so often, ever later. */
const MAX_TRIES = 8
type WatchDeps = {
  folders: Folders
  takes: TakeFolder
  jobs: Pick<JobStore, 'get' | 'restore' | 'replace'>
  library: Pick<LibraryStore, 'withResults' | 'resultsUnder' | 'remove'>
  bus: Pick<JobBus, 'tell'>
  inTurn: JobChanges['inTurn']
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
}

/** The path of a result inside the data folder, as the index has it. */
const resultOf = (root: string, path: string): string => relative(root, path).split(sep).join('/')

/** Reads a take in that lies there and is not known at that place. Answers whether it has to be looked at again. */
const bringIn = async ({ takes, jobs, bus, logger }: WatchDeps, result: string): Promise<boolean> => {
  const taken = takes.read(`${takes.path(result)}.json`)
  // Half of it is there, perhaps: it is being copied.
  if (isOdd(taken)) return true
  const { size } = await stat(takes.path(result))
  if (taken.job.status !== 'completed' || size < taken.job.output.bytes) return true
  // Over a row that cannot be read it is written anew.
  const known = await jobs.get(taken.job.job_id).catch(() => null)
  if (known === undefined) await jobs.restore([{ ...taken, cloud: null }])
  // A copy of one that is there, or one whose end is just being written.
  else if (known && (!isFinished(known.job) || (known.result && isOrdinaryFile(takes.path(known.result))))) return false
  else await jobs.replace(taken.job, result)
  logger.info({ job: taken.job.job_id, file: result }, 'a take was brought into its folder')
  bus.tell({ name: 'job', job: taken.job })
  return false
}

/** Whether a folder is still the one that it was: of one that was moved away, or whose disk is gone, nothing was deleted. */
const createIdentity = (path: string) => {
  let root: { dev: bigint; ino: bigint } | null = null
  const look = () => stat(path, { bigint: true }).catch(() => null)
  return {
    remember: async (): Promise<void> => {
      root = await look()
    },
    isSame: async (): Promise<boolean> => {
      const facts = await look()
      return facts !== null && facts.dev === root?.dev && facts.ino === root.ino
    },
  }
}

/** Forgets takes whose files are gone, unless they lie somewhere else by now, or the whole folder is gone. */
const forgetGone = async (
  { folders, library, bus, logger }: WatchDeps,
  gone: readonly string[],
  isThere: () => Promise<boolean>,
): Promise<void> => {
  if (gone.length === 0) return
  // One that was only moved is known at its new place by now.
  const left = await library.withResults(gone)
  if (left.size === 0) return
  if (!(await isThere())) {
    logger.warn({ folder: folders.takes, takes: left.size }, 'the folder of takes is not there: nothing is forgotten')
    return
  }
  const removed = await library.remove([...left.values()])
  logger.warn({ files: [...left.keys()] }, 'takes were deleted from their folder by others, and are forgotten')
  bus.tell({ name: 'removed', jobs: removed })
}

/** Looks what is to be done for results that something happened to, by how often each was looked at in vain. */
const lookAt = async (
  deps: WatchDeps,
  results: ReadonlyMap<string, number>,
  { touched, isThere }: { touched: Map<string, number>; isThere: () => Promise<boolean> },
): Promise<void> => {
  const { takes, library } = deps
  const known = await library.withResults([...results.keys()])
  const gone: string[] = []
  for (const [result, tries] of results) {
    const isHere = isOrdinaryFile(takes.path(result))
    if (!isHere && known.has(result)) gone.push(result)
    if (!isHere || known.has(result) || !isOrdinaryFile(`${takes.path(result)}.json`)) continue
    if ((await bringIn(deps, result)) && tries < MAX_TRIES && !touched.has(result)) touched.set(result, tries + 1)
  }
  await forgetGone(deps, gone, isThere)
}

/** Watches the folder of the takes: what others delete there is gone from the library, what they bring comes in. */
export const watchTakes = (deps: WatchDeps): TakesWatch => {
  const { folders, library, inTurn, logger } = deps
  /** Paths of results that something happened to, and how often each was found unfinished. */
  const touched = new Map<string, number>()
  const lostFolders = new Set<string>()
  const identity = createIdentity(folders.takes)
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  let closed = false

  const schedule = (ms = QUIET_MS): void => {
    if (closed) return
    timer ??= setTimeout(() => {
      timer = undefined
      working = working.then(look).catch((error: unknown) => {
        logger.error({ err: error }, 'a change of the folder of takes could not be followed')
      })
    }, ms).unref()
  }

  const watching = watchFolders({
    logger,
    onFile: (path) => {
      touched.set(resultOf(folders.root, path.replace(/\.json$/, '')), 0)
      schedule()
    },
    onLost: (folder) => {
      lostFolders.add(folder)
      schedule()
    },
  })

  const look = async (): Promise<void> => {
    if (closed) return
    for (const folder of lostFolders)
      for (const result of await library.resultsUnder(resultOf(folders.root, folder))) touched.set(result, 0)
    lostFolders.clear()
    const results = new Map(touched)
    touched.clear()
    await inTurn(() => lookAt(deps, results, { touched, isThere: identity.isSame }))
    if (touched.size > 0) schedule(QUIET_MS * 2 ** Math.max(0, ...touched.values()))
  }

  return {
    start: async () => {
      await identity.remember()
      await watching
        .start(folders.takes)
        .catch((error: unknown) =>
          logger.warn({ err: error }, 'the folder of takes cannot be watched: what others change is seen at a start'),
        )
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      watching.close()
      await working
    },
  }
}
