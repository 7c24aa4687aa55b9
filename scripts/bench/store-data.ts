import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Job } from '../../src/shared/job.ts'
import { completed, newJob } from '../../src/server/jobs/transitions.ts'
import { connectHere } from '../../src/server/store/database/connection.ts'
import { markWhole } from '../../src/server/store/database/migrations.ts'
import type { Index } from '../../src/server/store/database/index-access.ts'
import { openIndex } from '../../src/server/store/database/open-index.ts'
import { createFolders } from '../../src/server/store/folders.ts'
import { createJobStore, type JobStore } from '../../src/server/store/job-store.ts'

const SUBJECTS = [
  'a fox',
  'a lake',
  'a lighthouse',
  'an old train',
  'a market',
  'a harbour',
  'a birch forest',
  'a city',
]
const PLACES = ['in the snow', 'at dusk', 'under a storm', 'by night', 'from above', 'in autumn', 'in fog', 'at noon']
const MORE = 'soft light, shallow depth of field, slow camera move to the left, grain of an old film'

const of = <T>(words: readonly T[], index: number): T => words[index % words.length] as T

/** What the take of that number was asked for. One in a thousand has a rare word. */
export const promptOf = (index: number): string => {
  const rare = index % 1000 === 500 ? ' zeppelin' : ''
  return `${of(SUBJECTS, index)} ${of(PLACES, index >> 3)}${rare}, ${MORE} ${index}`
}

/** So many finished jobs, a minute apart, as a studio of years has them. */
export const jobsOf = function* (count: number): Generator<Job> {
  const end = Date.parse('2026-11-01T00:00:00.000Z')
  for (let index = 0; index < count; index++) {
    const prompt = promptOf(index)
    const edit = index % 3 === 0
    const job = newJob({
      model: edit ? 'lucy-pro-v2v' : 'lucy-pro-t2v',
      requestedModel: edit ? 'lucy-pro-v2v' : 'lucy-pro-t2v',
      idempotencyKey: createHash('md5').update(`key ${index}`).digest('hex'),
      renderer: 'local',
      inputs: edit ? { prompt, data: `file_${String(index % 500).padStart(32, '0')}` } : { prompt },
      now: new Date(end - (count - index) * 60_000),
    })
    const filename = `take-${index}_${job.model}.mp4`
    const output = { mime_type: 'video/mp4', width: 1280, height: 720, duration: 5, fps: 25, bytes: 3, filename }
    yield completed(job, output, new Date(job.created_at))
  }
}

/** Where the take of a job lies inside the data folder. */
export const resultOf = (job: Job): string => `takes/${job.created_at.slice(0, 10)}/${job.output?.filename ?? ''}`

const BATCH = 500

/** Puts finished jobs into the index of a data folder, which stays open; `keep` is told of each, to write its files. */
export const fillIndex = async (root: string, jobs: Iterable<Job>, keep: (job: Job) => void): Promise<Index> => {
  const logger = pino({ level: 'silent' })
  const path = createFolders(root).index
  const index = openIndex({ path, connect: connectHere, logger, onReplaced: () => undefined })
  await fillStore(createJobStore(index), jobs, keep)
  return index
}

/** Puts finished jobs into a store. */
export const fillStore = async (
  store: Pick<JobStore, 'restore'>,
  jobs: Iterable<Job>,
  keep: (job: Job) => void = () => undefined,
): Promise<void> => {
  let batch: Job[] = []
  const put = async () => {
    await store.restore(batch.map((job) => ({ job, cloud: null, result: resultOf(job) })))
    batch = []
  }
  for (const job of jobs) {
    batch.push(job)
    keep(job)
    if (batch.length === BATCH) await put()
  }
  await put()
}

/** Writes the description of a take beside it, as the server does. */
export const describeTake = (root: string, job: Job): void =>
  writeFileSync(join(root, `${resultOf(job)}.json`), `${JSON.stringify(job, null, 2)}\n`)

/** A data folder with so many takes in its index; `files` also writes each take and its description. */
export const makeDataFolder = async (root: string, count: number, files: boolean): Promise<void> => {
  const index = await fillIndex(root, jobsOf(count), (job) => {
    if (!files) return
    const path = join(root, resultOf(job))
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, 'mp4')
    describeTake(root, job)
  })
  // Uploads that have expired, half of them sources of takes.
  await index.run(async (db) => {
    const rows = Array.from({ length: 1000 }, (_, file) => {
      const id = `file_${String(file).padStart(32, '0')}`
      const stored_as = `${id.slice(5)}.mp4`
      const media = { kind: 'video', mime_type: 'video/mp4', width: 2, height: 2, duration: 1, fps: 1, codec: 'h264' }
      const created_at = '2026-01-01T00:00:00.000Z'
      const body = { id, filename: null, mime_type: 'video/mp4', size_bytes: 3, created_at, expires_at: created_at }
      return {
        id,
        hash: id.slice(5),
        stored_as,
        expires_at: created_at,
        deleted: 0,
        body: JSON.stringify({ ...body, media: { ...media, has_audio: false }, stored_as }),
      }
    })
    await db.insertInto('files').values(rows).execute()
    await markWhole(db)
  })
  await index.close()
}
