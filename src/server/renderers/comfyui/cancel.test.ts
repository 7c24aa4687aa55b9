import { afterEach, describe, expect, it } from 'vitest'
import { type Bench, type BenchOptions, createBench } from '../../testing/comfyui/bench.ts'
import { COMFYUI_VERSIONS } from '../../testing/comfyui-server.ts'

const benches: Bench[] = []
const bench = async (options: BenchOptions = {}): Promise<Bench> => {
  const made = await createBench(options)
  benches.push(made)
  return made
}
afterEach(async () => {
  for (const made of benches.splice(0).toReversed()) {
    expect(made.server.globalInterrupts()).toBe(0)
    await made.close()
  }
})
const CLEAN = { billed: 'no', note: null }

describe.each(COMFYUI_VERSIONS)('a cancel at ComfyUI %s', (version) => {
  it('takes out what waits, and nothing else', async () => {
    const { server, order, connection, signal, ending } = await bench({ server: { version } })
    server.hold('running')
    const runs = await order('lucy-pro-t2i')
    const waits = await order('lucy-pro-i2i')
    await server.until(() => server.heldAt() === 'running')
    expect(await connection.cancel?.(waits, signal())).toEqual(CLEAN)
    expect(server.pending()).toEqual([])
    expect(await connection.lookAt(waits, signal())).toEqual({ state: 'unknown' })
    server.release()
    expect(await ending(runs)).toMatchObject({ state: 'done' })
  })

  it('of what is done changes nothing', async () => {
    const { order, connection, signal, ending } = await bench({ server: { version } })
    const sent = await order('lucy-pro-i2i')
    await ending(sent)
    expect(await connection.cancel?.(sent, signal())).toEqual(CLEAN)
    expect(await ending(sent)).toMatchObject({ state: 'done' })
  })

  it('of what another Rushes ordered there does not happen', async () => {
    const mine = await bench({ server: { version } })
    const { server } = mine
    const theirs = await bench({ to: server })
    server.hold('running')
    const other = await theirs.order('lucy-pro-t2i')
    await server.until(() => server.heldAt() === 'running')
    const own = await mine.order('lucy-pro-i2i')
    await mine.connection.cancel?.(own, mine.signal())
    expect(server.running()).toBe(other.id)
    server.release()
    expect(await theirs.ending(other)).toMatchObject({ state: 'done' })
  })
})

describe.each(['0.3.64', '0.6.0', '0.38.1'])('a cancel at ComfyUI %s', (version) => {
  it('stops what runs', async () => {
    const { server, order, connection, signal, ending } = await bench({ server: { version } })
    server.hold('running')
    const sent = await order('lucy-pro-t2i')
    await server.until(() => server.heldAt() === 'running')
    expect(await connection.cancel?.(sent, signal())).toEqual(CLEAN)
    expect(await ending(sent)).toMatchObject({ state: 'failed', error: { code: 'CANCELLED' } })
  })

  it('while a model loads says that it stops after', async () => {
    const { server, order, connection, signal, ending } = await bench({ server: { version } })
    server.hold('loading')
    const sent = await order('lucy-pro-t2i')
    await server.until(() => server.heldAt() === 'loading')
    expect(await connection.cancel?.(sent, signal())).toEqual({
      billed: 'no',
      note: 'It stops after the model has loaded.',
    })
    server.release()
    expect(await ending(sent)).toMatchObject({ state: 'failed', error: { code: 'CANCELLED' } })
  })
})

describe('a cancel', () => {
  it('of what runs on a version that can stop but everything says that it goes on', async () => {
    const { server, order, connection, signal, ending } = await bench({ server: { version: '0.3.40' } })
    server.hold('running')
    const sent = await order('lucy-pro-t2i')
    await server.until(() => server.heldAt() === 'running')
    expect(await connection.cancel?.(sent, signal())).toEqual({
      billed: 'no',
      note: 'This ComfyUI (0.3.40) cannot stop one order alone: it goes on there until it is done.',
    })
    expect(server.count('POST /interrupt')).toBe(0)
    server.release()
    expect(await ending(sent)).toMatchObject({ state: 'done' })
  })

  it('that cannot be told passes, and can be tried again', async () => {
    const { server, order, connection, signal } = await bench()
    server.hold('waiting')
    const sent = await order('lucy-pro-t2i')
    server.fail('POST /jobs', { kind: 'answer', status: 502 })
    await expect(connection.cancel?.(sent, signal())).rejects.toMatchObject({ name: 'TransientError' })
    expect(await connection.cancel?.(sent, signal())).toEqual(CLEAN)
    expect(server.pending()).toEqual([])
  })
})
