import { afterEach, describe, expect, it } from 'vitest'
import type { OrderRecord, RenderContext } from '../../../shared/renderer.ts'
import { type Bench, createBench, LIMITS } from '../../testing/comfyui/bench.ts'
import { tinyGraphs } from '../../testing/comfyui/tiny-graphs.ts'
import { probe } from '../../testing/probe.ts'
import { createOrderRenderer } from '../order/renderer.ts'
import { createComfyuiDialect } from './dialect.ts'

const endings: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

const start = async (pollMs = 40) => {
  const bench: Bench = await createBench()
  endings.push(bench.close)
  const renderer = createOrderRenderer(createComfyuiDialect({ sources: [tinyGraphs()] }), {
    settings: { url: bench.server.url, key: null, headers: {}, more: {} },
    probe,
    logger: { info: () => undefined, warn: () => undefined },
    pollMs,
    limits: LIMITS,
  })
  endings.push(renderer.close)
  return { ...bench, renderer }
}

const contextOf = (signal = new AbortController().signal) => {
  const records: OrderRecord[] = []
  const progress: (number | null)[] = []
  const context: RenderContext = {
    signal,
    recorded: null,
    record: (record) => Promise.resolve(void records.push(record)),
    onProgress: (value) => void progress.push(value),
  }
  return { context, records, progress }
}

describe('an order of ComfyUI', () => {
  it('comes home with the engine that ran, and is written down around its sending', async () => {
    const { renderer, task, server } = await start()
    const { context, records } = contextOf()
    const made = await renderer.render(await task('lucy-pro-v2v'), context)
    expect(made).toMatchObject({ mime_type: 'video/mp4', width: 64, height: 36, engine: { name: 'Tiny' } })
    expect(records.map(({ state }) => state)).toEqual(['sending', 'sent'])
    expect(records[0]).toMatchObject({ id: server.orders[0]?.id, server: server.url })
  })

  it('goes on after a restart that came before its answer did', async () => {
    const { renderer, task, server } = await start()
    const first = contextOf()
    const asked = await task('lucy-pro-t2i')
    await renderer.render(asked, first.context)
    const [sending] = first.records
    const again = contextOf()
    const made = await renderer.render(asked, { ...again.context, recorded: sending ?? null })
    expect(made.mime_type).toBe('image/png')
    expect(server.orders).toHaveLength(1)
  })

  it('that is cancelled stops there', async () => {
    const { renderer, task, server } = await start()
    server.hold('running')
    const stop = new AbortController()
    const { context, records } = contextOf(stop.signal)
    const asked = await task('lucy-pro-t2i')
    const ends = renderer.render(asked, context).catch((error: unknown) => error)
    await server.until(() => server.heldAt() === 'running')
    const reason = new Error('not wanted')
    stop.abort(reason)
    expect(await ends).toBe(reason)
    const last = records.at(-1)
    if (!last) throw new Error('nothing was written down')
    expect(await renderer.cancel?.(last, asked.job)).toEqual({ billed: 'no', note: null })
    await server.until(() => server.running() === null)
  })

  it('is home at once where the socket tells of its end', async () => {
    const { renderer, task, server } = await start(20_000)
    const { context, progress } = contextOf()
    await renderer.render(await task('lucy-pro-t2i'), context)
    expect(server.count('GET /queue')).toBeLessThan(4)
    expect(progress.filter((value) => value !== null).length).toBeGreaterThan(0)
  })
})
