import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { RushesError } from '../../shared/errors.ts'
import { createWorkshop } from '../testing/workshop.ts'

type Workshop = Awaited<ReturnType<typeof createWorkshop>>
let workshop: Workshop | null = null
const open = async (): Promise<Workshop> => (workshop = await createWorkshop())
afterEach(async () => {
  await workshop?.remove()
  workshop = null
})

const never = new AbortController().signal

it('runs in order, one at a time, and says each place in the queue', async () => {
  const { submit, job, local, runner } = await open()
  const [first, second, third] = [await submit('one'), await submit('two'), await submit('three')]
  expect((await job(first)).status).toBe('processing')
  expect([(await job(second)).queue_position, (await job(third)).queue_position]).toEqual([1, 2])
  await vi.waitFor(() => expect(local).toHaveLength(1))
  await local[0]?.finish()
  const done = await runner.wait(first, never)
  expect(done).toMatchObject({ status: 'completed', progress: 1, output: { width: 2, mime_type: 'image/png' } })
  await vi.waitFor(() => expect(local).toHaveLength(2))
  expect((await job(second)).status).toBe('processing')
  expect((await job(third)).queue_position).toBe(1)
})

it('gets ready when the studio is opened and after the last job, but never beside one', async () => {
  workshop = await createWorkshop(undefined, { hasKey: false })
  const { submit, local, runner, prepared } = workshop
  runner.prepare()
  expect(prepared().local).toBe(1)
  const [first, second] = [await submit('one'), await submit('two')]
  runner.prepare()
  await vi.waitFor(() => expect(local).toHaveLength(1))
  await local[0]?.finish()
  await runner.wait(first, never)
  await vi.waitFor(() => expect(local).toHaveLength(2))
  expect(prepared().local).toBe(1)
  await local[1]?.finish()
  await runner.wait(second, never)
  await vi.waitFor(() => expect(prepared().local).toBe(2))
})

it('leaves the local engine alone where the studio asks the cloud', async () => {
  const { runner, prepared } = await open()
  runner.prepare()
  expect(prepared().local).toBe(0)
})

it('keeps a result as an ordinary file with its job beside it', async () => {
  const { submit, local, runner, root, jobs } = await open()
  const id = await submit('A lake, at dusk!')
  await vi.waitFor(() => expect(local).toHaveLength(1))
  await local[0]?.finish()
  const done = await runner.wait(id, never)
  expect(done.output?.filename).toMatch(/^a-lake-at-dusk_lucy-pro-t2i_local-draft_\d+_[0-9a-f]{6}\.png$/)
  const path = join(root, (await jobs.get(id))?.result ?? '')
  expect(readFileSync(path, 'utf8')).toBe(`pixels of ${id}`)
  expect(JSON.parse(readFileSync(`${path}.json`, 'utf8'))).toMatchObject({ job_id: id, status: 'completed' })
  await vi.waitFor(() => expect(readdirSync(join(root, 'rushes-tmp'))).toEqual([]))
})

