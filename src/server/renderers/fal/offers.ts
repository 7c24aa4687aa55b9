import { RESOLUTIONS } from '../../../shared/models/fields.ts'
import { findModel } from '../../../shared/models/index.ts'
import type { Offer } from '../../../shared/renderers.ts'
import { type Endpoint, ENDPOINTS } from './endpoints.ts'
import { limitsOf } from './honoured.ts'

/** Endpoints that were answered with 404, each with the day on which that was seen. */
export type Gone = {
  since: (endpoint: string) => string | null
  add: (endpoint: string) => void
  /** Forgets those that were seen longer ago than `GONE_MS`, so that they are tried anew. */
  expire: () => void
}

/** Milliseconds for which an endpoint counts as gone: a day's mistake of fal's does not hide a model for ever. */
const GONE_MS = 60 * 60_000

export const createGone = (now: () => number = Date.now): Gone => {
  const seen = new Map<string, number>()
  return {
    since: (endpoint) => {
      const at = seen.get(endpoint)
      return at === undefined ? null : new Date(at).toISOString().slice(0, 10)
    },
    add: (endpoint) => void seen.set(endpoint, now()),
    expire: () => {
      for (const [endpoint, at] of seen) if (now() - at > GONE_MS) seen.delete(endpoint)
    },
  }
}

/** Why an endpoint that is gone makes nothing, and what to do. */
export const goneWords = (endpoint: string, since: string): string =>
  `This endpoint is gone: fal does not serve ${endpoint} any more (seen on ${since}). Choose another renderer, or look again in an hour.`

/** The resolutions that are told: what is made as something smaller is left out, and 480p is taken by all. */
const resolutionsOf = ({ makes }: Endpoint) =>
  RESOLUTIONS.filter((asked) => asked !== '1080p' || makes[asked] === asked)

/** What fal makes of each model of ours, by model id. */
export const offersOf = (gone: Pick<Gone, 'since'>): Record<string, Offer> => {
  const offers: Record<string, Offer> = {}
  for (const [id, endpoint] of ENDPOINTS) {
    const model = findModel(id)
    if (!model) continue
    const since = gone.since(endpoint.id)
    offers[id] = {
      ready: since === null,
      engine: endpoint.engine,
      reason: since === null ? null : goneWords(endpoint.id, since),
      missing: [],
      resolutions: resolutionsOf(endpoint),
      seconds: endpoint.seconds,
      fps: endpoint.fps,
      free: false,
      price: endpoint.price,
      limits: limitsOf(model, endpoint),
    }
  }
  return offers
}
