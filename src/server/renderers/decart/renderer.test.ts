import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { pino } from 'pino'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PLAIN } from '../../../shared/media.ts'
import { RushesError } from '../../../shared/errors.ts'
import type { JobInputs } from '../../../shared/job.ts'
import { findModel } from '../../../shared/models/index.ts'
import type { OrderRecord, InputFile, RenderContext, RenderTask } from '../../../shared/renderer.ts'
import type { Limits } from '../../outgoing/request.ts'
import { CLIP, CLIP_INFO } from '../../testing/clip.ts'
import { type DecartServer, type Fault, startDecartServer } from '../../testing/decart-server.ts'
import { probe } from '../../testing/probe.ts'
import { startRawServer } from '../../testing/raw-server.ts'
import { taskOf as createTask } from '../../testing/task.ts'
import { createOrderRenderer, type OrderRendererOptions } from '../order/renderer.ts'
import { servedByRegistry } from '../../testing/served-by-registry.ts'
import { createDecartDialect } from './dialect.ts'

const KEY = 'secret-key-9b1c'
const PNG = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a42' } })
  .png()
  .toBuffer()
/** What is written down of the first order. */
const SENDING = () => ({ state: 'sending', server: server.url })
const SENT = () => ({ state: 'sent', server: server.url, id: 'job_cloud_1' })
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** What every call may take where the other side does not end. */
const HURRIED: Limits = { connect: 2000, answer: 300, pace: { bytes: 1000, within: 150 } }

let server: DecartServer
let root: string
let directory: string
let log = ''
const cleanups: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  server = await startDecartServer({ apiKey: KEY, result: (model) => (/image|i2i/.test(model) ? PNG : CLIP) })
  root = await mkdtemp(join(tmpdir(), 'rushes-decart-'))
  directory = await mkdtemp(join(root, 'job-'))
  log = ''
  cleanups.push(server.close, () => rm(root, { recursive: true }))
})
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
  expect(log).not.toContain(KEY)
})

type Options = Partial<OrderRendererOptions> & { apiKey?: string; baseUrl?: string }

const rendererOf = ({ apiKey = KEY, baseUrl = server.url, ...options }: Options = {}) => {
  const logger = pino({ level: 'trace' }, { write: (line: string) => void (log += line) })
  const settings = { url: baseUrl, key: apiKey, headers: {}, more: {} }
  const dialect = createDecartDialect(() => servedByRegistry)
  const renderer = createOrderRenderer(dialect, { settings, probe, pollMs: 2, patienceMs: 0, logger, ...options })
  cleanups.push(renderer.close)
  return renderer
}

const inputFile = async (bytes: Buffer, kind: 'video' | 'image'): Promise<InputFile> => {
  const path = join(root, sha256(bytes))
  await writeFile(path, bytes)
  const mime_type = kind === 'video' ? 'video/mp4' : 'image/png'
  const media = { kind, mime_type, ...CLIP_INFO, codec: 'any', has_audio: false, ...PLAIN }
  return { id: `file_${sha256(bytes).slice(0, 32)}`, path, filename: kind === 'video' ? 'in "é".mp4' : 'in.png', media }
}

const taskOf = async (name = 'lucy-2.1', inputs: JobInputs = { prompt: 'snow' }, input = CLIP): Promise<RenderTask> => {
  const data = await inputFile(input, findModel(name)?.kind ?? 'video')
  return createTask({ model: name, renderer: 'decart', data, inputs, seed: 4294967295, directory })
}

const contextOf = (recorded: OrderRecord | null = null) => {
  const controller = new AbortController()
  const records: OrderRecord[] = []
  const phases: unknown[] = []
  const context: RenderContext = {
    signal: controller.signal,
    recorded,
    record: async (record) => void records.push(record),
    onProgress: (progress, phase) => void phases.push(phase ?? progress),
  }
  return { context, controller, records, phases }
}

