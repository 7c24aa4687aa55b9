import type { Model } from '../../shared/models/index.ts'
import { type ListedModel, modelFromListed, modelListSchema } from '../../shared/models/listing.ts'
import { routes } from '../../shared/routes.ts'
import { fetchJson } from './fetch-json.ts'

/** The models there are, which of them each name means, and since when Decart does not serve one any more, by id. */
export type Models = {
  list: readonly Model[]
  byName: ReadonlyMap<string, Model>
  gone: ReadonlyMap<string, string>
}

/**
 * The models that the server lists, as models; those whose form this page cannot show are left out. What an alias means
 * is the server's word.
 */
export const modelsOf = (listed: readonly ListedModel[]): Models => {
  const list: Model[] = []
  const byName = new Map<string, Model>()
  const gone = new Map<string, string>()
  for (const each of listed) {
    const model = modelFromListed(each)
    if (!model) continue
    list.push(model)
    byName.set(model.id, model)
    if (each.gone !== null) gone.set(model.id, each.gone)
  }
  for (const { id, aliases } of listed) {
    const model = byName.get(id)
    for (const alias of model ? aliases : []) if (model && !byName.has(alias)) byName.set(alias, model)
  }
  return { list, byName, gone }
}

/** Asks the server for its list. Rejects with a DecartSDKError, or with the signal's reason. */
export const fetchModels = async (signal: AbortSignal): Promise<Models> =>
  modelsOf((await fetchJson(routes.models, modelListSchema, signal)).models)
