import type { Logger } from 'pino'
import { findModel, type CloudModel, type Model } from '../../../shared/models/index.ts'
import { resolvedSchema } from '../../../shared/models/listing.ts'
import { routes } from '../../../shared/routes.ts'
import type { ModelSource } from '../../models/catalogue.ts'
import { LIMITS, type Limits, RequestFailed } from '../../outgoing/request.ts'
import { type Folders, writeJson } from '../../store/folders.ts'
import { readJsonFile } from '../../store/read-json-file.ts'
import { parseJson } from '../order/answers.ts'
import { call, jsonBody, type Reply } from '../order/calls.ts'
import { readDocument } from './discovery-document.ts'
import {
  type Discovered,
  discover,
  discoveredSchema,
  type Facts,
  factsOf,
  namesToResolve,
  type Resolutions,
} from './discovery-state.ts'

export type DiscoveryOptions = {
  baseUrl: string
  apiKey: string
  /** Where what was seen is kept: a small JSON file of the data folder. */
  dataFile: string
  folders: Folders
  logger: Pick<Logger, 'info' | 'warn'>
  now: () => Date
  /** For tests, in the place of those of every call. */
  limits?: Limits | undefined
}

export type Discovery = ModelSource & {
  aliases: () => ReadonlyMap<string, string>
  /** Asks the cloud what it serves. What cannot be read leaves all as it was. Never rejects, and asks once at a time. */
  look: (signal: AbortSignal) => Promise<void>
  /** How the cloud takes a model, by its id or another name, or null where it does not serve it. */
  serves: (model: Pick<Model, 'id'> | string) => CloudModel | null
  /** The day or month in which a model was first seen not to be served any more; null where it is, or never was. */
  goneSince: (id: string) => string | null
}

/** The answer did not say what was asked. The message is a clause about the cloud. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

const isOk = ({ status }: Reply): boolean => status >= 200 && status < 300

/** Whether the cloud says that it does not know a name, or has no such call. */
const isUnknown = ({ status }: Reply): boolean => status === 400 || status === 404 || status === 405 || status === 422

/** What is known before anybody has looked: the table. */
const TABLE: Facts = { models: new Map(), cloud: new Map(), aliases: new Map(), gone: new Map() }

/** The cloud, as it is asked what it serves. */
type CloudAddress = { base: string; headers: Readonly<Record<string, string>>; limits: Limits }

const ask = ({ base, headers, limits }: CloudAddress, names: readonly string[], signal: AbortSignal): Promise<Reply> =>
  call(base + routes.resolve, {
    headers,
    body: jsonBody(names.length === 1 ? { model: names[0] } : { models: names }),
    signal,
    limits,
  })

/** What the names mean to the cloud. One that does not know one of several may refuse them all: then one by one. */
const resolve = async (cloud: CloudAddress, names: readonly string[], signal: AbortSignal): Promise<Resolutions> => {
  const all = await ask(cloud, names, signal)
  const meanings = isOk(all) ? parseJson(resolvedSchema, all.text)?.model_ids : undefined
  if (meanings) return new Map(names.map((name) => [name, meanings[name] ?? null]))
  if (!isUnknown(all)) throw new NoAnswer(isOk(all) ? 'its answer made no sense' : `it answered ${all.status}`)
  const found = new Map<string, string | null>()
  for (const name of names) {
    const one = await ask(cloud, [name], signal)
    const meaning = isOk(one) ? parseJson(resolvedSchema, one.text) : undefined
    if (!meaning && !isUnknown(one)) throw new NoAnswer(`it answered ${one.status}`)
    found.set(name, meaning?.model_id ?? null)
  }
  return found
}

const why = (error: unknown): string => {
  if (error instanceof RequestFailed || error instanceof NoAnswer) return error.message
  return error instanceof Error ? error.name : 'it broke'
}

/** Says which models are new, and which are gone. */
const tell = (logger: DiscoveryOptions['logger'], before: Facts, after: Facts): void => {
  for (const id of after.models.keys()) if (!before.models.has(id)) logger.info({ model: id }, 'Decart has a new model')
  for (const [id, since] of after.gone)
    if (!before.gone.has(id)) logger.warn({ model: id, since }, 'Decart does not serve this model any more')
}

