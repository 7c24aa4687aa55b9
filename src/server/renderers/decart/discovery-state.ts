import { z } from 'zod'
import { type CloudModel, findModel, type Model, registry } from '../../../shared/models/index.ts'
import { type ServedModel, servedModelSchema } from './discovery-document.ts'
import { cloudOf, modelFromServed } from './discovery-form.ts'

/** What a cloud was last seen to serve, as the data folder keeps it. */
export const discoveredSchema = z.object({
  version: z.literal(1),
  /** The address that was asked: another cloud's models are none of this one's. */
  base_url: z.string(),
  served: z.array(servedModelSchema),
  /** Names that mean another model, with its id. */
  aliases: z.record(z.string(), z.string()),
  /** Ids by the day (`2026-10-31`) on which each was first seen not to be served any more. */
  gone: z.record(z.string(), z.string()),
})
export type Discovered = z.infer<typeof discoveredSchema>

/** What the cloud answers to names: the id that each means, null where it knows none. Names not asked are not there. */
export type Resolutions = ReadonlyMap<string, string | null>

/** What follows from a discovery. */
export type Facts = {
  /** New models that have a form, gone ones too, by id. */
  models: ReadonlyMap<string, Model>
  /** How the cloud takes each model that it serves, by our id. */
  cloud: ReadonlyMap<string, CloudModel>
  aliases: ReadonlyMap<string, string>
  gone: ReadonlyMap<string, string>
}

/** A name that is no model's own, by what Decart calls such. */
export const isAliasName = (name: string): boolean => name.endsWith('-latest')

/** The names whose meaning the cloud is asked for: all aliases, its own too, and ids that its document does not have. */
export const namesToResolve = (served: readonly ServedModel[]): string[] => {
  const documented = new Set(served.map(({ name }) => name))
  const missing = registry.flatMap(({ cloud }) => (cloud && !documented.has(cloud.id) ? [cloud.id] : []))
  const aliases = registry.flatMap((model: Model) => [
    ...(model.aliases ?? []),
    ...(model.replacedBy ? [model.id] : []),
  ])
  return [...new Set([...aliases, ...[...documented].filter(isAliasName), ...missing])]
}

/** Whether a documented name is a model that our table does not have. */
const isNew = ({ name }: ServedModel, aliases: Readonly<Record<string, string>>): boolean =>
  findModel(name) === undefined && !isAliasName(name) && (aliases[name] ?? name) === name

/** How the cloud takes a model of the table, or undefined where it does not serve it. */
const servedAs = (model: Model, served: ReadonlyMap<string, ServedModel>): CloudModel | undefined => {
  const entry = served.get(model.cloud?.id ?? model.id)
  return entry && cloudOf(entry, model, model.cloud)
}

/**
 * Puts what the cloud says together with what was known. A model of the table is gone where the document does not have it and
 * the cloud, asked for its name, knows none or gives another; where nobody answered, it stays as it was. One that was new
 * once and is not there any more is kept, since takes were made with it. `day` is today.
 */
export const discover = (
  before: Discovered | null,
  baseUrl: string,
  documented: readonly ServedModel[],
  resolved: Resolutions,
  day: string,
): Discovered => {
  const served = new Map(documented.map((model) => [model.name, model]))
  const told = [...resolved].flatMap(([name, id]) => (id !== null && id !== name ? [[name, id] as const] : []))
  // Those that nobody answered for mean what they meant.
  const unasked = Object.entries(before?.aliases ?? {}).filter(([name]) => !resolved.has(name))
  const aliases = Object.fromEntries([...unasked, ...told])
  const gone: Record<string, string> = {}
  const since = (id: string): string => before?.gone[id] ?? day
  for (const model of registry satisfies readonly Model[]) {
    const id = model.cloud?.id
    if (id === undefined || served.has(id) || resolved.get(id) === id) continue
    if (resolved.has(id)) gone[model.id] = since(model.id)
    else if (before?.gone[model.id] !== undefined) gone[model.id] = since(model.id)
  }
  const vanished = (before?.served ?? []).filter(
    (model) => !served.has(model.name) && isNew(model, aliases) && modelFromServed(model) !== undefined,
  )
  for (const { name } of vanished) gone[name] = since(name)
  return { version: 1, base_url: baseUrl, served: [...documented, ...vanished], aliases, gone }
}

/** What follows from what was discovered. */
export const factsOf = (known: Discovered): Facts => {
  const gone = new Map(Object.entries(known.gone))
  const served = new Map(known.served.flatMap((model) => (gone.has(model.name) ? [] : [[model.name, model] as const])))
  const models = new Map<string, Model>()
  const cloud = new Map<string, CloudModel>()
  for (const each of known.served.filter((one) => isNew(one, known.aliases))) {
    const model = modelFromServed(each)
    if (!model) continue
    models.set(model.id, model)
    if (!gone.has(model.id)) cloud.set(model.id, cloudOf(each, undefined, undefined))
  }
  for (const model of registry satisfies readonly Model[]) {
    const as = servedAs(model, served) ?? (gone.has(model.id) ? undefined : model.cloud)
    if (as) cloud.set(model.id, as)
  }
  return { models, cloud, aliases: new Map(Object.entries(known.aliases)), gone }
}
