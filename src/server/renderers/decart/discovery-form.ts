import type { CloudModel, Model } from '../../../shared/models/index.ts'
import type { KnownTask } from '../../../shared/models/define.ts'
import { fieldsOf } from '../../../shared/models/describe.ts'
import { RESOLUTIONS } from '../../../shared/models/fields.ts'
import { type FieldData, modelDataSchema, modelFromData } from '../../../shared/models/from-fields.ts'
import type { ServedField, ServedModel } from './discovery-document.ts'

const says = (
  { name, title, description }: Pick<ServedField, 'name' | 'title' | 'description'>,
  what: RegExp,
): boolean => [name.replaceAll('_', ' '), title, description].some((words) => what.test(words))

/** What a file field wants: as its own words say, else what the model makes. */
const mediaOf = (field: ServedField, model: ServedModel): 'image' | 'video' => {
  if (field.name === 'start' || field.name === 'end' || /image|picture|photo/i.test(field.name)) return 'image'
  if (model.kind === 'image') return 'image'
  const [image, video] = [says(field, /\b(?:image|picture|photo)\b/i), says(field, /\b(?:video|clip)\b/i)]
  if (image !== video) return image ? 'image' : 'video'
  return /(?:^|[-_.])(?:i2v|motion|flf2v)(?:$|[-_.])/.test(model.name) ? 'image' : 'video'
}

/** What a model does, by the files that it takes; undefined where it is nothing that Rushes knows. */
const taskOf = (model: ServedModel): KnownTask | undefined => {
  const { kind, fields } = model
  const named = (name: string) => fields.find((field) => field.name === name && field.type === 'file')
  const [data, start, end] = [named('data'), named('start'), named('end')]
  const wanted = fields.filter(({ type, required }) => type === 'file' && required)
  if (wanted.some((field) => field !== data && field !== start && field !== end)) return undefined
  if (data && !start && !end) {
    if (kind === 'image') return 'image-edit'
    return mediaOf(data, model) === 'video' ? 'video-edit' : 'image-to-video'
  }
  if (start && end && !data) return kind === 'video' ? 'transition' : undefined
  if (data || start || end || !fields.some(({ name }) => name === 'prompt')) return undefined
  return kind === 'video' ? 'text-to-video' : 'text-to-image'
}

const PLACEHOLDER: Record<KnownTask, string> = {
  'text-to-video': 'A lake at sunset, seen from a boat',
  'image-to-video': 'Animate with gentle motion and wind',
  'video-edit': 'Make it winter, with falling snow',
  transition: 'Smooth cinematic transition with natural motion',
  'text-to-image': 'A futuristic cityscape at night with neon lights',
  'image-edit': 'Oil painting style with impressionist brushstrokes',
}

/** A field as form data; null where it is left out, undefined where the model cannot be asked for without it. */
const formField = (field: ServedField, model: ServedModel, task: KnownTask): FieldData | null | undefined => {
  const { name, title, required, type, choices, assumed } = field
  const description = field.description.slice(0, 2000)
  const about = { name, title: title.slice(0, 200), description, required, advanced: false }
  if (name === 'prompt' && type === 'text')
    return {
      ...about,
      control: 'prompt',
      placeholder: PLACEHOLDER[task],
      ...(assumed === '' ? { assumed: '' as const } : {}),
    }
  if (name === 'seed' && type === 'integer') return { ...about, control: 'seed' }
  switch (type) {
    case 'file':
      return { ...about, control: 'media', accepts: mediaOf(field, model) }
    case 'choice': {
      const first = choices.find((choice) => choice === assumed) ?? choices[0]
      const labels = Object.fromEntries(choices.map((choice) => [choice, choice]))
      return first === undefined ? null : { ...about, control: 'choice', labels, assumed: first }
    }
    case 'boolean':
      return { ...about, advanced: !required, control: 'switch', assumed: assumed === true }
    case 'integer':
    case 'number': {
      const said = typeof assumed === 'number' ? assumed : undefined
      const range = { min: field.min ?? Math.min(0, said ?? 0), max: field.max ?? Math.max(1_000_000, said ?? 0) }
      const step = type === 'integer' ? 1 : 0.01
      return { ...about, advanced: !required, control: 'number', ...range, step, assumed: said }
    }
    case 'text':
      return {
        ...about,
        advanced: !required,
        control: 'text',
        max: 4000,
        ...(typeof assumed === 'string' && assumed !== '' ? { assumed } : {}),
      }
    case 'other':
      return required ? undefined : null
  }
}

const RANK = ['prompt', 'data', 'start', 'end', 'reference_image', 'seed', 'resolution']
const rankOf = ({ name }: FieldData): number => (RANK.indexOf(name) + RANK.length + 1) % (RANK.length + 1)

/**
 * A model with a form, made from what a cloud's document says of it; undefined where it does nothing that Rushes has a task
 * for, or wants something that no form can give.
 */
export const modelFromServed = (served: ServedModel): Model | undefined => {
  const task = taskOf(served)
  if (!task) return undefined
  const fields: FieldData[] = []
  for (const field of served.fields) {
    const made = formField(field, served, task)
    if (made === undefined) return undefined
    if (made !== null) fields.push(made)
  }
  const { name: id, title, description, kind } = served
  const data = modelDataSchema.safeParse({
    id,
    title: title.slice(0, 200) || id,
    description: description.slice(0, 4000),
    kind,
    task,
    // Nobody says: what most of the cloud's models make.
    fps: 25,
    width: 1280,
    height: kind === 'video' ? 720 : 704,
    fields: fields.sort((a, b) => rankOf(a) - rankOf(b)),
  }).data
  return data && { ...modelFromData(data), cloud: cloudOf(served, undefined, undefined) }
}

/**
 * How a cloud takes a model of ours, by its own document: the resolutions that it names, and without the fields that it does
 * not have. Where the document says nothing of those, it is as the table has it.
 */
export const cloudOf = (
  { name, fields }: ServedModel,
  model: Pick<Model, 'id' | 'input'> | undefined,
  table: CloudModel | undefined,
): CloudModel => {
  const choices = fields.find((field) => field.name === 'resolution')?.choices ?? []
  const named = RESOLUTIONS.filter((resolution) => choices.includes(resolution))
  const known = new Set(fields.map((field) => field.name))
  const ours = model ? fieldsOf(model).map((field) => field.name) : []
  const drops = known.size === 0 ? (table?.drops ?? []) : ours.filter((field) => !known.has(field) && field !== 'seed')
  return {
    id: table?.id ?? name,
    resolutions: named.length > 0 ? named : (table?.resolutions ?? RESOLUTIONS),
    ...(drops.length > 0 ? { drops } : {}),
  }
}
