import { RushesError } from '../../shared/errors.ts'
import { type RendererName, rendererSchema } from '../../shared/job.ts'
import { invalidInputs } from '../../shared/models/check.ts'
import type { AnyModel } from '../../shared/models/index.ts'

/**
 * Who renders: the one asked for, else Decart where a key is set and the model is served there, else the local engine.
 * Throws where the one asked for cannot.
 */
export const chooseRenderer = (asked: string | undefined, model: AnyModel, hasKey: boolean): RendererName => {
  if (asked === undefined || asked === '') return hasKey && model.cloud ? 'decart' : 'local'
  const parsed = rendererSchema.safeParse(asked)
  if (!parsed.success)
    throw new RushesError('INVALID_INPUT', `x-renderer must be local or decart, not ${asked.slice(0, 40)}.`)
  if (parsed.data === 'local') return 'local'
  if (!model.cloud)
    throw new RushesError(
      'INVALID_INPUT',
      `Decart does not serve ${model.id} today. Render it locally, or choose another model.`,
    )
  if (!hasKey)
    throw new RushesError(
      'INVALID_API_KEY',
      'No Decart key is set. Put DECART_API_KEY into .env and restart, or render locally.',
    )
  return 'decart'
}

/** Throws where the cloud takes less than our own schema of the model does. */
export const checkForCloud = (model: AnyModel, inputs: Readonly<Record<string, unknown>>, name: string): void => {
  const { resolution } = inputs
  if (!model.cloud || resolution === undefined || model.cloud.resolutions.some((one) => one === resolution)) return
  const fields = { resolution: `must be ${model.cloud.resolutions.join(' or ')} when Decart renders it` }
  throw new RushesError('INVALID_INPUT', invalidInputs(name, fields), { fields })
}
