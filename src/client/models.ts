import { checkInputs } from '../shared/models/check.ts'
import { customModel } from '../shared/models/custom.ts'
import type { InputSchema } from '../shared/models/define.ts'
import {
  type AnyModel,
  findModel,
  type ImageModelName,
  type Model,
  type ModelName,
  type ModelNamed,
  type VideoModelName,
} from '../shared/models/index.ts'
import { DecartSDKError } from './errors.ts'

/** A model to pass to `process` and `queue`; its schema gives those calls their types. */
export type ModelHandle<S extends InputSchema = InputSchema> = {
  /** The name that was asked for, an alias perhaps: requests go to it. */
  readonly name: string
  /** The id that the name means; the name itself, where the registry does not have it. */
  readonly id: string
  readonly kind: Model['kind']
  readonly fps: number
  readonly width: number
  readonly height: number
  readonly inputSchema: S
}

export type HandleOf<Name extends ModelName> = ModelHandle<ModelNamed<Name>['input']>

/** The registry's entry for a name; rejects names it does not have, in JavaScript and from older code too. */
export const knownModel = (name: string): AnyModel => {
  const model = findModel(name)
  if (!model) throw new DecartSDKError('MODEL_NOT_FOUND', `Model ${name} not found`)
  return model
}

/** What is known of a model that the registry does not have. The rest is assumed, and matters to no request. */
export type CustomModelOptions<S extends InputSchema = InputSchema> = {
  kind?: Model['kind'] | undefined
  fps?: number | undefined
  width?: number | undefined
  height?: number | undefined
  /** Checks the inputs before they are sent, and gives them their types. */
  inputSchema?: S | undefined
}

const handleOf = <S extends InputSchema>(name: string, model: Omit<Model, 'input'>, inputSchema: S): ModelHandle<S> => {
  const { id, kind, fps, width, height } = model
  return { name, id, kind, fps, width, height, inputSchema }
}

const handle = <S extends InputSchema>(name: string, kind?: Model['kind']): ModelHandle<S> => {
  const model: Model = knownModel(name)
  if (kind !== undefined && model.kind !== kind)
    throw new DecartSDKError('MODEL_NOT_FOUND', `Model ${name} is not found here: it is under models.${model.kind}()`)
  // The callers below tie the name's type to its schema's.
  return handleOf(name, model, model.input as S)
}

export const models = {
  /** A model that makes video, by id or alias. Throws MODEL_NOT_FOUND for any other name. */
  video: <Name extends VideoModelName>(name: Name): HandleOf<Name> => handle(name, 'video'),
  /** A model that makes images, by id or alias. Throws MODEL_NOT_FOUND for any other name. */
  image: <Name extends ImageModelName>(name: Name): HandleOf<Name> => handle(name, 'image'),
  /** A model whose name only the running program knows: its inputs are checked when they are sent, not by types. */
  named: (name: string): ModelHandle => handle(name),
  /**
   * A model that the registry does not have: a workflow, or one that Decart serves under a name of its own. It goes to
   * `/v1/jobs/{name}` with its inputs as they are, files as files, lists and objects as JSON; the server judges them.
   */
  custom: <S extends InputSchema = InputSchema>(name: string, options: CustomModelOptions<S> = {}): ModelHandle<S> => {
    const { inputSchema, kind, ...given } = options
    const { input, ...model } = customModel(name, kind)
    const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    // Without a schema of the caller's, S is any.
    return handleOf(name, { ...model, ...known }, inputSchema ?? (input as InputSchema as S))
  },
  /** A model as the program has it, such as one made from what GET /v1/models tells. */
  of: (model: Model): ModelHandle => handleOf(model.id, model, model.input),
}

/** What the handle's inputs must be: as the registry has it, else as the handle says itself. */
const schemaOf = ({ name, id, inputSchema }: ModelHandle): Pick<Model, 'id' | 'input'> => {
  const model: Model | undefined = findModel(name)
  if (model) return model
  // From JavaScript a handle may come without one.
  const schema: InputSchema | undefined = inputSchema
  return schema === undefined ? knownModel(name) : { id, input: schema }
}

/** Checks inputs by the model's schema, the ones left empty taken as absent. Gives the values to send. */
export const checkedInputs = (
  model: ModelHandle,
  inputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  const given = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined && value !== null))
  const checked = checkInputs(schemaOf(model), given, model.name)
  if (!checked.ok) throw new DecartSDKError('INVALID_INPUT', checked.message, { fields: checked.fields })
  return checked.value
}
