import { afterEach, expect, it, vi } from 'vitest'
import type { Job } from '../shared/job.ts'
import { createWorkshop } from './testing/workshop.ts'

type Workshop = Awaited<ReturnType<typeof createWorkshop>>
let workshop: Workshop | null = null
const open = async (): Promise<Workshop> => (workshop = await createWorkshop())
afterEach(async () => {
  await workshop?.remove()
  workshop = null
})

const never = new AbortController().signal
const ids = (jobs: readonly Job[]) => jobs.map(({ job_id }) => job_id)
const submitAll = async (from: Workshop, count: number, renderer?: string): Promise<string[]> => {
  const all: string[] = []
  for (let index = 0; index < count; index++) all.push(await from.submit(`take ${index}`, renderer))
  return all
}
const waitFor = <T>(check: () => T | Promise<T>) => vi.waitFor(check, 10_000)

it('tells what runs and the first that wait, and of each how many', async () => {
  const from = await open()
  const all = await submitAll(from, 60)
  await waitFor(() => expect(from.local).toHaveLength(1))
  const { running, waiting, waiting_total, paused } = from.runner.queue.view()
  expect([ids(running), ids(waiting), waiting_total, paused]).toEqual([all.slice(0, 1), all.slice(1, 51), 59, false])
  expect(waiting.map(({ queue_position }) => queue_position)).toEqual(waiting.map((_, index) => index + 1))
})

it('holds what waits, also what comes in then and over a restart, while what runs ends', async () => {
  const before = await open()
  const [first = '', second = ''] = await submitAll(before, 2)
  await waitFor(() => expect(before.local).toHaveLength(1))
  await before.runner.queue.pause('finish')
  expect(before.runner.totals()['local']).toMatchObject({ waiting: 1, running: 1, paused: true })
  const third = await before.submit('three')
  await before.local[0]?.finish()
  expect((await before.runner.wait(first, never)).status).toBe('completed')
  await waitFor(() => expect(before.runner.totals()['local']).toMatchObject({ waiting: 2, running: 0 }))
  const after = await before.reopen()
  workshop = after
  expect(after.runner.queue.view()).toMatchObject({ paused: true, running: [], waiting_total: 2 })
  expect(after.local).toHaveLength(0)
  await after.runner.queue.goOn()
  await waitFor(() => expect(after.local).toHaveLength(1))
  expect(after.local[0]?.task.job.job_id).toBe(second)
  expect(ids(after.runner.queue.view().waiting)).toEqual([third])
  const again = await after.reopen()
  workshop = again
  expect(again.runner.queue.view().paused).toBe(false)
})

it('takes renders of this machine back to the head, from where they begin anew; what is ordered goes on', async () => {
  const from = await open()
  const [first = '', second = ''] = await submitAll(from, 2)
  const [ordered = ''] = await submitAll(from, 1, 'decart')
  await waitFor(() => expect([from.local.length, from.decart.length]).toEqual([1, 1]))
  await from.decart[0]?.context.record({ state: 'sent', id: 'cloud-1' })
  await from.runner.queue.move(second, null)
  await from.runner.queue.pause('requeue')
  expect(from.local[0]?.context.signal.aborted).toBe(true)
  await waitFor(() => expect(from.runner.totals()['local']).toMatchObject({ waiting: 2, running: 0 }))
  const { running, waiting } = from.runner.queue.view()
  expect([ids(running), ids(waiting)]).toEqual([[ordered], [first, second]])
  expect(await from.job(first)).toMatchObject({ status: 'pending', queue_position: 1, started_at: null })
  expect((await from.jobs.get(first))?.job.status).toBe('pending')
  await from.decart[0]?.finish()
  expect((await from.runner.wait(ordered, never)).status).toBe('completed')
  await from.runner.queue.goOn()
  await waitFor(() => expect(from.local).toHaveLength(2))
  expect(from.local[1]?.task.job.job_id).toBe(first)
  await from.local[1]?.finish()
  expect((await from.runner.wait(first, never)).status).toBe('completed')
})

