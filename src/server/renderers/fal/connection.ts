import { RushesError } from '../../../shared/errors.ts'
import type { RenderTask } from '../../../shared/renderer.ts'
import type { ConnectDeps, Connection } from '../order/dialect.ts'
import type { Addresses } from './addresses.ts'
import { createCalls } from './calls.ts'
import { cancelOrder } from './cancel.ts'
import { openResult } from './content.ts'
import { type Endpoint, ENDPOINTS } from './endpoints.ts'
import { resolutionOf, warningsOf } from './honoured.ts'
import { createGone, goneWords } from './offers.ts'
import { lookAtOrder } from './order-look.ts'
import { linksOf } from './order-links.ts'
import { lookAtFal } from './server-look.ts'
import { submitOrder } from './submit.ts'
import { upload } from './uploads.ts'

/** New accounts run two at once; what is beyond that waits at fal, where a cancel takes it out for nothing. */
const SLOTS = 4

/** fal's names of an endpoint's files, each with ours. The first counts where several go under one name. */
const namesOf = (endpoint: Endpoint | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(endpoint?.files ?? {})
      .reverse()
      .map(([ours, theirs]) => [theirs, ours]),
  )

const endpointOf = ({ model }: Pick<RenderTask, 'model'>): Endpoint => {
  const endpoint = ENDPOINTS.get(model.id)
  if (endpoint) return endpoint
  throw new RushesError('MODEL_NOT_FOUND', `fal makes nothing for ${model.id}. Choose another renderer.`)
}

const requirePrompt = ({ model, job }: RenderTask, { engine }: Endpoint): void => {
  const { prompt } = job.inputs
  if (typeof prompt === 'string' && prompt !== '') return
  const words = `is required by ${engine.name} at fal`
  throw new RushesError('INVALID_INPUT', `Invalid inputs for ${model.id}: prompt ${words}.`, {
    fields: { prompt: words },
  })
}

/** fal's queue, with one key. The key goes to the queue and the rest host alone, and into no error. */
export const createFalConnection = (
  options: { key: string; addresses: Addresses },
  deps: Pick<ConnectDeps, 'limits' | 'onRefused' | 'pollMs'>,
): Connection => {
  const { key, addresses } = options
  const { onRefused, pollMs } = deps
  const calls = createCalls({ key, addresses, limits: deps.limits })
  const gone = createGone()

  return {
    url: addresses.queue.href.replace(/\/+$/, ''),
    host: 'fal',
    where: 'a third party',
    paid: true,
    slots: SLOTS,
    look: (signal) => lookAtFal({ calls, addresses, gone }, signal),

    prepare: async (task, signal) => {
      const { model, job, files } = task
      const endpoint = endpointOf(task)
      const since = gone.since(endpoint.id)
      if (since !== null)
        throw new RushesError('MODEL_MISSING', `${goneWords(endpoint.id, since)} Nothing was ordered.`)
      requirePrompt(task, endpoint)
      const links: Record<string, string> = {}
      for (const field of Object.keys(endpoint.files)) {
        const file = files[field]
        if (file)
          links[field] = await upload({ calls, addresses, onKeyRefused: onRefused, pollMs }, field, file, signal)
      }
      const resolution = resolutionOf(job.inputs)
      const source = files['data']?.media ?? null
      const input = endpoint.input({ inputs: job.inputs, seed: job.seed, links, source, resolution })
      const { name, version } = endpoint.engine
      return {
        engine: { name, ...(version === undefined ? {} : { version }) },
        kind: model.kind,
        warnings: warningsOf(job.inputs, endpoint),
        send: (_id, cut) => {
          const what = { endpoint, model: model.id, input, names: namesOf(endpoint) }
          return submitOrder({ calls, addresses, gone, onRefused }, what, cut)
        },
      }
    },

    lookAt: async (order, signal) => {
      const links = linksOf(order, addresses)
      return lookAtOrder({ calls, addresses, onRefused }, links, namesOf(ENDPOINTS.get(links.model)), signal)
    },
    content: (_order, result, signal) => openResult({ calls, addresses }, result, signal),
    cancel: async (order, signal) => cancelOrder(calls, linksOf(order, addresses).cancel_url, signal),
    close: () => undefined,
  }
}
