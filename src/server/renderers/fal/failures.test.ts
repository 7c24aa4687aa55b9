import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RenderTask } from '../../../shared/renderer.ts'
import { CLIP } from '../../testing/clip.ts'
import {
  type ConnectedFal,
  connectFal,
  FAL_KEY,
  failedLook,
  failureOf,
  fetched,
  HURRIED,
  never,
  order,
} from '../../testing/fal/connect.ts'
import { startRawServer } from '../../testing/raw-server.ts'

const WAN = 'fal-ai/wan/v2.2-a14b/text-to-video/turbo'
let fal: ConnectedFal
let task: RenderTask
beforeEach(async () => {
  fal = await connectFal({ result: () => CLIP })
  task = fal.taskOf('lucy-pro-t2v', { prompt: 'snow' })
})
afterEach(() => fal.close())

const detail = (field: string, type: string, msg: string) => ({ detail: [{ loc: ['body', field], msg, type }] })

describe('an order that is refused', () => {
  it.each([
    [401, { detail: `Key ${FAL_KEY} is not valid` }, 'INVALID_API_KEY', 'no', /fal\.ai\/dashboard\/keys/],
    [402, { detail: 'Payment required' }, 'QUOTA', 'no', /Payment required.*Nothing was ordered/],
    [403, { detail: 'User is locked. Reason: Exhausted balance' }, 'QUOTA', 'no', /Exhausted balance/],
    [422, detail('prompt', 'content_policy_violation', 'Flagged'), 'REJECTED', 'no', /Change the prompt/],
    [422, detail('prompt', 'string_too_long', 'Too long'), 'INVALID_INPUT', 'no', /prompt: Too long/],
    [429, { detail: `Slow down, ${FAL_KEY}` }, 'RATE_LIMITED', 'no', /no more orders just now/],
    [302, {}, 'CLOUD_FAILED', 'no', /redirect/],
    [418, { detail: `I am ${FAL_KEY}` }, 'CLOUD_FAILED', 'no', /I am …/],
    [500, {}, 'CLOUD_FAILED', 'maybe', /not sent again/],
    [503, { detail: 'No runner', error_type: 'runner_scheduling_failure' }, 'CLOUD_FAILED', 'maybe', /No runner/],
  ])('with %i says why, and whether it may be billed', async (status, body, code, billed, words) => {
    fal.server.fail('submit', { kind: 'answer', status, body, headers: { 'retry-after': '7' } })
    const error = await failureOf(order(fal.connection, task))
    expect([error.code, error.billed, error.retryAfter]).toEqual([code, billed, status === 429 ? 7 : undefined])
    expect(error.message).toMatch(words)
    expect(fal.server.submissions()).toBe(0)
    expect(fal.refusals()).toBe([401, 402, 403].includes(status) ? 1 : 0)
  })

  it('may be sent again after a 429, from what was prepared', async () => {
    fal.server.fail('submit', { kind: 'answer', status: 429 })
    const prepared = await fal.connection.prepare(task, never())
    expect((await failureOf(prepared.send('ours', never()))).code).toBe('RATE_LIMITED')
    await prepared.send('ours', never())
    expect(fal.server.submissions()).toBe(1)
  })

  it('with 404 marks its endpoint as gone, in words, in the offers too, until somebody connects anew', async () => {
    fal.server.retire(WAN)
    const first = await failureOf(order(fal.connection, task))
    expect(first.code).toBe('MODEL_MISSING')
    expect(first.message).toContain(`This endpoint is gone: fal does not serve ${WAN} any more`)
    expect(fal.refusals()).toBe(1)
    const facts = await fal.connection.look(never())
    if (facts.state !== 'ready') throw new Error(facts.note)
    expect(facts.offers['lucy-pro-t2v']?.ready).toBe(false)
    expect(facts.offers['lucy-pro-t2v']?.reason).toContain(`seen on ${new Date().toISOString().slice(0, 10)}`)
    expect(facts.offers['lucy-pro-i2v']?.ready).toBe(true)
    const asked = fal.server.requests.length
    expect((await failureOf(order(fal.connection, task))).code).toBe('MODEL_MISSING')
    expect(fal.server.requests.length).toBe(asked)
    fal.server.restore(WAN)
    await order(fal.connect(), task)
    expect(fal.server.submissions()).toBe(1)
  })
})

describe('an order whose answer does not come', () => {
  it.each(['lost', 'garbled'] as const)('but is %s may have been taken, and is not sent again', async (kind) => {
    fal.server.fail('submit', { kind })
    const { billed, message } = await failureOf(order(fal.connection, task))
    expect([billed, fal.server.submissions()]).toEqual(['maybe', 1])
    expect(message).toContain('not sent again')
  })

  it('in time may have been taken', async () => {
    const slow = await connectFal({ limits: HURRIED })
    slow.server.fail('submit', { kind: 'hold' })
    const error = await failureOf(order(slow.connection, slow.taskOf('lucy-pro-t2v', { prompt: 'a' })))
    expect([error.code, error.billed]).toEqual(['NETWORK_ERROR', 'maybe'])
    slow.server.release()
    await slow.close()
  })

  it('as nobody is there has cost nothing', async () => {
    const nobody = await startRawServer(() => undefined)
    await nobody.close()
    const { code, billed, message } = await failureOf(order(fal.connect({ FAL_QUEUE_URL: nobody.url }), task))
    expect([code, billed]).toEqual(['UNREACHABLE', 'no'])
    expect(message).toMatch(/nothing listens there\. Nothing was ordered\.$/)
  })
})

