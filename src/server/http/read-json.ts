import type { Readable } from 'node:stream'
import { RushesError } from '../../shared/errors.ts'
import { wentAway } from './context.ts'
import { watchBody } from './flow.ts'

/** Bytes. What is sent as JSON names things; media does not come this way. */
const MAX_JSON_BYTES = 64 * 1024

/**
 * Reads a small JSON body; null where it is no JSON. Rejects with TOO_LARGE without keeping what is past the limit, and
 * leaves the rest to flow by, so that the client can read why. `most` is the limit, in bytes.
 */
export const readJson = (body: Readable, most = MAX_JSON_BYTES): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const take = (chunk: Buffer): void => {
      bytes += chunk.length
      if (bytes <= most) return void chunks.push(chunk)
      body.off('data', take)
      body.resume()
      reject(new RushesError('TOO_LARGE', `A JSON body may have ${most / 1024} KiB.`))
    }
    const slow = (error: unknown): void => {
      body.off('data', take)
      body.resume()
      reject(error)
    }
    const endWatch = watchBody(body, () => bytes, slow)
    const vanished = (cause?: unknown): void => reject(wentAway(cause))
    body.on('data', take)
    body.on('end', () => resolve(parse(Buffer.concat(chunks).toString('utf8'))))
    body.on('error', vanished)
    body.on('close', () => {
      endWatch()
      vanished()
    })
  })

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
