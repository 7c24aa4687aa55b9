import type { Readable } from 'node:stream'
import { RushesError } from '../../shared/errors.ts'

/** Bytes. What is sent as JSON names things; media does not come this way. */
const MAX_JSON = 64 * 1024

/**
 * Reads a small JSON body; null where it is no JSON. Rejects with TOO_LARGE without keeping what is past the limit, and
 * leaves the rest to flow by, so that the client can read why.
 */
export const readJson = (body: Readable): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const take = (chunk: Buffer): void => {
      bytes += chunk.length
      if (bytes <= MAX_JSON) return void chunks.push(chunk)
      body.off('data', take)
      body.resume()
      reject(new RushesError('TOO_LARGE', `A JSON body may have ${MAX_JSON / 1024} KiB.`))
    }
    const vanished = (cause?: unknown): void =>
      reject(new RushesError('CANCELLED', 'The client went away before its request was whole.', { cause }))
    body.on('data', take)
    body.on('end', () => resolve(parse(Buffer.concat(chunks).toString('utf8'))))
    body.on('error', vanished)
    body.on('close', () => vanished())
  })

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