const failure = async (promise: Promise<unknown>): Promise<RushesError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof RushesError)) throw new Error('no RushesError', { cause: error })
  expect(`${error.message} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(KEY)
  return error
}

/** What was asked, but for the looks at the key. */
const asked = () => server.requests.filter(({ path }) => path !== '/v1/realtime/quota')
const posts = () => server.requests.filter(({ method }) => method === 'POST')
const contents = () => server.requests.filter(({ path }) => path.endsWith('/content'))
const answer = (status: number, body?: unknown, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  status,
  body,
  headers,
})

const listen = async (other: Server): Promise<string> => {
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  cleanups.push(async () => (other.closeAllConnections(), other.close()))
  const address = other.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

describe('an order', () => {
  it('goes out once, and its result comes home whole', async () => {
    const { context, records, phases } = contextOf()
    const task = await taskOf('lucy-pro-v2v', { prompt: 'snow', enhance_prompt: false, num_inference_steps: 9 })
    const rendered = await rendererOf().render(task, context)
    expect(rendered).toEqual({
      path: join(directory, 'result.mp4'),
      mime_type: 'video/mp4',
      ...CLIP_INFO,
      engine: { name: 'lucy-clip' },
      warnings: [],
    })
    expect(await readFile(rendered.path)).toEqual(CLIP)
    expect(await readdir(directory)).toEqual(['result.mp4'])
    expect(records).toEqual([SENDING(), SENT()])
    expect(phases).toEqual(['submitting', 'rendering', 'fetching'])
    expect(server.billed()).toBe(1)
    const [post] = posts()
    expect([post?.path, post?.headers['x-api-key']]).toEqual(['/v1/jobs/lucy-clip', KEY])
    expect(post?.form?.fields).toEqual({ prompt: 'snow', enhance_prompt: 'false', seed: '4294967295' })
    const { filename, mimeType, bytes, sha256: hash } = post?.form?.files['data'] ?? {}
    expect([filename, mimeType, bytes, hash]).toEqual(['in %22é%22.mp4', 'video/mp4', CLIP.length, sha256(CLIP)])
  })

  it.each([
    ['lucy-latest', 'lucy-latest'],
    ['lucy-vton-latest', 'lucy-vton-latest'],
    ['lucy-restyle-v2v', 'lucy-restyle-2'],
    ['lucy-pro-v2v', 'lucy-clip'],
    ['lucy-2.5', 'lucy-2.5'],
  ])('for %s goes to %s', async (name, cloud) => {
    await rendererOf().render(await taskOf(name), contextOf().context)
    expect(posts().map(({ path }) => path)).toEqual([`/v1/jobs/${cloud}`])
  })

  it('makes images too', async () => {
    const task = await taskOf('lucy-image-latest', { prompt: 'oil', resolution: '480p' }, PNG)
    const rendered = await rendererOf().render(task, contextOf().context)
    expect(rendered).toMatchObject({ mime_type: 'image/png', width: 40, height: 30, duration: null, fps: null })
    expect(posts()[0]?.form?.fields).toMatchObject({ resolution: '480p' })
  })

  it('is written down before it goes, and its id before anything else', async () => {
    const { context } = contextOf()
    const seen: [string, number][] = []
    const record = async ({ state }: OrderRecord) => void seen.push([state, asked().length])
    await rendererOf().render(await taskOf(), { ...context, record })
    expect(seen).toEqual([
      ['sending', 0],
      ['sent', 1],
    ])
  })

  it('with a large file is not held in memory', async () => {
    const size = 200 * 1024 ** 2
    const task = await taskOf()
    await truncate(task.files['data']?.path ?? '', size)
    const { arrayBuffers: before } = process.memoryUsage()
    let growth = 0
    const watch = setInterval(() => (growth = Math.max(growth, process.memoryUsage().arrayBuffers - before)), 5)
    await rendererOf().render(task, contextOf().context)
    clearInterval(watch)
    expect(posts()[0]?.form?.files['data']?.bytes).toBe(size)
    expect(growth).toBeLessThan(size / 2)
  })

  it('of what the cloud does not make is not sent', async () => {
    const renderer = rendererOf()
    const { context, records } = contextOf()
    const large = await taskOf('lucy-pro-v2v', { prompt: 'a', resolution: '1080p' })
    expect(await failure(renderer.render(large, context))).toMatchObject({ fields: { resolution: expect.any(String) } })
    const retired = failure(renderer.render(await taskOf('lucy-dev-v2v'), context))
    expect(await retired).toMatchObject({ code: 'MODEL_MISSING', billed: 'no' })
    const task = await taskOf()
    const path = task.files['data']?.path ?? ''
    await rm(path)
    const gone = { code: 'NOT_FOUND', billed: 'no', message: expect.stringMatching(/^The file of data is gone/) }
    expect(await failure(renderer.render(task, context))).toMatchObject(gone)
    await mkdir(path)
    expect(await failure(renderer.render(task, context))).toMatchObject(gone)
    expect([records, asked()]).toEqual([[], []])
  })
})

describe('after a restart', () => {
  it('goes on looking at the order that was sent', async () => {
    const first = contextOf()
    const renderer = rendererOf({ pollMs: 1e8 })
    const stopped = renderer.render(await taskOf(), first.context)
    while (first.records.length < 2) await nextTurn()
    first.controller.abort(Symbol('shutdown'))
    await stopped.catch(() => {})
    const { context, records } = contextOf(first.records[1])
    await rendererOf().render(await taskOf(), context)
    expect([posts().length, server.billed(), records]).toEqual([1, 1, []])
    expect(await readFile(join(directory, 'result.mp4'))).toEqual(CLIP)
  })

  it('does not repeat an order that was being sent', async () => {
    const { context } = contextOf({ state: 'sending' })
    const error = await failure(rendererOf().render(await taskOf(), context))
    expect(error).toMatchObject({ billed: 'maybe', message: expect.stringMatching(/stopped.*billed.*not sent again/) })
    expect(asked()).toEqual([])
  })

  it('lets an answer that is out at a shutdown come, and keeps its id', async () => {
    server.fail('submit', { kind: 'hold' })
    const { context, controller, records } = contextOf()
    const renderer = rendererOf()
    const render = renderer.render(await taskOf(), context)
    await server.until(() => server.billed() === 1)
    const reason = Symbol('shutdown')
    controller.abort(reason)
    await expect(render).rejects.toBe(reason)
    expect(records).toEqual([SENDING()])
    const closed = renderer.close()
    server.release()
    await closed
    expect(records).toEqual([SENDING(), SENT()])
  })
})

describe('an order whose answer is lost', () => {
  it.each<[string, Fault]>([
    ['connection that breaks after it was taken', { kind: 'lost' }],
    ['connection that breaks before it was read', { kind: 'refuse' }],
    ['page of a gateway', { kind: 'garbled' }],
    ['500', answer(500)],
    ['502', answer(502, '<html>')],
    ['503', answer(503, {}, { 'retry-after': '0' })],
    ['408', answer(408)],
    ['2xx without an id', answer(200, { status: 'pending' })],
    ['101', { kind: 'switch' }],
    ['answer that drips without end', { kind: 'drip' }],
  ])('in a %s is not repeated, and may be billed', async (_, fault) => {
    server.fail('submit', fault)
    const { context, records } = contextOf()
    const error = await failure(rendererOf({ limits: HURRIED }).render(await taskOf(), context))
    expect(error).toMatchObject({ billed: 'maybe', message: expect.stringMatching(/billed.*not sent again/) })
    expect(error.message).not.toMatch(/\bE[A-Z]{4,}\b/)
    expect(['NETWORK_ERROR', 'CLOUD_FAILED']).toContain(error.code)
    expect([posts().length, records]).toEqual([1, [SENDING()]])
  })

  it('because nobody answers, or reads it, is not repeated either', async () => {
    const size = 64 * 1024 ** 2
    for (const talk of [() => undefined, (socket: Socket) => void socket.pause()]) {
      // The look at the key, which comes first, is answered.
      let connections = 0
      const silent = await startRawServer((socket) => {
        if (++connections === 1) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}')
        else talk(socket)
      })
      cleanups.push(silent.close)
      const task = await taskOf()
      await truncate(task.files['data']?.path ?? '', size)
      const renderer = rendererOf({ baseUrl: silent.url, limits: HURRIED })
      const error = await failure(renderer.render(task, contextOf().context))
      expect(error).toMatchObject({ code: 'NETWORK_ERROR', billed: 'maybe' })
      expect(silent.connections()).toBe(2)
    }
  })

  it('says so too where the id could not be written down', async () => {
    const { context } = contextOf()
    const record = async ({ state }: OrderRecord) => {
      if (state === 'sent') throw new Error('disk I/O error')
    }
    const error = await failure(rendererOf().render(await taskOf(), { ...context, record }))
    expect(error).toMatchObject({ billed: 'maybe', message: expect.stringContaining('job_cloud_1') })
    expect(posts()).toHaveLength(1)
  })
})

describe('an order that is refused', () => {
  const list = { detail: [{ type: 'missing', loc: ['body', 'data'], msg: `Field required by ${KEY}` }] }
  it.each([
    [answer(401), { code: 'INVALID_API_KEY', message: expect.stringContaining('DECART_API_KEY') }],
    [answer(403), { code: 'INVALID_API_KEY' }],
    [answer(404), { code: 'MODEL_NOT_FOUND', message: expect.stringContaining('lucy-2.1') }],
    [answer(413), { code: 'TOO_LARGE' }],
    [answer(415), { code: 'UNSUPPORTED_MEDIA' }],
    [answer(422, list), { code: 'INVALID_INPUT', fields: { data: 'Field required by …' } }],
    [
      answer(422, { detail: 'Prompt is too long' }),
      { code: 'INVALID_INPUT', message: expect.stringContaining('too long') },
    ],
    [answer(429, {}, { 'retry-after': '17' }), { code: 'RATE_LIMITED', retryAfter: 17 }],
    [
      answer(402, { detail: 'No credits left' }),
      { code: 'CLOUD_FAILED', message: expect.stringContaining('No credits') },
    ],
  ])('with %o costs nothing', async (fault, expected) => {
    server.fail('submit', fault)
    const error = await failure(rendererOf().render(await taskOf(), contextOf().context))
    expect(error).toMatchObject({ ...expected, billed: 'no' })
    expect([posts().length, server.billed()]).toEqual([1, 0])
  })

  it('by the fields that the cloud checks itself names them', async () => {
    const { job, ...task } = await taskOf()
    const error = await failure(rendererOf().render({ ...task, job: { ...job, seed: -1 } }, contextOf().context))
    expect(error.fields).toEqual({ seed: 'Input should be greater than or equal to 0' })
  })

  it('by a wrong key says where to set it', async () => {
    const apiKey = 'a-wrong-key'
    const error = await failure(rendererOf({ apiKey }).render(await taskOf(), contextOf().context))
    expect([error.code, error.message.includes(apiKey), log.includes(apiKey)]).toEqual([
      'INVALID_API_KEY',
      false,
      false,
    ])
  })

  it('before it was read stops sending', async () => {
    const size = 200 * 1024 ** 2
    let received = 0
    let gone = () => {}
    const hungUp = new Promise<void>((resolve) => (gone = resolve))
    const gate = createServer((request, response) => {
      response.writeHead(401).end('{"detail":"Invalid API key"}')
      request.on('data', (chunk: Buffer) => (received += chunk.length))
      request.socket.on('close', gone)
    })
    const baseUrl = await listen(gate)
    const task = await taskOf()
    await truncate(task.files['data']?.path ?? '', size)
    const error = await failure(rendererOf({ baseUrl }).render(task, contextOf().context))
    expect([error.code, error.billed]).toEqual(['INVALID_API_KEY', 'no'])
    await hungUp
    expect(received).toBeLessThan(size / 2)
  })

  it('because nobody listens costs nothing', async () => {
    await server.close()
    const error = await failure(rendererOf().render(await taskOf(), contextOf().context))
    expect(error).toMatchObject({
      code: 'UNREACHABLE',
      billed: 'no',
      message: 'Decart cannot be reached just now: nothing listens there. Nothing was ordered.',
    })
  })
})

/** Another origin, which answers everything with the clip and keeps what it was asked. */
const elsewhere = async () => {
  const seen: { method: string | undefined; key: unknown }[] = []
  const other = createServer(({ method, headers }, response) => {
    seen.push({ method, key: headers['x-api-key'] })
    response.end(CLIP)
  })
  return { url: `${await listen(other)}/there`, seen }
}

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('take no order, nor the key, elsewhere (%i)', async (status) => {
    const other = await elsewhere()
    server.fail('submit', answer(status, {}, { location: other.url }))
    const error = await failure(rendererOf().render(await taskOf(), contextOf().context))
    expect(error).toMatchObject({ code: 'CLOUD_FAILED', message: expect.stringContaining('DECART_BASE_URL') })
    expect(other.seen).toEqual([])
  })

  it('are followed to a result, without the key', async () => {
    const other = await elsewhere()
    server.fail('content', answer(302, {}, { location: other.url }))
    const { path } = await rendererOf().render(await taskOf(), contextOf().context)
    expect(await readFile(path)).toEqual(CLIP)
    expect(other.seen).toEqual([{ method: 'GET', key: undefined }])
  })
})

describe('looking', () => {
  it('goes on through failures and unknown words', async () => {
    server.fail('status', answer(500), { kind: 'refuse' }, { kind: 'garbled' }, answer(429, {}, { 'retry-after': '0' }))
    server.become(['queued', 'warming up', 'completed'])
    await rendererOf().render(await taskOf(), contextOf().context)
    expect([posts().length, server.billed()]).toEqual([1, 1])
    expect(log).toContain('the answer was 500')
  })

  it('goes on after answers that do not end', async () => {
    server.fail('status', { kind: 'switch' }, { kind: 'drip' }, { kind: 'switch' })
    await rendererOf({ limits: HURRIED }).render(await taskOf(), contextOf().context)
    expect(server.billed()).toBe(1)
    expect(log).toMatch(/the answer was 101.*it is too slow|nothing moved/s)
  })

  it.each([
    [answer(401), 'INVALID_API_KEY'],
    [answer(403), 'INVALID_API_KEY'],
    [answer(404), 'PROCESSING_ERROR'],
    [answer(422), 'PROCESSING_ERROR'],
  ])('ends with %o', async (fault, code) => {
    server.fail('status', fault)
    const error = await failure(rendererOf().render(await taskOf(), contextOf().context))
    expect(error).toMatchObject({ code, billed: 'maybe' })
  })

  it("passes on the cloud's reason for a failed job", async () => {
    server.become(['processing', 'failed'], 'The prompt was refused')
    const error = await failure(rendererOf().render(await taskOf(), contextOf().context))
    expect(error).toMatchObject({ code: 'PROCESSING_ERROR', message: 'The prompt was refused', billed: 'maybe' })
  })

  it('is done no faster than asked for, and not for ever', async () => {
    server.become(['pending'])
    const pollMs = 30
    const error = await failure(rendererOf({ pollMs, timeoutMs: 200 }).render(await taskOf(), contextOf().context))
    expect(error).toMatchObject({ code: 'TIMEOUT', billed: 'maybe' })
    const times = asked().map(({ at }) => at)
    expect(times.length).toBeGreaterThan(2)
    // A timer may fire a millisecond early.
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(pollMs - 2)
  })
})

describe('bringing the result home', () => {
  const breaks: Fault[] = [
    { kind: 'cut' },
    { kind: 'cut', chunked: true },
    { kind: 'refuse' },
    { kind: 'switch' },
    { kind: 'drip' },
    answer(503),
    { kind: 'media', type: 'video/mp4', body: Buffer.from('<!doctype html><title>Sorry</title>') },
    { kind: 'media', type: 'video/mp4', body: PNG },
    { kind: 'media', type: 'video/mp4', body: CLIP.subarray(0, 100) },
    { kind: 'media', type: 'video/mp4', body: Buffer.alloc(0) },
  ]

  it.each(breaks)('is tried again after %o', async (fault) => {
    server.fail('content', fault, fault)
    const { path } = await rendererOf({ limits: HURRIED }).render(await taskOf(), contextOf().context)
    expect(await readFile(path)).toEqual(CLIP)
    expect([contents().length, posts().length, await readdir(directory)]).toEqual([3, 1, ['result.mp4']])
  })

  it('judges the kind by content, not by the declared type', async () => {
    server.fail('content', { kind: 'media', type: 'application/octet-stream', body: CLIP })
    const rendered = await rendererOf().render(await taskOf(), contextOf().context)
    expect([rendered.mime_type, contents().length]).toEqual(['video/mp4', 1])
  })

  it('is given up after a few times, with the order still standing', async () => {
    server.fail('content', ...Array.from({ length: 9 }, () => answer(500)))
    const error = await failure(rendererOf().render(await taskOf(), contextOf().context))
    expect(error).toMatchObject({ code: 'CLOUD_FAILED', billed: 'maybe', message: expect.stringContaining('500') })
    expect([contents().length, await readdir(directory)]).toEqual([6, []])
  })

  it('says when the disk is full, and can be done again without another order', async () => {
    await symlink('/dev/full', join(directory, 'result.part'))
    const { context, records } = contextOf()
    const error = await failure(rendererOf().render(await taskOf(), context))
    expect(error).toMatchObject({ code: 'DISK_FULL', billed: 'maybe' })
    expect([records.at(-1), await readdir(directory)]).toEqual([SENT(), []])
    await rendererOf().render(await taskOf(), contextOf(records.at(-1)).context)
    expect([posts().length, server.billed()]).toEqual([1, 1])
  })
})

describe('aborting', () => {
  const reason = new RushesError('CANCELLED', 'Cancelled.')
  const aborted = async (when: () => boolean, options: Options = {}) => {
    const { context, controller, records } = contextOf()
    const render = rendererOf(options).render(await taskOf(), context)
    await server.until(when)
    controller.abort(reason)
    await expect(render).rejects.toBe(reason)
    expect(await readdir(directory)).toEqual([])
    return records
  }

  it('before anything sends nothing', async () => {
    const { context } = contextOf()
    const render = rendererOf().render(await taskOf(), { ...context, signal: AbortSignal.abort(reason) })
    await expect(render).rejects.toBe(reason)
    expect(asked()).toEqual([])
  })

  it('while the answer to the order is out', async () => {
    server.fail('submit', { kind: 'hold' })
    expect(await aborted(() => server.billed() === 1)).toEqual([SENDING()])
  })

  it('while looking', async () => {
    server.fail('status', { kind: 'hold' })
    await aborted(() => asked().length === 2)
  })

  it('between two looks', async () => {
    server.become(['pending'])
    // The first look comes soon, the second would not.
    const { context, controller, records } = contextOf()
    const render = rendererOf({ pollMs: 1e8 }).render(await taskOf(), context)
    while (records.length < 2) await nextTurn()
    controller.abort(reason)
    await expect(render).rejects.toBe(reason)
  })

  it('while the result comes home', async () => {
    server.fail('content', { kind: 'hold' })
    await aborted(() => contents().length === 1)
  })
})
