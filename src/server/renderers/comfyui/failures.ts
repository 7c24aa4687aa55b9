import { RushesError } from '../../../shared/errors.ts'
import { RESOLUTIONS } from '../../../shared/models/fields.ts'
import type { ExecutionError, Message } from './wire.ts'
import { executionErrorSchema } from './wire.ts'

/** What is known of an order where its failure is told. */
export type FailureFacts = {
  host: string
  /** What was asked for; null where the model has no such choice. */
  resolution: string | null
  kind: 'video' | 'image'
  /** Whether we told the server to stop. */
  cancelled: boolean
}

/** As long as what a node says may be in a sentence of ours. */
const MAX_QUOTED_CHARS = 300

const OUT_OF_MEMORY =
  /ran out of memory|out of memory|OutOfMemory|not enough memory|failed to allocate|CUBLAS_STATUS_ALLOC/i

const firstWords = (text: string): string => {
  const line = text.trim().split('\n')[0]?.trim() ?? ''
  return line.length > MAX_QUOTED_CHARS ? `${line.slice(0, MAX_QUOTED_CHARS)}…` : line
}

/** What takes less memory than what was asked for. */
const smaller = ({ resolution, kind }: FailureFacts): string => {
  const index = RESOLUTIONS.findIndex((known) => known === resolution)
  const below = RESOLUTIONS.slice(0, Math.max(0, index))
  if (below.length > 0) return `Choose ${below.toReversed().join(' or ')} instead of ${resolution}`
  return kind === 'video'
    ? 'Choose a smaller model, or close what else uses the card'
    : 'Choose a smaller picture, or close what else uses the card'
}

const outOfMemory = (facts: FailureFacts): RushesError =>
  new RushesError(
    'OUT_OF_MEMORY',
    `The graphics card of ${facts.host} has too little memory for this. ${smaller(facts)}, then try again.`,
  )

/** The failure of an order that a node broke off. Tracebacks, which tell of the other machine, are left out. */
const nodeFailed = (facts: FailureFacts, error: ExecutionError): RushesError => {
  const { exception_message: message, exception_type: type, node_type: node } = error
  if (OUT_OF_MEMORY.test(message) || OUT_OF_MEMORY.test(type)) return outOfMemory(facts)
  const said = firstWords(message) || type || 'it did not say why'
  const where = node === '' ? 'A node' : `The node ${node}`
  return new RushesError('PROCESSING_ERROR', `${where} failed on the ComfyUI at ${facts.host}: ${said}`)
}

const interrupted = ({ host, cancelled }: FailureFacts): RushesError =>
  cancelled
    ? new RushesError('CANCELLED', 'Cancelled.')
    : new RushesError('PROCESSING_ERROR', `It was interrupted on the ComfyUI at ${host}, by somebody else.`)

/** The failure of an order that ended without success, from the events of its history or from the error of its job. */
export const orderFailed = (
  facts: FailureFacts,
  told: { messages: readonly Message[]; error?: ExecutionError | null | undefined; interrupted?: boolean },
): RushesError => {
  const event = told.messages.find((message) => message.event === 'execution_error')
  const error = told.error ?? executionErrorSchema.safeParse(event?.data).data
  if (error) return nodeFailed(facts, error)
  if (told.interrupted || told.messages.some((message) => message.event === 'execution_interrupted'))
    return interrupted(facts)
  return new RushesError('PROCESSING_ERROR', `The ComfyUI at ${facts.host} could not make it, and did not say why.`)
}
