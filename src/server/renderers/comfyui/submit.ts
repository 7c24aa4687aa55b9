import { RushesError } from '../../../shared/errors.ts'
import type { Reply } from '../order/calls.ts'
import { jsonBody } from '../order/calls.ts'
import { parseJson, secondsOf } from '../order/answers.ts'
import { RequestFailed } from '../../outgoing/request.ts'
import type { ApiGraph } from './graph-source.ts'
import { graphRefused, nodeErrorsFailure } from './refusals.ts'
import { refusedBy, type ServerCalls } from './server-calls.ts'
import { acceptedSchema, type Carried, refusalSchema } from './wire.ts'

/** Milliseconds for the answer to an order: the server checks the graph before it answers, and may be busy. */
const ANSWER_TIMEOUT_MS = 60_000

export type Submission = { graph: ApiGraph; clientId: string; carried: Carried }

/** An order of which it is not known whether it was taken: the server is to be asked for it before anything else. */
const answerLost = (host: string, what: string, cause?: unknown): RushesError =>
  new RushesError(
    'NETWORK_ERROR',
    `The order to the ComfyUI at ${host}: ${what}. It may have been taken, so it was not sent again.`,
    { cause, billed: 'maybe' },
  )

const failedOnTheWay = (host: string, error: unknown): unknown => {
  if (!(error instanceof RequestFailed)) return error
  if (error.reached) return answerLost(host, error.message, error)
  return new RushesError(
    'UNREACHABLE',
    `The ComfyUI at ${host} cannot be reached: ${error.message}. Nothing was ordered.`,
    { cause: error },
  )
}

const refused = (host: string, { status, headers, text }: Reply): RushesError => {
  if (status === 401 || status === 403) return refusedBy(host)
  if (status === 429 || status === 503) {
    const retryAfter = secondsOf(headers['retry-after'])
    const message = `The ComfyUI at ${host} takes no more orders just now. Nothing was ordered.`
    return new RushesError('RATE_LIMITED', message, retryAfter === undefined ? {} : { retryAfter })
  }
  const refusal = status === 400 ? parseJson(refusalSchema, text) : undefined
  if (refusal) return graphRefused(host, refusal)
  if (status === 413)
    return new RushesError('TOO_LARGE', `The graph is larger than the ComfyUI at ${host} takes. Nothing was ordered.`)
  if (status >= 300 && status < 500 && status !== 408)
    return new RushesError(
      'UNREACHABLE',
      `What answers at ${host} is no ComfyUI, or not at that address (the answer was ${status}). Check it in the dialog of renderers. Nothing was ordered.`,
    )
  return answerLost(host, `the answer was ${status}`)
}

/**
 * Orders a graph, once, and answers the id by which the server knows it: ours, or one of its own where its version takes
 * none. `withdraw` takes back an order that was taken although nodes of it are at fault. Rejects with a RushesError whose
 * `billed` is 'maybe' where the order may have been taken, or with the signal's reason.
 */
export const submit = async (
  calls: ServerCalls,
  { graph, clientId, carried }: Submission,
  withdraw: (id: string) => Promise<void>,
  signal: AbortSignal,
): Promise<string> => {
  const { host } = calls.server
  const order = { prompt: graph, prompt_id: carried.id, client_id: clientId, extra_data: { rushes: carried } }
  const reply = await calls
    .post('/prompt', { body: jsonBody(order), signal, alone: true, patience: ANSWER_TIMEOUT_MS })
    .catch((error: unknown) => {
      throw signal.aborted ? signal.reason : failedOnTheWay(host, error)
    })
  if (reply.status < 200 || reply.status > 299) throw refused(host, reply)
  const accepted = parseJson(acceptedSchema, reply.text)
  if (!accepted) throw answerLost(host, 'the answer made no sense')
  const failure = nodeErrorsFailure(host, accepted.node_errors)
  if (!failure) return accepted.prompt_id
  await withdraw(accepted.prompt_id)
  throw failure
}
