import type { JobInputs } from '../../../shared/job.ts'
import { type Resolution, RESOLUTIONS } from '../../../shared/models/fields.ts'
import type { Model } from '../../../shared/models/index.ts'
import type { Endpoint } from './endpoints.ts'

/** The resolution that counts: the one asked for, else 720p. */
export const resolutionOf = (inputs: JobInputs): Resolution =>
  RESOLUTIONS.find((known) => known === inputs['resolution']) ?? '720p'

const WORDS: Readonly<Record<string, string>> = {
  orientation: 'The orientation',
  num_inference_steps: 'The number of inference steps',
  reference_image: 'The reference image',
  enhance_prompt: 'Enhancing the prompt',
  self_anchor: 'Self anchor',
}

const notHonoured = (field: string, { engine }: Endpoint): string =>
  field === 'seed'
    ? `The seed is not honoured: ${engine.name} at fal takes none, so the same inputs give another result each time.`
    : `${WORDS[field] ?? field} is not honoured by ${engine.name} at fal.`

const takes = (endpoint: Endpoint, field: string): boolean =>
  field === 'resolution' || field in endpoint.files || endpoint.honours.includes(field)

/** What a model has that its endpoint does not honour, a sentence each, before anything is asked for. */
export const limitsOf = (model: Model, endpoint: Endpoint): string[] => {
  const { engine, makes } = endpoint
  const fields = Object.keys(model.input.shape).filter((field) => !takes(endpoint, field))
  const resolutions = RESOLUTIONS.filter((asked) => makes[asked] !== asked)
  return [
    ...fields.map((field) => notHonoured(field, endpoint)),
    ...resolutions.map((asked) => `${engine.name} at fal makes ${makes[asked]} where ${asked} is asked for.`),
    ...(model.task === 'video-edit' ? [`fal does not say whether ${engine.name} keeps the sound of the source.`] : []),
  ]
}

/** What was asked for in one order and is not honoured, a sentence each. */
export const warningsOf = (inputs: JobInputs, endpoint: Endpoint): string[] => {
  const asked = resolutionOf(inputs)
  const made = endpoint.makes[asked]
  // A job has a seed also where nobody gave one; a switch that is off asks for nothing.
  const fields = new Set([...Object.keys(inputs).filter((field) => inputs[field] !== false), 'seed'])
  return [
    ...[...fields].filter((field) => !takes(endpoint, field)).map((field) => notHonoured(field, endpoint)),
    ...(made === asked ? [] : [`${asked} was asked for; ${endpoint.engine.name} at fal makes ${made}.`]),
  ]
}
