import { isFinished, type Job } from '../../shared/job.ts'
import type { Index } from '../store/database/index-access.ts'
import type { JobStore } from '../store/job-store.ts'
import type { Row, StoredJob } from '../store/stored-job.ts'
import { eachAtOnce } from './at-once.ts'
import { type Copier, NotCopied, type Outcome } from './copy-blob.ts'
import { AT_ONCE } from './copy-uploads.ts'
import type { Report } from './report.ts'

type Deps = {
  copier: Copier
  /** What the target's database knows; null where that is nothing. */
  index: Index | null
  /** Puts rows in; null where the index stays where it is. */
  restore: JobStore['restore'] | null
  /** The job as the team's studio is to have it. */
  owned: (job: Job) => Job
  report: Report
  signal: AbortSignal
}

/** The results of jobs that are there already, by their ids. */
const knownIn = async (
  index: Index | null,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { result: string | null }>> => {
  if (index === null) return new Map()
  const rows = await index.run((db) => db.selectFrom('jobs').select(['id', 'result']).where('id', 'in', ids).execute())
  return new Map(rows.map(({ id, result }) => [id, { result }]))
}

/**
 * Copies finished jobs: the files of results, which are compared; their descriptions; and only then the rows, in their
 * order. What waits or runs is left where it is: who has it alone may order it.
 */
export const copyTakes = async (pages: AsyncIterable<Row[]>, deps: Deps): Promise<void> => {
  const { copier, index, restore, owned, report, signal } = deps

  /** The file of a take, by the name that the team's studio has for it, where it has one. */
  const copyFile = async ({ job, result }: StoredJob, known: { result: string | null } | undefined) => {
    if (job.status !== 'completed') return 'there'
    if (result === null) throw new NotCopied('the index does not say where its file is')
    const key = known?.result ?? result
    const { bytes } = job.output
    const sent = await copier.file({ path: result, key, bytes, hash: null, isCompared: known !== undefined })
    if (known) return sent
    const described = await copier.description(`${key}.json`, job)
    return described === 'copied' ? 'copied' : sent
  }

  for await (const page of pages) {
    const stored: StoredJob[] = []
    for (const row of page)
      if (row.is === 'unreadable')
        report.fail('takes', `what the index has of ${row.unreadable.job_id} cannot be read (${row.unreadable.reason})`)
      else if (isFinished(row.stored.job)) stored.push({ ...row.stored, job: owned(row.stored.job) })
      // Where the index stays it goes on there.
      else if (restore) report.leave()
    const known = await knownIn(
      index,
      stored.map(({ job }) => job.job_id),
    )
    const outcomes = new Map<StoredJob, Outcome>()
    try {
      await eachAtOnce(stored, AT_ONCE, async (each) => {
        signal.throwIfAborted()
        const { job_id: id } = each.job
        try {
          outcomes.set(each, await copyFile(each, known.get(id)))
        } catch (error) {
          if (!(error instanceof NotCopied)) throw error
          report.fail('takes', `${id}: ${error.message}`)
        }
      })
    } finally {
      // Also of a page that was broken off: what was compared need not be compared again.
      const whole = stored.filter((each) => outcomes.has(each))
      const added = whole.filter(({ job }) => !known.has(job.job_id))
      await restore?.(added)
      for (const each of whole) {
        const isNew = restore !== null && !known.has(each.job.job_id)
        report.add('takes', isNew ? 'copied' : (outcomes.get(each) ?? 'there'))
      }
    }
  }
}
