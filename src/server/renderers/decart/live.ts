import type { CloudModel, Model } from '../../../shared/models/index.ts'
import { RESOLUTIONS } from '../../../shared/models/fields.ts'
import type { ModelSource } from '../../models/catalogue.ts'
import type { Settings } from '../order/dialect.ts'
import { createDiscovery, type Discovery, type DiscoveryOptions } from './discovery.ts'
import type { Served } from './served.ts'

type Address = { url: string; key: string }

/** What Decart serves as it is now set, and what was seen of each address that it was set to. */
export type Live = ModelSource & {
  /** What is served at that address. */
  at: (address: Address) => Served & { look: (signal: AbortSignal) => Promise<void> }
}

/** A model of which only the name is known is ordered under it. */
const serveLoose = (model: Model): CloudModel | null =>
  model.loose ? { id: model.id, resolutions: RESOLUTIONS } : null

/**
 * Follows what Decart serves, over changes of its settings. `settings` tells what they are now; while there is no key the
 * table alone counts.
 */
export const createLive = (
  options: Omit<DiscoveryOptions, 'apiKey' | 'baseUrl'> & { settings: () => Settings; models: () => readonly Model[] },
): Live => {
  const { settings, models, ...rest } = options
  const known = new Map<string, Discovery>()
  const discoveryAt = ({ url, key }: Address): Discovery => {
    const name = `${key} ${url}`
    const found = known.get(name) ?? createDiscovery({ ...rest, apiKey: key, baseUrl: url })
    known.set(name, found)
    return found
  }
  const current = (): Discovery | null => {
    const { url, key } = settings()
    return url === null || key === null ? null : discoveryAt({ url, key })
  }
  return {
    list: () => current()?.list() ?? [],
    find: (name) => current()?.find(name),
    aliases: () => current()?.aliases() ?? new Map<string, string>(),
    goneSince: (id) => current()?.goneSince(id),
    at: (address) => {
      const discovery = discoveryAt(address)
      return {
        models,
        serves: (model) => serveLoose(model) ?? discovery.serves(model),
        look: discovery.look,
      }
    },
  }
}
