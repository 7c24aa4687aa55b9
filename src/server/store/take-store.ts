import { existsSync, lstatSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import type { Job, JobOutput } from '../../shared/job.ts'
import type { Rendered } from '../../shared/renderer.ts'
import { explainDiskError, hasCode } from './disk-errors.ts'
import { adoptFile, type Folders, syncFile, writeJson } from './folders.ts'
import { keptJobSchema, whyUnreadable } from './job-row.ts'
import { readJsonFile } from './read-json-file.ts'

/** In JavaScript's characters: of up to 3 bytes each, or 4 for two of them, in a name that may have 255 bytes. */
const SLUG_LENGTH = 48

/** `A serene lake, at sunset!` → `a-serene-lake-at-sunset`: letters and digits of any script, for a file's name. */
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .slice(0, SLUG_LENGTH)
    // The cut may have parted a letter of two characters.
    .replace(/^-+|[-\p{Surrogate}]+$/gu, '')

/** `a-serene-lake-at-sunset_lucy-pro-t2v_local-draft_42_1f3a5c.mp4`: a draft says so wherever the file goes. */
const takeFilename = (job: Job, extension: string, attempt = 1): string => {
  const prompt = typeof job.inputs['prompt'] === 'string' ? slug(job.inputs['prompt']) : ''
  const renderer = job.renderer === 'local' ? 'local-draft' : job.renderer
  return `${[prompt || 'take', job.model, renderer, job.seed, job.job_id.slice(-6), ...(attempt > 1 ? [attempt] : [])].join('_')}${extension}`
}

/** Results as ordinary files: `takes/2026-11-22/<readable name>.mp4`, each with its job as JSON beside it. */
export type TakeStore = {
  /**
   * Puts a rendered file where it stays. Answers the finished output and its path inside the data folder. Where several
   * may make a job, the later attempts (from 2) have names of their own.
   */
  adopt: (job: Job, rendered: Rendered, attempt?: number) => Promise<{ output: JobOutput; result: string }>
  /** Writes the finished job beside its file, from which a lost index is rebuilt. */
  describe: (job: Job, result: string) => Promise<void>
  /** Removes a result that was put away but is not wanted any more, and what is written beside it. */
  discard: (result: string) => Promise<void>
  path: (result: string) => string
  /** The paths of all that may be a finished job's JSON, of the newest day first, and what cannot be looked into. */
  list: () => Promise<{ paths: string[]; odd: Odd[] }>
  /** Reads what stands at such a path. */
  read: (path: string) => Taken | Odd
  /** The finished job whose result lies at that path inside the data folder; null where there is none. */
  find: (result: string) => Job | null
  /** The path inside the data folder of the result that such a path describes. */
  resultOf: (path: string) => string
  /** The ends of jobs whose results were put away, although the server was stopped before its index said so. */
  recall: (jobs: readonly Job[]) => Promise<Taken[]>
}

export type Taken = { job: Job; result: string }
/** What stands in a data folder and is no take, and why: it is left where it is. */
export type Odd = { path: string; reason: string }

export const isOdd = (found: object): found is Odd => 'reason' in found

/** Folders below `takes` that are looked into; a take lies in the first. */
const DEEPEST = 3

export const createTakeStore = (folders: Folders): TakeStore => {
  const inFolder = (path: string): string => relative(folders.root, path).split(sep).join('/')

  const read = (path: string): Taken | Odd => {
    const odd = (reason: string): Odd => ({ path: inFolder(path), reason })
    const json = readJsonFile(path)
    if (!json.ok) return odd(json.reason)
    const job = keptJobSchema.safeParse(json.value)
    if (!job.success) return odd(`is not the description of a take (${whyUnreadable(job.error)})`)
    if (job.data.status !== 'completed') return odd('describes a job that has no result')
    const media = path.slice(0, -'.json'.length)
    const facts = lstatSync(media, { throwIfNoEntry: false })
    if (!facts?.isFile())
      return odd(facts ? 'stands beside something that is no file' : 'stands there without its media')
    // It is what lies there that is sent, under the name that it has there.
    const output: JobOutput = { ...job.data.output, filename: basename(media) }
    return { job: { ...job.data, output }, result: inFolder(media) }
  }

  const listIn = async (folder: string, depth: number): Promise<{ paths: string[]; odd: Odd[] }> => {
    const paths: string[] = []
    const odd: Odd[] = []
    const leave = (path: string, reason: string): void => void odd.push({ path: inFolder(path), reason })
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      // One that was removed meanwhile is missed by nobody.
      if (!hasCode(error, 'ENOENT')) leave(folder, 'may not be read: give this account the right to')
      return []
    })
    const names = new Set(entries.map(({ name }) => name))
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? 1 : -1))) {
      const path = join(folder, entry.name)
      if (entry.name.endsWith('.json')) paths.push(path)
      else if (entry.isDirectory()) {
        if (depth === DEEPEST) continue
        const below = await listIn(path, depth + 1)
        paths.push(...below.paths)
        odd.push(...below.odd)
      } else if (entry.isFile() || names.has(`${entry.name}.json`)) continue
      // Links are not followed: they may lead out of the folder, or round in it.
      else leave(path, entry.isSymbolicLink() ? 'is a link: put what it leads to in its place' : 'is no ordinary file')
    }
    return { paths, odd }
  }

  const pathOf = (job: Job, extension: string, attempt?: number): string =>
    join(folders.takes, job.created_at.slice(0, 10), takeFilename(job, extension, attempt))

  return {
    adopt: async (job, { path, ...facts }, attempt) => {
      const target = pathOf(job, extname(path), attempt)
      try {
        // What was waited, and perhaps paid, for outlives a power cut; an upload can be sent again.
        await syncFile(path)
        await adoptFile(path, target)
        const { size } = await stat(target)
        return { output: { ...facts, bytes: size, filename: basename(target) }, result: inFolder(target) }
      } catch (error) {
        throw explainDiskError(error)
      }
    },
    describe: (job, result) => writeJson(folders, `${join(folders.root, result)}.json`, job),
    discard: async (result) => {
      const path = join(folders.root, result)
      // The description first: a file without one is nothing to an index that is rebuilt.
      await rm(`${path}.json`, { force: true })
      await rm(path, { force: true })
    },
    path: (result) => join(folders.root, result),
    list: () => listIn(folders.takes, 0),
    read,
    find: (result) => {
      const taken = read(`${join(folders.root, result)}.json`)
      return isOdd(taken) ? null : taken.job
    },
    resultOf: (path) => inFolder(path.slice(0, -'.json'.length)),
    recall: async (jobs) => {
      const byFolder = new Map<string, Map<string, Job>>()
      for (const job of jobs) {
        const folder = dirname(pathOf(job, ''))
        const wanted = byFolder.get(folder) ?? new Map<string, Job>()
        byFolder.set(folder, wanted.set(takeFilename(job, ''), job))
      }
      const found: Taken[] = []
      for (const [folder, wanted] of byFolder) {
        if (!existsSync(folder)) continue
        for (const name of await readdir(folder)) {
          const job = wanted.get(name.replace(/\.\w+\.json$/, ''))
          if (!job) continue
          const taken = read(join(folder, name))
          if (!isOdd(taken) && taken.job.job_id === job.job_id) found.push(taken)
        }
      }
      return found
    },
  }
}
