import { fieldsOf } from '../../shared/models/describe.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import type { Model, Task } from '../../shared/models/index.ts'
import { mainSlotFor, slotOf } from './draft.ts'
import { modelForTask } from './last-models.ts'
import type { Place } from './place-input.ts'
import { modelOf, useStudio } from './studio.ts'

/** What a picture, or a clip, can be put into the form as. */
export const USES = ['animate', 'edit', 'first', 'last', 'reference'] as const
export type Use = (typeof USES)[number]

/** The slots of the first and last picture of a model that goes from one to the other. */
export const endSlots = (model: Model): { first: string; last: string } | undefined => {
  const [first, last] = fieldsOf(model)
    .filter(({ meta, required }) => required && meta.control === 'media' && meta.accepts === 'image')
    .map(slotOf)
  return first !== undefined && last !== undefined ? { first, last } : undefined
}

/** The optional picture beside the main one, which guides the result. */
export const referenceSlot = (model: Model): string | undefined => {
  const field = fieldsOf(model).find(
    ({ meta, required }) => meta.control === 'media' && meta.accepts === 'image' && !required,
  )
  return field && slotOf(field)
}

const placeIn = (model: Model | undefined, slotIn: (model: Model) => string | undefined): Place | undefined => {
  const slot = model && slotIn(model)
  return model && slot !== undefined ? { model, slot } : undefined
}

const mainPlace = (task: Task, kind: MediaKind): Place | undefined =>
  placeIn(modelForTask(task), (model) => mainSlotFor(model, {}, kind))

/** The field that a use stands for, for a thing of that kind; undefined where no model has one. */
export const placeOfUse = (use: Use, kind: MediaKind): Place | undefined => {
  switch (use) {
    case 'animate':
      return mainPlace('image-to-video', 'image')
    case 'edit':
      return mainPlace(kind === 'image' ? 'image-edit' : 'video-edit', kind)
    case 'first':
    case 'last':
      return placeIn(modelForTask('transition'), (model) => endSlots(model)?.[use])
    case 'reference':
      return placeIn(modelOf(useStudio.getState().modelId), referenceSlot)
    default:
      return use satisfies never
  }
}
