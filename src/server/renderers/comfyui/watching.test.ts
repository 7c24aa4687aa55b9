import { afterEach, describe, expect, it } from 'vitest'
import { type Bench, type BenchOptions, createBench } from '../../testing/comfyui/bench.ts'

const benches: Bench[] = []
const bench = async (options: BenchOptions = {}): Promise<Bench> => {
  const made = await createBench(options)
  benches.push(made)
  return made
}
afterEach(async () => {
  for (const made of benches.splice(0).toReversed()) await made.close()
})

const rises = (values: readonly number[]): boolean =>
  values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0))

describe('the socket', () => {
  it('tells progress that only grows, and of the end at once', async () => {
    // So rarely looked at that whatever is known in this test came by the socket.
    const { server, order, ending, fetched } = await bench({ pollMs: 20_000 })
    const seen: number[] = []
    const sent = await order('lucy-pro-t2i')
    const look = await ending(sent, (progress) => {
      if (progress !== null) seen.push(progress)
    })
    expect(look).toMatchObject({ state: 'done' })
    expect(seen.length).toBeGreaterThan(3)
    expect(rises(seen)).toBe(true)
    expect(Math.max(...seen)).toBeLessThan(1)
    expect(server.sockets.accepted()).toBe(1)
    expect(await fetched(await order('lucy-pro-i2i'))).toBeInstanceOf(Buffer)
    expect(server.sockets.accepted()).toBe(1)
  })

  it('gets the result home soon although the history is written after its news', async () => {
    const { server, order, ending } = await bench({ pollMs: 20_000, server: { settleMs: 150 } })
    server.hold('running')
    const sent = await order('lucy-pro-t2i')
    await server.until(() => server.heldAt() === 'running')
    const ends = ending(sent)
    const released = performance.now()
    server.release()
    expect(await ends).toMatchObject({ state: 'done' })
    // Its next look would be twenty seconds later.
    expect(performance.now() - released).toBeLessThan(15_000)
  })

  it.each(['silent', 'none'] as const)('that is %s changes nothing of what comes out', async (mode) => {
    const { server, order, fetched } = await bench()
    server.sockets.become(mode)
    expect(await fetched(await order('lucy-pro-t2i'))).toBeInstanceOf(Buffer)
  })

  it('that breaks is opened again', async () => {
    const { server, order, ending } = await bench()
    server.hold('running')
    const sent = await order('lucy-pro-t2i')
    await server.until(() => server.heldAt() === 'running')
    const ends = ending(sent)
    server.sockets.drop()
    await server.until(() => server.sockets.accepted() === 2)
    server.release()
    expect(await ends).toMatchObject({ state: 'done' })
  })

  it('is closed with the connection, and nothing is asked any more', async () => {
    const { server, order, connection, ending } = await bench()
    server.hold('running')
    const sent = await order('lucy-pro-t2i')
    const ends = ending(sent).catch((error: unknown) => error)
    await server.until(() => server.heldAt() === 'running')
    connection.close()
    await expect(ends).resolves.toMatchObject({ message: 'Rushes is stopping' })
    await server.until(() => server.sockets.open() === 0)
  })
})

describe('polling', () => {
  it('asks once for all who wait', async () => {
    const { server, order, ending } = await bench({ pollMs: 150 })
    server.hold('waiting')
    const sent = await Promise.all(Array.from({ length: 12 }, () => order('lucy-pro-t2i')))
    const begun = performance.now()
    const before = server.requests.length
    const looks = sent.map((each) => ending(each))
    await server.until(() => server.requests.length - before >= 6)
    const asked = server.requests.slice(before).map(({ path }) => path)
    const spans = (performance.now() - begun) / 150
    expect(new Set(asked)).toEqual(new Set(['/queue']))
    // One in each span of time, and one to begin with.
    expect(asked.length).toBeLessThanOrEqual(spans + 2)
    server.release()
    for (const look of await Promise.all(looks)) expect(look).toMatchObject({ state: 'done' })
  })
})

describe('a look at the server', () => {
  it('tells its version, its card, how much waits there, and what it can make', async () => {
    const { server, connection, order, signal } = await bench({
      server: { version: '0.38.1', vramBytes: 16 * 1024 ** 3 },
    })
    server.hold('waiting')
    await order('lucy-pro-t2i')
    await fetch(`${server.url}/prompt`, {
      method: 'POST',
      body: JSON.stringify({
        prompt: server.orders[0]?.graph,
        extra_data: { extra_pnginfo: { workflow: { id: 'x' } } },
      }),
    })
    const facts = await connection.look(signal())
    expect(facts).toMatchObject({ state: 'ready', note: 'ComfyUI 0.38.1, 16 GB of graphics memory.', busy: 2 })
    expect(facts.state === 'ready' && facts.offers['lucy-pro-t2i']).toMatchObject({ ready: true })
  })

  it('finds a file that was put there meanwhile, and asks for the nodes no more often than it has to', async () => {
    const { server, connection, signal } = await bench({ server: { files: {}, vramBytes: null } })
    const ready = async () => {
      const facts = await connection.look(signal())
      return facts.state === 'ready' && facts.offers['lucy-pro-t2i']?.ready
    }
    expect(await ready()).toBe(false)
    expect(await ready()).toBe(false)
    expect(server.count('GET /object_info')).toBe(1)
    server.become({ files: { diffusion_models: ['tiny.safetensors'] } })
    expect(await ready()).toBe(true)
    expect(await ready()).toBe(true)
    expect(server.count('GET /object_info')).toBe(2)
  })

  it('says when it is one again', async () => {
    const { server, connection, signal } = await bench()
    await server.crash()
    expect(await connection.look(signal())).toMatchObject({ state: 'unreachable' })
    await server.restart()
    server.become({ version: '0.45.0', vramBytes: null })
    expect(await connection.look(signal())).toMatchObject({
      state: 'ready',
      note: 'ComfyUI 0.45.0, no graphics card that it tells of.',
    })
  })
})
