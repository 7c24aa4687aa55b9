import type { JobInputs, RendererName } from '../../shared/job.ts'
import { isFileId } from '../../shared/models/custom.ts'
import { fieldsOf } from '../../shared/models/describe.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { findModel as findInRegistry, type Model } from '../../shared/models/index.ts'

/** What an input is given as. A `path` stands for a file of the person's own. */
type Value =
  | { kind: 'text'; text: string }
  | { kind: 'plain'; value: number | boolean }
  /** A list, as JSON. */
  | { kind: 'list'; json: string }
  | { kind: 'upload'; id: string }
  | { kind: 'path'; path: string }

export type Input = { name: string; value: Value; note: string | null }

/** A request for a take, as code is made of it. */
export type Call = {
  /** The address of the server, without a slash at its end. */
  origin: string
  model: string
  makes: MediaKind
  /** Whether the client's registry has the model, whose inputs are then typed. */
  known: boolean
  inputs: readonly Input[]
  renderer: RendererName | null
  engine: string | null
  /** Whether the studio has accounts, so that a program brings an API token. Code reads it from RUSHES_TOKEN. */
  needsToken?: boolean
}

/** Who is asked for what, as a take or the form tells it. */
export type Asked = {
  modelId: string
  model: Model | undefined
  inputs: JobInputs
  /** The seed that was really used; null leaves that to the server. */
  seed: number | null
  renderer: RendererName | null
  engine: string | null
}

const PLACEHOLDER = { image: 'picture.png', video: 'clip.mp4' } as const

const isList = (text: string): boolean => {
  try {
    return Array.isArray(JSON.parse(text))
  } catch {
    return false
  }
}

/**
 * The request for what was asked. `fileNames` by file id. What the model needs and nobody gave has a place to be filled
 * in; there is never a key in it.
 */
export const callFor = (
  { modelId, model, inputs, seed, renderer, engine }: Asked,
  fileNames: Readonly<Record<string, string>>,
  origin: string,
): Call => {
  const fields = model && !model.loose ? fieldsOf(model) : []
  const takesSeed = fields.length === 0 || fields.some(({ meta }) => meta.control === 'seed')
  const given: JobInputs = seed === null || !takesSeed ? inputs : { ...inputs, seed }
  const names = [...new Set([...fields.map(({ name }) => name), ...Object.keys(given)])]
  const inputOf = (name: string): Input[] => {
    const field = fields.find((each) => each.name === name)
    const value = given[name]
    if (value === undefined) {
      if (!field?.required) return []
      if (field.meta.control === 'media')
        return [{ name, value: { kind: 'path', path: PLACEHOLDER[field.meta.accepts] }, note: 'a file of yours' }]
      return [{ name, value: { kind: 'text', text: '' }, note: 'to be filled in' }]
    }
    if (typeof value !== 'string') return [{ name, value: { kind: 'plain', value }, note: null }]
    if (isFileId(value))
      return [{ name, value: { kind: 'upload', id: value }, note: `${fileNames[value] ?? 'a file'}, on this server` }]
    if (field?.meta.control === 'path' && isList(value))
      return [{ name, value: { kind: 'list', json: value }, note: null }]
    return [{ name, value: { kind: 'text', text: value }, note: null }]
  }
  return {
    origin,
    model: modelId,
    makes: model?.kind ?? 'video',
    known: findInRegistry(modelId) !== undefined,
    inputs: names.flatMap(inputOf),
    renderer,
    engine,
  }
}
