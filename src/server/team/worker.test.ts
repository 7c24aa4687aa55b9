import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { isFinished, type Job } from '../../shared/job.ts'
import { findModel } from '../../shared/models/index.ts'
import type { Renderer } from '../../shared/renderer.ts'
import type { RendererStatus } from '../../shared/renderers.ts'
import type { Role } from '../env.ts'
import { createJobBus } from '../jobs/bus.ts'
import { createNotices } from '../notices.ts'
import { connectTo } from '../open-database.ts'
import { createFolderBlobs } from '../store/blobs/folder-blobs.ts'
import type { Index } from '../store/database/index-access.ts'
import { openPostgresIndex } from '../store/database/postgres/open-postgres-index.ts'
import { createFileStore } from '../store/file-store.ts'
import { createFolders, temporaryPath } from '../store/folders.ts'
import { createJobStore, type JobStore } from '../store/job-store.ts'
import { createTakeStore } from '../store/take-store.ts'
import { onPostgres } from '../testing/on-each-index.ts'
import { createTeam, type Team } from './open-team.ts'
import { jobAt, OUTPUT } from './testing/jobs.ts'

const logger = pino({ level: 'silent' })
const now = (): Date => new Date()

/** A renderer in memory, whose every render a test ends. */
const createStage = (name: string) => {
  const running = new Map<string, { finish: () => void; signal: AbortSignal }>()
  const aborted: string[] = []
  const status: RendererStatus = {
    name,
    title: name,
    state: 'ready',
    note: '',
    where: 'this machine',
    chosen_only: false,
    checked_at: null,
    models: {},
    servers: [],
  }
  const renderer: Renderer = {
    name,
    concurrency: 1,
    status: () => status,
    look: () => Promise.resolve(status),
    close: () => Promise.resolve(),
    render: async ({ job, directory }, { signal, onProgress }) => {
      onProgress(0.5, 'rendering')
      await new Promise<void>((resolve, reject) => {
        running.set(job.job_id, { finish: resolve, signal })
        signal.addEventListener('abort', () => {
          aborted.push(job.job_id)
          reject(signal.reason)
        })
      }).finally(() => running.delete(job.job_id))
      const path = join(directory, 'take.png')
      writeFileSync(path, 'picture')
      return { ...OUTPUT, path }
    },
  }
  return { renderer, running: () => [...running.keys()], aborted, finish: (id: string) => running.get(id)?.finish() }
}

