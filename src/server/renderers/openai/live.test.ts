import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createBench } from '../../testing/generation/bench.ts'
import type { Connection, Order } from '../order/dialect.ts'
import { TransientError } from '../order/transient-error.ts'

/** For those who have a server: one take of the first model that it makes, at 480p. Its key, where it wants one, beside. */
const url = process.env['RUSHES_LIVE_GENERATION_URL']
const key = process.env['RUSHES_LIVE_GENERATION_KEY'] ?? null

const POLL_MS = 2000
const MODELS = ['lucy-pro-t2i', 'lucy-pro-i2i', 'lucy-pro-t2v', 'lucy-pro-i2v', 'lucy-pro-v2v']

describe.skipIf(url === undefined)('a real generation server', () => {
  const bench = createBench()
  const { signal, connect, picture, clip, taskOf, order } = bench
  afterEach(bench.clean)

  const filesFor = async (model: string) => {
    if (model.includes('t2')) return {}
    return { data: model.endsWith('v2v') ? await clip() : await picture() }
  }
  /** Looks as a renderer does: what passes is looked past. */
  const fetched = async (connection: Connection, made: Order): Promise<Buffer> => {
    for (;;) {
      const look = await connection.lookAt(made, signal).catch((error: unknown) => {
        if (error instanceof TransientError) return { state: 'waiting' } as const
        throw error
      })
      if (look.state === 'failed') throw look.error
      if (look.state === 'unknown') throw new Error('it does not know the order')
      if (look.state === 'done')
        return Buffer.concat(await (await connection.content(made, look.result, signal)).body.toArray())
      await delay(POLL_MS)
    }
  }

  it('says what it serves, and makes one take of it', { timeout: 1_800_000 }, async () => {
    const connection = connect(url ?? '', { pollMs: POLL_MS }, key)
    const facts = await connection.look(signal)
    if (facts.state !== 'ready') throw new Error(facts.note)
    const model = MODELS.find((name) => facts.offers[name]?.ready)
    if (model === undefined) throw new Error(`nothing to make: ${facts.note}`)
    const made = await order(connection, await taskOf(model, { resolution: '480p' }, await filesFor(model)))
    const take = await fetched(connection, made)
    const isPicture = model.endsWith('2i')
    expect(isPicture ? take.subarray(1, 4).toString() : take.subarray(4, 8).toString()).toBe(isPicture ? 'PNG' : 'ftyp')
  })
})
