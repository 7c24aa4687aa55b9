import { RushesError } from '../../../shared/errors.ts'
import type { RenderTask } from '../../../shared/renderer.ts'
import { type FilePart, multipartBody, type MultipartBody } from '../order/multipart-body.ts'
import { type EngineFacts, framesOf } from './engines.ts'
import { limitsOf, secondsOf } from './offers.ts'
import { orientationSchema, resolutionSchema, resolutionsOf, sizeOf } from './sizes.ts'

/** What an order says. Files are named as they go out. */
export type Asked = {
  fields: Readonly<Record<string, string | number>>
  files: readonly (readonly [string, FilePart])[]
  /** Inputs that are not honoured, a sentence each. */
  warnings: readonly string[]
}

/** What is asked for as a form. Rejects with a MissingFile. */
export const formOf = ({ fields, files }: Asked): Promise<MultipartBody> =>
  multipartBody(
    Object.entries(fields).map(([name, value]) => [name, String(value)] as const),
    files,
  )

const filePart = ({ path, filename, media }: RenderTask['files'][string]): FilePart => ({
  path,
  filename,
  type: media.mime_type,
})

const chosenResolution = ({ job, model }: RenderTask, facts: EngineFacts, id: string) => {
  const possible = resolutionsOf(model, facts)
  const asked = resolutionSchema.safeParse(job.inputs['resolution']).data
  if (asked !== undefined && !possible.includes(asked)) {
    const text = `must be ${possible.join(' or ')} with ${id}`
    throw new RushesError('INVALID_INPUT', `resolution ${text}. Nothing was ordered.`, { fields: { resolution: text } })
  }
  return asked ?? (possible.includes('720p') ? '720p' : (possible[0] ?? '480p'))
}

/** Whether a limit touches this job. A seed that was drawn is nobody's wish, and a clip without sound loses none. */
const touches = ({ job, files }: RenderTask, input: string | null): boolean => {
  if (input === null) return true
  if (input === 'data') return files['data']?.media.has_audio === true
  const value = job.inputs[input]
  return value !== undefined && value !== false
}

const warningsOf = (task: RenderTask, facts: EngineFacts): string[] =>
  limitsOf(task.model, facts)
    .filter(({ input }) => touches(task, input))
    .map(({ sentence }) => sentence)

/** Throws where a server that takes a first frame of its clip's size alone would refuse it. */
const checkFirstFrame = ({ files }: RenderTask, facts: EngineFacts, size: { width: number; height: number }): void => {
  const media = files['data']?.media
  if (!media || media.kind !== 'image' || !facts.sizes || facts.lengths === null) return
  if (media.width === size.width && media.height === size.height) return
  const text = `must be a picture of exactly ${facts.sizes.flatMap(([w, h]) => [`${w}x${h}`, `${h}x${w}`]).join(' or ')}; this one is ${media.width}x${media.height}`
  throw new RushesError('INVALID_INPUT', `data ${text}. Nothing was ordered.`, { fields: { data: text } })
}

/** What to order of a served model, for a clip or a picture. Throws INVALID_INPUT where it cannot be made there. */
export const askedOf = (task: RenderTask, { id, facts }: { id: string; facts: EngineFacts }): Asked => {
  const { job, model, files } = task
  const { data, reference_image: reference } = files
  const { inputs } = job
  const size = sizeOf(
    {
      resolution: chosenResolution(task, facts, id),
      orientation: orientationSchema.safeParse(inputs['orientation']).data,
      source: data?.media,
    },
    facts,
  )
  const steps = inputs['num_inference_steps']
  const extras: Record<string, string | number> = facts.extended
    ? { seed: job.seed, ...(typeof steps === 'number' ? { num_inference_steps: steps } : {}) }
    : {}
  const common = { model: id, prompt: String(inputs['prompt'] ?? ''), size: `${size.width}x${size.height}` }
  const warnings = warningsOf(task, facts)
  if (model.kind === 'image') {
    const pictures = [data, facts.reference ? reference : undefined].filter((file) => file !== undefined)
    // OpenAI's clients call one picture `image` and several `image[]`, and servers go by it.
    const name = pictures.length > 1 ? 'image[]' : 'image'
    const format = facts.extended ? { response_format: 'b64_json' } : {}
    const fields = { ...common, n: 1, output_format: 'png', ...format, ...extras }
    return { fields, files: pictures.map((file) => [name, filePart(file)] as const), warnings }
  }
  checkFirstFrame(task, facts, size)
  const length = model.task === 'video-edit' ? (data?.media.duration ?? secondsOf(facts)) : secondsOf(facts)
  // Without the frames a server makes one, or as many as its own rate gives.
  const timing = facts.extended ? { num_frames: framesOf(facts, length), fps: facts.fps } : {}
  return {
    fields: { ...common, seconds: Math.max(1, Math.ceil(length)), ...timing, ...extras },
    files: data ? [['input_reference', filePart(data)] as const] : [],
    warnings,
  }
}
