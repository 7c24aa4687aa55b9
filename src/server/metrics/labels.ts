import type { Catalogue } from '../models/catalogue.ts'

/**
 * Label values that come from a small known set, whatever is asked for: Prometheus keeps a series for every one that it
 * has ever seen.
 */

/** A model's id; `workflow` for graphs of one's own, which come and go, and `custom` for a name that nobody here knows. */
export const modelLabel = (models: Pick<Catalogue, 'find'>, id: string): string => {
  if (id.startsWith('workflow-')) return 'workflow'
  const model = models.find(id)
  return model && !model.loose ? model.id : 'custom'
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

export const methodLabel = (method: string): string => (METHODS.has(method) ? method : 'other')

/** Where the Decart SDKs' proxy has the same routes. */
const PROXY = /^\/api\/decart(?=\/v1\/)/

/**
 * The pattern of the route that answered, as `/v1/jobs/:id`; `studio` for the pages, and `other` for what no route of the
 * API answered: what was refused before, or is not there.
 */
export const routeLabel = (pattern: string, isApi: boolean): string => {
  if (pattern === '' || pattern.includes('*')) return isApi ? 'other' : 'studio'
  return pattern.replace(PROXY, '')
}
