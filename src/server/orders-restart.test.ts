import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { ComfyuiServer } from './testing/comfyui-server.ts'
import { startEquippedComfyui } from './testing/equipped-comfyui.ts'
import { type FalServer, startFalServer } from './testing/fal-server.ts'
import { kill, killAll, type Launched, launch } from './testing/launch.ts'
import { callsOf } from './testing/order-calls.ts'

// A server that is killed in every state of an order: the next start goes on where it was, and orders nothing twice.
const KEY = 'fal-id:secret-77aa51'
let fal: FalServer
let comfyui: ComfyuiServer
let folder: string
let env: Record<string, string>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rushes-'))
  ;[fal, comfyui] = await Promise.all([startFalServer({ apiKey: KEY }), startEquippedComfyui()])
  env = { COMFYUI_URL: comfyui.url, FAL_KEY: KEY, FAL_QUEUE_URL: fal.queueUrl, FAL_REST_URL: fal.restUrl }
})
afterEach(killAll)
afterAll(async () => {
  await Promise.all([fal.close(), comfyui.close()])
  rmSync(folder, { recursive: true, force: true })
})

const phase = (server: Launched, id: string, wanted: 'rendering' | 'fetching') =>
  server.until(id, (job) => job.status === 'processing' && job.phase === wanted)

it('while sending, rendering and fetching: each order is one, and comes home', async () => {
  const first = await launch(folder, env)
  const calls = callsOf(first)

  comfyui.fail('GET /view', { kind: 'hold' })
  const fetching = await calls.place('comfyui')
  await phase(first, fetching, 'fetching')
  comfyui.hold('running')
  const rendering = await calls.place('comfyui')
  await comfyui.until(() => comfyui.heldAt() === 'running')
  await phase(first, rendering, 'rendering')

  fal.queue.become(['COMPLETED'])
  fal.fail('media', { kind: 'hold' })
  const fetchingAtFal = await calls.place('fal')
  await phase(first, fetchingAtFal, 'fetching')
  fal.queue.become(['IN_PROGRESS'])
  const renderingAtFal = await calls.place('fal')
  await phase(first, renderingAtFal, 'rendering')
  fal.fail('submit', { kind: 'hold' })
  const before = fal.submissions()
  const sendingToFal = await calls.place('fal')
  await fal.until(() => fal.submissions() > before)
  await kill(first)

  const second = await launch(folder, env)
  comfyui.fail('POST /prompt', { kind: 'hold' })
  expect(await second.finished(fetching)).toMatchObject({ status: 'completed' })
  const orders = comfyui.orders.length
  const sending = await callsOf(second).place('comfyui')
  await comfyui.until(() => comfyui.orders.length > orders)
  expect(await second.finished(sendingToFal)).toMatchObject({
    error: { billed: 'maybe', resumable: false, message: expect.stringContaining('was not sent again') },
  })
  await kill(second)

  comfyui.answer()
  comfyui.release()
  fal.release()
  fal.queue.become(['COMPLETED'])
  const third = await launch(folder, env)
  for (const id of [rendering, sending, fetchingAtFal, renderingAtFal])
    expect(await third.finished(id)).toMatchObject({ status: 'completed' })
  expect([comfyui.orders.length, fal.submissions()]).toEqual([3, 3])
  expect((await callsOf(third).spending()).today).toMatchObject({ orders: 3, certain: false })
})

it('right after a cancel: the other side is told by the next start, and has no second order', async () => {
  const first = await launch(folder, env)
  const calls = callsOf(first)
  comfyui.hold('running')
  const orders = comfyui.orders.length
  const running = await calls.place('comfyui')
  await comfyui.until(() => comfyui.heldAt() === 'running')
  await phase(first, running, 'rendering')
  comfyui.fail('POST /prompt', { kind: 'hold' })
  const sending = await calls.place('comfyui')
  await comfyui.until(() => comfyui.orders.length === orders + 2)
  comfyui.fail('POST /jobs', ...Array.from({ length: 2000 }, () => ({ kind: 'refuse' }) as const))
  fal.queue.become(['IN_QUEUE'])
  const queued = await calls.place('fal')
  await phase(first, queued, 'rendering')
  fal.fail('cancel', ...Array.from({ length: 2000 }, () => ({ kind: 'refuse' }) as const))
  // Nobody waits for what comes of them: they are killed before the other sides have answered.
  const cancels = [running, sending, queued].map((id) => calls.cancel(id).catch(() => null))
  await comfyui.until(() => comfyui.count('POST /jobs') >= 1)
  await fal.until(() => fal.requests.some(({ method }) => method === 'PUT'))
  await kill(first)
  await Promise.all(cancels)

  comfyui.mend()
  comfyui.answer()
  fal.mend()
  const second = await launch(folder, env)
  for (const id of [running, sending, queued])
    expect(await second.finished(id)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
  await comfyui.until(() => comfyui.running() === null && comfyui.pending().length === 0)
  expect(comfyui.orders.length).toBe(orders + 2)
  expect(comfyui.globalInterrupts()).toBe(0)
})
