import { RushesError } from '../../../../shared/errors.ts'
import type { GraphRequest, UploadedFile } from '../graph-source.ts'

/** The prompt without spaces around it; empty where there is none. */
export const promptOf = ({ inputs }: GraphRequest): string => {
  const { prompt } = inputs
  return typeof prompt === 'string' ? prompt.trim() : ''
}

/** How many steps are asked for, or undefined where that is left to the engine. */
export const stepsOf = ({ inputs }: GraphRequest): number | undefined => {
  const { num_inference_steps: steps } = inputs
  return typeof steps === 'number' ? steps : undefined
}

/** The file of a field. Throws INVALID_INPUT where there is none. */
export const fileOf = ({ files, model }: GraphRequest, field: string): UploadedFile => {
  const file = files[field]
  if (file) return file
  const message = `Invalid inputs for ${model.id}: ${field} is required. Nothing was sent.`
  throw new RushesError('INVALID_INPUT', message, { fields: { [field]: 'is required' } })
}
