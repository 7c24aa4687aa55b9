import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { RushesError } from '../../../shared/errors.ts'
import type { OrderRecord, RenderContext, RenderTask } from '../../../shared/renderer.ts'
import { createBench, settingsOf } from '../../testing/generation/bench.ts'
import type { GenerationServer } from '../../testing/generation-server.ts'
import { probe } from '../../testing/probe.ts'
import { createOrderRenderer } from '../order/renderer.ts'
import { createOpenaiDialect } from './dialect.ts'

const bench = createBench()
const { serve, taskOf, failure } = bench
afterEach(bench.clean)

const T2V = 'Wan-AI/Wan2.2-T2V-A14B-Diffusers'

const rendererOf = (...servers: readonly GenerationServer[]) => {
  const settings = settingsOf({ url: servers.map(({ url }) => url).join(',') })
  const logger = pino({ level: 'silent' })
  const renderer = createOrderRenderer(createOpenaiDialect(), { settings, probe, logger, pollMs: 2, patienceMs: 500 })
  bench.defer(renderer.close)
  return renderer
}

const contextOf = (recorded: OrderRecord | null = null) => {
  const controller = new AbortController()
  const records: OrderRecord[] = []
  const context: RenderContext = {
    signal: controller.signal,
    recorded,
    record: async (record) => void records.push(record),
    onProgress: () => undefined,
  }
  return { context, controller, records }
}
const last = ({ records }: { records: readonly OrderRecord[] }): OrderRecord => records.at(-1) ?? { state: 'held' }
const made = (...servers: readonly GenerationServer[]) => servers.reduce((sum, server) => sum + server.made(), 0)

describe('the renderer of generation servers', () => {
  it.each([
    ['clip', 'vllm-omni', T2V, 'lucy-pro-t2v', 'result.mp4'],
    ['clip', 'sglang', T2V, 'lucy-pro-t2v', 'result.mp4'],
    ['clip', 'dynamo', T2V, 'lucy-pro-t2v', 'result.mp4'],
    ['picture', 'vllm-omni', 'Qwen/Qwen-Image', 'lucy-pro-t2i', 'result.png'],
  ] as const)('brings a %s of %s home, and leaves nothing beside it', async (_, flavour, model, name, file) => {
    const server = await serve({ flavour, model, ...(flavour === 'sglang' ? { taskType: 'T2V' } : {}) })
    const renderer = rendererOf(server)
    const task = await taskOf(name)
    const rendered = await renderer.render(task, contextOf().context)
    expect(rendered).toMatchObject({ path: join(task.directory, file), engine: { name: model } })
    await expect.poll(() => readdir(task.directory)).toEqual([file])
    expect(server.made()).toBe(1)
    expect(await renderer.look()).toMatchObject({ state: 'ready', where: 'this machine', chosen_only: false })
  })

  it('has what measures results get ready while an order is worked on, and not while it waits', async () => {
    const server = await serve({ model: T2V })
    const told: string[] = []
    const settings = settingsOf({ url: server.url })
    const renderer = createOrderRenderer(createOpenaiDialect(), {
      settings,
      pollMs: 2,
      logger: pino({ level: 'silent' }),
      probe: (path) => (told.push('measures'), probe(path)),
      prepareProbe: () => told.push('gets ready'),
    })
    bench.defer(renderer.close)
    await renderer.render(await taskOf('lucy-pro-t2v'), contextOf().context)
    expect(told).toEqual(['gets ready', 'measures'])
    server.become([
      { status: 'queued', progress: 0 },
      { status: 'completed', progress: 100 },
    ])
    await renderer.render(await taskOf('lucy-pro-t2v'), contextOf().context)
    expect(told).toEqual(['gets ready', 'measures', 'measures'])
  })

  it('sends an order whose answer was lost to no other server', async () => {
    const servers = [await serve({ model: T2V }), await serve({ model: T2V })] as const
    for (const server of servers) server.fail('create', { kind: 'lost' })
    const error = await failure(rendererOf(...servers).render(await taskOf('lucy-pro-t2v'), contextOf().context))
    expect(error).toMatchObject({ billed: 'no', message: expect.stringMatching(/not sent again/) })
    expect(made(...servers)).toBe(1)
  })

  it('gives an order that reached nobody to another server', async () => {
    const [gone, there] = [await serve({ model: T2V }), await serve({ model: T2V })]
    const renderer = rendererOf(gone, there)
    await renderer.look()
    await gone.close()
    await renderer.render(await taskOf('lucy-pro-t2v'), contextOf().context)
    expect(made(gone, there)).toBe(1)
  })

  it('waits where a server is full, and orders once', async () => {
    const server = await serve({ model: T2V })
    server.fail('create', { kind: 'answer', status: 429, headers: { 'retry-after': '0' } })
    await rendererOf(server).render(await taskOf('lucy-pro-t2v'), contextOf().context)
    expect(server.made()).toBe(1)
  })

  it('goes on after a restart, and says what a server has forgotten', async () => {
    const server = await serve({ model: T2V })
    server.become([{ status: 'queued', progress: 0 }])
    const first = contextOf()
    const task = await taskOf('lucy-pro-t2v')
    const stopped = rendererOf(server).render(task, first.context)
    await server.until(() => server.requests.some(({ path }) => path === '/v1/videos/video_gen_1'))
    first.controller.abort(Symbol('shutdown'))
    await stopped.catch(() => undefined)
    server.become([{ status: 'completed', progress: 100 }])
    await rendererOf(server).render(task, contextOf(last(first)).context)
    expect(server.made()).toBe(1)
    server.restart()
    await rm(join(task.directory, 'result.mp4'))
    const lost = failure(rendererOf(server).render(task, contextOf(last(first)).context))
    expect(await lost).toMatchObject({ code: 'LOST', billed: 'no' })
  })

  it.each([
    ['a clip', T2V, 'lucy-pro-t2v'],
    ['a picture', 'Qwen/Qwen-Image', 'lucy-pro-t2i'],
  ])('stops %s that is not wanted any more', async (_, model, name) => {
    const server = await serve({ model })
    server.become([{ status: 'in_progress', progress: 0 }])
    server.fail('image', { kind: 'hold' })
    const renderer = rendererOf(server)
    const running = contextOf()
    const task: RenderTask = await taskOf(name)
    const rendering = renderer.render(task, running.context)
    await server.until(() => server.made() === 1)
    if (name === 'lucy-pro-t2v')
      await server.until(() => server.requests.some(({ path }) => path.startsWith('/v1/videos/')))
    const reason = new RushesError('CANCELLED', 'Cancelled.')
    running.controller.abort(reason)
    await expect(rendering).rejects.toBe(reason)
    expect(await renderer.cancel?.(last(running), task.job)).toMatchObject({ billed: 'no' })
    if (name === 'lucy-pro-t2i') await server.until(() => server.hungUp() === 1)
    expect(server.computing()).toEqual([])
    server.release()
  })
})