it('cancels one without touching another, running or queued', async () => {
  const { submit, job, local, runner } = await open()
  const [first, second, third] = [await submit('one'), await submit('two'), await submit('three')]
  await vi.waitFor(() => expect(local).toHaveLength(1))
  expect(await runner.cancel(second)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED', billed: 'no' } })
  expect((await job(first)).status).toBe('processing')
  await runner.cancel(first)
  expect(local[0]?.context.signal.aborted).toBe(true)
  await vi.waitFor(() => expect(local).toHaveLength(2))
  expect((await job(third)).status).toBe('processing')
  expect(local.map(({ task }) => task.job.job_id)).toEqual([first, third])
  expect(await runner.cancel(first)).toMatchObject({ error: { code: 'CANCELLED' } })
})

it('reports progress to listeners, and goes on after a failure', async () => {
  const { submit, job, local, seen } = await open()
  const [first, second] = [await submit('one'), await submit('two')]
  await vi.waitFor(() => expect(local).toHaveLength(1))
  local[0]?.context.onProgress(0.4)
  expect(await job(first)).toMatchObject({ status: 'processing', progress: 0.4 })
  expect(seen.at(-1)).toMatchObject({ job_id: first, progress: 0.4 })
  local[0]?.fail(new RushesError('PROCESSING_ERROR', 'The clip is cut short.'))
  await vi.waitFor(async () =>
    expect(await job(first)).toMatchObject({ status: 'failed', error: { message: 'The clip is cut short.' } }),
  )
  expect((await job(second)).status).toBe('processing')
})

it('tells a person nothing of a defect but that there is one', async () => {
  const { submit, job, local } = await open()
  const id = await submit('one')
  await vi.waitFor(() => expect(local).toHaveLength(1))
  local[0]?.fail(new TypeError('cannot read /secret/path of undefined'))
  await vi.waitFor(async () => expect((await job(id)).error?.code).toBe('INTERNAL'))
  expect((await job(id)).error?.message).not.toContain('secret')
})

it('renders again after a restart what was waiting or running, in the same order with the same seed', async () => {
  const before = await open()
  const ids = [await before.submit('one'), await before.submit('two'), await before.submit('three')]
  const seedOf = async (from: Workshop, id: string) => (await from.job(id)).seed
  const seeds = await Promise.all(ids.map((id) => seedOf(before, id)))
  await vi.waitFor(() => expect(before.local).toHaveLength(1))
  await before.runner.cancel(ids[1] ?? '')
  const after = await before.reopen()
  workshop = after
  expect(after.recovered).toBe(2)
  await vi.waitFor(() => expect(after.local).toHaveLength(1))
  expect(after.local[0]?.task.job.job_id).toBe(ids[0])
  expect(await Promise.all(ids.map((id) => seedOf(after, id)))).toEqual(seeds)
  await after.local[0]?.finish()
  expect((await after.runner.wait(ids[0] ?? '', never)).status).toBe('completed')
  expect((await after.job(ids[1] ?? '')).error?.code).toBe('CANCELLED')
})

it('hands a cloud job its record after a restart', async () => {
  const before = await open()
  const id = await before.submit('one', 'decart')
  await vi.waitFor(() => expect(before.decart).toHaveLength(1))
  await before.decart[0]?.context.record({ state: 'sent', id: 'cloud-1' })
  const after = await before.reopen()
  workshop = after
  await vi.waitFor(() => expect(after.decart).toHaveLength(1))
  expect(after.decart[0]?.task.job.job_id).toBe(id)
  expect(after.decart[0]?.context.recorded).toEqual({ state: 'sent', id: 'cloud-1' })
})

it('says that a cancelled cloud job may still be billed, once anything was sent', async () => {
  const { submit, runner, decart } = await open()
  const [unsent, sent] = [await submit('one', 'decart'), await submit('two', 'decart')]
  await vi.waitFor(() => expect(decart).toHaveLength(2))
  await decart[1]?.context.record({ state: 'sending' })
  expect((await runner.cancel(unsent))?.error?.billed).toBe('no')
  expect((await runner.cancel(sent))?.error).toMatchObject({
    billed: 'maybe',
    message: expect.stringContaining('still be billed'),
  })
})

it('goes on with an order that stands, without ordering again', async () => {
  const { submit, job, runner, decart } = await open()
  const id = await submit('one', 'decart')
  await vi.waitFor(() => expect(decart).toHaveLength(1))
  await decart[0]?.context.record({ state: 'sent', id: 'cloud-1' })
  decart[0]?.fail(new RushesError('DISK_FULL', 'The disk is full.', { billed: 'maybe' }))
  await vi.waitFor(async () => expect((await job(id)).error).toMatchObject({ code: 'DISK_FULL', resumable: true }))
  await runner.resume(id)
  await vi.waitFor(() => expect(decart).toHaveLength(2))
  expect(decart[1]?.context.recorded).toEqual({ state: 'sent', id: 'cloud-1' })
  await decart[1]?.finish()
  expect((await runner.wait(id, never)).status).toBe('completed')
  await expect(runner.resume(id)).rejects.toThrow(/Only a failed job/)
})

it('stops waiting when told to, and leaves no folder behind', async () => {
  const { submit, runner, root } = await open()
  const id = await submit('one')
  const controller = new AbortController()
  const waiting = runner.wait(id, controller.signal)
  controller.abort(new Error('gone'))
  await expect(waiting).rejects.toThrow('gone')
  await runner.cancel(id)
  await vi.waitFor(() => expect(existsSync(join(root, 'rushes-tmp', `rushes-${id}`))).toBe(false))
})

/** Makes the index refuse every write, as a full disk does, until the returned function is called. */
const fillIndex = ({ jobs }: Workshop): (() => void) => {
  const { update, complete } = jobs
  const full = () => Promise.reject(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }))
  jobs.update = full
  jobs.complete = full
  return () => Object.assign(jobs, { update, complete })
}