/** What was last seen of that cloud; null where that was none, or cannot be read. */
const readKept = ({ dataFile, logger }: DiscoveryOptions, base: string): Discovered | null => {
  const file = readJsonFile(dataFile)
  if (!file.ok) return null
  const kept = discoveredSchema.safeParse(file.value).data
  if (!kept) logger.warn({ file: dataFile }, 'what Decart was last seen to serve cannot be read: it is asked anew')
  return kept?.base_url === base ? kept : null
}

/** Asks the cloud what it serves, on top of what was known. */
const askServed = async (
  cloud: CloudAddress,
  known: Discovered | null,
  { logger, now }: Pick<DiscoveryOptions, 'logger' | 'now'>,
  signal: AbortSignal,
): Promise<Discovered> => {
  const { base, headers, limits } = cloud
  const answer = await call(`${base}/openapi.json`, { headers, signal, limits })
  if (!isOk(answer)) throw new NoAnswer(`it answered ${answer.status}`)
  const documented = readDocument(answer.text)
  if (!documented) throw new NoAnswer('its /openapi.json is no list of models')
  const resolved = await resolve(cloud, namesToResolve(documented), signal).catch((error: unknown): Resolutions => {
    signal.throwIfAborted()
    logger.warn({ why: why(error) }, 'Decart did not say what its aliases mean: they are left as they were')
    return new Map()
  })
  return discover(known, base, documented, resolved, now().toISOString().slice(0, 10))
}

/** Our id of the model that a name means: what the cloud says before what our table does. */
const idOf = (facts: Facts, name: string): string => {
  const model: Model | undefined = findModel(name)
  if (model?.id === name) return name
  const moved = facts.aliases.get(name)
  if (moved !== undefined && (facts.models.has(moved) || findModel(moved)?.id === moved)) return moved
  return model?.id ?? name
}

/**
 * What Decart's cloud really serves, by its own document and its own word on aliases, which are believed over our table:
 * models move monthly, and sooner there than here. The last that was seen is kept, so that a take of a model that our table
 * does not have can go on after a restart without a line.
 */
export const createDiscovery = (options: DiscoveryOptions): Discovery => {
  const { dataFile, folders, logger, limits = LIMITS } = options
  const base = options.baseUrl.replace(/\/+$/, '')
  const cloud: CloudAddress = { base, headers: { 'x-api-key': options.apiKey }, limits }
  let known = readKept(options, base)
  let facts = known ? factsOf(known) : TABLE
  let looking: Promise<void> | undefined

  const lookNow = async (signal: AbortSignal): Promise<void> => {
    known = await askServed(cloud, known, options, signal)
    const before = facts
    facts = factsOf(known)
    tell(logger, before, facts)
    await writeJson(folders, dataFile, known).catch((error: unknown) =>
      logger.warn({ err: error }, 'what Decart serves could not be kept: after a restart it is asked anew'),
    )
  }

  const look = (signal: AbortSignal): Promise<void> => {
    looking ??= lookNow(signal)
      .catch((error: unknown) => {
        if (!signal.aborted)
          logger.warn({ why: why(error) }, "Decart's list of models could not be had: it is left as it was")
      })
      .finally(() => (looking = undefined))
    return looking
  }

  return {
    list: () => [...facts.models.values()].filter(({ id }) => !facts.gone.has(id)),
    find: (name) => facts.models.get(idOf(facts, name)),
    aliases: () => facts.aliases,
    look,
    serves: (asked) => {
      const id = idOf(facts, typeof asked === 'string' ? asked : asked.id)
      if (known) return facts.cloud.get(id) ?? null
      const model: Model | undefined = findModel(id)
      return model?.cloud ?? null
    },
    goneSince: (id) => {
      if (facts.cloud.has(id)) return null
      const model: Model | undefined = findModel(id)
      return facts.gone.get(id) ?? (model?.id === id ? (model.gone ?? null) : null)
    },
  }
}
