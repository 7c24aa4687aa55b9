import type { Model } from '../../shared/models/define.ts'
import { SEED_MAX } from '../../shared/models/fields.ts'
import { type FieldData, type ModelData, modelFromData } from '../../shared/models/from-fields.ts'
import type { Binding, Exposed, InputControl, Role } from '../../shared/workflows.ts'
import type { ModelSource } from '../models/catalogue.ts'
import { modelIdOf, slugOfModel, type StoredWorkflow } from './workflow-file.ts'
import type { WorkflowStore } from './workflow-store.ts'

const TITLES: Record<Role, string> = {
  prompt: 'Prompt',
  negative_prompt: 'Negative prompt',
  image: 'Image',
  last_image: 'Last frame',
  video: 'Video',
  mask: 'Mask',
  seed: 'Seed',
  width: 'Width',
  height: 'Height',
  frames: 'Frames',
  fps: 'Frame rate',
  steps: 'Inference steps',
}
/** Shown under "More". */
const ADVANCED: ReadonlySet<Role> = new Set(['negative_prompt', 'fps', 'steps'])

const MAX_TEXT_CHARS = 20_000
/** Where a server names no end, or none that a form could show. */
const MAX_NUMBER = 1_000_000_000
/** No picture and no clip has more. */
const MAX_OF_ROLE: Partial<Record<Role, number>> = {
  width: 16_384,
  height: 16_384,
  frames: 100_000,
  fps: 1000,
  steps: 10_000,
}

type About = Pick<FieldData, 'name' | 'title' | 'description' | 'required' | 'advanced'>

const numberField = (
  about: About,
  control: Extract<InputControl, { type: 'integer' | 'number' }>,
  least: number,
  most: number,
): FieldData => {
  const isWhole = control.type === 'integer'
  const min = Math.max(control.min ?? -Infinity, least)
  const max = Math.min(control.max ?? Infinity, most)
  const step = isWhole
    ? Math.max(1, Math.round(control.step ?? 1))
    : control.step && control.step > 0
      ? control.step
      : 0.01
  // A whole step is read as one of whole numbers.
  const kept = !isWhole && Number.isInteger(step) ? 0.01 : step
  const assumed = control.value >= min && control.value <= max ? { assumed: control.value } : {}
  return { ...about, control: 'number', min, max: Math.max(min, max), step: kept, ...assumed }
}

/** A field that takes what the control does. The graph's own value stands where nothing is said. */
const fieldOf = (about: About, control: InputControl, least: number, most: number): FieldData => {
  switch (control.type) {
    case 'text':
      return {
        ...about,
        description: `${about.description} Left empty, the graph's own text stays.`,
        control: 'text',
        max: MAX_TEXT_CHARS,
        assumed: control.value,
      }
    case 'integer':
    case 'number':
      return numberField(about, control, least, most)
    case 'switch':
      return { ...about, control: 'switch', assumed: control.value }
    case 'choice':
      return {
        ...about,
        control: 'choice',
        labels: Object.fromEntries(control.choices.map((choice) => [choice, choice])),
        assumed: control.value,
      }
    case 'image':
    case 'video':
      return { ...about, control: 'media', accepts: control.type }
  }
}

const boundField = ({ role, field, title, control }: Binding): FieldData => {
  const isMedia = control.type === 'image' || control.type === 'video'
  const about = {
    name: field,
    title: TITLES[role],
    description: `For node ${title}.`,
    required: isMedia || role === 'prompt',
    advanced: ADVANCED.has(role),
  }
  if (role === 'seed')
    return {
      ...about,
      control: 'seed',
      description: 'The same inputs and seed give the same result. Empty draws one and records it.',
    }
  if (role === 'prompt' && control.type === 'text')
    return {
      ...about,
      control: 'prompt',
      placeholder: control.value.trim().slice(0, 200),
      description: 'What to make.',
    }
  return fieldOf(about, control, role === 'fps' ? 0.01 : 1, MAX_OF_ROLE[role] ?? MAX_NUMBER)
}

const exposedFieldData = ({ field, name, title, key, control }: Exposed): FieldData =>
  fieldOf(
    {
      name: field,
      title: name,
      description: `${key} of node ${title}.`,
      // The graph's own file is seldom on the server.
      required: control.type === 'image' || control.type === 'video',
      advanced: false,
    },
    control,
    -MAX_NUMBER,
    key === 'seed' || key === 'noise_seed' ? SEED_MAX : MAX_NUMBER,
  )

/** The number that the graph itself has for a role. */
const ownNumber = ({ bindings }: Pick<StoredWorkflow, 'bindings'>, role: Role): number | null => {
  const control = bindings.find((binding) => binding.role === role)?.control
  return control && (control.type === 'integer' || control.type === 'number') && control.value > 0
    ? control.value
    : null
}

/** How many seconds the graph itself makes, and at how many frames each; null where it does not tell, as for a picture. */
export const lengthOf = (
  workflow: Pick<StoredWorkflow, 'bindings' | 'kind'>,
): { seconds: number | null; fps: number | null } => {
  if (workflow.kind === 'image') return { seconds: null, fps: null }
  const fps = ownNumber(workflow, 'fps')
  const frames = ownNumber(workflow, 'frames')
  return { fps, seconds: fps && frames ? Math.round((frames / fps) * 100) / 100 : null }
}

/** A workflow's model as data: its fields are its bindings, one for all places of the same role, and what is exposed. */
export const workflowModelData = (workflow: StoredWorkflow): ModelData => {
  const fields = [...workflow.bindings.map(boundField), ...workflow.exposed.map(exposedFieldData)]
  const byName = new Map(fields.toReversed().map((field) => [field.name, field]))
  return {
    id: modelIdOf(workflow.slug),
    title: workflow.name,
    description: 'A ComfyUI workflow of your own.',
    kind: workflow.kind,
    task: workflow.task,
    fps: lengthOf(workflow).fps ?? 24,
    width: Math.round(ownNumber(workflow, 'width') ?? (workflow.kind === 'video' ? 1280 : 1024)),
    height: Math.round(ownNumber(workflow, 'height') ?? (workflow.kind === 'video' ? 720 : 1024)),
    fields: [...byName.values()].toReversed(),
  }
}

/** A workflow as a model like every other. */
export const workflowModel = (workflow: StoredWorkflow): Model => modelFromData(workflowModelData(workflow))

/** The workflows as models, for the catalogue. A model is made anew only when its workflow has changed. */
export const createWorkflowModels = (store: WorkflowStore): ModelSource => {
  const made = new WeakMap<StoredWorkflow, Model>()
  const modelOf = (workflow: StoredWorkflow): Model => {
    const model = made.get(workflow) ?? workflowModel(workflow)
    made.set(workflow, model)
    return model
  }
  return {
    list: () => store.list().map(modelOf),
    find: (name) => {
      const workflow = store.get(slugOfModel(name) ?? '')
      return workflow && modelOf(workflow)
    },
  }
}
