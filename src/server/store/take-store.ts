import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import { type Job, type JobOutput, jobSchema } from '../../shared/job.ts'
import type { Rendered } from '../../shared/renderer.ts'
import { adoptFile, explainDiskError, type Folders, readJson, syncFile, writeJson } from './folders.ts'

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
const takeFilename = (job: Job, extension: string): string => {
  const prompt = typeof job.inputs['prompt'] === 'string' ? slug(job.inputs['prompt']) : ''
  const renderer = job.renderer === 'local' ? 'local-draft' : job.renderer
  return `${[prompt || 'take', job.model, renderer, job.seed, job.job_id.slice(-6)].join('_')}${extension}`
}

/** Results as ordinary files: `takes/2026-11-22/<readable name>.mp4`, each with its job as JSON beside it. */
export type TakeStore = {
  /** Puts a rendered file where it stays. Answers the finished output and its path inside the data folder. */
  adopt: (job: Job, rendered: Rendered) => Promise<{ output: JobOutput; result: string }>
  /** Writes the finished job beside its file, from which a lost index is rebuilt. */
  describe: (job: Job, result: string) => Promise<void>
  /** Removes a result that was put away but is not wanted any more, and what is written beside it. */
  discard: (result: string) => Promise<void>
  path: (result: string) => string
  /** Every finished job found on disk, oldest first. */
  scan: () => Promise<Taken[]>
  /** The end of a job whose result was put away, although the server was stopped before its index said so. */
  recall: (job: Job) => Promise<Taken | null>
}

export type Taken = { job: Job; result: string }

export const createTakeStore = (folders: Folders): TakeStore => {
  /** Reads what lies beside a take; null where it is cut short, of another program, or without its media. */
  const readBeside = async (file: string): Promise<Taken | null> => {
    const media = file.slice(0, -'.json'.length)
    const job = jobSchema.safeParse(await readJson(file))
    if (!job.success || !existsSync(media)) return null
    return { job: job.data, result: relative(folders.root, media).split(sep).join('/') }
  }

  const pathOf = (job: Job, extension: string): string =>
    join(folders.takes, job.created_at.slice(0, 10), takeFilename(job, extension))

  return {
    adopt: async (job, { path, ...facts }) => {
      const target = pathOf(job, extname(path))
      try {
        // What was waited, and perhaps paid, for outlives a power cut; an upload can be sent again.
        await syncFile(path)
        await adoptFile(path, target)
      } catch (error) {
        throw explainDiskError(error)
      }
      const { size } = await stat(target)
      return {
        output: { ...facts, bytes: size, filename: basename(target) },
        result: relative(folders.root, target).split(sep).join('/'),
      }
    },
    describe: (job, result) => writeJson(`${join(folders.root, result)}.json`, job),
    discard: async (result) => {
      const path = join(folders.root, result)
      // The description first: a file without one is nothing to an index that is rebuilt.
      await rm(`${path}.json`, { force: true })
      await rm(path, { force: true })
    },
    path: (result) => join(folders.root, result),
    scan: async () => {
      const entries = await readdir(folders.takes, { recursive: true })
      const found: Taken[] = []
      for (const entry of entries.filter((name) => name.endsWith('.json'))) {
        const taken = await readBeside(join(folders.takes, entry))
        if (taken) found.push(taken)
      }
      return found.sort((a, b) => (a.job.created_at < b.job.created_at ? -1 : 1))
    },
    recall: async (job) => {
      const folder = dirname(pathOf(job, ''))
      if (!existsSync(folder)) return null
      const name = (await readdir(folder)).find(
        (each) => each.startsWith(takeFilename(job, '.')) && each.endsWith('.json'),
      )
      const taken = name === undefined ? null : await readBeside(join(folder, name))
      return taken?.job.job_id === job.job_id ? taken : null
    },
  }
}
