import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createJobBus, type JobEvent } from '../jobs/bus.ts'
import { completed, processing } from '../jobs/transitions.ts'
import { createNotices } from '../notices.ts'
import { connectTo } from '../open-database.ts'
import { createFolderBlobs } from '../store/blobs/folder-blobs.ts'
import { openPostgresIndex } from '../store/database/postgres/open-postgres-index.ts'
import type { Index } from '../store/database/index-access.ts'
import { createFolders } from '../store/folders.ts'
import { createJobStore, type JobStore } from '../store/job-store.ts'
import { createLibraryStore } from '../store/library-store.ts'
import { createTakeStore } from '../store/take-store.ts'
import { onPostgres } from '../testing/on-each-index.ts'
import { createChangesLog } from './changes-log.ts'
import { createListener, type Listener } from './listener.ts'
import { type Message, tellAll } from './messages.ts'
import { createTeamRunner, type TeamRunner } from './runner.ts'
import { jobAt, OUTPUT } from './testing/jobs.ts'

const logger = pino({ level: 'silent' })
const now = (): Date => new Date()

onPostgres('what happens on one server', (cluster) => {
  let databaseUrl: string
  let index: Index
  let jobs: JobStore
  const closing: (() => Promise<void>)[] = []
  beforeEach(async () => {
    databaseUrl = await cluster().createDatabase()
    index = await openPostgresIndex({ databaseUrl, logger })
    jobs = createJobStore(index)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
    await index.close()
  })

  const listen = async (hear: (message: Message) => void, onListening = () => undefined): Promise<Listener> => {
    const listener = createListener({ connect: connectTo(databaseUrl), onListening, logger })
    listener.subscribe(hear)
    closing.push(listener.close)
    await listener.listening
    return listener
  }
  /** Another server, which looks that often. It hears only what it is made to hear. */
  const make = (lookMs: number, read: JobStore = jobs): { runner: TeamRunner; told: JobEvent[] } => {
    const bus = createJobBus()
    const told: JobEvent[] = []
    bus.subscribe((event) => void told.push(event))
    const blobs = createFolderBlobs(createFolders(mkdtempSync(join(tmpdir(), 'rushes-'))))
    const about = {
      index,
      jobs: read,
      takes: createTakeStore(blobs),
      blobs,
      bus,
      notices: createNotices(),
      renderers: ['local'],
      prepare: () => undefined,
      proceed: () => undefined,
      logger,
      now,
    }
    const runner = createTeamRunner({ ...about, lookMs })
    closing.push(runner.close)
    return { runner, told }
  }
  const server = async (lookMs: number): Promise<{ runner: TeamRunner; told: JobEvent[] }> => {
    const made = make(lookMs)
    await made.runner.recover()
    return made
  }
  const statuses = (told: readonly JobEvent[]) =>
    told.flatMap((event) => (event.name === 'job' ? [event.job.status] : event.name === 'removed' ? ['removed'] : []))

  it('is told to all others as soon as it is committed, progress included', async () => {
    const { runner, told } = await server(60_000)
    await listen(runner.hear)
    const job = jobAt(1)
    await jobs.add(job)
    await vi.waitFor(() => expect(statuses(told)).toEqual(['pending']))
    expect(runner.totals()).toMatchObject({ local: { waiting: 1, running: 0, next: [job.job_id] } })
    const begun = processing(job, 'rendering', null, now())
    await jobs.update(begun, null)
    await vi.waitFor(() => expect(statuses(told)).toEqual(['pending', 'processing']))
    const progress = { id: job.job_id, phase: 'rendering', progress: 0.5, started_at: begun.started_at ?? '' } as const
    await index.run((db) => tellAll(db, { progress }))
    await vi.waitFor(() => expect(statuses(told)).toEqual(['pending', 'processing', 'processing']))
    expect((await runner.find(job.job_id))?.job.progress).toBe(0.5)
    await jobs.complete(completed(begun, OUTPUT, now()), null, 'takes/a.png')
    await vi.waitFor(() => expect(statuses(told).at(-1)).toBe('completed'))
    expect(runner.totals()).toMatchObject({ local: { waiting: 0, running: 0 } })
    await createLibraryStore(index).remove([job.job_id])
    await vi.waitFor(() => expect(statuses(told).at(-1)).toBe('removed'))
  })

  it('is not undone by what a server that starts has read before', async () => {
    const job = processing(jobAt(1), 'rendering', null, now())
    await jobs.add(job)
    let giveOut: () => void = () => undefined
    const held = new Promise<void>((resolve) => (giveOut = resolve))
    let hasRead: () => void = () => undefined
    const read = new Promise<void>((resolve) => (hasRead = resolve))
    const slow: JobStore = {
      ...jobs,
      unfinished: async () => {
        const found = await jobs.unfinished()
        hasRead()
        await held
        return found
      },
    }
    const { runner } = make(60_000, slow)
    const heard: Message[] = []
    await listen((message) => {
      runner.hear(message)
      heard.push(message)
    })
    const recovering = runner.recover()
    await read
    await jobs.complete(completed(job, OUTPUT, now()), null, 'takes/a.png')
    await vi.waitFor(() => expect(heard).toHaveLength(1))
    // Whoever would read it now has: one question after the other goes the same way.
    for (let question = 0; question < 20; question++) await jobs.get(job.job_id)
    giveOut()
    await recovering
    await vi.waitFor(() => expect(runner.queue.view()).toMatchObject({ running: [], waiting: [] }))
  })

  it('is not undone where a job is over before who put it in comes to say so', async () => {
    const { runner, told } = await server(60_000)
    await listen(runner.hear)
    const job = jobAt(1)
    const { stored } = await jobs.add(job)
    await jobs.complete(completed(job, OUTPUT, now()), null, 'takes/a.png')
    await vi.waitFor(() => expect(statuses(told).at(-1)).toBe('completed'))
    runner.enqueue(stored)
    await vi.waitFor(() => expect(runner.queue.view()).toMatchObject({ running: [], waiting: [], waiting_total: 0 }))
  })

  it.each([
    ['heard of', true],
    ['looked for', false],
  ])('is told of as whose it was where it is removed: %s', async (_, isHeard) => {
    const { runner, told } = await server(isHeard ? 60_000 : 50)
    if (isHeard) await listen(runner.hear)
    const all = [jobAt(1, { owner: 'person_a' }), jobAt(2, { owner: 'person_b' }), jobAt(3)]
    for (const job of all) await jobs.add(job)
    await createLibraryStore(index).remove(all.map(({ job_id: id }) => id))
    // A look between the two changes of a job tells of it twice.
    const removed = () =>
      new Map(told.flatMap((event) => (event.name === 'removed' ? event.jobs : [])).map(({ id, owner }) => [id, owner]))
    await vi.waitFor(() => expect(removed()).toEqual(new Map(all.map(({ job_id: id, owner }) => [id, owner]))))
  })

  it('shows by a look where no notification came, once', async () => {
    const { told } = await server(50)
    const job = jobAt(1)
    await jobs.add(job)
    await jobs.complete(completed(job, OUTPUT, now()), null, 'takes/a.png')
    await vi.waitFor(() => expect(statuses(told).at(-1)).toBe('completed'))
    const other = jobAt(2)
    await jobs.add(other)
    await vi.waitFor(() => expect(statuses(told).at(-1)).toBe('pending'))
    expect(statuses(told).filter((status) => status === 'completed')).toHaveLength(1)
  })

  it('is not told twice where it was heard of', async () => {
    const { runner, told } = await server(50)
    await listen(runner.hear)
    for (let second = 0; second < 20; second++) await jobs.add(jobAt(second))
    await vi.waitFor(() => expect(runner.queue.view().waiting_total).toBe(20))
    // What nobody told of it knows by a look alone.
    await index.run((db) => db.insertInto('meta').values({ key: 'paused', value: 'finish' }).execute())
    await vi.waitFor(() => expect(runner.queue.view().paused).toBe(true))
    expect(statuses(told)).toHaveLength(20)
  })

  it('is missed by no look, in whatever order transactions end', async () => {
    const log = createChangesLog(index)
    const [early, late] = [jobAt(1), jobAt(2)]
    await log.begin()
    let commit: () => void = () => undefined
    const held = new Promise<void>((resolve) => (commit = resolve))
    let inside: () => void = () => undefined
    const begun = new Promise<void>((resolve) => (inside = resolve))
    const first = index.transact(async (db) => {
      await createJobStore({ ...index, run: (work) => work(db), transact: (work) => work(db) }).add(early)
      inside()
      await held
    })
    await begun
    await jobs.add(late)
    expect(await log.look()).toEqual([late.job_id])
    commit()
    await first
    expect(await log.look()).toEqual([early.job_id])
    expect(await log.look()).toEqual([])
  })

  it('reaches a listener whose connection was lost, as soon as it listens again', async () => {
    const heard: Message[] = []
    let listening = 0
    await listen(
      (message) => void heard.push(message),
      () => void listening++,
    )
    await cluster().query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and pid <> pg_backend_pid()`,
      databaseUrl,
    )
    await vi.waitFor(() => expect(listening).toBe(2))
    await jobs.add(jobAt(1))
    await vi.waitFor(() => expect(heard).toHaveLength(1))
  })

  it('is told by as many notifications as its ids need, and for very many by one', async () => {
    const heard: Message[] = []
    await listen((message) => void heard.push(message))
    await jobs.restore(Array.from({ length: 250 }, (_, second) => ({ job: jobAt(second), cloud: null, result: null })))
    await vi.waitFor(() =>
      expect(heard.flatMap((message) => ('jobs' in message ? message.jobs : []))).toHaveLength(250),
    )
    const { rows } = await index.run((db) => sql<{ count: number }>`select count(*) as count from queue`.execute(db))
    expect(rows[0]?.count).toBe(250)
    heard.length = 0
    await index.run((db) =>
      sql`insert into jobs (id, created_at, status, renderer, model, body)
        select 'job_' || n, '2026-11-30T12:00:00.000Z', 'completed', 'local', 'a', '{}'
        from generate_series(1, 1500) as n`.execute(db),
    )
    await vi.waitFor(() => expect(heard).toEqual([{ look: true }]))
  })
})
