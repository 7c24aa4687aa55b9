import type { z } from 'zod'
import type { Model } from './define.ts'
import { imageEdit } from './image-edit.ts'
import { imageToVideo } from './image-to-video.ts'
import { textToImage } from './text-to-image.ts'
import { textToVideo } from './text-to-video.ts'
import { transition } from './transition.ts'
import { videoEdit } from './video-edit.ts'

export type { CloudModel, Model, Price, Task } from './define.ts'
export { TASKS } from './define.ts'

/** Every model, in the order in which the studio offers them. */
export const registry = [...textToVideo, ...imageToVideo, ...videoEdit, ...transition, ...textToImage, ...imageEdit]

export type AnyModel = (typeof registry)[number]
/** The model, or union of models, that a name (an id or an alias) stands for. */
export type ModelNamed<Name extends string> = AnyModel extends infer M
  ? M extends Model<infer Id, infer _S, infer _K, infer Alias>
    ? Name extends Id | Alias
      ? M
      : never
    : never
  : never
type NamesOf<M> = M extends Model<infer Id, infer _S, infer _K, infer Alias> ? Id | Alias : never
export type VideoModelName = NamesOf<Extract<AnyModel, { kind: 'video' }>>
export type ImageModelName = NamesOf<Extract<AnyModel, { kind: 'image' }>>
export type ModelName = VideoModelName | ImageModelName

/** The inputs of a model as a caller writes them: optional fields may be left out. */
export type InputsOf<M extends Model> = z.input<M['input']>

const byId = new Map<string, AnyModel>(registry.map((model) => [model.id, model]))
const byAlias = new Map<string, AnyModel>(
  registry.flatMap((model) => (model.aliases ?? []).map((alias) => [alias, model] as const)),
)

/** The model of that id or alias, or undefined. */
export const findModel = (name: string): AnyModel | undefined => byId.get(name) ?? byAlias.get(name)

/** What a name means today: an alias gives its model, a retired model the one that replaced it. */
export const resolveModelId = (name: string): string | undefined => {
  const model = findModel(name)
  return model && (model.replacedBy ?? model.id)
}
