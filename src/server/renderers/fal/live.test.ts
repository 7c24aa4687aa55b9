import { describe, expect, it } from 'vitest'
import { connectFal, failureOf, fetched, never, order } from '../../testing/fal/connect.ts'
import { QUEUE_URL } from './addresses.ts'

/** For those who have a key: one picture, which costs about a cent. */
const key = process.env['RUSHES_LIVE_FAL_KEY']

describe.skipIf(key === undefined)('the real fal', () => {
  const live = { FAL_QUEUE_URL: QUEUE_URL, FAL_REST_URL: 'https://rest.fal.ai' }

  it('takes the key, refuses another, and makes a picture of one that was uploaded', { timeout: 300_000 }, async () => {
    const fal = await connectFal({ key: key ?? '' })
    try {
      const connection = fal.connect(live)
      expect((await connection.look(never())).state).toBe('ready')
      expect((await fal.connect(live, 'no-key:at-all').look(never())).state).toBe('unauthorized')
      const words = await order(connection, fal.taskOf('lucy-pro-t2i', { prompt: 'a red ball', resolution: '480p' }))
      const picture = await fetched(connection, words)
      expect(picture.subarray(1, 4).toString()).toBe('PNG')
      const edit = fal.taskOf('lucy-pro-i2i', { prompt: 'make it blue' }, { data: await fal.fileOf(picture, 'image') })
      expect((await fetched(connection, await order(connection, edit))).length).toBeGreaterThan(1000)
      const gone = fal.connect({ ...live, FAL_QUEUE_URL: `${QUEUE_URL}/no-such-owner` })
      expect((await failureOf(order(gone, fal.taskOf('lucy-pro-t2i', { prompt: 'a' })))).billed).toBe('no')
    } finally {
      await fal.close()
    }
  })
})
