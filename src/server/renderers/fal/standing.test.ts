import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CLIP } from '../../testing/clip.ts'
import { type ConnectedFal, connectFal, failureOf, HURRIED, never, order, settle } from '../../testing/fal/connect.ts'
import { startRawServer } from '../../testing/raw-server.ts'
import type { Order, Settings } from '../order/dialect.ts'
import { TransientError } from '../order/transient-error.ts'
import { createFalDialect } from './dialect.ts'

let fal: ConnectedFal
beforeEach(async () => {
  fal = await connectFal({ result: () => CLIP })
})
afterEach(() => fal.close())

const sent = (): Promise<Order> => order(fal.connection, fal.taskOf('lucy-pro-t2v', { prompt: 'snow' }))
const look = () => fal.connection.look(never())

describe('fal', () => {
  it('is ready where it takes the key, which is found out without an order', async () => {
    expect(await look()).toMatchObject({ state: 'ready', busy: 0 })
    expect(fal.server.requests.every(({ method }) => method === 'GET')).toBe(true)
    expect(fal.server.submissions()).toBe(0)
  })

  it('is not where it refuses the key, and is again once it takes it', async () => {
    fal.server.admit('another')
    const { state, note } = await look()
    expect([state, note.includes('dashboard/keys')]).toEqual(['unauthorized', true])
    expect((await fal.connect({}, 'another').look(never())).state).toBe('ready')
  })

  it('is ready, with a word, where the account has no credit', async () => {
    fal.server.lock('Exhausted balance. Top up your balance at fal.ai/dashboard/billing')
    const { state, note } = await look()
    expect([state, note.includes('Exhausted balance')]).toEqual(['ready', true])
  })

  it.each([403, 404, 500])('is ready where a key may not ask whose it is (%i)', async (status) => {
    fal.server.fail('account', { kind: 'answer', status })
    expect((await look()).state).toBe('ready')
  })

  it('cannot be reached where nobody is, or the queue is broken, which is told in words', async () => {
    fal.server.fail('status', { kind: 'answer', status: 503 }, { kind: 'refuse' })
    expect(await look()).toMatchObject({ state: 'unreachable' })
    expect(await look()).toMatchObject({ state: 'unreachable' })
    expect((await look()).state).toBe('ready')
    const nobody = await startRawServer(() => undefined)
    await nobody.close()
    const { state, note } = await fal.connect({ FAL_QUEUE_URL: nobody.url }).look(never())
    expect([state, note.includes('nothing listens there')]).toEqual(['unreachable', true])
  })

  it('that says nothing cannot be reached either', async () => {
    const silent = await startRawServer(() => undefined)
    const hurried = await connectFal({ limits: HURRIED })
    expect((await hurried.connect({ FAL_QUEUE_URL: silent.url }).look(never())).state).toBe('unreachable')
    await silent.close()
    await hurried.close()
  })

  it('is asked for nothing elsewhere where only its queue is set, on loopback', async () => {
    const one = await connectFal({ onePort: true })
    expect((await one.connect({ FAL_REST_URL: '' }).look(never())).state).toBe('ready')
    expect(one.server.requests.map(({ host }) => host).toSorted()).toEqual(['queue', 'rest'])
    await one.close()
  })
})

describe('a look at an order', () => {
  it('that fal does not know says so', async () => {
    const one = await sent()
    fal.server.queue.forget()
    expect(await fal.connection.lookAt(one, never())).toEqual({ state: 'unknown' })
  })

  it.each(['status', 'result'] as const)('may work the next time where the %s breaks', async (route) => {
    const one = await sent()
    fal.server.queue.become(['COMPLETED'])
    fal.server.fail(
      route,
      { kind: 'refuse' },
      { kind: 'answer', status: 502, body: 'Bad gateway' },
      { kind: 'answer', status: 429, headers: { 'retry-after': '3' } },
      { kind: 'lost' },
    )
    for (let looks = 0; looks < 4; looks++)
      await expect(fal.connection.lookAt(one, never())).rejects.toBeInstanceOf(TransientError)
    expect((await settle(fal.connection, one)).state).toBe('done')
    expect(fal.server.submissions()).toBe(1)
  })

  it('may work the next time where the result says that it is not done yet', async () => {
    const one = await sent()
    fal.server.queue.become(['COMPLETED'])
    fal.server.fail('result', { kind: 'answer', status: 400, body: { detail: 'Request is still in progress' } })
    await expect(fal.connection.lookAt(one, never())).rejects.toBeInstanceOf(TransientError)
    expect((await settle(fal.connection, one)).state).toBe('done')
  })

  it('may work the next time where the answer is a page', async () => {
    const one = await sent()
    fal.server.fail('status', { kind: 'garbled' })
    await expect(fal.connection.lookAt(one, never())).rejects.toThrow('made no sense')
  })

  it('with a key that is refused ends, and may be billed', async () => {
    const one = await sent()
    fal.server.admit('another')
    const { code, billed } = await failureOf(fal.connection.lookAt(one, never()))
    expect([code, billed, fal.refusals()]).toEqual(['INVALID_API_KEY', 'maybe', 1])
  })
})

