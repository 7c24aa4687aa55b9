import { afterEach, describe, expect, it } from 'vitest'
import { sleep } from './abort.ts'
import { buildClient } from './client.ts'
import { createDecartClient, models } from './index.ts'
import { PACE } from './transport.ts'
import { json, quickClient, type Seen, startServer } from './testing/server.ts'

let close = () => Promise.resolve()
afterEach(() => close())

const order = { model: models.video('lucy-pro-t2v'), prompt: 'a' }
const isDelete = ({ method }: Seen) => method === 'DELETE'

/** Aborts, and fails unless the promise has rejected with the reason by the next turn of the event loop. */
const abortsWithinATick = async (controller: AbortController, promise: Promise<unknown>) => {
  const reason = new Error('changed my mind')
  let rejected: unknown = 'still waiting'
  promise.catch((error: unknown) => (rejected = error))
  controller.abort(reason)
  await new Promise<void>((resolve) => setImmediate(resolve))
  expect(rejected).toBe(reason)
}

describe('aborting', () => {
  it('before anything sends nothing', async () => {
    const server = await startServer((_, response) => json(response, {}))
    close = server.close
    const client = quickClient(server.url)
    const reason = new Error('never mind')
    const signal = AbortSignal.abort(reason)
    const unread = new ReadableStream<Uint8Array>()
    const edit = { model: models.image('lucy-pro-i2i'), prompt: 'a', data: unread }
    await expect(client.process({ ...order, signal })).rejects.toBe(reason)
    await expect(client.process({ ...edit, signal })).rejects.toBe(reason)
    await expect(client.queue.status('j', { signal })).rejects.toBe(reason)
    await expect(client.files.upload(new Blob(['a']), { signal })).rejects.toBe(reason)
    // A request that does arrive shows that no other was on its way.
    await client.queue.cancel('last')
    expect(server.seen).toMatchObject([{ url: '/v1/jobs/last' }])
  })

  it('while a stream hangs gives the stream back, and sends nothing', async () => {
    let cancelled: unknown
    const data = new ReadableStream<Uint8Array>({ cancel: (reason) => void (cancelled = reason) })
    const asked: string[] = []
    const client = createDecartClient({ baseUrl: '', fetch: async (input) => (asked.push(input), new Response()) })
    const controller = new AbortController()
    const { signal } = controller
    const process = client.process({ model: models.image('lucy-pro-i2i'), prompt: 'a', data, signal })
    await abortsWithinATick(controller, process)
    expect([cancelled, asked]).toEqual([signal.reason, []])
  })

  it('while the answer to the POST is out cancels by the key', async () => {
    const server = await startServer((seen, response) => {
      if (isDelete(seen)) json(response, {})
    })
    close = server.close
    const controller = new AbortController()
    const process = quickClient(server.url, 'k').process({ ...order, signal: controller.signal, idempotencyKey: 'a b' })
    await server.request(({ method }) => method === 'POST')
    await abortsWithinATick(controller, process)
    const told = await server.request(isDelete)
    expect([told.url, told.headers['x-api-key']]).toEqual(['/v1/jobs?idempotency_key=a%20b', 'k'])
  })

  it.each([
    ['sleeping between polls', { ...PACE, firstPoll: 1e9 }],
    ['a status hangs', { ...PACE, firstPoll: 1 }],
  ])('while %s cancels by the id', async (what, pace) => {
    const server = await startServer(({ method }, response) => {
      if (method !== 'GET') json(response, { job_id: 'j1', status: 'pending' })
    })
    close = server.close
    const controller = new AbortController()
    let submitted = () => {}
    const accepted = new Promise<void>((resolve) => (submitted = resolve))
    const client = buildClient({ baseUrl: server.url }, pace)
    const process = client.process({ ...order, signal: controller.signal, onStatusChange: () => submitted() })
    await accepted
    if (what === 'a status hangs') await server.request(({ method }) => method === 'GET')
    await abortsWithinATick(controller, process)
    expect((await server.request(isDelete)).url).toBe('/v1/jobs/j1')
  })

  it('while a GET waits to be repeated repeats it no more', async () => {
    const server = await startServer((seen, response) => json(response, {}, isDelete(seen) ? 200 : 503))
    close = server.close
    const controller = new AbortController()
    const client = buildClient({ baseUrl: server.url }, { ...PACE, retries: [1e9] })
    const status = client.queue.status('j1', { signal: controller.signal })
    await server.request(({ method }) => method === 'GET')
    await abortsWithinATick(controller, status)
    await client.queue.cancel('last')
    expect(server.seen.map(({ method }) => method)).toEqual(['GET', 'DELETE'])
  })

  it('while the result comes home stops, and leaves the finished job alone', async () => {
    const server = await startServer(({ method, url }, response) => {
      if (url.endsWith('/content')) response.writeHead(200, { 'content-type': 'video/mp4' }).write('half')
      else json(response, { job_id: 'j1', status: method === 'POST' ? 'pending' : 'completed' })
    })
    close = server.close
    const controller = new AbortController()
    const client = quickClient(server.url)
    const process = client.process({ ...order, signal: controller.signal })
    await server.request(({ url }) => url.endsWith('/content'))
    await abortsWithinATick(controller, process)
    await client.queue.cancel('last')
    expect(server.seen.filter(isDelete)).toMatchObject([{ url: '/v1/jobs/last' }])
  })

  it('rejects at once even where fetch pays no heed, and survives a server that cannot be told', async () => {
    let asked = 0
    const hang = () => (asked++ === 0 ? new Promise<Response>(() => {}) : Promise.reject(new TypeError('gone')))
    const client = createDecartClient({ baseUrl: '', fetch: hang })
    const controller = new AbortController()
    const process = client.process({ ...order, signal: controller.signal })
    await new Promise<void>((resolve) => setImmediate(resolve))
    await abortsWithinATick(controller, process)
    expect(asked).toBe(2)
  })

  it('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    const controller = new AbortController()
    const sleeping = sleep(1e9, controller.signal)
    expect(timers()).toBe(before + 1)
    await abortsWithinATick(controller, sleeping)
    expect(timers()).toBe(before)
  })

  it('afterwards changes nothing', async () => {
    const server = await startServer((_, response) => json(response, { job_id: 'j1', status: 'pending' }))
    close = server.close
    const controller = new AbortController()
    const client = quickClient(server.url)
    await client.queue.submit({ ...order, signal: controller.signal })
    controller.abort()
    await client.queue.cancel('last')
    expect(server.seen.filter(isDelete)).toHaveLength(1)
  })
})
