import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { pino } from 'pino'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Job } from '../../../../shared/job.ts'
import { completed, newJob, processing } from '../../../jobs/transitions.ts'
import { onPostgres } from '../../../testing/on-each-index.ts'
import { probe } from '../../../testing/probe.ts'
import { createFileStore, type FileStore } from '../../file-store.ts'
import { createFolderBlobs } from '../../blobs/folder-blobs.ts'
import { createFolders, type Folders, temporaryPath } from '../../folders.ts'
import { createJobStore, type JobStore } from '../../job-store.ts'
import { createLibraryStore } from '../../library-store.ts'
import { createWaitingStore } from '../../waiting-store.ts'
import type { Index } from '../index-access.ts'
import { openPostgresIndex } from './open-postgres-index.ts'

const jobOf = (prompt: string, more: { key?: string; file?: string } = {}): Job =>
  newJob({
    model: more.file === undefined ? 'lucy-pro-t2i' : 'lucy-pro-i2i',
    requestedModel: 'lucy-pro-t2i',
    idempotencyKey: more.key ?? null,
    renderer: 'local',
    inputs: more.file === undefined ? { prompt } : { prompt, data: more.file },
    now: new Date(),
  })

const output = { mime_type: 'image/png', width: 2, height: 2, duration: null, fps: null, bytes: 1, filename: 'a.png' }

type Side = { index: Index; jobs: JobStore; files: FileStore }

