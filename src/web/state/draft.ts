import { z } from 'zod'
import { escapeAlternatives } from '../../shared/alternatives.ts'
import type { JobInputs } from '../../shared/job.ts'
import { type FileResource, fileResourceSchema } from '../../shared/media.ts'
import type { Model } from '../../shared/models/index.ts'
import { readFormValues } from '../../shared/models/check.ts'
import { choicesOf, type Field, fieldsOf } from '../../shared/models/describe.ts'

/**
 * What stands in the form. One draft serves all models: a value belongs to a slot, and models that have a field of that
 * name (and, for media, of that kind) share it, so that prompt and media survive a change of model. Text and numbers
 * are kept as typed; media are files that the server already has.
 */
export const draftSchema = z.record(z.string(), z.union([z.string(), z.boolean(), fileResourceSchema]))
export type Draft = z.infer<typeof draftSchema>
export type DraftValue = Draft[string]

/** The slot that a field keeps its value in. */
export const slotOf = ({ name, meta }: Pick<Field, 'name' | 'meta'>): string =>
  meta.control === 'media' ? `${name}:${meta.accepts}` : name

export const isFile = (value: DraftValue | undefined): value is FileResource => typeof value === 'object'

/** A model's inputs as the client takes them, files as ids. What is empty, or says the default, is left out. */
export const inputsOf = (model: Model, draft: Draft): JobInputs => {
  const text: Record<string, string> = {}
  const inputs: JobInputs = {}
  for (const field of fieldsOf(model)) {
    const value = draft[slotOf(field)]
    if (value === undefined) continue
    if (isFile(value)) inputs[field.name] = value.id
    else if (typeof value === 'boolean') {
      if (field.meta.control === 'switch' && value !== field.meta.assumed) inputs[field.name] = value
    } else if (field.meta.control === 'choice') {
      if (choicesOf(field).includes(value)) inputs[field.name] = value
    } else if (value.trim() !== '') text[field.name] = value.trim()
  }
  return { ...inputs, ...readFormValues(model, text) }
}

/** The draft that makes a job again: its inputs and the seed it really used, `files` being what its ids stand for. */
export const draftFrom = (
  model: Model,
  inputs: JobInputs,
  seed: number | null,
  files: Readonly<Record<string, FileResource>>,
): Draft => {
  const draft: Draft = {}
  for (const field of fieldsOf(model)) {
    const value = field.name === 'seed' && seed !== null ? seed : inputs[field.name]
    if (value === undefined) continue
    if (field.meta.control === 'media') {
      const file = files[String(value)]
      if (file) draft[slotOf(field)] = file
    } else if (field.meta.control === 'prompt') draft[slotOf(field)] = escapeAlternatives(String(value))
    else draft[slotOf(field)] = typeof value === 'boolean' ? value : String(value)
  }
  return draft
}

/** The draft with one model's slots emptied and then filled, others left alone. */
export const replaceDraft = (draft: Draft, model: Model, values: Draft): Draft => {
  const slots = new Set(fieldsOf(model).map(slotOf))
  return { ...Object.fromEntries(Object.entries(draft).filter(([slot]) => !slots.has(slot))), ...values }
}

export const setSlot = (draft: Draft, slot: string, value: DraftValue | undefined): Draft => {
  const { [slot]: _, ...rest } = draft
  return value === undefined || value === '' ? rest : { ...rest, [slot]: value }
}

/** The slot of the main field for a file of that kind: a required one, the first that is empty, or else the first. */
export const mainSlotFor = (model: Model, draft: Draft, kind: 'image' | 'video'): string | undefined => {
  const slots = fieldsOf(model)
    .filter(({ meta, required }) => required && meta.control === 'media' && meta.accepts === kind)
    .map(slotOf)
  return slots.find((slot) => draft[slot] === undefined) ?? slots[0]
}

/**
 * Where a file of that kind goes that was given to no field, null being a kind that does not show: to the first media
 * field that fits and is not taken, else, where it may replace something, to the first that fits. A kind that the model
 * has no field for still goes to a field, which can say why it does not fit.
 */
export const slotForMedia = (
  model: Model,
  kind: 'image' | 'video' | null,
  isTaken: (slot: string) => boolean,
  mayReplace: boolean,
): string | undefined => {
  const fields = fieldsOf(model).filter(({ meta }) => meta.control === 'media')
  const ofKind = fields.filter(({ meta }) => meta.control === 'media' && meta.accepts === kind)
  const slots = (ofKind.length > 0 ? ofKind : fields).map(slotOf)
  return slots.find((slot) => !isTaken(slot)) ?? (mayReplace ? slots[0] : undefined)
}
