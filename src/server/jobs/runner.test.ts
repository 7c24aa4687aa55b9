import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { RushesError } from '../../shared/errors.ts'
import { createWorkshop } from '../testing/workshop.ts'

type Workshop = ReturnType<typeof createWorkshop>
let workshop: Workshop | null = null
const open = (): Workshop => (workshop = createWorkshop())
afterEach(async () => {
  await workshop?.remove()
  workshop = null
})

const never = new AbortController().signal

it('runs in order, one at a time, and says each place in the queue', async () => {
  const { submit, job, local, runner } = open()
  const [first, second, third] = [submit('one'), submit('two'), submit('three')]
  expect(job(first).status).toBe('processing')
  expect([job(second).queue_position, job(third).queue_position]).toEqual([1, 2])
  await vi.waitFor(() => expect(local).toHaveLength(1))
  await local[0]?.finish()
  const done = await runner.wait(first, never)
  expect(done).toMatchObject({ status: 'completed', progress: 1, output: { width: 2, mime_type: 'image/png' } })
  await vi.waitFor(() => expect(local).toHaveLength(2))
  expect(job(second).status).toBe('processing')
  expect(job(third).queue_position).toBe(1)
})

it('gets ready when the studio is opened and after the last job, but never beside one', async () => {
  workshop = createWorkshop(undefined, { hasKey: false })
  const { submit, local, runner, prepared } = workshop
  runner.prepare()
  expect(prepared().local).toBe(1)
  const [first, second] = [submit('one'), submit('two')]
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

it('leaves the local engine alone where the studio asks the cloud', () => {
  const { runner, prepared } = open()
  runner.prepare()
  expect(prepared().local).toBe(0)
})

it('keeps a result as an ordinary file with its job beside it', async () => {
  const { submit, local, runner, root, jobs } = open()
  const id = submit('A lake, at dusk!')
  await vi.waitFor(() => expect(local).toHaveLength(1))
  await local[0]?.finish()
  const done = await runner.wait(id, never)
  expect(done.output?.filename).toMatch(/^a-lake-at-dusk_lucy-pro-t2i_local-draft_\d+_[0-9a-f]{6}\.png$/)
  const path = join(root, jobs.get(id)?.result ?? '')
  expect(readFileSync(path, 'utf8')).toBe(`pixels of ${id}`)
  expect(JSON.parse(readFileSync(`${path}.json`, 'utf8'))).toMatchObject({ job_id: id, status: 'completed' })
  await vi.waitFor(() => expect(readdirSync(join(root, 'tmp'))).toEqual([]))
})

it('cancels one without touching another, running or queued', async () => {
  const { submit, job, local, runner } = open()
  const [first, second, third] = [submit('one'), submit('two'), submit('three')]
  await vi.waitFor(() => expect(local).toHaveLength(1))
  expect(runner.cancel(second)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED', billed: 'no' } })
  expect(job(first).status).toBe('processing')
  runner.cancel(first)
  expect(local[0]?.context.signal.aborted).toBe(true)
  await vi.waitFor(() => expect(local).toHaveLength(2))
  expect(job(third).status).toBe('processing')
  expect(local.map(({ task }) => task.job.job_id)).toEqual([first, third])
  expect(runner.cancel(first)).toMatchObject({ error: { code: 'CANCELLED' } })
})

it('reports progress to listeners, and goes on after a failure', async () => {
  const { submit, job, local, seen } = open()
  const [first, second] = [submit('one'), submit('two')]
  await vi.waitFor(() => expect(local).toHaveLength(1))
  local[0]?.context.onProgress(0.4)
  expect(job(first)).toMatchObject({ status: 'processing', progress: 0.4 })
  expect(seen.at(-1)).toMatchObject({ job_id: first, progress: 0.4 })
  local[0]?.fail(new RushesError('PROCESSING_ERROR', 'The clip is cut short.'))
  await vi.waitFor(() =>
    expect(job(first)).toMatchObject({ status: 'failed', error: { message: 'The clip is cut short.' } }),
  )
  expect(job(second).status).toBe('processing')
})

it('tells a person nothing of a defect but that there is one', async () => {
  const { submit, job, local } = open()
  const id = submit('one')
  await vi.waitFor(() => expect(local).toHaveLength(1))
  local[0]?.fail(new TypeError('cannot read /secret/path of undefined'))
  await vi.waitFor(() => expect(job(id).error?.code).toBe('INTERNAL'))
  expect(job(id).error?.message).not.toContain('secret')
})

it('renders again after a restart what was waiting or running, in the same order with the same seed', async () => {
  const before = open()
  const ids = [before.submit('one'), before.submit('two'), before.submit('three')]
  const seeds = ids.map((id) => before.job(id).seed)
  await vi.waitFor(() => expect(before.local).toHaveLength(1))
  before.runner.cancel(ids[1] ?? '')
  const after = await before.reopen()
  workshop = after
  expect(after.runner.recover()).toBe(2)
  await vi.waitFor(() => expect(after.local).toHaveLength(1))
  expect(after.local[0]?.task.job.job_id).toBe(ids[0])
  expect(ids.map((id) => after.job(id).seed)).toEqual(seeds)
  await after.local[0]?.finish()
  expect((await after.runner.wait(ids[0] ?? '', never)).status).toBe('completed')
  expect(after.job(ids[1] ?? '').error?.code).toBe('CANCELLED')
})

it('hands a cloud job its record after a restart', async () => {
  const before = open()
  const id = before.submit('one', 'decart')
  await vi.waitFor(() => expect(before.decart).toHaveLength(1))
  before.decart[0]?.context.record({ state: 'sent', id: 'cloud-1' })
  const after = await before.reopen()
  workshop = after
  after.runner.recover()
  await vi.waitFor(() => expect(after.decart).toHaveLength(1))
  expect(after.decart[0]?.task.job.job_id).toBe(id)
  expect(after.decart[0]?.context.recorded).toEqual({ state: 'sent', id: 'cloud-1' })
})

it('says that a cancelled cloud job may still be billed, once anything was sent', async () => {
  const { submit, runner, decart } = open()
  const [unsent, sent] = [submit('one', 'decart'), submit('two', 'decart')]
  await vi.waitFor(() => expect(decart).toHaveLength(2))
  decart[1]?.context.record({ state: 'sending' })
  expect(runner.cancel(unsent)?.error?.billed).toBe('no')
  expect(runner.cancel(sent)?.error).toMatchObject({
    billed: 'maybe',
    message: expect.stringContaining('still be billed'),
  })
})

it('goes on with an order that stands, without ordering again', async () => {
  const { submit, job, runner, decart } = open()
  const id = submit('one', 'decart')
  await vi.waitFor(() => expect(decart).toHaveLength(1))
  decart[0]?.context.record({ state: 'sent', id: 'cloud-1' })
  decart[0]?.fail(new RushesError('DISK_FULL', 'The disk is full.', { billed: 'maybe' }))
  await vi.waitFor(() => expect(job(id).error).toMatchObject({ code: 'DISK_FULL', resumable: true }))
  runner.resume(id)
  await vi.waitFor(() => expect(decart).toHaveLength(2))
  expect(decart[1]?.context.recorded).toEqual({ state: 'sent', id: 'cloud-1' })
  await decart[1]?.finish()
  expect((await runner.wait(id, never)).status).toBe('completed')
  expect(() => runner.resume(id)).toThrow(/Only a failed job/)
})

it('stops waiting when told to, and leaves no folder behind', async () => {
  const { submit, runner, root } = open()
  const id = submit('one')
  const controller = new AbortController()
  const waiting = runner.wait(id, controller.signal)
  controller.abort(new Error('gone'))
  await expect(waiting).rejects.toThrow('gone')
  runner.cancel(id)
  await vi.waitFor(() => expect(existsSync(join(root, 'tmp', id))).toBe(false))
})

it('says a full disk and works on, when not even the failure can be written down', async () => {
  const { submit, job, local, jobs, runner, seen } = open()
  const [first, second] = [submit('one'), submit('two')]
  await vi.waitFor(() => expect(local).toHaveLength(1))
  const { update } = jobs
  jobs.update = () => {
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  }
  local[0]?.fail(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))
  await vi.waitFor(() => expect(job(first)).toMatchObject({ status: 'failed', error: { code: 'DISK_FULL' } }))
  expect(seen.some((each) => each.job_id === first && each.status === 'failed')).toBe(true)
  expect(await runner.wait(first, never)).toMatchObject({ status: 'failed' })
  // The next one cannot even begin, and says so too.
  await vi.waitFor(() => expect(job(second)).toMatchObject({ status: 'failed', error: { code: 'DISK_FULL' } }))
  jobs.update = update
  const third = submit('three')
  await vi.waitFor(() => expect(local).toHaveLength(2))
  await local[1]?.finish()
  expect((await runner.wait(third, never)).status).toBe('completed')
})

it('ends the work of a cancelled job, although the disk is too full to write that down', async () => {
  const { submit, local, jobs, runner } = open()
  const id = submit('one')
  await vi.waitFor(() => expect(local).toHaveLength(1))
  jobs.update = () => {
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  }
  expect(runner.cancel(id)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
  expect(local[0]?.context.signal.aborted).toBe(true)
})

it('keeps a cancelled job cancelled, although its result was just being put away', async () => {
  const { submit, job, local, takes, runner, root, seen } = open()
  const id = submit('one')
  await vi.waitFor(() => expect(local).toHaveLength(1))
  const { adopt } = takes
  takes.adopt = async (...args) => {
    const adopted = await adopt(...args)
    runner.cancel(id)
    return adopted
  }
  await local[0]?.finish()
  await vi.waitFor(() => expect(existsSync(join(root, 'tmp', id))).toBe(false))
  expect(job(id)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
  expect(seen.at(-1)).toMatchObject({ status: 'failed' })
  // Nor does an index that is rebuilt bring it back.
  expect(await takes.scan()).toEqual([])
  expect(readdirSync(join(root, 'takes'), { recursive: true }).filter((name) => /\./.test(String(name)))).toEqual([])
})

it('says that money may be spent, whatever ends a job whose order was taken', async () => {
  const { submit, job, runner, takes, decart } = open()
  const id = submit('one', 'decart')
  await vi.waitFor(() => expect(decart).toHaveLength(1))
  decart[0]?.context.record({ state: 'sent', id: 'cloud-1' })
  takes.adopt = () => Promise.reject(new RushesError('DISK_FULL', 'The disk is full.'))
  await decart[0]?.finish()
  expect(await runner.wait(id, never)).toMatchObject({ error: { billed: 'maybe', resumable: true } })
  expect(job(id).error?.code).toBe('DISK_FULL')
})

it('does not mix up a job that goes on with its run that is still ending', async () => {
  const { submit, job, runner, decart } = open()
  const id = submit('one', 'decart')
  await vi.waitFor(() => expect(decart).toHaveLength(1))
  decart[0]?.context.record({ state: 'sent', id: 'cloud-1' })
  runner.cancel(id)
  runner.resume(id)
  await vi.waitFor(() => expect(decart).toHaveLength(2))
  // The first run has ended by then and has tidied up: not the second one's folder.
  await new Promise((resolve) => setImmediate(resolve))
  await decart[1]?.finish()
  expect(await runner.wait(id, never)).toMatchObject({ status: 'completed' })
  expect(job(id).status).toBe('completed')
})
