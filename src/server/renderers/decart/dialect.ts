import { RushesError } from '../../../shared/errors.ts'
import type { Offer } from '../../../shared/renderers.ts'
import { LIMITS } from '../../outgoing/request.ts'
import type { ConnectDeps, Connection, Dialect, Look, Settings } from '../order/dialect.ts'
import { whereOf } from '../order/where.ts'
import { keyRefused } from './cloud-errors.ts'
import { createCloud, type Look as CloudLook } from './cloud.ts'
import { lookAtKey } from './look.ts'
import { cloudName, orderForm } from './order-form.ts'
import { offerOf, offersOf, type Served } from './served.ts'

/** A job in the cloud fails by itself after ten minutes. */
const TIMEOUT_MS = 12 * 60_000
const SLOTS = 8
/** How long what is served is believed, in milliseconds. */
const SERVED_MS = 60 * 60_000

/** What the cloud says of an order. */
const readLook = ({ word, why }: CloudLook): Look => {
  if (word === 'completed') return { state: 'done', result: {} }
  if (word !== 'failed') return { state: 'running', progress: null }
  const message = why ?? 'Decart could not make it, and did not say why.'
  return { state: 'failed', error: new RushesError('PROCESSING_ERROR', message, { billed: 'maybe' }) }
}

const connectTo = (
  settings: Settings & { url: string; key: string },
  served: LiveServed,
  deps: ConnectDeps,
): Connection => {
  const { url, key } = settings
  const { limits, onRefused } = deps
  /** Whether a call was refused because of the key: believed until Decart says that it takes it. */
  let refused = false
  const onKeyRefused = (status: number): void => {
    refused ||= status === 401
    onRefused()
  }
  const cloud = createCloud({ apiKey: key, baseUrl: url, onKeyRefused, ...(limits ? { limits } : {}) })
  let lookedAt = -Infinity
  /** What is served changes by the month: it is not asked with every look at the key. */
  const look = async (signal: AbortSignal): Promise<void> => {
    if (performance.now() - lookedAt < SERVED_MS) return
    lookedAt = performance.now()
    await served.look?.(signal)
  }
  const offers = (): Record<string, Offer> => offersOf(served.models(), served)
  return {
    url,
    host: 'decart',
    where: whereOf(url),
    paid: true,
    slots: SLOTS,
    offerFor: (model) => offerOf(model, served),
    look: async (signal) => {
      const [standing] = await Promise.all([
        lookAtKey({ apiKey: key, baseUrl: url, limits: limits ?? LIMITS, signal }),
        look(signal),
      ])
      if (standing.state === 'accepted') refused = false
      const isRefused = standing.state === 'refused' || (refused && standing.state === 'unchecked')
      if (isRefused) return { state: 'unauthorized', note: keyRefused('no').message, offers: offers() }
      if (standing.state === 'unreachable')
        return { state: 'unreachable', note: `Decart cannot be reached just now: ${standing.why}.`, offers: offers() }
      return { state: 'ready', note: "Decart's cloud.", busy: 0, offers: offers() }
    },
    prepare: async (task) => {
      const name = cloudName(task, served)
      const form = await orderForm(task, served)
      return {
        engine: { name },
        kind: task.model.kind,
        warnings: [],
        send: async (_, signal) => ({ id: await cloud.order(name, form, signal) }),
      }
    },
    lookAt: async ({ id }, signal) => readLook(await cloud.look(id, signal)),
    content: ({ id }, _, signal) => cloud.content(id, signal),
    close: () => undefined,
  }
}

/** What is served, and looking at it anew. */
type LiveServed = Served & { look?: (signal: AbortSignal) => Promise<void> }

/** Decart's cloud, or a server that speaks its API. It knows no idempotency key and no cancel. */
export const createDecartDialect = (servedAt: (address: { url: string; key: string }) => LiveServed): Dialect => ({
  name: 'decart',
  title: 'Decart',
  asks: ['key', 'url'],
  variables: { DECART_API_KEY: 'key', DECART_BASE_URL: 'url' },
  defaultUrl: 'https://api.decart.ai',
  isSet: ({ key }) => key !== null,
  howToSet: 'Set DECART_API_KEY in .env and restart, or put a key in under Renderers, to render in the cloud.',
  offCode: 'INVALID_API_KEY',
  ownIds: false,
  timeoutMs: TIMEOUT_MS,
  chosenOnly: () => false,
  connect: (settings, deps) => {
    const { url, key } = settings
    return url === null || key === null ? [] : [connectTo({ ...settings, url, key }, servedAt({ url, key }), deps)]
  },
})
