import { describe, expect, it } from 'vitest'
import { addressesOf, mayBeFollowed, mayHaveKey } from './addresses.ts'
import { createGone } from './offers.ts'

const at = (more: Record<string, string> = {}) => addressesOf({ url: null, key: 'a', headers: {}, more })
const LOCAL = { FAL_QUEUE_URL: 'http://127.0.0.1:4000' }

describe('a link of an order', () => {
  it.each([
    ['https://queue.fal.run/fal-ai/wan/requests/1', true],
    ['https://rest.fal.ai/requests/1', true],
    ['http://queue.fal.run/requests/1', false],
    ['https://queue.fal.run.example.com/1', false],
    ['https://notfal.run/1', false],
    ['https://user:word@queue.fal.run/1', false],
    ['http://127.0.0.1/1', false],
  ])('%s is asked with the key: %s', (link, may) => {
    expect(mayHaveKey(link, at())).toBe(may)
  })

  it.each([
    ['http://127.0.0.1:4000/1', true],
    ['http://localhost:5000/1', true],
    ['https://queue.fal.run/1', false],
    ['http://192.168.1.2:4000/1', false],
  ])('of a queue on loopback, %s is asked with the key: %s', (link, may) => {
    expect(mayHaveKey(link, at(LOCAL))).toBe(may)
  })
})

describe('a link of a result or an upload', () => {
  it.each([
    ['https://v3.fal.media/files/a.mp4', true, true],
    ['http://v3.fal.media/files/a.mp4', false, false],
    ['http://127.0.0.1:4001/a.mp4', false, true],
    ['http://[::1]:4001/a.mp4', false, true],
    ['https://localhost/a.mp4', false, true],
    ['https://10.1.2.3/a.mp4', false, false],
    ['https://[::ffff:10.1.2.3]/a.mp4', false, false],
    ['https://me:word@v3.fal.media/a.mp4', false, false],
    ['file:///etc/passwd', false, false],
    ['no link', false, false],
  ])('%s is followed: %s, and with a queue on loopback: %s', (link, may, mayHere) => {
    expect([mayBeFollowed(link, at()), mayBeFollowed(link, at(LOCAL))]).toEqual([may, mayHere])
  })
})

describe('an endpoint that is gone', () => {
  it('stays so for an hour of looks, and is tried anew then', () => {
    let now = Date.parse('2026-08-02T10:00:00Z')
    const gone = createGone(() => now)
    gone.add('decart/lucy-i2v')
    now += 59 * 60_000
    gone.expire()
    expect(gone.since('decart/lucy-i2v')).toBe('2026-08-02')
    now += 2 * 60_000
    gone.expire()
    expect(gone.since('decart/lucy-i2v')).toBeNull()
  })
})