onPostgres('two servers on one database', (cluster) => {
  let one: Side
  let other: Side
  let folders: Folders
  const sideOf = async (databaseUrl: string): Promise<Side> => {
    const index = await openPostgresIndex({ databaseUrl, logger: pino({ level: 'silent' }) })
    const nothing = () => Promise.reject(new Error('not asked for'))
    const files = createFileStore({
      index,
      blobs: createFolderBlobs(folders),
      newPath: () => temporaryPath(folders),
      prober: { probe, thumbnail: nothing, preview: nothing },
      derivatives: { remove: () => Promise.resolve() },
      isWhole: () => true,
    })
    return { index, jobs: createJobStore(index), files }
  }
  beforeEach(async () => {
    folders = createFolders(mkdtempSync(join(tmpdir(), 'rushes-')))
    const url = await cluster().createDatabase()
    one = await sideOf(url)
    other = await sideOf(url)
  })
  afterEach(() => Promise.all([one.index.close(), other.index.close()]))

  const pathOf = async ({ files }: Side, id: string) => join(folders.root, (await files.input(id))?.key ?? '')
  const receive = async ({ files }: Side, shade: number) => {
    const pixels = sharp({ create: { width: 8, height: 8, channels: 3, background: { r: shade, g: 9, b: 9 } } })
    const bytes = await pixels.png().toBuffer()
    return files.receive(Readable.from([bytes]), { filename: 'a.png', wants: null, expiresAt: null })
  }

  it('make one job of one key', async () => {
    const keys = Array.from({ length: 30 }, (_, at) => `key ${at}`)
    const added = await Promise.all(
      keys.flatMap((key) => [one, other, one].map(({ jobs }) => jobs.add(jobOf(`for ${key}`, { key })))),
    )
    expect(added.filter(({ isNew }) => isNew)).toHaveLength(keys.length)
    expect(new Set(added.map(({ stored }) => stored.job.job_id)).size).toBe(keys.length)
    expect([await one.jobs.count({}), await other.jobs.count({})]).toEqual([keys.length, keys.length])
  })

  it('never leave a job without the file that it uses, whenever that is forgotten', async () => {
    let withFile = 0
    for (let round = 0; round < 40; round++) {
      const { id } = await receive(one, round)
      const path = await pathOf(one, id)
      const [job] = await Promise.allSettled([one.jobs.add(jobOf('uses it', { file: id })), other.files.remove(id)])
      if (job.status === 'rejected') expect(job.reason).toMatchObject({ name: 'MissingFiles', ids: [id] })
      else withFile++
      expect([round, existsSync(path)]).toEqual([round, job.status === 'fulfilled'])
      expect((await other.files.input(id)) !== undefined).toBe(job.status === 'fulfilled')
    }
    expect(await one.jobs.count({})).toBe(withFile)
  })

  it('let a job wait for a file that is just being dropped, and the drop for a job that is just being added', async () => {
    const [dropped, taken] = [await receive(one, 1), await receive(one, 2)]
    let isHeld: () => void = () => undefined
    const held = new Promise<void>((resolve) => (isHeld = resolve))
    const waitsFor = (server: Side, statement: string) =>
      expect
        .poll(async () => {
          const { rows } = await server.index.run((db) =>
            sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like ${statement}`.execute(db),
          )
          return rows.length
        })
        .toBe(1)
    // As `drop` does, held in the middle.
    const dropping = other.index.transact(async (db) => {
      await sql`select id from files where id = ${dropped.id} for update`.execute(db)
      await db.deleteFrom('files').where('id', '=', dropped.id).execute()
      await held
    })
    await expect.poll(async () => (await other.files.get(dropped.id))?.id).toBe(dropped.id)
    const adding = one.jobs.add(jobOf('too late', { file: dropped.id }))
    adding.catch(() => undefined)
    await waitsFor(one, '%for share%')
    isHeld()
    await dropping
    await expect(adding).rejects.toMatchObject({ name: 'MissingFiles' })

    let isAdded: () => void = () => undefined
    const added = new Promise<void>((resolve) => (isAdded = resolve))
    const job = jobOf('in time', { file: taken.id })
    // As `add` does, held in the middle.
    const holding = one.index.transact(async (db) => {
      await sql`select id from files where id = ${taken.id} for share`.execute(db)
      await db.insertInto('job_files').values({ file_id: taken.id, seq: 1 }).execute()
      await added
    })
    const removing = other.files.remove(taken.id)
    await waitsFor(one, '%files%')
    isAdded()
    await holding
    expect(await removing).toBe(true)
    expect(existsSync(await pathOf(one, taken.id))).toBe(true)
    expect(job.inputs['data']).toBe(taken.id)
  })

  it('have the bytes of every file that they know, although one is forgotten there just as they come in here', async () => {
    for (let round = 0; round < 30; round++) {
      const { id } = await receive(one, 100)
      const [again] = await Promise.all([receive(one, 100), other.files.remove(id)])
      expect([round, existsSync(await pathOf(other, again.id))]).toEqual([round, true])
      await other.files.remove(again.id)
    }
  })

  it('repeat what came into conflict: of two that wait for each other, both are done in the end', async () => {
    const [first, second] = [jobOf('first'), jobOf('second')]
    for (const job of [first, second]) await one.jobs.add(job)
    let begun = 0
    let tries = 0
    /** Ranks two jobs one after the other, the second of them once the other side has ranked its first. */
    const rankBoth = ({ index }: Side, order: readonly Job[], rank: number) =>
      index.transact(async (db) => {
        tries++
        for (const { job_id: id } of order) {
          await db.updateTable('jobs').set({ queue_rank: rank }).where('id', '=', id).execute()
          begun++
          await expect.poll(() => begun, { interval: 5 }).toBeGreaterThan(1)
        }
      })
    await Promise.all([rankBoth(one, [first, second], 1), rankBoth(other, [second, first], 2)])
    expect(tries).toBe(3)
    const ranks = [...(await createWaitingStore(one.index).ranks()).values()]
    expect(ranks).toHaveLength(2)
    // Those of the one that was last, and not a mixture.
    expect(new Set(ranks).size).toBe(1)
  })

  it('bring nothing back that the other has removed for good', async () => {
    const job = jobOf('one')
    await one.jobs.add(job)
    const take = completed(job, output, new Date())
    await one.jobs.complete(take, null, 'takes/a.png')
    expect(await createLibraryStore(other.index).remove([job.job_id])).toEqual([{ id: job.job_id, owner: null }])
    await one.jobs.update(take, null)
    await one.jobs.change([{ job: { ...take, starred: true }, result: 'takes/a.png' }])
    expect(await one.jobs.recordCloud(job, { state: 'sending' })).toBe(false)
    expect([await one.jobs.get(job.job_id), await other.jobs.count({})]).toEqual([undefined, 0])
  })

  it('count right, however many write at once', async () => {
    const all = Array.from({ length: 120 }, (_, at) => jobOf(`job ${at}`))
    await Promise.all(
      all.map(async (job, at) => {
        const { jobs } = at % 2 === 0 ? one : other
        await jobs.add(job)
        const begun = processing(job, 'rendering', null, new Date())
        await jobs.update(begun, null)
        if (at % 3 > 0) await jobs.complete(completed(begun, output, new Date()), null, `takes/${at}.png`)
        if (at % 3 === 2)
          await jobs.change([
            { job: { ...completed(begun, output, new Date()), deleted_at: '2026-11-02T00:00:00.000Z' }, result: null },
          ])
      }),
    )
    const counts = async ({ jobs }: Side) => [
      await jobs.count({}),
      await jobs.count({ status: 'processing' }),
      await jobs.count({ status: 'completed' }),
      await jobs.count({ status: 'pending' }),
    ]
    expect([await counts(one), await counts(other)]).toEqual([
      [80, 40, 40, 0],
      [80, 40, 40, 0],
    ])
  })
})
