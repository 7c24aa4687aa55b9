import { describe, expect, it } from 'vitest'
import { createMemoryServer, offerBy } from '../../testing/memory-dialect.ts'
import { orderTask } from '../../testing/order-context.ts'
import { createPool, stateOf } from './pool.ts'

const { model } = orderTask()
const none = new Set<never>()
const poolOf = (...servers: ReturnType<typeof createMemoryServer>[]) =>
  createPool(
    servers.map(({ connection }) => connection),
    'Memory',
  )
const two = () => [createMemoryServer('http://one:1'), createMemoryServer('http://other:1')] as const
const ready = (busy: number, offers = { 'lucy-clip': offerBy('Engine') }) =>
  ({ state: 'ready', note: 'There.', busy, offers }) as const

describe('the server that is chosen', () => {
  it('is the one with the least to do, whoever gave it that', async () => {
    const [one, other] = two()
    one.become(ready(3))
    other.become(ready(1))
    expect((await poolOf(one, other).choose(model, null, none)).connection.url).toBe('http://other:1')
  })

  it('is one that makes the model, by the engine that was announced', async () => {
    const [one, other] = two()
    one.become(ready(0, { 'lucy-clip': offerBy('Small') }))
    other.become(ready(9))
    const pool = poolOf(one, other)
    expect((await pool.choose(model, 'Engine', none)).connection.url).toBe('http://other:1')
    expect((await pool.choose(model, null, none)).connection.url).toBe('http://one:1')
  })

  it('is none that was tried, or that does not answer', async () => {
    const [one, other] = two()
    const pool = poolOf(one, other)
    const first = await pool.choose(model, null, none)
    pool.markUnreachable(first, 'Gone.')
    const second = await pool.choose(model, null, none)
    expect(second).not.toBe(first)
  })

  it.each([
    ['nobody answers', { state: 'unreachable', note: 'It is off.' }, 'UNREACHABLE', 'It is off. Nothing was ordered.'],
    ['the key is refused', { state: 'unauthorized', note: 'No.' }, 'INVALID_API_KEY', 'No. Nothing was ordered.'],
    [
      'files are missing',
      ready(0, { 'lucy-clip': offerBy('E', { ready: false, reason: 'Put a file.' }) }),
      'MODEL_MISSING',
      'Put a file.',
    ],
    ['it makes other things', { ...ready(0), offers: {} }, 'MODEL_MISSING', 'Memory does not make lucy-clip.'],
  ] as const)('is nobody, with the reason, where %s', async (_, facts, code, message) => {
    const server = createMemoryServer()
    server.become(facts)
    await expect(poolOf(server).choose(model, null, none)).rejects.toMatchObject({ code, message })
  })
})

it('looks once for all who ask at a time', async () => {
  const server = createMemoryServer()
  const pool = poolOf(server)
  await Promise.all([pool.look(), pool.look(), pool.look()])
  expect(server.looked()).toBe(1)
})

it('offers what any server is ready for, before what one could be', async () => {
  const [one, other] = two()
  one.become(ready(0, { 'lucy-clip': offerBy('Small', { ready: false }) }))
  const pool = poolOf(one, other)
  await pool.look()
  expect(pool.offers()['lucy-clip']?.engine.name).toBe('Engine')
})

it('stands as well as the best of its servers, and says how many are away', async () => {
  const [one, other] = two()
  const pool = poolOf(one, other)
  expect(stateOf(pool.members)).toEqual({ state: 'unreachable', note: 'It is being looked at.' })
  one.become({ state: 'unreachable', note: 'Off.' })
  await pool.look()
  expect(stateOf(pool.members)).toEqual({ state: 'ready', note: '1 of 2 servers do not answer.' })
  other.become({ state: 'unauthorized', note: 'No.' })
  await pool.look()
  expect(stateOf(pool.members)).toEqual({ state: 'unauthorized', note: 'No.' })
})

it('finds the server of an order by its address, and the only one for an order without', async () => {
  const [one, other] = two()
  expect(poolOf(one, other).byUrl('http://other:1')?.connection).toBe(other.connection)
  expect([poolOf(one, other).byUrl(undefined), poolOf(one).byUrl('http://other:1')]).toEqual([undefined, undefined])
  expect(poolOf(one).byUrl(undefined)?.connection).toBe(one.connection)
})