it('says a full disk and works on, when not even the failure can be written down', async () => {
  const opened = await open()
  const { submit, job, local, runner, seen } = opened
  const [first, second] = [await submit('one'), await submit('two')]
  await vi.waitFor(() => expect(local).toHaveLength(1))
  const free = fillIndex(opened)
  local[0]?.fail(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))
  await vi.waitFor(async () =>
    expect(await job(first)).toMatchObject({ status: 'failed', error: { code: 'DISK_FULL' } }),
  )
  await vi.waitFor(() => expect(seen.some((each) => each.job_id === first && each.status === 'failed')).toBe(true))
  expect(await runner.wait(first, never)).toMatchObject({ status: 'failed' })
  // The next one cannot even begin, and says so too.
  await vi.waitFor(async () =>
    expect(await job(second)).toMatchObject({ status: 'failed', error: { code: 'DISK_FULL' } }),
  )
  free()
  const third = await submit('three')
  await vi.waitFor(() => expect(local).toHaveLength(2))
  await local[1]?.finish()
  expect((await runner.wait(third, never)).status).toBe('completed')
})

it('ends the work of a cancelled job on a full disk, says that it is not written down, and does so when it can', async () => {
  const opened = await open()
  const { submit, job, local, jobs, runner } = opened
  const id = await submit('one')
  await vi.waitFor(() => expect(local).toHaveLength(1))
  const free = fillIndex(opened)
  await expect(runner.cancel(id)).rejects.toMatchObject({
    code: 'DISK_FULL',
    message: expect.stringMatching(/^Cancelled/),
  })
  expect(local[0]?.context.signal.aborted).toBe(true)
  expect(await job(id)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
  free()
  await vi.waitFor(
    async () => expect((await jobs.get(id))?.job).toMatchObject({ error: { code: 'CANCELLED' } }),
    10_000,
  )
})

it('keeps a finished take although its end cannot be written down, and writes that when it can', async () => {
  const opened = await open()
  const { submit, job, local, jobs, runner } = opened
  const id = await submit('one')
  await vi.waitFor(() => expect(local).toHaveLength(1))
  const free = fillIndex(opened)
  await local[0]?.finish()
  expect(await runner.wait(id, never)).toMatchObject({ status: 'completed' })
  expect(await job(id)).toMatchObject({ status: 'completed' })
  free()
  await vi.waitFor(
    async () => expect(await jobs.get(id)).toMatchObject({ job: { status: 'completed' }, result: expect.any(String) }),
    10_000,
  )
})

it('keeps a cancelled job cancelled, although its result was just being put away', async () => {
  const { submit, job, local, takes, takeFolder, runner, root, seen } = await open()
  const id = await submit('one')
  await vi.waitFor(() => expect(local).toHaveLength(1))
  const { adopt } = takes
  takes.adopt = async (...args) => {
    const adopted = await adopt(...args)
    await runner.cancel(id)
    return adopted
  }
  await local[0]?.finish()
  await vi.waitFor(() => expect(existsSync(join(root, 'rushes-tmp', `rushes-${id}`))).toBe(false))
  expect(await job(id)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
  expect(seen.at(-1)).toMatchObject({ status: 'failed' })
  // Nor does an index that is rebuilt bring it back.
  expect(await takeFolder.list()).toEqual({ paths: [], odd: [] })
  expect(readdirSync(join(root, 'takes'), { recursive: true }).filter((name) => /\./.test(String(name)))).toEqual([])
})

it('says that money may be spent, whatever ends a job whose order was taken', async () => {
  const { submit, job, runner, takes, decart } = await open()
  const id = await submit('one', 'decart')
  await vi.waitFor(() => expect(decart).toHaveLength(1))
  await decart[0]?.context.record({ state: 'sent', id: 'cloud-1' })
  takes.adopt = () => Promise.reject(new RushesError('DISK_FULL', 'The disk is full.'))
  await decart[0]?.finish()
  expect(await runner.wait(id, never)).toMatchObject({ error: { billed: 'maybe', resumable: true } })
  expect((await job(id)).error?.code).toBe('DISK_FULL')
})

it('does not mix up a job that goes on with its run that is still ending', async () => {
  const { submit, job, runner, decart } = await open()
  const id = await submit('one', 'decart')
  await vi.waitFor(() => expect(decart).toHaveLength(1))
  await decart[0]?.context.record({ state: 'sent', id: 'cloud-1' })
  await runner.cancel(id)
  await runner.resume(id)
  await vi.waitFor(() => expect(decart).toHaveLength(2))
  // The first run has ended by then and has tidied up: not the second one's folder.
  await new Promise((resolve) => setImmediate(resolve))
  await decart[1]?.finish()
  expect(await runner.wait(id, never)).toMatchObject({ status: 'completed' })
  expect((await job(id)).status).toBe('completed')
})