describe('a result that is an error', () => {
  it.each([
    [422, detail('prompt', 'content_policy_violation', 'Flagged'), {}, 'REJECTED', 'maybe', /Flagged/],
    [422, detail('image_url', 'image_too_large', 'Too many pixels'), {}, 'TOO_LARGE', 'maybe', /pixels/],
    [422, detail('prompt', 'value_error', 'Not that'), {}, 'INVALID_INPUT', 'maybe', /Not that/],
    [
      504,
      { detail: 'Timed out', error_type: 'request_timeout' },
      {},
      'PROCESSING_ERROR',
      'no',
      /request_timeout.*again/,
    ],
    [
      503,
      {},
      { 'x-fal-error-type': 'runner_disconnected', 'x-fal-retryable': 'false' },
      'PROCESSING_ERROR',
      'no',
      /runner_disconnected\)\. fal does not bill it\.$/,
    ],
    [500, { detail: `Boom with ${FAL_KEY}` }, {}, 'PROCESSING_ERROR', 'no', /Boom with …/],
    [403, { detail: 'User is locked' }, {}, 'QUOTA', 'maybe', /locked/],
  ])('of %i fails with its words', async (status, body, headers, code, billed, words) => {
    fal.server.queue.failWith({ status, body, headers })
    const error = await failedLook(fal.connection, await order(fal.connection, task))
    expect([error.code, error.billed]).toEqual([code, billed])
    expect(error.message).toMatch(words)
  })

  it('names the field as the form does', async () => {
    const still = await fal.fileOf(CLIP, 'image')
    const sent = await order(
      fal.connection,
      fal.taskOf('lucy-pro-flf2v', { prompt: 'a' }, { start: still, end: still }),
    )
    const job = fal.server.queue.find(sent.id)
    if (!job) throw new Error('no job')
    job.failure = { status: 422, body: detail('end_image_url', 'image_load_error', 'Unreadable') }
    const { code, fields } = await failedLook(fal.connection, sent)
    expect([code, fields]).toEqual(['UNSUPPORTED_MEDIA', { end: 'Unreadable' }])
  })

  it('that only the status tells fails too', async () => {
    fal.server.queue.failWith({
      status: 404,
      body: {},
      error: 'Runner disconnected',
      error_type: 'runner_disconnected',
    })
    const { message, code } = await failedLook(fal.connection, await order(fal.connection, task))
    expect([code, message.includes('Runner disconnected')]).toEqual(['PROCESSING_ERROR', true])
    fal.server.queue.failWith({ status: 200, body: {}, error: 'Out of luck' })
    const other = await failedLook(fal.connection, await order(fal.connection, task))
    expect(other.message).toContain('Out of luck')
  })
})

describe('a result that is of no use', () => {
  const unusable = async (body: unknown) => {
    fal.server.queue.failWith({ status: 200, body })
    return failedLook(fal.connection, await order(fal.connection, task))
  }

  it('as it holds the bytes instead of a link is refused in words, however large', async () => {
    const small = await unusable({ video: { url: 'data:video/mp4;base64,AAAA' } })
    const large = await unusable({ video: { url: `data:video/mp4;base64,${'A'.repeat(3_000_000)}` } })
    for (const { code, message, billed } of [small, large]) {
      expect([code, billed]).toEqual(['PROCESSING_ERROR', 'maybe'])
      expect(message).toContain('inside its answer instead of a link')
    }
  })

  it('as it holds no media says so', async () => {
    expect((await unusable({ seed: 4 })).message).toContain('no clip and no picture')
  })

  it('as the picture was blacked out is a refusal of its content', async () => {
    const images = [{ url: `${fal.server.cdnUrl}/results/1/a.png` }]
    expect((await unusable({ images, has_nsfw_concepts: [true] })).code).toBe('REJECTED')
  })

  it.each([
    'http://files.example.com/a.mp4',
    'https://192.168.0.9/a.mp4',
    'https://[fd00::1]/a.mp4',
    'file:///etc/passwd',
  ])('as its link is %s is not followed', async (url) => {
    expect((await unusable({ video: { url } })).message).toContain('not https to a public host')
  })
})

describe('the link to a result', () => {
  it('that answers 404 or 403 at first is asked again', async () => {
    const sent = await order(fal.connection, task)
    fal.server.queue.become(['COMPLETED'])
    const look = await fal.connection.lookAt(sent, never())
    if (look.state !== 'done') throw new Error(look.state)
    fal.server.fail('media', { kind: 'answer', status: 404 }, { kind: 'answer', status: 403 })
    for (const status of [404, 403])
      await expect(fal.connection.content(sent, look.result, never())).rejects.toThrow(`answered ${status}`)
    expect((await fetched(fal.connection, sent)).equals(CLIP)).toBe(true)
    fal.server.queue.expire()
    await expect(fal.connection.content(sent, look.result, never())).rejects.toThrow('answered 404')
  })

  it('is followed where it leads on, but to no private address', async () => {
    const sent = await order(fal.connection, task)
    fal.server.queue.become(['COMPLETED'])
    const look = await fal.connection.lookAt(sent, never())
    if (look.state !== 'done') throw new Error(look.state)
    const to = (location: string) =>
      fal.server.fail('media', { kind: 'answer', status: 302, body: null, headers: { location } })
    to(new URL(String(look.result['url'])).pathname)
    const { body, status } = await fal.connection.content(sent, look.result, never())
    body.destroy()
    expect(status).toBe(200)
    to('https://169.254.169.254/latest/meta-data')
    expect((await failureOf(fal.connection.content(sent, look.result, never()))).code).toBe('CLOUD_FAILED')
  })
})
