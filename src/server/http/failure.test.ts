import { expect, it } from 'vitest'
import { type ErrorCode, RushesError } from '../../shared/errors.ts'
import { failureResponse } from './failure.ts'

const told = async (error: unknown) => {
  const answer = failureResponse(error)
  return { status: answer.status, headers: answer.headers, body: await answer.json() }
}

it.each<[ErrorCode, number]>([
  ['INVALID_API_KEY', 401],
  ['FORBIDDEN', 403],
  ['NOT_FOUND', 404],
  ['NOT_READY', 409],
  ['TOO_LARGE', 413],
  ['UNSUPPORTED_MEDIA', 415],
  ['INVALID_INPUT', 422],
  ['RATE_LIMITED', 429],
  ['CLOUD_FAILED', 502],
  ['DISK_FULL', 507],
])('%s is %i, in a sentence', async (code, status) => {
  expect(await told(new RushesError(code, 'What happened.'))).toMatchObject({
    status,
    body: { detail: 'What happened.', code },
  })
})

it('says when to come back', async () => {
  const { headers } = await told(new RushesError('RATE_LIMITED', 'Too many.', { retryAfter: 1.2 }))
  expect(headers.get('retry-after')).toBe('2')
})

it('tells of inputs by field, as Decart does', async () => {
  const { body } = await told(new RushesError('INVALID_INPUT', 'x', { fields: { data: 'is required' } }))
  expect(body).toMatchObject({ detail: [{ loc: ['body', 'data'], msg: 'data is required', type: 'missing' }] })
})

it('says nothing of what broke inside', async () => {
  const { status, body } = await told(new TypeError('cannot read /home/someone/secret'))
  expect([status, JSON.stringify(body)]).toEqual([500, expect.not.stringContaining('secret')])
})
