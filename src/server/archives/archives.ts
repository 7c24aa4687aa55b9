import { randomBytes } from 'node:crypto'
import { RushesError } from '../../shared/errors.ts'
import { isFinished, type Job } from '../../shared/job.ts'
import type { LibraryStore } from '../store/library-store.ts'
import { uniqueNames } from './entry-names.ts'

/** A take in an archive: its name there, the key of its bytes, and when it was made. */
export type Entry = { name: string; key: string; madeAt: Date }

export type Archive = {
  id: string
  filename: string
  entries: readonly Entry[]
  /** Asked for, and no completed jobs: a line each. */
  missing: readonly string[]
}

export type Archives = {
  /** Writes down what an archive holds, of what whoever asks may see; its id cannot be guessed. Rejects with NOT_FOUND where nothing of it is there. */
  prepare: (jobIds: readonly string[], isSeen?: (job: Job) => boolean) => Promise<Archive>
  /** Undefined for one that is not kept any more. */
  get: (id: string) => Archive | undefined
}

const KEPT_MS = 10 * 60 * 1000
/** Archives that are kept at a time; of more the oldest is forgotten. */
const MAX_KEPT_ARCHIVES = 32

/** Archives that were asked for, by id, until they are fetched: lists of files, in memory. */
export const createArchives = ({
  library,
  find,
  now,
}: {
  library: Pick<LibraryStore, 'find'>
  /** A job as it now is: that it has ended is known before it is written down. */
  find: (id: string) => Promise<{ job: Job; result: string | null } | undefined>
  now: () => Date
}): Archives => {
  const kept = new Map<string, { archive: Archive; until: number }>()

  const forgetOld = (): void => {
    const time = now().getTime()
    for (const [id, { until }] of kept) if (until <= time || kept.size > MAX_KEPT_ARCHIVES) kept.delete(id)
  }

  return {
    prepare: async (jobIds, isSeen = () => true) => {
      const ids = [...new Set(jobIds)]
      const written = await library.find(ids)
      const known = await Promise.all(
        written.map(async (row) => (isFinished(row.job) ? row : ((await find(row.job.job_id)) ?? row))),
      )
      const found = known.flatMap(({ job, result }) =>
        job.status === 'completed' && result !== null && isSeen(job) ? [{ job, result }] : [],
      )
      if (found.length === 0)
        throw new RushesError('NOT_FOUND', 'None of these jobs has a take that could be put into an archive.')
      const names = uniqueNames(found.map(({ job }) => job.output.filename))
      const there = new Set(found.map(({ job }) => job.job_id))
      const takesWord = found.length === 1 ? 'take' : 'takes'
      const archive: Archive = {
        id: `archive_${randomBytes(16).toString('hex')}`,
        filename: `rushes-${now().toISOString().slice(0, 10)}-${found.length}-${takesWord}.zip`,
        entries: found.map(({ job, result }, at) => ({
          name: names[at] ?? job.output.filename,
          key: result,
          madeAt: new Date(job.finished_at),
        })),
        missing: ids.filter((id) => !there.has(id)).map((id) => `${id} (has no take)`),
      }
      kept.set(archive.id, { archive, until: now().getTime() + KEPT_MS })
      forgetOld()
      return archive
    },
    get: (id) => {
      forgetOld()
      return kept.get(id)?.archive
    },
  }
}