onPostgres('a worker', (cluster) => {
  let databaseUrl: string
  let dataDir: string
  let index: Index
  let jobs: JobStore
  const closing: (() => Promise<void>)[] = []
  beforeEach(async () => {
    databaseUrl = await cluster().createDatabase()
    dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
    index = await openPostgresIndex({ databaseUrl, logger })
    jobs = createJobStore(index)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
    await index.close()
  })

  const start = async (
    name: string,
    role: Role,
    more: { takesOf?: ReadonlySet<string>; leaseMs?: number; beatMs?: number; around?: (index: Index) => Index } = {},
  ) => {
    const opened = await openPostgresIndex({ databaseUrl, logger })
    const own = more.around?.(opened) ?? opened
    const folders = createFolders(dataDir, name)
    const stages = { local: createStage('local'), other: createStage('other') }
    const isWhole = () => true
    const blobs = createFolderBlobs(folders)
    const nothing = () => Promise.reject(new Error('not asked for'))
    const prober = { probe: nothing, thumbnail: nothing, preview: nothing }
    const { takesOf = null, leaseMs = 60_000, beatMs = 2000 } = more
    const team: Team = createTeam({
      name,
      role,
      takesOf,
      index: own,
      connect: connectTo(databaseUrl),
      jobs: createJobStore(own),
      filesOf: (given) =>
        createFileStore({
          index: given,
          blobs,
          newPath: () => temporaryPath(folders),
          prober,
          derivatives: { remove: () => Promise.resolve() },
          isWhole,
        }),
      takes: createTakeStore(blobs),
      blobs,
      onEnded: () => undefined,
      folders,
      reserve: { fill: () => Promise.resolve(null), release: () => Promise.resolve(false) },
      storage: { hasRoom: () => true, look: () => Promise.resolve() },
      untilWhole: () => Promise.resolve(),
      models: { find: findModel },
      renderers: Object.values(stages).map(({ renderer }) => renderer),
      bus: createJobBus(),
      notices: createNotices(),
      likely: () => 'local',
      times: { leaseMs, beatMs, lookMs: 2000 },
      logger,
      now,
    })
    let isClosed = false
    const close = async (): Promise<void> => {
      if (isClosed) return
      isClosed = true
      await team.close()
      await own.close()
    }
    closing.push(close)
    await team.start()
    return { ...team, stages, close }
  }
  const add = async (second: number, renderer = 'local'): Promise<Job> => {
    const job = jobAt(second, { renderer })
    await jobs.add(job)
    return job
  }
  const statusOf = async ({ job_id: id }: Job) => (await jobs.get(id))?.job.status
  const takes = () =>
    readdirSync(join(dataDir, 'takes'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.png'))

  it('takes what is put in, is stopped by a cancel, and both within a quarter of a second', async () => {
    const web = await start('web', 'web')
    const { stages } = await start('worker', 'worker')
    const times: number[] = []
    for (let round = 0; round < 5; round++) {
      let begin = performance.now()
      const job = await add(round)
      await vi.waitFor(() => expect(stages.local.running()).toEqual([job.job_id]), { interval: 2, timeout: 20_000 })
      times.push(performance.now() - begin)
      begin = performance.now()
      const ended = web.runner.cancel(job.job_id)
      await vi.waitFor(() => expect(stages.local.aborted).toContain(job.job_id), { interval: 2, timeout: 20_000 })
      times.push(performance.now() - begin)
      expect(await ended).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
    }
    // The middle one: others may have the processors for a moment.
    expect(times.toSorted((one, other) => one - other)[times.length >> 1]).toBeLessThan(250)
    expect(takes()).toEqual([])
  })

  it('takes jobs of those renderers alone that it is to', async () => {
    const { stages } = await start('worker', 'worker', { takesOf: new Set(['other']) })
    const [local, other] = [await add(1, 'local'), await add(2, 'other')]
    await vi.waitFor(() => expect(stages.other.running()).toEqual([other.job_id]))
    expect([await statusOf(local), stages.local.running()]).toEqual(['pending', []])
  })

  it('gives back what it renders where the queue is paused so, and takes it again when it goes on', async () => {
    const web = await start('web', 'web')
    const { stages } = await start('worker', 'worker')
    const [first, second] = [await add(1), await add(2)]
    await vi.waitFor(() => expect(stages.local.running()).toEqual([first.job_id]))
    await web.runner.queue.pause('requeue')
    await vi.waitFor(async () => expect(await statusOf(first)).toBe('pending'))
    expect(stages.local.aborted).toEqual([first.job_id])
    await vi.waitFor(() =>
      expect(web.runner.queue.view().waiting.map(({ job_id: id }) => id)).toEqual([first.job_id, second.job_id]),
    )
    expect(web.runner.queue.view()).toMatchObject({ running: [], paused: true })
    await web.runner.queue.goOn()
    await vi.waitFor(() => expect(stages.local.running()).toEqual([first.job_id]))
    stages.local.finish(first.job_id)
    await vi.waitFor(async () => expect(await statusOf(first)).toBe('completed'))
    // The second attempt has a name of its own.
    expect(takes()).toEqual([expect.stringMatching(/-2\.png$/)])
  })

  it('stops before its lease passes by its own clock, where the database is away', async () => {
    const { stages } = await start('worker', 'worker', { leaseMs: 4000, beatMs: 300 })
    const job = await add(1)
    await vi.waitFor(() => expect(stages.local.running()).toEqual([job.job_id]))
    const gone = performance.now()
    await cluster().stop()
    try {
      await vi.waitFor(() => expect(stages.local.aborted).toEqual([job.job_id]), {
        interval: 5,
        timeout: 20_000,
      })
      expect(performance.now() - gone).toBeLessThan(4000)
    } finally {
      await cluster().start()
    }
    // It is there again, and begins anew.
    await vi.waitFor(() => expect(stages.local.running()).toEqual([job.job_id]), { timeout: 20_000 })
    stages.local.finish(job.job_id)
    await vi.waitFor(async () => expect(await statusOf(job)).toBe('completed'), { timeout: 20_000 })
    expect(takes()).toHaveLength(1)
  })

  it('leaves no result of a job that was taken from it', async () => {
    const { stages } = await start('worker', 'worker')
    const job = await add(1)
    await vi.waitFor(() => expect(stages.local.running()).toEqual([job.job_id]))
    // As one that takes over does.
    await cluster().query(`update queue set owner = 'another', token = nextval('claim_tokens')`, databaseUrl)
    stages.local.finish(job.job_id)
    const next = await add(2)
    await vi.waitFor(() => expect(stages.local.running()).toEqual([next.job_id]))
    expect([await statusOf(job), takes()]).toEqual(['processing', []])
  })

  it('keeps its result although the answer to the write was lost that told of it', async () => {
    let isLost = false
    // What an index does where its connection breaks after a commit and before that is answered: it does it again.
    const around = (given: Index): Index => ({
      ...given,
      patient: {
        ...given.patient,
        transact: async (work) => {
          const done = await given.patient.transact(work)
          return isLost ? given.patient.transact(work) : done
        },
      },
    })
    const { stages } = await start('worker', 'worker', { around })
    const job = await add(1)
    await vi.waitFor(() => expect(stages.local.running()).toEqual([job.job_id]))
    isLost = true
    stages.local.finish(job.job_id)
    await vi.waitFor(async () => expect(await statusOf(job)).toBe('completed'))
    isLost = false
    const next = await add(2)
    await vi.waitFor(() => expect(stages.local.running()).toEqual([next.job_id]))
    expect(takes()).toHaveLength(1)
  })

  it('hands back what it has when it ends, and holds nothing', async () => {
    const first = await start('first', 'worker')
    const job = await add(1)
    await vi.waitFor(() => expect(first.stages.local.running()).toEqual([job.job_id]))
    await first.close()
    const stored = (await jobs.get(job.job_id))?.job
    expect(stored && isFinished(stored)).toBe(false)
    expect(await cluster().query('select owner from queue union all select id from workers', databaseUrl)).toEqual([
      { owner: null },
    ])
    const second = await start('second', 'worker')
    await vi.waitFor(() => expect(second.stages.local.running()).toEqual([job.job_id]))
  })
})
