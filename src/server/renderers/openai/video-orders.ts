import { RushesError } from '../../../shared/errors.ts'
import type { Cancelled } from '../../../shared/renderer.ts'
import { type Answer, textOf } from '../../outgoing/request.ts'
import { parseJson } from '../order/answers.ts'
import { type Body, jsonBody, type Reply } from '../order/calls.ts'
import type { Order } from '../order/dialect.ts'
import { transient, TransientError } from '../order/transient-error.ts'
import { whereOf } from '../order/where.ts'
import { answerLost, orderBroke, orderFailed, orderRefused, type OtherSide } from './failures.ts'
import { unclear } from './looks.ts'
import { jsonWithFile } from './json-with-file.ts'
import { type Asked, formOf } from './request-fields.ts'
import type { ServerCalls } from './server-calls.ts'
import type { Form } from './survey.ts'
import { deletedSchema, videoSchema } from './wire.ts'

/** Milliseconds until an order is answered: the server reads all of its file first. */
const ANSWER_TIMEOUT_MS = 5 * 60_000

/** What is known of the form that a server takes: by what it says of itself, and by what it took or refused. */
export type FormMemory = { told: Form | null; learned: 'multipart' | 'json' | null; refusedOne: boolean }

export const createFormMemory = (): FormMemory => ({ told: null, learned: null, refusedOne: false })

/** Whether a refusal is about the form of the order, and not about what it asks for: every order has a prompt. */
export const isAboutForm = ({ status, text }: Pick<Reply, 'status' | 'text'>): boolean => {
  if (status === 415) return true
  if (status !== 400 && status !== 422) return false
  return (
    /"prompt"[^}]{0,200}required|prompt.{0,40}(required|missing)|input_reference.{0,40}required/i.test(text) ||
    /content-type|multipart|invalid json|json (decode|parse)|expecting value|not valid json/i.test(text)
  )
}

/** Sends one order and reads all of its answer. Rejects with a RushesError. */
const post = async (
  calls: ServerCalls,
  asked: Asked,
  form: 'multipart' | 'json',
  side: OtherSide,
  signal: AbortSignal,
): Promise<Reply> => {
  const body = form === 'json' ? jsonBody(asked.fields) : await formOf(asked)
  try {
    const answer = await calls.order('/v1/videos', body, ANSWER_TIMEOUT_MS, signal)
    return { status: answer.status, headers: answer.headers, text: calls.redact(await textOf(answer)) }
  } catch (error) {
    throw signal.aborted ? signal.reason : orderBroke(error, side)
  }
}

/** The body of an order whose answer is the clip: fields that are not OpenAI's stand apart. */
export const wholeBody = ({ fields, files }: Asked): Promise<Body> => {
  const { model, prompt, size, seconds, ...nvext } = fields
  const value = { model, prompt, size, seconds, response_format: 'b64_json', output_format: 'mp4', nvext }
  const [first] = files
  return first ? jsonWithFile(value, ...first) : Promise.resolve(jsonBody(value))
}

/**
 * Orders a clip. One that is refused for its form, and so made nothing, is followed by the other form, once in the life of
 * the connection. Rejects with a RushesError.
 */
export const orderVideo = async (
  options: { calls: ServerCalls; side: OtherSide; memory: FormMemory; model: string },
  asked: Asked,
  signal: AbortSignal,
): Promise<Order> => {
  const { calls, side, memory, model } = options
  // A file makes it multipart everywhere.
  const hasFile = asked.files.length > 0
  const likely = memory.learned ?? (memory.told === 'json' ? 'json' : 'multipart')
  const first = hasFile ? 'multipart' : likely
  let reply = await post(calls, asked, first, side, signal)
  let form = first
  if (!hasFile && memory.learned === null && !memory.refusedOne && isAboutForm(reply)) {
    memory.refusedOne = true
    form = first === 'json' ? 'multipart' : 'json'
    reply = await post(calls, asked, form, side, signal)
  }
  if (reply.status < 200 || reply.status > 299) throw orderRefused(reply, model, side)
  const video = parseJson(videoSchema, reply.text)
  if (!video) throw answerLost('the answer made no sense.', side)
  if (!hasFile) memory.learned = form
  if (video.status === 'failed') throw orderFailed(video.error, side)
  return { id: video.id, details: { kind: 'video' } }
}

/** What came of telling a server that an order is not wanted. Rejects with a TransientError where it may be told again. */
export const cancelVideo = async (
  calls: ServerCalls,
  side: OtherSide,
  id: string,
  signal: AbortSignal,
): Promise<Cancelled> => {
  const reply = await calls.forget(`/v1/videos/${encodeURIComponent(id)}`, signal).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : transient(error)
  })
  const billed = side.free ? 'no' : 'maybe'
  const { status } = reply
  if (status >= 200 && status < 300) {
    const { deleted, status: word } = parseJson(deletedSchema, reply.text) ?? {}
    const stops = deleted === true && word === undefined
    return { billed, note: stops ? null : 'It may go on computing there.' }
  }
  if (status === 404) return { billed, note: null }
  if (status === 409) return { billed, note: 'It was told to stop, and may go on for a moment.' }
  if (status === 405 || status === 501)
    return { billed, note: 'It cannot be told to stop, and goes on computing there.' }
  throw unclear(reply)
}

/** Whether a result that lies elsewhere may be fetched: from the server itself, or over https from the public web. */
const mayFetch = (link: string, server: string): boolean => {
  if (!URL.canParse(link)) return false
  const { origin, protocol } = new URL(link)
  const own = whereOf(server)
  if (origin === new URL(server).origin) return true
  if (own === 'this machine' && whereOf(link) === own) return /^https?:$/.test(protocol)
  return protocol === 'https:' && whereOf(link) === 'a third party'
}

/** The result as a stream. Rejects with a TransientError, or a RushesError where it cannot be had. */
export const videoContent = async (
  options: { calls: ServerCalls; server: string; host: string },
  id: string,
  link: string | null,
  signal: AbortSignal,
): Promise<Answer> => {
  const { calls, server, host } = options
  if (link !== null && /^https?:/.test(link) && !mayFetch(link, server))
    throw new RushesError(
      'CLOUD_FAILED',
      `${host} keeps the result at an address that Rushes does not fetch from: it is neither its own nor on the public web by https.`,
    )
  const answer = await calls
    .stream(link !== null && /^https?:/.test(link) ? link : `/v1/videos/${encodeURIComponent(id)}/content`, signal)
    .catch((error: unknown) => {
      throw signal.aborted ? signal.reason : transient(error)
    })
  if (answer.status === 200) return answer
  answer.body.destroy()
  // Also 404, which is what a result that is just being written answers.
  throw new TransientError(`the answer was ${answer.status}`)
}
