import { afterEach, describe, expect, it } from 'vitest'
import { createBench, HURRIED } from '../../testing/generation/bench.ts'
import { type Fault, PAGE } from '../../testing/generation/faults.ts'
import { startRawServer } from '../../testing/raw-server.ts'

const bench = createBench()
const { signal, serve, connect, taskOf, order, failure } = bench
afterEach(bench.clean)

const T2V = 'Wan-AI/Wan2.2-T2V-A14B-Diffusers'
const answer = (status: number, body?: unknown, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  status,
  body,
  headers,
})

describe('a look', () => {
  it.each<[string, Fault]>([
    ['a busy gateway', answer(502, PAGE)],
    ['a crowd', answer(429, {}, { 'retry-after': '4' })],
    ['a page', { kind: 'page' }],
    ['a broken line', { kind: 'lost' }],
    ['silence', { kind: 'hold' }],
  ])('that meets %s may work the next time', async (_, fault) => {
    const server = await serve({ model: T2V })
    const connection = connect(server.url, { limits: HURRIED })
    const made = await order(connection, await taskOf('lucy-pro-t2v'))
    server.fail('look', fault)
    const transient = {
      name: 'TransientError',
      retryAfter: fault.kind === 'answer' && fault.headers?.['retry-after'] ? 4 : 0,
    }
    await expect(connection.lookAt(made, signal)).rejects.toMatchObject(transient)
    expect((await connection.lookAt(made, signal)).state).toMatch(/waiting|running/)
    server.release()
  })

  it('with a key that is refused by now says so', async () => {
    const server = await serve({ model: T2V })
    const connection = connect(server.url)
    const made = await order(connection, await taskOf('lucy-pro-t2v'))
    const before = bench.refused()
    server.fail('look', answer(401))
    expect(await failure(connection.lookAt(made, signal))).toMatchObject({ code: 'INVALID_API_KEY' })
    expect(bench.refused()).toBe(before + 1)
  })

  it('at a server ends with the signal, and tells a page, a stranger and silence apart', async () => {
    const server = await serve({ model: T2V })
    const notes = []
    for (const fault of [
      answer(200, PAGE, { 'content-type': 'text/html' }),
      answer(200, {}),
      answer(502),
      answer(404),
    ]) {
      server.fail('models', fault)
      const facts = await connect(server.url).look(signal)
      notes.push(`${facts.state}: ${facts.note}`)
    }
    expect(notes[0]).toMatch(/^unreachable.*web page/)
    expect(notes[1]).toMatch(/^unreachable.*does not tell which models/)
    expect(notes[2]).toMatch(/^unreachable.*502/)
    expect(notes[3]).toMatch(/^unreachable.*404 to GET/)
    const silent = await startRawServer(() => undefined)
    bench.defer(silent.close)
    const controller = new AbortController()
    const looking = connect(silent.url).look(controller.signal)
    const reason = Symbol('over')
    controller.abort(reason)
    await expect(looking).rejects.toBe(reason)
    expect(await connect(silent.url, { limits: HURRIED }).look(signal)).toMatchObject({
      state: 'unreachable',
      note: expect.stringMatching(/did not answer/),
    })
  })

  it('at a cancel that is under way, or cannot be made, says what goes on', async () => {
    const server = await serve({ model: T2V })
    const connection = connect(server.url)
    const made = await order(connection, await taskOf('lucy-pro-t2v'))
    server.fail('forget', answer(409), answer(405), answer(502))
    expect((await connection.cancel?.(made, signal))?.note).toMatch(/told to stop/)
    expect((await connection.cancel?.(made, signal))?.note).toMatch(/cannot be told/)
    await expect(connection.cancel?.(made, signal)).rejects.toMatchObject({ name: 'TransientError' })
    expect(server.computing()).toHaveLength(1)
  })
})
