import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import sharp from 'sharp'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { RushesError } from '../shared/errors.ts'
import type { Job } from '../shared/job.ts'
import { PLAIN } from '../shared/media.ts'
import { completed, failed, processing } from './jobs/transitions.ts'
import { putAside } from './store/database/damage.ts'
import { createOnFaultyIndex, type FaultyOptions, once } from './testing/faulty-index.ts'

// What happens while the index dies, is replaced or has no room, in the middle of everything else: no job is ordered
// twice, none after its cancel, and none is lost.

type Services = Awaited<ReturnType<typeof createOnFaultyIndex>>

const started = async (options: FaultyOptions = {}): Promise<Services> => {
  const services = await createOnFaultyIndex(options)
  await services.start()
  await vi.waitFor(() => expect(services.catchUp.isWhole()).toBe(true))
  return services
}
const put = async ({ jobs, runner }: Services, job: Job): Promise<Job> => {
  runner.enqueue((await jobs.add(job)).stored)
  return job
}
/** Until whatever took the place of the index knows all again. */
const settled = async ({ takeUps, catchUp }: Services): Promise<void> => {
  await vi.waitFor(() => expect(takeUps.length).toBeGreaterThan(0))
  await Promise.all(takeUps)
  await vi.waitFor(() => expect(catchUp.isWhole()).toBe(true))
}
const orderOf = ({ decart }: Services, index = 0) => {
  const held = decart[index]
  if (!held) throw new Error('nothing was ordered')
  return held
}
const isQuickCheck = (statement: string) => statement.includes('quick_check')
const isInsert = (statement: string) => statement.startsWith('insert into "jobs"')

let png: Buffer
beforeAll(async () => {
  png = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#a53' } })
    .png()
    .toBuffer()
})
const INCOMING = { filename: 'a.png', wants: null, expiresAt: null }
const probe: FaultyOptions['probe'] = () =>
  Promise.resolve({
    kind: 'image',
    mime_type: 'image/png',
    width: 32,
    height: 32,
    duration: null,
    fps: null,
    codec: 'png',
    has_audio: false,
    ...PLAIN,
  })
const withSource = (job: Job, file: string): Job => ({
  ...job,
  model: 'lucy-pro-i2i',
  requested_model: 'lucy-pro-i2i',
  inputs: { prompt: 'x', data: file, resolution: '480p' },
})

