import { describe, expect, it } from 'vitest'
import { RushesError } from '../../../shared/errors.ts'
import { createMemoryServer, type MemoryServer, offerBy } from '../../testing/memory-dialect.ts'
import { orderContext, orderTask } from '../../testing/order-context.ts'
import { TransientError } from './transient-error.ts'
import { type PlaceDeps, placeOrder } from './place.ts'
import { createPool, type Member } from './pool.ts'

const busyFor = new RushesError('RATE_LIMITED', 'Full.', { retryAfter: 0 })
const away = new RushesError('UNREACHABLE', 'Away.')
const lost = new RushesError('CLOUD_FAILED', 'It broke off.', { billed: 'maybe' })

const bench = (servers: readonly MemoryServer[], more: Partial<PlaceDeps> = {}) => {
  const pool = createPool(
    servers.map(({ connection }) => connection),
    'Memory',
  )
  let drawn = 0
  const deps: PlaceDeps = {
    pool,
    ownIds: true,
    addressee: ({ host, paid }) => ({ title: host, paid }),
    left: (member: Member) => void member.open--,
    newId: () => `id-${++drawn}`,
    patienceMs: 1000,
    pollMs: 1,
    onSending: () => undefined,
    ...more,
  }
  const about = orderContext()
  return { pool, ...about, place: () => placeOrder(orderTask(), about.context, deps) }
}
const statesOf = ({ records }: ReturnType<typeof bench>) => records.map(({ state }) => state)

describe('an order', () => {
  it('is written down before it goes out, and its id as soon as it is known', async () => {
    const server = createMemoryServer()
    const at = bench([server])
    server.sends.push(() => {
      expect(at.records).toEqual([{ state: 'sending', server: server.connection.url, id: 'id-1' }])
      return server.take('id-1')
    })
    const { order, member } = await at.place()
    expect(order.id).toBe('id-1')
    expect(at.records.at(-1)).toMatchObject({ state: 'sent', id: 'id-1', details: { at: server.connection.url } })
    expect(member.open).toBe(1)
  })

  it('has no id of ours on record where the other side draws it', async () => {
    const at = bench([createMemoryServer()], { ownIds: false })
    await at.place()
    expect(at.records[0]).toEqual({ state: 'sending', server: 'http://render-box:8000' })
  })

  it('that is refused for now waits, held, and goes out again', async () => {
    const server = createMemoryServer()
    server.sends.push(busyFor, busyFor)
    const at = bench([server])
    await at.place()
    expect(statesOf(at)).toEqual(['sending', 'held', 'sending', 'held', 'sending', 'sent'])
    expect(server.orders).toHaveLength(1)
  })

  it('that is refused for longer than anybody waits fails with that', async () => {
    const server = createMemoryServer()
    server.sends.push(new RushesError('RATE_LIMITED', 'Full.', { retryAfter: 60 }))
    const at = bench([server])
    await expect(at.place()).rejects.toMatchObject({ code: 'RATE_LIMITED', billed: 'no' })
    expect(at.pool.members[0]).toMatchObject({ open: 0, placed: 0 })
  })

  it('goes to the next server where the first cannot be reached, and says so where there is none', async () => {
    const [one, other] = [createMemoryServer('http://one:1'), createMemoryServer('http://other:1')]
    one.sends.push(away)
    const at = bench([one, other])
    expect((await at.place()).member.connection.url).toBe('http://other:1')
    expect(at.pool.members[0]?.facts).toMatchObject({ state: 'unreachable', note: 'Away.' })
    expect([one.orders, other.orders.length, at.pool.members[0]?.open]).toEqual([[], 1, 0])
    other.sends.push(away)
    await expect(at.place()).rejects.toMatchObject({ code: 'UNREACHABLE', billed: 'no' })
  })

  it('whose answer was lost is asked for, and not sent again where it is there', async () => {
    const server = createMemoryServer()
    server.sends.push(() => {
      server.take('id-1')
      throw lost
    })
    server.finds.push(new TransientError('just starting'), 'known')
    const at = bench([server])
    expect((await at.place()).order.id).toBe('id-1')
    expect([server.orders, statesOf(at)]).toEqual([['id-1'], ['sending', 'sent']])
  })

  it('whose answer was lost goes out again, once and under the same id, where the other side has none', async () => {
    const server = createMemoryServer()
    server.sends.push(lost)
    expect((await bench([server]).place()).order.id).toBe('id-1')
    const broken = createMemoryServer()
    broken.sends.push(lost, lost)
    await expect(bench([broken]).place()).rejects.toBe(lost)
    expect([server.orders, broken.orders, broken.sends]).toEqual([['id-1'], [], []])
  })

  it('whose answer was lost does not move to another server, and is not repeated where nobody can be asked', async () => {
    const [one, other] = [createMemoryServer('http://one:1'), createMemoryServer('http://other:1')]
    one.sends.push(lost)
    one.finds.push(...Array.from({ length: 500 }, () => new TransientError('away')))
    await expect(bench([one, other], { patienceMs: 30 }).place()).rejects.toMatchObject({ code: 'NETWORK_ERROR' })
    other.sends.push(lost)
    await expect(bench([other], { ownIds: false }).place()).rejects.toBe(lost)
    expect([one.orders, other.orders]).toEqual([[], []])
  })

  it('is not sent where it was cancelled while it was written down', async () => {
    const server = createMemoryServer()
    const at = bench([server])
    at.context.record = async () => at.controller.abort(new Error('never mind'))
    await expect(at.place()).rejects.toThrow('never mind')
    expect(server.orders).toEqual([])
  })

  it('of two that choose at once each gets a server of its own', async () => {
    const servers = [createMemoryServer('http://one:1'), createMemoryServer('http://other:1')]
    const at = bench(servers)
    await Promise.all([at.place(), at.place()])
    expect(servers.map(({ orders }) => orders.length)).toEqual([1, 1])
  })
})

it('what is announced runs, or is said to be gone', async () => {
  const server = createMemoryServer()
  server.become({ state: 'ready', note: '', busy: 0, offers: { 'lucy-clip': offerBy('Another') } })
  const pool = createPool([server.connection], 'Memory')
  const { model } = orderTask()
  await expect(pool.choose(model, 'Engine', new Set())).rejects.toMatchObject({
    code: 'MODEL_MISSING',
    message: expect.stringContaining('Engine, which was announced for this take, is not at Memory any more'),
  })
})
