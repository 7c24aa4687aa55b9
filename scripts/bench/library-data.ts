import { linkSync, mkdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { createProber } from '../../src/engine/prober.ts'
import { makeClip } from '../../src/engine/testing/clips.ts'
import { completed, newJob } from '../../src/server/jobs/transitions.ts'
import { markWhole } from '../../src/server/store/database/migrations.ts'
import { createFolders } from '../../src/server/store/folders.ts'
import type { Job } from '../../src/shared/job.ts'
import { root as repository } from '../root.mjs'
import { describeTake, fillIndex, promptOf, resultOf } from './store-data.ts'

/** A clip or picture that many takes share, with what is made of it for looking at it. */
type Medium = {
  path: string
  thumbnail: string
  /** Null for a picture. */
  sprite: string | null
  facts: {
    mime_type: string
    width: number
    height: number
    duration: number | null
    fps: number | null
    bytes: number
  }
}

const WELCOME = ['lake', 'train', 'lighthouse', 'city', 'reef', 'balloons']
const PICTURES = ['lake', 'city']
const PORTRAITS = 2

/** A year of it are 50,000 takes; those of the last day come quicker. */
const MINUTES_APART = 10
/** Of twelve takes in a row eight are a batch, and four are alone. */
const [ROUND, BATCH] = [12, 8]
/** The newest of them are alone all of them, so that a wall can be full of cards. */
const NEWEST_ALONE = 400
const ONE_STARRED_IN = 25

/** Makes the takes' media and what is made of them, which takes some seconds; `quick` leaves it at two pictures. */
const makeMedia = async (folder: string, quick: boolean): Promise<Medium[]> => {
  mkdirSync(folder, { recursive: true })
  const welcome = join(repository, 'public/welcome')
  const film = { width: 1280, height: 720, fps: 25, seconds: 5, texture: true }
  const upright = { width: 360, height: 640, fps: 25, seconds: 5, texture: true }
  const pictures = PICTURES.map((name) => join(welcome, `${name}.webp`))
  const clips = async () => [
    ...WELCOME.map((name) => join(welcome, `${name}.mp4`)),
    await makeClip(join(folder, 'film.mp4'), film),
    ...(await Promise.all(
      Array.from({ length: PORTRAITS }, (_, at) =>
        makeClip(join(folder, `upright-${at}.mp4`), { ...upright, first: at }),
      ),
    )),
  ]
  const sources = [...(quick ? [] : await clips()), ...pictures]
  const prober = createProber({ reads: [folder, welcome] })
  try {
    return await Promise.all(
      sources.map(async (path, at): Promise<Medium> => {
        const { kind, mime_type, width, height, duration, fps } = await prober.probe(path)
        const thumbnail = join(folder, `${at}.webp`)
        const sprite = kind === 'video' ? join(folder, `${at}-sprite.webp`) : null
        await prober.thumbnail(path, thumbnail)
        if (sprite !== null) await prober.sprite(path, sprite)
        return {
          path,
          thumbnail,
          sprite,
          facts: { mime_type, width, height, duration, fps, bytes: statSync(path).size },
        }
      }),
    )
  } finally {
    await prober.close()
  }
}

const of = <T>(all: readonly T[], index: number): T => all[index % all.length] as T

type Take = { job: Job; medium: Medium }

/** So many finished takes, the last of them made just now. */
const takesOf = function* (count: number, media: readonly Medium[]): Generator<Take> {
  const end = Date.now()
  for (let index = 0; index < count; index++) {
    const [round, place] = [Math.floor(index / ROUND), index % ROUND]
    const isBatch = place < BATCH && index < count - NEWEST_ALONE
    const medium = of(media, isBatch ? round : index)
    const model = medium.sprite === null ? 'lucy-pro-t2i' : index % 3 === 0 ? 'lucy-dev-i2v' : 'lucy-pro-t2v'
    const age = count - index
    const minutes = age <= NEWEST_ALONE ? age / NEWEST_ALONE : (age - NEWEST_ALONE) * MINUTES_APART
    const now = new Date(end - minutes * 60_000)
    const waiting = newJob({
      model,
      requestedModel: model,
      idempotencyKey: null,
      renderer: 'local',
      inputs: { prompt: promptOf(isBatch ? round * ROUND : index), seed: index },
      batch: isBatch ? { id: `batch-${round}`, position: place + 1, size: BATCH, label: null } : null,
      now,
    })
    const filename = `take-${index}_${model}${extname(medium.path)}`
    const job = completed(waiting, { ...medium.facts, filename }, now)
    yield { job: { ...job, starred: index % ONE_STARRED_IN === 0 }, medium }
  }
}

/** A data folder with so many takes that look and move as real ones do: their media are files of many names. `quick` gives it pictures alone. */
export const makeLibrary = async (root: string, count: number, quick: boolean): Promise<void> => {
  const folders = createFolders(root)
  const media = await makeMedia(join(root, 'shared-media'), quick)
  const mediumOf = new WeakMap<Job, Medium>()
  const jobs = function* (): Generator<Job> {
    for (const { job, medium } of takesOf(count, media)) {
      mediumOf.set(job, medium)
      yield job
    }
  }
  const days = new Set<string>()
  const index = await fillIndex(root, jobs(), (job) => {
    const medium = mediumOf.get(job)
    if (!medium) return
    const path = join(root, resultOf(job))
    const day = join(path, '..')
    if (!days.has(day)) mkdirSync(day, { recursive: true })
    days.add(day)
    linkSync(medium.path, path)
    linkSync(medium.thumbnail, join(folders.thumbnails, `${job.job_id}.webp`))
    if (medium.sprite !== null) linkSync(medium.sprite, join(folders.sprites, `${job.job_id}.webp`))
    describeTake(root, job)
  })
  await index.run(markWhole)
  await index.close()
}
