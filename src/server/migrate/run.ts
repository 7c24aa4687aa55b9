import type { Job } from '../../shared/job.ts'
import type { Index } from '../store/database/index-access.ts'
import { createFolderBlobs } from '../store/blobs/folder-blobs.ts'
import { createJobStore } from '../store/job-store.ts'
import { createCopier } from './copy-blob.ts'
import { copyPeople, findOwner } from './copy-people.ts'
import { copySettings } from './copy-settings.ts'
import { copyTakes } from './copy-takes.ts'
import { copyUploads } from './copy-uploads.ts'
import { fileRows } from './file-rows.ts'
import { createReport, type Report } from './report.ts'
import { type Order, readOrder } from './settings.ts'
import { openSource, type Source } from './source.ts'
import { openTarget, type Target } from './target.ts'

/** Milliseconds between two lines that tell how far it is. */
const TELL_MS = 5000
/** So many files that belong to nothing are named. */
const MAX_NAMED = 5

type Say = (words: string) => void
type Running = { order: Order; source: Source; target: Target; report: Report; say: Say; signal: AbortSignal }

const countRows = (index: Index, table: 'jobs' | 'files'): Promise<number> =>
  index.run(async (db) => {
    const { count } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(count)
  })

/** What lies in the folder and is not in the index. */
const requireRead = ({ order, source: { found }, say }: Running): void => {
  const { takes, media, odd } = found
  // An index that stays would never hear of what is brought to a storage.
  if (takes + media > 0 && order.to.databaseUrl === null)
    throw new Error(
      `${takes + media} takes and uploads lie in ${order.from} that its index does not know. Start Rushes on it once, as it was, and stop it; then run this again.`,
    )
  for (const { path, reason } of odd.slice(0, MAX_NAMED)) say(`Left alone in the data folder: ${path} ${reason}.`)
  if (odd.length > MAX_NAMED) say(`Left alone in the data folder: ${odd.length - MAX_NAMED} more.`)
}

/** Whose a job is in the team's studio. */
const createOwned = async ({ order: { owner, isDryRun }, source, target, report, say }: Running) => {
  const people = await copyPeople(source.index, target.index, { isDryRun, report, say })
  const orphans = owner === null ? null : findOwner(owner, people)
  return (job: Job): Job => ({ ...job, owner: job.owner === null ? orphans : (people.ids.get(job.owner) ?? job.owner) })
}

const copyAll = async (running: Running): Promise<void> => {
  const { order, source, target, report, say, signal } = running
  requireRead(running)
  const { index, blobs } = target
  const { isDryRun, to } = order
  const hasDatabase = to.databaseUrl !== null
  if (to.dataDir !== order.from) await copySettings(source.folders, to.dataDir, { isDryRun, report })
  const owned = hasDatabase ? await createOwned(running) : (job: Job): Job => job
  const copier = createCopier({
    root: order.from,
    blobs,
    isDryRun,
    onCopied: report.copied,
    onBegun: report.begun,
    onEnded: report.ended,
    say,
    signal,
  })
  const folder = createFolderBlobs(source.folders)
  /** What a dry run puts in, it counts alone. */
  const restoring = <T>(restore: (into: Index) => (items: readonly T[]) => Promise<number>) => {
    if (!hasDatabase) return null
    return isDryRun || index === null ? (items: readonly T[]) => Promise.resolve(items.length) : restore(index)
  }
  await copyUploads(source.uploads(), {
    copier,
    index,
    restore: restoring((into) => fileRows(into, folder).restore),
    exclusively: (index ?? source.index).exclusively,
    report,
    signal,
  })
  await copyTakes(source.jobs(), {
    copier,
    index,
    restore: restoring((into) => createJobStore(into).restore),
    owned,
    report,
    signal,
  })
}

const tellEnd = ({ order: { from, to, isDryRun }, report, say }: Running): void => {
  say('')
  for (const line of report.lines(isDryRun)) say(line)
  if (isDryRun) return say('Nothing was written: this was a dry run.')
  if (to.files.kind === 's3')
    say('Each file that was copied was read back from the storage and compared by its SHA-256.')
  say(`Nothing was changed in ${from}.`)
  if (to.dataDir === from)
    say(
      `Settings and workflows stay there: servers and workers with another DATA_DIR need renderers.json, decart.json and workflows/ too.`,
    )
  if (!report.isWhole()) return
  say(
    to.databaseUrl === null
      ? 'The files are carried over: with FILES_URL set, Rushes takes them from the storage.'
      : 'The studio is carried over. Do not let the old one run on beside it.',
  )
}

const copyOver = async (order: Order, say: Say, signal: AbortSignal): Promise<boolean> => {
  const source = await openSource(order.from, signal)
  try {
    const target = await openTarget(order.to, { isDryRun: order.isDryRun, say, signal })
    const report = createReport(say)
    const running = { order, source, target, report, say, signal }
    const of = { takes: await countRows(source.index, 'jobs'), uploads: await countRows(source.index, 'files') }
    const telling = setInterval(() => say(report.progress(of)), TELL_MS)
    try {
      await copyAll(running)
    } catch (error) {
      say('')
      for (const line of report.lines(order.isDryRun)) say(line)
      throw error
    } finally {
      clearInterval(telling)
      await target.close()
    }
    tellEnd(running)
    return report.isWhole()
  } finally {
    await source.close()
  }
}

/**
 * Copies an embedded studio to a team's database and storage, as the arguments say. Answers the exit code: 0 where all of
 * it is there. What is to be read by a person goes to `say`, a line at a time.
 */
export const migrate = async (options: {
  args: readonly string[]
  environment: Readonly<Record<string, string | undefined>>
  envFile: string
  say: Say
  signal: AbortSignal
}): Promise<number> => {
  const { args, environment, envFile, say, signal } = options
  try {
    return (await copyOver(readOrder(args, environment, envFile), say, signal)) ? 0 : 1
  } catch (error) {
    say(
      signal.aborted
        ? 'Stopped. Run it again: it goes on from here.'
        : `${error instanceof Error ? error.message : String(error)}`,
    )
    return 1
  }
}
