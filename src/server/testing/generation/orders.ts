import type { ReceivedForm } from '../multipart.ts'

/** `dynamo` answers an order with its result, and knows of none afterwards. */
export type Flavour = 'vllm-omni' | 'sglang' | 'dynamo'

/** What an order said: the fields of a form, or of JSON. */
export type Asked = {
  form: 'multipart' | 'json'
  fields: Readonly<Record<string, unknown>>
  files: ReceivedForm['files']
}

/** A stage of an order, as a look finds it. */
export type Stage = {
  status: 'queued' | 'in_progress' | 'completed' | 'failed'
  progress: number
  error?: { code?: number; message: string }
}

export type VideoOrder = { id: string; asked: Asked; looks: number; created: number }

/** Stages of an order as each server tells them: SGLang knows no progress until the end. */
export const STAGES: Readonly<Record<Flavour, readonly Stage[]>> = {
  'vllm-omni': [
    { status: 'queued', progress: 0 },
    { status: 'in_progress', progress: 40 },
    { status: 'completed', progress: 100 },
  ],
  dynamo: [{ status: 'completed', progress: 100 }],
  sglang: [
    { status: 'queued', progress: 0 },
    { status: 'completed', progress: 100 },
  ],
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** An order on the wire, in the shape of each server. */
export const videoShape = (flavour: Flavour, model: string, order: VideoOrder, stage: Stage) => {
  const { id, asked, created } = order
  const common = {
    id,
    object: 'video',
    status: stage.status,
    progress: stage.progress,
    created_at: created,
    size: text(asked.fields['size']),
    seconds: text(asked.fields['seconds']) || '4',
    remixed_from_video_id: null,
    completed_at: stage.status === 'completed' ? created + 60 : null,
    expires_at: null,
    inference_time_s: null,
  }
  if (flavour === 'sglang') {
    const error = stage.error ? { message: stage.error.message } : null
    const file_path = `outputs/${id}.mp4`
    return {
      ...common,
      model: text(asked.fields['model']) || 'sora-2',
      quality: 'standard',
      url: null,
      error,
      file_path,
      peak_memory_mb: null,
    }
  }
  return {
    ...common,
    model,
    prompt: text(asked.fields['prompt']),
    quality: 'default',
    error: stage.error ? { code: stage.error.code ?? 500, message: stage.error.message } : null,
    media_type: 'video/mp4',
    file_name: stage.status === 'completed' ? `${id}.mp4` : null,
    stage_durations: {},
    peak_memory_mb: 0,
  }
}

/** GET /v1/models. One whose owner is hidden looks as behind a gateway. */
export const modelsShape = (
  flavour: Flavour,
  options: { model: string; taskType: string | null; owner: string | null },
) => {
  const { model, taskType, owner } = options
  const card = {
    id: model,
    object: 'model',
    created: 1767225600,
    owned_by: owner ?? 'gateway',
    root: model,
    parent: null,
  }
  if (flavour === 'dynamo')
    return {
      object: 'list',
      data: [{ id: model, object: 'object', created: 1767225600, owned_by: owner ?? 'gateway' }],
    }
  const own =
    flavour === 'sglang' && owner !== null
      ? {
          num_gpus: 1,
          task_type: taskType,
          dit_precision: 'bf16',
          vae_precision: 'fp32',
          pipeline_name: 'Pipeline',
          pipeline_class: 'Pipeline',
        }
      : { permission: [] }
  return { object: 'list', data: [{ ...card, max_model_len: null, ...own }] }
}

/** Why an order is refused for how it was sent, or null: each server has its own way. */
export const formRefusal = (flavour: Flavour, asked: Asked): { status: number; body: unknown } | null => {
  const { form, fields, files } = asked
  if (flavour === 'dynamo')
    return form === 'json'
      ? null
      : { status: 415, body: { message: 'Expected request with `Content-Type: application/json`' } }
  if (flavour === 'vllm-omni') {
    if (form === 'multipart' && fields['prompt'] !== undefined) return null
    const detail = [{ type: 'missing', loc: ['body', 'prompt'], msg: 'Field required', input: null }]
    return { status: 422, body: { detail } }
  }
  if (form === 'json' || files['input_reference']) return null
  return { status: 400, body: { detail: 'input_reference file is required' } }
}

/** An answer that is the clip. */
export const wholeShape = (id: string, model: string, clip: Buffer) => ({
  id,
  object: 'video',
  model,
  status: 'completed',
  progress: 100,
  created: 1767225600,
  data: [{ output_format: 'mp4', b64_json: clip.toString('base64') }],
  inference_time_s: 60,
})
