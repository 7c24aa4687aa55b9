import { afterAll, beforeAll, expect, it } from 'vitest'
import { CLIP } from './testing/clip.ts'
import { startDecartServer } from './testing/decart-server.ts'
import { type FalServer, startFalServer } from './testing/fal-server.ts'
import { callsOf, LAKE } from './testing/order-calls.ts'
import { type Served, serve } from './testing/serve.ts'

// What orders cost, and that a day's limit is kept.
const KEY = 'fal-id:secret-77aa51'
const LIMIT = 0.3
let fal: FalServer
let cloud: Awaited<ReturnType<typeof startDecartServer>>
let server: Served
let calls: ReturnType<typeof callsOf>
const start = async (dataDir?: string) => {
  server = await serve({
    env: {
      FAL_KEY: KEY,
      FAL_QUEUE_URL: fal.queueUrl,
      FAL_REST_URL: fal.restUrl,
      DECART_API_KEY: 'k',
      DECART_BASE_URL: cloud.url,
      SPEND_LIMIT_USD: String(LIMIT),
    },
    start: { pollMs: 15 },
    ...(dataDir === undefined ? {} : { dataDir }),
  })
  calls = callsOf(server)
  await Promise.all(['fal', 'decart'].map(calls.check))
}
beforeAll(async () => {
  fal = await startFalServer({ apiKey: KEY })
  cloud = await startDecartServer({ apiKey: 'k', result: () => CLIP })
  await start()
})
afterAll(async () => {
  await server.close()
  await Promise.all([fal.close(), cloud.close()])
})

const clip = new Blob([new Uint8Array(CLIP)])
const picture = async () => {
  const { default: sharp } = await import('sharp')
  const made = sharp({ create: { width: 640, height: 360, channels: 3, background: '#a42' } }).png()
  return new Blob([new Uint8Array(await made.toBuffer())])
}

it('counts an order with its published price, by day, renderer and model', async () => {
  const id = await calls.place('fal', 'lucy-pro-i2v', { ...LAKE, data: await picture() })
  const job = await server.finished(id)
  expect(job).toMatchObject({ estimate: { usd: 0.05, certain: true }, billed: { usd: 0.05, certain: true } })
  const { today, month, limit_usd, days } = await calls.spending()
  expect([today, month]).toEqual([
    { usd: 0.05, certain: true, orders: 1 },
    { usd: 0.05, certain: true, orders: 1 },
  ])
  expect(limit_usd).toBe(LIMIT)
  expect(days).toMatchObject([{ renderer: 'fal', model: 'lucy-pro-i2v', usd: 0.05 }])
})

it('counts nothing for what is free', async () => {
  const job = await server.job(await calls.place('local'))
  expect([job.estimate, (await calls.spending()).today.orders]).toEqual([null, 1])
  expect((await calls.cancel(job.job_id)).billed).toBeNull()
})

it('counts nothing for an order that was refused', async () => {
  fal.fail('submit', { kind: 'answer', status: 402, body: { detail: 'no' } })
  expect((await server.finished(await calls.place('fal'))).billed).toBeNull()
  expect((await calls.spending()).today).toMatchObject({ usd: 0.05, orders: 1 })
})

it('takes for an unknown price the dearest that is known of its task, and says that it is uncertain', async () => {
  // Decart publishes 0.15 dollars a second of lucy-clip, and fal nothing of its own.
  const before = fal.submissions()
  const id = await calls.place('fal', 'lucy-pro-v2v', { prompt: 'winter', resolution: '720p', data: clip })
  const job = await server.finished(id)
  expect(job).toMatchObject({ status: 'completed', estimate: { usd: 0.15, certain: false } })
  expect(fal.submissions() - before).toBe(1)
  expect((await calls.spending()).today).toEqual({ usd: 0.2, certain: false, orders: 2 })
})

it('refuses with 402 what would pass the limit of the day, over all who are paid, and says what is spent', async () => {
  const refused = await calls.refusal('decart', 'lucy-clip', { prompt: 'winter', data: clip })
  expect(refused).toMatchObject({ status: 402, code: 'SPEND_LIMIT' })
  expect(refused.detail).toContain('$0.20 of today')
  expect(refused.detail).toContain('$0.30')
  expect(cloud.billed()).toBe(0)
})

it('is not passed by orders that come at once', async () => {
  fal.queue.become(['IN_QUEUE'])
  const data = await picture()
  const before = fal.submissions()
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => server.submit('lucy-pro-i2v', { ...LAKE, data }, { 'x-renderer': 'fal' })),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 402, 402, 402])
  await fal.until(() => fal.submissions() === before + 2)
  expect((await calls.spending()).today.usd).toBe(LIMIT)
})

it('holds after a restart', async () => {
  const { dataDir } = server
  const spent = await calls.spending()
  await server.close(true)
  await start(dataDir)
  expect(await calls.spending()).toEqual(spent)
  expect(await calls.refusal('fal', 'lucy-pro-i2v', { ...LAKE, data: await picture() })).toMatchObject({ status: 402 })
  // What costs nothing goes on.
  await calls.cancel(await calls.place('local'))
})