describe('a cancel', () => {
  it('stays, although the process of the index dies while the begin of the job is written', async () => {
    const services = await started()
    const { state, runner, jobs } = services
    const job = services.newJob('lake')
    let cancelled: Promise<Job | undefined> | undefined
    state.fault = async (statement, values) => {
      if (cancelled || !statement.startsWith('update "jobs"') || !values.includes('processing')) return null
      cancelled = runner.cancel(job.job_id)
      await new Promise((resolve) => setImmediate(resolve))
      return 'die'
    }
    await put(services, job)
    await vi.waitFor(() => expect(cancelled).toBeDefined())
    expect(await cancelled).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
    expect((await jobs.get(job.job_id))?.job).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
    await services.close()
    const again = await started({ root: services.root })
    expect(again.decart).toEqual([])
    await again.close()
  })

  it('that comes before the jobs of a stopped server are taken up waits for that, and holds', async () => {
    const services = await started()
    const job = await put(services, services.newJob('lake'))
    await vi.waitFor(() => expect(services.decart).toHaveLength(1))
    await services.close()
    const again = await createOnFaultyIndex({ root: services.root })
    const cancelled = again.runner.cancel(job.job_id)
    await again.start()
    expect(await cancelled).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
    expect((await again.jobs.get(job.job_id))?.job.status).toBe('failed')
    await again.close()
  })

  it('that comes while unfinished jobs are taken up again does not begin its job anew', async () => {
    let go: (() => void) | undefined
    let isHeld = false
    const services = await started({
      takes: (takes) => ({
        ...takes,
        recall: async (jobs) => {
          const found = await takes.recall(jobs)
          if (isHeld) await new Promise<void>((resolve) => (go = resolve))
          return found
        },
      }),
    })
    await services.submit('one', null)
    const waits = await services.submit('two', null)
    isHeld = true
    const recovering = services.runner.recover()
    await vi.waitFor(() => expect(go).toBeDefined())
    await services.runner.cancel(waits.job_id)
    go?.()
    await recovering
    expect((await services.runner.find(waits.job_id))?.job.status).toBe('failed')
    await vi.waitFor(() => expect(services.local).toHaveLength(1))
    services.local[0]?.fail(new Error('x'))
    await vi.waitFor(async () => expect(await services.jobs.unfinished()).toMatchObject({ stored: [] }))
    expect(services.local).toHaveLength(1)
    await services.close()
  })

  it('ends a job that was put in although that was thought to have failed', async () => {
    const services = await started()
    const job = services.newJob('lake', 'decart')
    await services.jobs.add(job)
    expect(await services.runner.cancel(job.job_id)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
    expect((await services.jobs.get(job.job_id))?.job.status).toBe('failed')
    await services.close()
  })
})

describe('a key', () => {
  it('gives the same job, although looking it up meets the damage of the index', async () => {
    const services = await started()
    const first = await services.submit('lake', 'K')
    await vi.waitFor(() => expect(services.local).toHaveLength(1))
    await services.local[0]?.finish()
    await services.runner.wait(first.job_id, new AbortController().signal)
    services.state.fault = once('corrupt', (statement) => statement.includes('"idempotency_key" = ?'))
    const second = await services.submit('lake', 'K')
    expect(second.job_id).toBe(first.job_id)
    await settled(services)
    expect(services.local).toHaveLength(1)
    expect((await services.jobs.list({}, 10, null)).jobs).toMatchObject([{ job_id: first.job_id, status: 'completed' }])
    await services.close()
  })

  it('gives the same job, although the damage is met while the new one is put in, and nothing can be saved', async () => {
    const services = await started()
    const first = await services.submit('lake', 'K')
    await vi.waitFor(() => expect(services.local).toHaveLength(1))
    await services.local[0]?.finish()
    await services.runner.wait(first.job_id, new AbortController().signal)
    const meets = once('corrupt', (statement, values) => isInsert(statement) && !values.includes(first.job_id))
    services.state.fault = (...statement) =>
      // Nothing is to be had from the damaged one: the file beside the take alone knows the key.
      statement[0].includes('between') ? 'corrupt' : meets(...statement)
    // The look-up says that the key is new, as in the moment before the first one's job was put in.
    const { getByKey } = services.jobs
    let looked = 0
    services.jobs.getByKey = (key) => (looked++ === 0 ? Promise.resolve(undefined) : getByKey(key))
    expect((await services.submit('lake', 'K')).job_id).toBe(first.job_id)
    expect(services.local).toHaveLength(1)
    await services.close()
  })

  it('of two takes, from two folders that were put together, loses none of them', async () => {
    const services = await started()
    const jobs = [services.newJob('one', 'local', 'K'), services.newJob('two', 'local', 'K')]
    const known = jobs.map((job) => ({
      job: failed(job, { code: 'INTERNAL', message: 'x', billed: 'no', resumable: false }, new Date()),
      cloud: null,
      result: null,
    }))
    expect(await services.jobs.restore(known)).toBe(2)
    expect(await services.jobs.restore(known)).toBe(0)
    expect((await services.jobs.list({}, 10, null)).jobs).toHaveLength(2)
    await services.close()
  })

  it('of a job that nobody works on has it worked on', async () => {
    const services = await started()
    const job = services.newJob('lake', 'local', 'K')
    // Put in, and its answer was lost.
    await services.jobs.add(job)
    expect((await services.submit('lake', 'K')).job_id).toBe(job.job_id)
    await vi.waitFor(() => expect(services.local).toHaveLength(1))
    await services.close()
  })
})

describe('an order', () => {
  it('keeps its id, although the index is replaced while it is written down', async () => {
    const services = await started()
    const job = await put(services, services.newJob('lake'))
    await vi.waitFor(() => expect(services.decart).toHaveLength(1))
    const { context } = orderOf(services)
    await context.record({ state: 'sending' })
    services.state.fault = once('corrupt', (statement) => statement.startsWith('update "jobs" set "cloud"'))
    await context.record({ state: 'sent', id: 'cloud-1' })
    orderOf(services).fail(new RushesError('TIMEOUT', 'Not finished.', { billed: 'maybe' }))
    await settled(services)
    await vi.waitFor(async () =>
      expect(await services.jobs.get(job.job_id)).toMatchObject({
        job: { status: 'failed', error: { resumable: true } },
        cloud: { state: 'sent', id: 'cloud-1' },
      }),
    )
    await services.close()
  })

  it('keeps its id, although its failure meets the damage, and the new index refuses it once', async () => {
    const services = await started()
    const job = await put(services, services.newJob('lake'))
    await vi.waitFor(() => expect(services.decart).toHaveLength(1))
    await orderOf(services).context.record({ state: 'sending' })
    await orderOf(services).context.record({ state: 'sent', id: 'cloud-1' })
    const damage = once(
      'corrupt',
      (statement, values) => statement.startsWith('update "jobs"') && values.includes('failed'),
    )
    const full = once('full', isInsert)
    services.state.fault = (...statement) => damage(...statement) ?? full(...statement)
    orderOf(services).fail(new RushesError('TIMEOUT', 'Not finished.', { billed: 'maybe' }))
    await settled(services)
    await services.runner.resume(job.job_id)
    await vi.waitFor(() => expect(services.decart).toHaveLength(2))
    expect(orderOf(services, 1).context.recorded).toEqual({ state: 'sent', id: 'cloud-1' })
    await services.close()
  })

  it('is fetched although its source is gone', async () => {
    const services = await started()
    const job = withSource(services.newJob('x'), `file_${'a'.repeat(32)}`)
    await services.jobs.restore([
      { job: processing(job, 'rendering', null, new Date()), cloud: { state: 'sent', id: 'cloud-1' }, result: null },
    ])
    await services.runner.recover()
    await vi.waitFor(() => expect(services.decart).toHaveLength(1))
    expect(orderOf(services).context.recorded).toEqual({ state: 'sent', id: 'cloud-1' })
    await services.close()
  })

  it('of a completed job whose status alone was spoilt is not made again', async () => {
    const services = await started()
    const job = services.newJob('lake')
    await services.jobs.add(job)
    const output = {
      mime_type: 'image/png',
      width: 2,
      height: 2,
      duration: null,
      fps: null,
      bytes: 3,
      filename: 'x.png',
    }
    const done = completed(processing(job, 'rendering', null, new Date()), output, new Date())
    await services.jobs.complete(done, null, 'takes/kept/x.png')
    await services.index.run((db) => sql`update jobs set status = 'complated' where id = ${job.job_id}`.execute(db))
    await services.close()
    const again = await started({ root: services.root })
    expect((await again.jobs.list({ status: 'completed' }, 10, null)).jobs).toHaveLength(1)
    expect(again.decart).toEqual([])
    await again.close()
  })
})

describe('a damaged index', () => {
  /** A folder whose index has a job that was ordered, and a failed one that may still be fetched. */
  const paid = async () => {
    const services = await started()
    const { jobs } = services
    const running = services.newJob('running')
    await jobs.add(running)
    await jobs.recordCloud(running, { state: 'sent', id: 'cloud-a' })
    await jobs.update(processing(running, 'rendering', null, new Date()), null)
    const late = services.newJob('late', 'decart', 'K')
    await jobs.add(late)
    await jobs.recordCloud(late, { state: 'sent', id: 'cloud-b' })
    const timeout = { code: 'TIMEOUT', message: 'x', billed: 'maybe', resumable: true } as const
    await jobs.update(failed(late, timeout, new Date()), null)
    await services.close()
    const both = async ({ jobs: found }: Services) =>
      [await found.get(running.job_id), await found.get(late.job_id)].map((stored) => stored?.cloud)
    return { root: services.root, both }
  }
  const BOTH = [
    { state: 'sent', id: 'cloud-a' },
    { state: 'sent', id: 'cloud-b' },
  ]

  it('is not forgotten by a start that was killed when it had been put aside', async () => {
    const { root, both } = await paid()
    putAside(join(root, 'rushes.db'), new Date())
    const services = await started({ root })
    expect(await both(services)).toEqual(BOTH)
    expect(readdirSync(root).filter((name) => name.includes('.damaged-'))).toEqual([
      expect.stringMatching(/\.salvaged$/),
    ])
    await services.close()
  })

  it('is saved from, although the disk has no room in the middle of it', async () => {
    const { root, both } = await paid()
    const [check, full] = [once('corrupt', isQuickCheck), once('full', isInsert)]
    const services = await started({ root, fault: (...statement) => check(...statement) ?? full(...statement) })
    expect(await both(services)).toEqual(BOTH)
    await vi.waitFor(() => expect(services.decart).toHaveLength(1))
    await services.close()
  })

  it('gives its place to one that is whole only when that is', async () => {
    const { root, both } = await paid()
    const check = once('corrupt', isQuickCheck)
    const mark = once(
      'corrupt',
      (statement, values) => statement.startsWith('insert into "meta"') && values.includes('whole'),
    )
    const services = await createOnFaultyIndex({
      root,
      fault: (...statement) => check(...statement) ?? mark(...statement),
    })
    await services.start()
    await settled(services)
    expect(await both(services)).toEqual(BOTH)
    await services.close()
  })

  it('that is none, and can never be read, does not keep the new one from becoming whole', async () => {
    const before = await started()
    await before.close()
    rmSync(join(before.root, 'rushes.db'))
    mkdirSync(join(before.root, 'rushes.db.damaged-2026'))
    const services = await createOnFaultyIndex({ root: before.root })
    await services.start()
    await vi.waitFor(() => expect(services.catchUp.isWhole()).toBe(true))
    await services.close()
  })

  it('of thousands of waiting jobs loses none of them', async () => {
    const services = await started()
    const jobs = Array.from({ length: 2500 }, (_, index) => services.newJob(`${index}`, 'local'))
    await services.jobs.restore(jobs.map((job) => ({ job, cloud: null, result: null })))
    await services.runner.recover()
    services.state.fault = once('corrupt', (statement) => statement.includes('"id" = ?'))
    expect(await services.runner.find('job_0')).toBeUndefined()
    await settled(services)
    expect(await services.jobs.count({})).toBe(2500)
    await services.close()
  })
})

describe('a source', () => {
  it('of a job that goes on while the index is made again is waited for', async () => {
    const before = await started({ probe })
    const file = await before.files.receive(Readable.from([png]), INCOMING)
    await before.jobs.add(withSource(before.newJob('x', 'local'), file.id))
    await before.close()
    const check = once('corrupt', isQuickCheck)
    let asked: () => void = () => undefined
    const isAsked = new Promise<void>((resolve) => (asked = resolve))
    const services = await createOnFaultyIndex({
      root: before.root,
      probe,
      // The files are read only when the job has looked for its own.
      takeFolder: (folder) => ({ ...folder, list: () => isAsked.then(folder.list) }),
      fault: (...statement) => {
        if (statement[0].includes('from "files" where "id"')) asked()
        return check(...statement)
      },
    })
    await services.start()
    await vi.waitFor(() => expect(services.local).toHaveLength(1))
    await services.close()
  })

  it('of a job is kept, although looking for who uses it meets the damage', async () => {
    const services = await started({ probe })
    const file = await services.files.receive(Readable.from([png]), INCOMING)
    await services.jobs.add(withSource(services.newJob('x', 'local'), file.id))
    services.state.fault = (statement) => (statement.includes('between') ? 'corrupt' : damage(statement, []))
    const damage = once('corrupt', (statement) => statement.includes('from "job_files"'))
    await services.files.remove(file.id)
    expect(readdirSync(services.folders.media)).toHaveLength(2)
    await services.close()
  })

  it('is kept by a sweep while an index in memory stands in', async () => {
    const before = await started({ probe })
    const expiresAt = new Date(Date.now() - 1000).toISOString()
    const file = await before.files.receive(Readable.from([png]), { ...INCOMING, expiresAt })
    await before.jobs.restore([{ job: withSource(before.newJob('x', 'local'), file.id), cloud: null, result: null }])
    await before.close()
    const services = await started({ root: before.root, probe, opens: (path) => path === ':memory:' })
    expect([services.index.isKept(), await services.files.sweep()]).toEqual([false, 0])
    expect(readdirSync(services.folders.media)).toHaveLength(2)
    await services.close()
  })

  it('whose bytes come again while the index does not know it keeps them, whatever becomes of the second', async () => {
    const services = await started({ probe })
    const { folders } = services
    await services.files.receive(Readable.from([png]), INCOMING)
    const before = readdirSync(folders.media)
    await services.index.run((db) => db.deleteFrom('files').execute())
    services.state.fault = once('full', (statement) => statement.startsWith('insert into "files"'))
    await expect(services.files.receive(Readable.from([png]), INCOMING)).rejects.toThrow()
    expect(readdirSync(folders.media)).toEqual(before)
    await services.close()
  })

  it('that came whole can be taken in again where it could not be written down', async () => {
    const services = await started({ probe })
    const path = join(services.folders.temporary, 'rushes-upload.part')
    await writeFile(path, png)
    services.state.fault = once('full', (statement) => statement.startsWith('insert into "files"'))
    await expect(services.files.adopt(path, INCOMING)).rejects.toThrow()
    expect([existsSync(path), readdirSync(services.folders.media)]).toEqual([true, []])
    await services.files.adopt(path, INCOMING)
    expect([existsSync(path), readdirSync(services.folders.media).length]).toEqual([false, 2])
    await services.close()
  })
})

it('an end that comes while an index in memory stands in is not taken for written', async () => {
  let hasRoom = true
  const services = await started({ opens: (path) => hasRoom || path === ':memory:' })
  const job = await put(services, services.newJob('lake', 'local'))
  await vi.waitFor(() => expect(services.local).toHaveLength(1))
  hasRoom = false
  services.state.fault = once('corrupt', (statement) => statement.includes('"id" = ?'))
  await services.runner.find('job_0')
  await vi.waitFor(() => expect(services.index.isKept()).toBe(false))
  await expect(services.runner.cancel(job.job_id)).rejects.toMatchObject({ code: 'DISK_FULL' })
  hasRoom = true
  await vi.waitFor(() => expect(services.index.isKept()).toBe(true))
  await vi.waitFor(
    async () => expect((await services.jobs.get(job.job_id))?.job).toMatchObject({ error: { code: 'CANCELLED' } }),
    10_000,
  )
  await services.close()
})

it('a job that is resumed while the disk refuses its failure ends as it then ends', async () => {
  const services = await started()
  const job = await put(services, services.newJob('lake'))
  await vi.waitFor(() => expect(services.decart).toHaveLength(1))
  await orderOf(services).context.record({ state: 'sending' })
  await orderOf(services).context.record({ state: 'sent', id: 'cloud-1' })
  let refuse: (() => void) | undefined
  services.state.fault = async (statement, values) => {
    if (refuse || !statement.startsWith('update "jobs"') || !values.includes('failed')) return null
    await new Promise<void>((resolve) => (refuse = resolve))
    return 'full'
  }
  orderOf(services).fail(new RushesError('TIMEOUT', 'Not finished.', { billed: 'maybe' }))
  await vi.waitFor(() => expect(refuse).toBeDefined())
  const resumed = services.runner.resume(job.job_id)
  refuse?.()
  await resumed
  await vi.waitFor(() => expect(services.decart).toHaveLength(2))
  await orderOf(services, 1).finish()
  await services.runner.wait(job.job_id, new AbortController().signal)
  // Closing tries all ends again that could not be written.
  await services.runner.close()
  expect((await services.jobs.get(job.job_id))?.job.status).toBe('completed')
  await services.close()
})
