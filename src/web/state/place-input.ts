import type { FileResource } from '../../shared/media.ts'
import { fieldsOf } from '../../shared/models/describe.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import type { Task } from '../../shared/models/define.ts'
import type { Model } from '../../shared/models/index.ts'
import { findModel } from '../data/models.ts'
import { clearUpload, startUpload, type UploadSource } from '../data/uploads.ts'
import { type Draft, isFile, mainSlotFor, slotOf } from './draft.ts'
import { modelForTask } from './last-models.ts'
import { maxSecondsNow } from './source-limit.ts'
import { useStudio } from './studio.ts'
import { replaceForm } from './undo.ts'

/** A media field of a model. */
export type Place = { model: Model; slot: string }

const GOES_ON_AS = { image: 'image-to-video', video: 'video-edit' } as const

/** What is wanted of a thing to be brought in, what it is called, and the prompt that it was made from. */
export type Brought = { source: UploadSource; kind: MediaKind; name: string; madeFrom?: string }

const EDITS: readonly Task[] = ['image-edit', 'video-edit']

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** What stands in the form and that another model has no field for, by its titles. */
export const leftBehind = (from: Model, to: Model, draft: Draft): string[] => {
  const kept = new Set(fieldsOf(to).map(slotOf))
  return fieldsOf(from)
    .filter((field) => draft[slotOf(field)] !== undefined && !kept.has(slotOf(field)))
    .map(({ meta }) => meta.title)
}

/** What bringing something in does to the form, as sentences. */
export const placedWords = (name: string, { model, slot }: Place, from: Model | undefined, draft: Draft): string => {
  const title = fieldsOf(model).find((field) => slotOf(field) === slot)?.meta.title ?? 'Input'
  const left = from && from.id !== model.id ? leftBehind(from, model, draft) : []
  const before = draft[slot]
  return [
    `${name} goes to ${model.title}, as its ${title.toLowerCase()}.`,
    isFile(before) ? `It takes the place of ${before.filename ?? 'the one before it'}.` : null,
    left.length > 0 ? `${listed(left)} ${left.length === 1 ? 'does' : 'do'} not apply there.` : null,
  ]
    .filter((sentence) => sentence !== null)
    .join(' ')
}

/** Where something of that kind goes to be worked on: into the chosen model where it works on such media, else into another. */
export const workPlace = (kind: MediaKind): Place | undefined => {
  const { modelId, draft } = useStudio.getState()
  for (const model of [findModel(modelId), modelForTask(GOES_ON_AS[kind])]) {
    const slot = model && mainSlotFor(model, draft, kind)
    if (model && slot !== undefined) return { model, slot }
  }
  return undefined
}

/**
 * Brings something into a field, changing the model where it is another's, says so and lets it be undone. What the
 * server finds to be of the other kind goes to where such things are worked on.
 */
export const placeInput = ({ source, kind, name, madeFrom }: Brought, place: Place): Promise<void> => {
  const { modelId, draft, chooseModel, setValue, showTab } = useStudio.getState()
  const { model, slot } = place
  // What describes the whole of it is no word on what is to change.
  const isDescribed = madeFrom !== undefined && EDITS.includes(model.task) && draft['prompt'] === madeFrom
  const words = placedWords(name, place, findModel(modelId), draft)
  replaceForm(
    isDescribed ? `${words} Write what is to change in it.` : words,
    () => {
      if (model.id !== modelId) chooseModel(model.id)
      if (isDescribed) setValue('prompt', undefined)
    },
    () => clearUpload(slot),
  )
  showTab('make')
  const other = (file: FileResource) => {
    const there = workPlace(file.media.kind)
    if (there) void placeInput({ source: { own: { file: file.id } }, kind: file.media.kind, name }, there)
  }
  return startUpload(slot, source, kind, (file) => setValue(slot, file), {
    onOther: other,
    most: maxSecondsNow(model),
  })
}
