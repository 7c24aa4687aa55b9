import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '../shared/job.ts'
import type { Limits } from './outgoing/request.ts'
import { CLIP } from './testing/clip.ts'
import type { ComfyuiFault, ComfyuiServer } from './testing/comfyui-server.ts'
import { startEquippedComfyui } from './testing/equipped-comfyui.ts'
import type { FalFault } from './testing/fal/faults.ts'
import { type FalServer, startFalServer } from './testing/fal-server.ts'
import type { Fault } from './testing/generation/faults.ts'
import { type GenerationServer, startGenerationServer } from './testing/generation-server.ts'
import { callsOf, LAKE } from './testing/order-calls.ts'
import { type Served, serve } from './testing/serve.ts'

// What a person is told when the other side does what it should not, and how many orders it has then.
const KEY = 'fal-id:secret-77aa51'
const LIMITS: Limits = { connect: 1000, answer: 250, pace: { bytes: 1000, within: 250 } }

let fal: FalServer
let comfyui: ComfyuiServer
let cluster: GenerationServer
let server: Served
let calls: ReturnType<typeof callsOf>
let log = ''
beforeAll(async () => {
  ;[fal, comfyui, cluster] = await Promise.all([
    startFalServer({ apiKey: KEY }),
    startEquippedComfyui(),
    startGenerationServer({ flavour: 'vllm-omni', model: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers' }),
  ])
  server = await serve({
    env: {
      COMFYUI_URL: comfyui.url,
      FAL_KEY: KEY,
      FAL_QUEUE_URL: fal.queueUrl,
      FAL_REST_URL: fal.restUrl,
      GENERATION_URL: cluster.url,
    },
    start: { pollMs: 15, limits: LIMITS, patienceMs: 1500 },
    log: (line) => void (log += line),
  })
  calls = callsOf(server)
  await Promise.all(['comfyui', 'fal', 'openai'].map(calls.check))
})
afterAll(async () => {
  await server.close()
  await Promise.all([fal.close(), comfyui.close(), cluster.close()])
  expect(log).not.toContain('secret-77aa51')
})

const html = '<html><body>Welcome to the airport</body></html>'
const answer = (status: number, body?: string, headers: Record<string, string> = {}) =>
  ({ kind: 'answer', status, headers, ...(body === undefined ? {} : { body }) }) as const
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

const errorOf = async (id: string) => {
  const job = await server.finished(id)
  if (job.status !== 'failed') throw new Error(`it did not fail: ${JSON.stringify(job)}`)
  return job.error
}

describe('at a ComfyUI', () => {
  const ordered = async (job: () => Promise<string>): Promise<{ job: Job; orders: number }> => {
    const before = comfyui.orders.length
    const done = await server.finished(await job())
    return { job: done, orders: comfyui.orders.length - before }
  }

  it.each<[string, string, ComfyuiFault[]]>([
    ['an order whose answer was lost', 'POST /prompt', [{ kind: 'lost' }]],
    ['an order whose answer does not come', 'POST /prompt', [{ kind: 'hold' }]],
    ['an order that a page of HTML answers', 'POST /prompt', [{ kind: 'html' }]],
    ['an order that a gateway breaks off', 'POST /prompt', [answer(502, 'Bad gateway')]],
    ['a server that takes no more just now (429)', 'POST /prompt', [answer(429, '', { 'retry-after': '0' })]],
    ['a server that takes no more just now (503)', 'POST /prompt', [answer(503, '', { 'retry-after': '0' })]],
    ['a queue that answers HTML', 'GET /queue', times(3, { kind: 'html' })],
    ['a queue that answers nothing', 'GET /queue', times(3, { kind: 'refuse' })],
    ['a queue that answers slowly', 'GET /queue', [{ kind: 'hold' }]],
    ['a result that is not there at first', 'GET /view', times(2, answer(404, ''))],
    ['a result that breaks off', 'GET /view', [{ kind: 'cut' }]],
    ['a result that is a page of HTML at first', 'GET /view', [{ kind: 'html' }]],
  ])('%s is one order all the same, and comes home', async (_, route, faults) => {
    comfyui.fail(route, ...faults)
    const { job, orders } = await ordered(() => calls.place('comfyui'))
    expect([job.status, job.error, orders]).toEqual(['completed', null, 1])
    comfyui.answer()
  })

  it('asks again when it was told to, and not before', async () => {
    const before = comfyui.requests.length
    comfyui.fail('POST /prompt', answer(429, '', { 'retry-after': '1' }))
    expect((await ordered(() => calls.place('comfyui'))).orders).toBe(1)
    const [first, second] = comfyui.requests.slice(before).filter(({ path }) => path === '/prompt')
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(950)
  })

  it('says which smaller setting would fit where the card has too little memory', async () => {
    comfyui.endNext('out-of-memory')
    const error = await errorOf(await calls.place('comfyui', 'lucy-pro-t2v', { ...LAKE, resolution: '720p' }))
    expect(error).toMatchObject({ code: 'OUT_OF_MEMORY', billed: 'no', resumable: false })
    expect(error.message).toMatch(/too little memory.*Choose 480p instead of 720p/)
  })

  it("passes a node's own words on where one broke", async () => {
    comfyui.endNext('error')
    const error = await errorOf(await calls.place('comfyui'))
    expect(error).toMatchObject({ code: 'PROCESSING_ERROR', resumable: false })
    expect(error.message).toContain('mat1 and mat2 shapes cannot be multiplied')
    expect(error.message).not.toContain('/home/somebody')
  })

  it('says that nothing came of it where nothing was saved', async () => {
    comfyui.endNext('empty')
    expect(await errorOf(await calls.place('comfyui'))).toMatchObject({ code: 'PROCESSING_ERROR', billed: 'no' })
  })

  it.each([
    ['empty', ''],
    ['broken', CLIP.subarray(0, 300).toString('latin1')],
    ['no media', html],
  ])('a result that stays %s can be fetched again without another order', async (_, body) => {
    comfyui.fail('GET /view', ...times(6, answer(200, body)))
    const before = comfyui.orders.length
    const id = await calls.place('comfyui')
    const error = await errorOf(id)
    expect(error).toMatchObject({ code: 'CLOUD_FAILED', resumable: true, billed: 'no' })
    expect(error.message).toMatch(/could not be brought home: .+ It can be fetched again\./)
    expect((await calls.resume(id)).status).toBe(200)
    expect(await server.finished(id)).toMatchObject({ status: 'completed' })
    expect(comfyui.orders.length - before).toBe(1)
  })

  it('tells the real size of a result, and that it is not what was asked for', async () => {
    const job = await server.finished(await calls.place('comfyui', 'lucy-pro-t2v', { ...LAKE, resolution: '720p' }))
    const { width, height } = job.output ?? {}
    expect(job.warnings).toContainEqual(expect.stringContaining(`what came is ${width}x${height}`))
  })

  it('makes again what it has made before, although it runs nothing for it', async () => {
    const fields = { ...LAKE, seed: '77' }
    await server.finished(await calls.place('comfyui', 'lucy-pro-t2i', fields))
    const { job, orders } = await ordered(() => calls.place('comfyui', 'lucy-pro-t2i', fields))
    expect([job.status, orders]).toEqual(['completed', 1])
  })

  it('shows progress that only grows, although each sampler begins at nothing', async () => {
    const seen = await calls.events(() => calls.place('comfyui', 'lucy-pro-t2v'))
    const progress = seen.flatMap((job) => (job.status === 'processing' ? (job.progress ?? []) : []))
    expect(progress.length).toBeGreaterThan(0)
    expect(progress).toEqual(progress.toSorted((one, other) => one - other))
  })

  it('does without its socket where that is silent', async () => {
    comfyui.sockets.become('silent')
    expect((await ordered(() => calls.place('comfyui'))).job.status).toBe('completed')
    comfyui.sockets.become('normal')
  })

  it.each(['waiting', 'running'] as const)(
    'an order is lost that it forgot while %s, and is not made again by itself',
    async (stage) => {
      comfyui.hold(stage)
      const before = comfyui.orders.length
      const id = await calls.place('comfyui')
      await comfyui.until(() => comfyui.heldAt() === stage && comfyui.orders.length > before)
      await server.until(id, (job) => job.status === 'processing' && job.phase === 'rendering')
      await comfyui.crash()
      comfyui.release()
      await comfyui.restart()
      const error = await errorOf(id)
      expect(error).toMatchObject({ code: 'LOST', billed: 'no', resumable: false })
      expect(error.message).toContain('generate it again')
      expect(comfyui.orders.length - before).toBe(1)
      expect((await calls.resume(id)).status).toBe(409)
      await calls.check('comfyui')
    },
  )

  it('says so where it stays away, and fetches the result if it comes back with it', async () => {
    comfyui.hold('running')
    const before = comfyui.orders.length
    const id = await calls.place('comfyui')
    await comfyui.until(() => comfyui.heldAt() === 'running')
    await server.until(id, (job) => job.status === 'processing' && job.phase === 'rendering')
    comfyui.fail('GET', ...times(300, { kind: 'refuse' as const }))
    const error = await errorOf(id)
    expect(error).toMatchObject({ code: 'UNREACHABLE', billed: 'no', resumable: true })
    comfyui.mend()
    comfyui.release()
    await calls.check('comfyui')
    expect((await calls.resume(id)).status).toBe(200)
    expect(await server.finished(id)).toMatchObject({ status: 'completed' })
    expect(comfyui.orders.length - before).toBe(1)
  })
})

describe('at fal', () => {
  const ordered = async (job: () => Promise<string>) => {
    const before = fal.submissions()
    const done = await server.finished(await job())
    return { job: done, orders: fal.submissions() - before }
  }

  it.each<[string, Parameters<FalServer['fail']>[0], FalFault[]]>([
    [
      'a queue that takes no more just now',
      'submit',
      [{ kind: 'answer', status: 429, headers: { 'retry-after': '0' } }],
    ],
    ['a status that answers HTML', 'status', times(2, { kind: 'garbled' })],
    ['a status that answers nothing', 'status', times(3, { kind: 'refuse' })],
    ['a status that answers slowly', 'status', [{ kind: 'hold' }]],
    ['a status that is told to wait', 'status', [{ kind: 'answer', status: 503, headers: { 'retry-after': '0' } }]],
    ['a result link that is not there at first', 'media', times(2, { kind: 'answer', status: 404 })],
    ['a result that breaks off', 'media', [{ kind: 'cut' }]],
    ['a result that breaks off before its head', 'media', [{ kind: 'lost' }]],
  ])('%s is one order, and comes home', async (_, route, faults) => {
    fal.fail(route, ...faults)
    const { job, orders } = await ordered(() => calls.place('fal'))
    expect([job.status, job.error, orders]).toEqual(['completed', null, 1])
    fal.release()
  })

  it.each<[string, FalFault, number]>([
    ['breaks off', { kind: 'lost' }, 1],
    ['makes no sense', { kind: 'garbled' }, 1],
    ['does not come', { kind: 'hold' }, 1],
    ['is that of a gateway', { kind: 'answer', status: 503 }, 0],
  ])('an order whose answer %s may be billed, and is not sent again', async (_, fault, taken) => {
    fal.fail('submit', fault)
    const { job, orders } = await ordered(() => calls.place('fal'))
    expect(job.error).toMatchObject({ billed: 'maybe', resumable: false })
    expect(job.error?.message).toContain('billed, so it was not sent again')
    expect(job.billed).toMatchObject({ certain: false })
    expect([orders, fal.requests.filter(({ method, host }) => method === 'POST' && host === 'queue').length]).toEqual([
      taken,
      expect.any(Number),
    ])
    fal.release()
  })

  it('refuses a key: nothing is ordered, and it shows where renderers are told', async () => {
    fal.admit('another')
    const { job, orders } = await ordered(() => calls.place('fal'))
    expect([job.error?.code, job.error?.billed, orders]).toEqual(['INVALID_API_KEY', 'no', 0])
    expect(await calls.check('fal').then((told) => told.json())).toMatchObject({ state: 'unauthorized' })
    expect(await calls.refusal('fal')).toMatchObject({ status: 401, code: 'INVALID_API_KEY' })
    fal.admit(KEY)
    expect(await calls.check('fal').then((told) => told.json())).toMatchObject({ state: 'ready' })
  })

  it('has no credit', async () => {
    fal.lock('Exhausted balance')
    const { job, orders } = await ordered(() => calls.place('fal'))
    fal.lock(null)
    expect([job.error?.code, job.error?.billed, orders]).toEqual(['QUOTA', 'no', 0])
    expect(job.error?.message).toMatch(/Exhausted balance.*fal\.ai\/dashboard\/billing/)
  })

  it('refuses the content', async () => {
    const detail = [{ loc: ['body', 'prompt'], msg: 'not allowed', type: 'content_policy_violation' }]
    fal.queue.failWith({ status: 422, body: { detail } })
    const { job, orders } = await ordered(() => calls.place('fal'))
    fal.queue.failWith(null)
    expect([job.error?.code, job.error?.resumable, orders]).toEqual(['REJECTED', false, 1])
    expect(job.error?.message).toContain('Change the prompt')
  })

  it('does not bill a failure of its own', async () => {
    fal.queue.failWith({
      status: 500,
      body: { detail: 'worker died' },
      error: 'worker died',
      error_type: 'runner_error',
    })
    const { job } = await ordered(() => calls.place('fal'))
    fal.queue.failWith(null)
    expect(job.error).toMatchObject({ code: 'PROCESSING_ERROR', resumable: false })
    expect([job.error?.billed, job.billed]).toEqual(['no', null])
  })

  it('forgets an order: it is lost, and may have been billed', async () => {
    fal.queue.become(['IN_QUEUE'])
    const before = fal.submissions()
    const id = await calls.place('fal')
    await server.until(id, (job) => job.status === 'processing' && job.phase === 'rendering')
    fal.queue.forget()
    fal.queue.become(['COMPLETED'])
    expect(await errorOf(id)).toMatchObject({ code: 'LOST', billed: 'maybe', resumable: false })
    expect(fal.submissions() - before).toBe(1)
  })
})

describe('at a generation server', () => {
  const ordered = async (job: () => Promise<string>) => {
    const before = cluster.made()
    const done = await server.finished(await job())
    return { job: done, orders: cluster.made() - before }
  }
  const place = () => calls.place('openai', 'lucy-pro-t2v')

  it.each<[string, Parameters<GenerationServer['fail']>[0], Fault[]]>([
    ['a server that takes no more just now (429)', 'create', [answer(429, undefined, { 'retry-after': '0' })]],
    ['a server that takes no more just now (503)', 'create', [answer(503, undefined, { 'retry-after': '0' })]],
    ['a look that answers HTML', 'look', times(2, { kind: 'page' })],
    ['a look that answers nothing', 'look', times(3, { kind: 'refuse' })],
    ['content that is not there at first', 'content', times(2, answer(404))],
    ['content that breaks off', 'content', [{ kind: 'cut' }]],
    ['content that is a page', 'content', [{ kind: 'page' }]],
  ])('%s is one order, and comes home', async (_, route, faults) => {
    cluster.fail(route, ...faults)
    const { job, orders } = await ordered(place)
    expect([job.status, job.error, orders]).toEqual(['completed', null, 1])
  })

  it('an order whose answer breaks off is not sent again', async () => {
    cluster.fail('create', { kind: 'lost' })
    const { job, orders } = await ordered(place)
    expect(job.error).toMatchObject({ code: 'CLOUD_FAILED', billed: 'no', resumable: false })
    expect([job.error?.message, orders]).toEqual([expect.stringContaining('was not sent again'), 1])
  })

  it.each([
    ['CUDA out of memory. Tried to allocate 2 GiB', 'OUT_OF_MEMORY', /Choose 480p/],
    ['Blocked by the content policy', 'REJECTED', /Change the prompt/],
    ['Something odd', 'PROCESSING_ERROR', /Something odd/],
  ])('%s', async (message, code, words) => {
    cluster.become([{ status: 'failed', progress: 0, error: { message } }])
    const { job, orders } = await ordered(place)
    cluster.become([{ status: 'completed', progress: 100 }])
    expect([job.error?.code, job.error?.resumable, orders]).toEqual([code, false, 1])
    expect(job.error?.message).toMatch(words)
  })

  it('an order is lost that it forgot', async () => {
    cluster.become([
      { status: 'in_progress', progress: 60 },
      { status: 'in_progress', progress: 20 },
    ])
    const id = await place()
    await server.until(id, (job) => job.progress === 0.6)
    cluster.restart()
    const error = await errorOf(id)
    cluster.become([{ status: 'completed', progress: 100 }])
    expect(error).toMatchObject({ code: 'LOST', billed: 'no', resumable: false })
  })
})
