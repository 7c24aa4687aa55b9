import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { randomUUID } from 'node:crypto'
import { RushesError } from '../../../shared/errors.ts'
import type { OrderDetails } from '../../../shared/renderer.ts'
import { type Answer, RequestFailed, textOf } from '../../outgoing/request.ts'
import { clauseOf, systemCode } from '../../outgoing/words.ts'
import type { Body } from '../order/calls.ts'
import type { Look, Order } from '../order/dialect.ts'
import type { MultipartBody } from '../order/multipart-body.ts'
import { type MediaAnswer, mediaOf } from './base64-answer.ts'
import { answerLost, orderBroke, orderFailed, orderRefused, type OtherSide } from './failures.ts'
import type { ServerCalls } from './server-calls.ts'

/** Milliseconds until the answer begins: the result is made before. */
const ANSWER_TIMEOUT_MS = 60 * 60_000

/** Writes the media of an answer to a file, a piece at a time. Leaves nothing behind where that breaks. */
const receive = async (answer: Answer, path: string, signal: AbortSignal): Promise<MediaAnswer> => {
  const part = `${path}.part`
  let found: MediaAnswer = { bytes: 0, url: null, error: null }
  try {
    await pipeline(
      mediaOf(answer.body, (whole) => (found = whole)),
      createWriteStream(part),
      { signal },
    )
    if (found.bytes > 0) await rename(part, path)
    return found
  } finally {
    await rm(part, { force: true })
  }
}

const brokenOff = (error: unknown, side: OtherSide): RushesError => {
  if (!['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? ''))
    return answerLost(`${error instanceof RequestFailed ? error.message : clauseOf(error)}.`, side, error)
  const message = `The disk is full, and what ${side.host} made is lost. Free some space, then try again.`
  return new RushesError('DISK_FULL', message, { cause: error, billed: side.free ? 'no' : 'maybe' })
}

/**
 * Orders what is made while the connection stands, as pictures are: the order is over when this resolves, and its result is
 * in a file below `directory`. An abort closes the connection, which stops the work where the server heeds it.
 */
export const orderAtOnce = async (
  options: { calls: ServerCalls; side: OtherSide; model: string; directory: string; path: string },
  body: Body | MultipartBody,
  signal: AbortSignal,
): Promise<Order> => {
  const { calls, side, model, directory, path } = options
  const answer = await calls.order(path, body, ANSWER_TIMEOUT_MS, signal).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : orderBroke(error, side)
  })
  const { status, headers } = answer
  if (status < 200 || status > 299) {
    const text = await textOf(answer).catch(() => '')
    throw signal.aborted ? signal.reason : orderRefused({ status, headers, text: calls.redact(text) }, model, side)
  }
  const file = join(directory, `answer-${randomUUID()}`)
  const found = await receive(answer, file, signal).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : brokenOff(error, side)
  })
  if (found.bytes > 0) return { id: `answer-${randomUUID()}`, details: { kind: 'answer', file } }
  if (found.error !== null) throw orderFailed({ message: calls.redact(found.error) }, side)
  throw answerLost(found.url === null ? 'the answer had nothing in it.' : 'it answered an address, and no media.', side)
}

/** The file of an order whose answer was its result; null where the order is of another kind. */
export const answerFileOf = (details: OrderDetails | undefined): string | null => {
  const file = details?.['file']
  return details?.['kind'] === 'answer' && typeof file === 'string' ? file : null
}

/** Its answer is all there is of it: without the file nobody knows of it. */
export const lookAtAnswer = async (file: string): Promise<Look> => {
  const isThere = await stat(file).then(
    (facts) => facts.isFile(),
    () => false,
  )
  return isThere ? { state: 'done', result: { file } } : { state: 'unknown' }
}

export const answerContent = (file: string): Answer => ({ status: 200, headers: {}, body: createReadStream(file) })

/** Forgets the answer; never rejects. */
export const dropAnswer = (file: string): Promise<void> => rm(file, { force: true }).catch(() => undefined)
