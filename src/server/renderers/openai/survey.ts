import { RequestFailed } from '../../outgoing/request.ts'
import { parseJson } from '../order/answers.ts'
import type { Reply } from '../order/calls.ts'
import { isPage, keyRefused, type OtherSide } from './failures.ts'
import { type Served, servedOf } from './offers.ts'
import type { ServerCalls } from './server-calls.ts'
import { type Card, modelInfoSchema, modelsSchema, openapiSchema } from './wire.ts'

/**
 * How a server wants to be told of a clip: as vLLM-Omni and OpenAI do, or in JSON where no file goes along, as SGLang; or in
 * JSON whose answer is the clip itself, as NVIDIA Dynamo.
 */
export type Form = 'multipart' | 'json' | 'whole'

export type Survey =
  { state: 'ready'; served: Served[]; form: Form | null } | { state: 'unreachable' | 'unauthorized'; note: string }

const isGood = ({ status }: Reply): boolean => status >= 200 && status < 300

/** The form by whose server it is, or null. */
const formOf = (cards: readonly Card[]): Form | null => {
  if (cards.some(({ owned_by, task_type }) => owned_by === 'sglang' || task_type !== undefined)) return 'json'
  if (cards.some(({ owned_by }) => owned_by === 'nvidia')) return 'whole'
  return cards.some(({ owned_by }) => /^(vllm|openai|system)/.test(owned_by ?? '')) ? 'multipart' : null
}

/** The form by the server's description of itself, or null where it has none that tells. */
const describedForm = (text: string): Form | null => {
  const paths = parseJson(openapiSchema, text)?.paths
  if (!paths) return null
  const names = Object.keys(paths)
  if (names.includes('/v1/videos/sync')) return 'multipart'
  if (names.some((name) => /\/(set_lora|model_info)$/.test(name))) return 'json'
  const order = JSON.stringify(paths['/v1/videos']?.['post'] ?? '')
  if (order.includes('multipart/form-data')) return null
  return order.includes('application/json') ? 'json' : null
}

/** SGLang's own card, at the root. */
const rootCard = (text: string): Card | undefined => {
  const info = parseJson(modelInfoSchema, text)
  return info && { id: info.model_path, task_type: info.task_type, owned_by: 'sglang', root: undefined }
}

const wrong = (reply: Reply, side: OtherSide): Survey => {
  if (reply.status === 401 || reply.status === 403) return { state: 'unauthorized', note: keyRefused(side).message }
  const what = isPage(reply)
    ? 'answers with a web page: no generation server is there'
    : reply.status < 500
      ? `does not tell which models it serves (${reply.status} to GET /v1/models)`
      : `answered ${reply.status}`
  return { state: 'unreachable', note: `${side.host} ${what}. Check GENERATION_URL.` }
}

const ask = async (
  calls: ServerCalls,
  side: OtherSide,
  knownForm: Form | null,
  signal: AbortSignal,
): Promise<Survey> => {
  const reply = await calls.get('/v1/models', signal)
  const listed = isGood(reply) ? parseJson(modelsSchema, reply.text)?.data : undefined
  if (!listed && reply.status !== 404) return wrong(reply, side)
  const form = formOf(listed ?? []) ?? knownForm
  if (listed && form !== null) return { state: 'ready', served: servedOf(listed), form }
  const other = await calls.get('/models', signal)
  const card = isGood(other) ? rootCard(other.text) : undefined
  if (card) return { state: 'ready', served: servedOf([card]), form: 'json' }
  if (!listed) return wrong(reply, side)
  const described = await calls.get('/openapi.json', signal)
  return { state: 'ready', served: servedOf(listed), form: isGood(described) ? describedForm(described.text) : null }
}

/**
 * What a server serves, and in which form it takes orders: by questions that order nothing. `knownForm` spares those that
 * were answered before. Rejects with the signal's reason alone.
 */
export const survey: typeof ask = async (calls, side, knownForm, signal) => {
  try {
    return await ask(calls, side, knownForm, signal)
  } catch (error) {
    if (signal.aborted) throw signal.reason
    const why = error instanceof RequestFailed ? error.message : 'the connection broke'
    return {
      state: 'unreachable',
      note: `${side.host} cannot be reached: ${why}. Start the server there, or check GENERATION_URL.`,
    }
  }
}
