import type { Readable, Writable } from 'node:stream'
import { RushesError } from '../../shared/errors.ts'
import { type Pace, watchPace } from '../outgoing/pace.ts'
import { wentAway } from './context.ts'

/**
 * A body must bring this many bytes in each window, on average 1 KiB a second: the slowest mobile line does (GPRS brings
 * four times as many), while one that only drips to hold its place is ended after a minute. There is no limit on the
 * whole, for 2 GiB over a slow line may take hours.
 */
const SLOWEST: Pace = { bytes: 60 * 1024, within: 60_000 }

const tooSlow = (): RushesError =>
  new RushesError(
    'TOO_SLOW',
    `The body came in slower than ${SLOWEST.bytes / 1024} KiB in a minute, so the connection was given up. Send it again over a faster line.`,
  )

/** Calls back, once, when a body comes in more slowly than it may by no doing of ours. Answers what ends the watch. */
export const watchBody = (body: Readable, moved: () => number, onSlow: (error: RushesError) => void): (() => void) =>
  watchPace({ moved, waitsForUs: () => body.isPaused() }, SLOWEST, () => onSlow(tooSlow()))

/**
 * Like `pipeline`, but leaves the body alone when the parser fails: destroying a request ends its connection before the
 * client could read why. Rejects when the client goes away half-way, when it is too slow, and past `limit` bytes.
 */
export const flow = (body: Readable, parser: Writable, limit: { bytes: number; error: RushesError }): Promise<void> =>
  new Promise((resolve, reject) => {
    let bytes = 0
    const stop = (error?: unknown): void => {
      endWatch()
      body.off('data', count)
      body.off('close', vanished)
      body.off('error', broken)
      body.unpipe(parser)
      if (error === undefined) return resolve()
      parser.destroy()
      body.resume()
      reject(error)
    }
    const count = (chunk: Buffer | string): void => {
      bytes += chunk.length
      if (bytes > limit.bytes) stop(limit.error)
    }
    const broken = (cause?: unknown): void => stop(wentAway(cause))
    const vanished = (): void => {
      if (!body.readableEnded) broken()
    }
    const endWatch = watchBody(body, () => bytes, stop)
    // A body may break off after its form has failed already; without a listener that would end the process.
    body.on('error', () => undefined)
    body.on('data', count)
    body.on('close', vanished)
    body.on('error', broken)
    parser.on('error', stop)
    parser.on('finish', () => stop())
    body.pipe(parser)
  })
