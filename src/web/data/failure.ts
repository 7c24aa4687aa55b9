import type { JobError, RendererName } from '../../shared/job.ts'
import { rendererTitle } from './renderer-titles.ts'
import type { Take } from './take.ts'

/** The id of a failed job whose result can still be fetched; null for all others. */
export const resumableJob = ({ state, jobId }: Take): string | null =>
  state.name === 'failed' && state.error.resumable ? jobId : null

const AT_THE_RENDERER: readonly JobError['code'][] = [
  'INVALID_API_KEY',
  'MODEL_MISSING',
  'NODE_MISSING',
  'UNREACHABLE',
  'QUOTA',
  'SPEND_LIMIT',
]

/** Whether a take failed by what the Renderers dialog has more to say about. */
export const isAboutRenderer = ({ state, renderer }: Take): boolean =>
  state.name === 'failed' && renderer !== 'local' && AT_THE_RENDERER.includes(state.error.code)

/**
 * What is to be said of money after a failure: nothing where none is involved.
 */
export const billWords = (error: Pick<JobError, 'billed'>, renderer: RendererName, costs: boolean): string => {
  if (error.billed === 'maybe') return `${rendererTitle(renderer)} may have billed it.`
  return costs ? 'It was not billed.' : ''
}
