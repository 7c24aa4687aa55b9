import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { Job, JobOutput } from '../../shared/job.ts'
import type { Rendered } from '../../shared/renderer.ts'
import type { BlobStore } from './blobs/blob-store.ts'
import { keptJobSchema, whyUnreadable } from './job-row.ts'
import type { JsonFile } from './read-json-file.ts'

/** In JavaScript's characters: of up to 3 bytes each, or 4 for two of them, in a name that may have 255 bytes. */
const MAX_SLUG_CHARS = 48

/** `A serene lake, at sunset!` → `a-serene-lake-at-sunset`: letters and digits of any script, for a file's name. */
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .slice(0, MAX_SLUG_CHARS)
    // The cut may have parted a letter of two characters.
    .replace(/^-+|[-\p{Surrogate}]+$/gu, '')

/** `a-serene-lake-at-sunset_lucy-pro-t2v_local-draft_42_1f3a5c`: a draft says so wherever the file goes. */
const takeFilename = (job: Job): string => {
  const prompt = typeof job.inputs['prompt'] === 'string' ? slug(job.inputs['prompt']) : ''
  const renderer = job.renderer === 'local' ? 'local-draft' : job.renderer
  return [prompt || 'take', job.model, renderer, job.seed, job.job_id.slice(-6)].join('_')
}

/** Results under `takes/2026-11-22/<readable name>.mp4`, each with its job as JSON beside it. */
export type TakeStore = {
  /**
   * Puts a rendered file where it stays, under a name that nothing has. Answers the finished output, and the key of its
   * bytes. Where several may make a job, each attempt (from 1) has names of its own: what one that is too late puts there,
   * or takes away again, is nobody else's.
   */
  adopt: (job: Job, rendered: Rendered, attempt?: number) => Promise<{ output: JobOutput; result: string }>
  /** Writes the finished job beside its file, from which a lost index is rebuilt. */
  describe: (job: Job, result: string) => Promise<void>
  /** Removes a result that was put away but is not wanted any more, and what is written beside it. */
  discard: (result: string) => Promise<void>
  /** The ends of jobs whose results were put away, although the server was stopped before its index said so. */
  recall: (jobs: readonly Job[]) => Promise<Taken[]>
}

export type Taken = { job: Job; result: string }
/** What stands in a data folder and is no take, and why: it is left where it is. */
export type Odd = { path: string; reason: string }

export const isOdd = (found: object): found is { reason: string } => 'reason' in found

/** Reads the description of a take; what is none says why. */
export const readTaken = (json: JsonFile, result: string): Taken | { reason: string } => {
  if (!json.ok) return json
  const job = keptJobSchema.safeParse(json.value)
  if (!job.success) return { reason: `is not the description of a take (${whyUnreadable(job.error)})` }
  if (job.data.status !== 'completed') return { reason: 'describes a job that has no result' }
  // It is what lies there that is sent, under the name that it has there.
  const output: JobOutput = { ...job.data.output, filename: basename(result) }
  return { job: { ...job.data, output }, result }
}

const dayOf = (job: Job): string => `takes/${job.created_at.slice(0, 10)}/`

/** How the description of a take ends, whose name may be numbered. */
const NUMBERED = /(-\d+)?\.\w+\.json$/

export const createTakeStore = (blobs: BlobStore): TakeStore => {
  /** Puts the file under the first free name from that number on; the first has none. */
  const putNew = async (path: string, name: string, from: number): Promise<string> => {
    const extension = extname(path)
    for (let at = from; ; at++) {
      const key = `${name}${at === 1 ? '' : `-${at}`}${extension}`
      // What was waited, and perhaps paid, for outlives a power cut; an upload can be sent again.
      if (await blobs.put(key, path, { lasting: true, mustBeNew: true })) return key
    }
  }

  const recallOne = async (job: Job, result: string): Promise<Taken[]> => {
    const taken = readTaken(await blobs.readJson(`${result}.json`), result)
    return !isOdd(taken) && taken.job.job_id === job.job_id && (await blobs.has(result)) ? [taken] : []
  }

  return {
    adopt: async (job, { path, ...facts }, attempt = 1) => {
      const { size } = await stat(path)
      const result = await putNew(path, `${dayOf(job)}${takeFilename(job)}`, attempt)
      return { output: { ...facts, bytes: size, filename: basename(result) }, result }
    },
    describe: (job, result) => blobs.putJson(`${result}.json`, job),
    discard: async (result) => {
      // The description first: a file without one is nothing to an index that is rebuilt.
      await blobs.remove(`${result}.json`)
      await blobs.remove(result)
    },
    recall: async (jobs) => {
      const byDay = new Map<string, Map<string, Job>>()
      for (const job of jobs) {
        const wanted = byDay.get(dayOf(job)) ?? new Map<string, Job>()
        byDay.set(dayOf(job), wanted.set(takeFilename(job), job))
      }
      const found: Taken[] = []
      for (const [day, wanted] of byDay)
        for await (const key of blobs.list(day)) {
          const job = wanted.get(key.slice(day.length).replace(NUMBERED, ''))
          if (job) found.push(...(await recallOne(job, key.slice(0, -'.json'.length))))
        }
      return found
    },
  }
}