describe('a cancel', () => {
  const cancel = async (one: Order) => fal.connection.cancel?.(one, never())

  it('of what waits takes it out of the queue, and costs nothing', async () => {
    const one = await sent()
    expect(await cancel(one)).toEqual({ billed: 'no', note: null })
    expect(fal.server.queue.jobs()).toEqual([])
  })

  it('of what runs only asks: it may finish all the same, and be billed', async () => {
    const one = await sent()
    fal.server.queue.become(['IN_PROGRESS', 'COMPLETED'])
    const { billed, note } = (await cancel(one)) ?? {}
    expect([billed, note?.includes('may still finish')]).toEqual(['maybe', true])
    expect((await settle(fal.connection, one)).state).toBe('done')
  })

  it('of what is done, or not known, may be billed', async () => {
    const one = await sent()
    fal.server.queue.become(['COMPLETED'])
    expect((await cancel(one))?.note).toContain('done before the cancel came')
    fal.server.queue.forget()
    expect((await cancel(one))?.note).toContain('knows nothing of this order')
    expect((await cancel(one))?.billed).toBe('maybe')
  })

  it('that breaks may work the next time', async () => {
    const one = await sent()
    fal.server.fail('cancel', { kind: 'refuse' }, { kind: 'answer', status: 503 }, { kind: 'garbled' })
    for (let tries = 0; tries < 3; tries++) await expect(cancel(one)).rejects.toBeInstanceOf(TransientError)
    fal.server.admit('another')
    expect((await failureOf(cancel(one))).code).toBe('INVALID_API_KEY')
  })

  it('that is refused with no word of those known is told', async () => {
    const one = await sent()
    fal.server.fail('cancel', { kind: 'answer', status: 409, body: {} })
    const { billed, note } = (await cancel(one)) ?? {}
    expect([billed, note?.includes('(409)')]).toEqual(['maybe', true])
  })
})

describe('the settings of fal', () => {
  const dialect = createFalDialect()
  const settings = (more: Record<string, string>, key: string | null = 'a-key'): Settings => ({
    url: null,
    key,
    headers: {},
    more,
  })
  const deps = { logger: { info: () => undefined, warn: () => undefined }, pollMs: 1, onRefused: () => undefined }

  it('are a key alone', () => {
    expect([dialect.isSet(settings({}, null)), dialect.isSet(settings({}))]).toEqual([false, true])
    const [connection] = dialect.connect(settings({}), deps)
    expect([connection?.url, connection?.where]).toEqual(['https://queue.fal.run', 'a third party'])
    expect(dialect.chosenOnly(settings({}))).toBe(true)
  })

  it.each([
    ['FAL_QUEUE_URL', 'queue.fal.run'],
    ['FAL_QUEUE_URL', 'https://me:secret@queue.fal.run'],
    ['FAL_REST_URL', 'ftp://rest.fal.ai'],
  ])('are refused where %s is %s, by its name', async (name, value) => {
    const { code, fields, message } = await failureOf(
      Promise.resolve().then(() => dialect.connect(settings({ [name]: value }), deps)),
    )
    expect([code, Object.keys(fields ?? {})]).toEqual(['INVALID_INPUT', [name]])
    expect(message).not.toContain('secret')
  })
})