it('goes on with an order that stands, although it is paused, after a restart too', async () => {
  const before = await open()
  const ordered = await before.submit('ordered', 'decart')
  await waitFor(() => expect(before.decart).toHaveLength(1))
  await before.decart[0]?.context.record({ state: 'sent', id: 'cloud-1' })
  await before.runner.queue.pause('requeue')
  const other = await before.submit('not ordered', 'decart')
  const after = await before.reopen()
  workshop = after
  await waitFor(() => expect(after.decart).toHaveLength(1))
  expect(after.decart[0]?.context.recorded).toEqual({ state: 'sent', id: 'cloud-1' })
  expect(ids(after.runner.queue.view().running)).toEqual([ordered])
  expect(ids(after.runner.queue.view().waiting)).toEqual([other])
})

it('begins in the order that somebody gave, also after a restart, and what comes in later stands behind', async () => {
  const before = await open()
  const [first = '', a = '', b = '', c = '', d = ''] = await submitAll(before, 5)
  await before.runner.queue.move(d, a)
  await before.runner.queue.move(a, null)
  await before.runner.queue.move(c, b)
  const e = await before.submit('later')
  const order = [d, c, b, a, e]
  expect(ids(before.runner.queue.view().waiting)).toEqual(order)
  expect((await before.job(a)).queue_position).toBe(4)
  expect(before.runner.totals()['local']?.next).toEqual(order)
  const after = await before.reopen()
  workshop = after
  expect(ids(after.runner.queue.view().waiting)).toEqual(order)
  expect(ids(after.runner.queue.view().running)).toEqual([first])
  // A hundred moves to one place use all the room between two ranks, and more.
  for (let index = 0; index < 50; index++) {
    await after.runner.queue.move(b, c)
    await after.runner.queue.move(c, b)
  }
  expect(ids(after.runner.queue.view().waiting)).toEqual(order)
  const last = await after.reopen()
  workshop = last
  expect(ids(last.runner.queue.view().waiting)).toEqual(order)
})

it('moves nothing that does not wait, and says why', async () => {
  const from = await open()
  const [running = '', a = '', b = ''] = await submitAll(from, 3)
  await waitFor(() => expect(from.local).toHaveLength(1))
  await expect(from.runner.queue.move(running, a)).rejects.toMatchObject({
    code: 'NOT_READY',
    message: 'This job does not wait any more: it runs, or has finished.',
  })
  await expect(from.runner.queue.move(b, running)).rejects.toMatchObject({ code: 'NOT_READY' })
  await expect(from.runner.queue.move('job_none', a)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await from.runner.queue.move(b, b)
  expect(ids(from.runner.queue.view().waiting)).toEqual([a, b])
})

it('cancels all that wait and nothing that runs, and remembers it', async () => {
  const before = await open()
  const all = await submitAll(before, 8)
  await waitFor(() => expect(before.local).toHaveLength(1))
  expect(await before.runner.queue.cancelWaiting()).toBe(7)
  expect(before.runner.queue.view()).toMatchObject({ waiting: [], waiting_total: 0 })
  expect(ids(before.runner.queue.view().running)).toEqual([all[0]])
  expect(before.seen.slice(-7).map(({ error }) => error?.code)).toEqual(Array(7).fill('CANCELLED'))
  expect(await before.runner.queue.cancelWaiting()).toBe(0)
  expect(await before.jobs.count({ status: 'failed' })).toBe(7)
  const after = await before.reopen()
  workshop = after
  expect(after.recovered).toBe(1)
  expect((await after.job(all[3] ?? '')).error).toMatchObject({ code: 'CANCELLED', billed: 'no' })
})

it('says how long is left, by how long such jobs took', async () => {
  const from = await open()
  const [first = ''] = await submitAll(from, 3)
  await waitFor(() => expect(from.local).toHaveLength(1))
  expect(from.runner.totals()['local']?.seconds_left).toBeNull()
  await from.local[0]?.finish()
  await from.runner.wait(first, never)
  await waitFor(() => expect(from.local).toHaveLength(2))
  const left = from.runner.totals()['local']?.seconds_left
  expect(left).toBeTypeOf('number')
  const after = await from.reopen()
  workshop = after
  await waitFor(() => expect(after.runner.totals()['local']?.seconds_left).toBeTypeOf('number'))
})
