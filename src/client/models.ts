import { checkInputs } from '../shared/models/check.ts'
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
  /** The registry's id for it. */
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

const handle = <S extends InputSchema>(name: string, kind?: Model['kind']): ModelHandle<S> => {
  const model = knownModel(name)
  if (kind !== undefined && model.kind !== kind)
    throw new DecartSDKError('MODEL_NOT_FOUND', `Model ${name} is not found here: it is under models.${model.kind}()`)
  const { id, fps, width, height } = model
  // The callers below tie the name's type to its schema's.
  return { name, id, kind: model.kind, fps, width, height, inputSchema: model.input as InputSchema as S }
}

export const models = {
  /** A model that makes video, by id or alias. Throws MODEL_NOT_FOUND for any other name. */
  video: <Name extends VideoModelName>(name: Name): HandleOf<Name> => handle(name, 'video'),
  /** A model that makes images, by id or alias. Throws MODEL_NOT_FOUND for any other name. */
  image: <Name extends ImageModelName>(name: Name): HandleOf<Name> => handle(name, 'image'),
  /** A model whose name only the running program knows: its inputs are checked when they are sent, not by types. */
  named: (name: string): ModelHandle => handle(name),
}

/** Checks inputs by the model's schema, the ones left empty taken as absent. Gives the values to send. */
export const checkedInputs = (name: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const given = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined && value !== null))
  const checked = checkInputs(knownModel(name), given, name)
  if (!checked.ok) throw new DecartSDKError('INVALID_INPUT', checked.message, { fields: checked.fields })
  return checked.value
}
