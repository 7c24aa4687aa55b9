import type { JobError, RendererName } from '../../shared/job.ts'
import { rendererTitle } from './renderer-titles.ts'

/** What to do about a failure of a job of that renderer, as a sentence. */
export const adviceFor = (error: Pick<JobError, 'code' | 'resumable'>, renderer: RendererName): string => {
  const who = rendererTitle(renderer)
  if (error.resumable)
    return `${who} still has the order: fetch the result, which costs nothing more. Retry orders again.`
  switch (error.code) {
    case 'INVALID_API_KEY':
      return `Check the key of ${who} under Renderers.`
    case 'INVALID_INPUT':
    case 'TOO_LARGE':
    case 'UNSUPPORTED_MEDIA':
      return 'Change the input and generate again.'
    case 'NETWORK_ERROR':
    case 'TIMEOUT':
    case 'CLOUD_FAILED':
      return 'Try again in a while.'
    case 'RATE_LIMITED':
      return 'Wait a minute, then try again.'
    case 'DISK_FULL':
      return 'Make room on the server’s disk, then try again.'
    case 'FILES_AWAY':
      return 'Try again once the server’s storage is there again.'
    case 'NOT_FOUND':
      return 'An input is no longer on the server: add it again.'
    case 'OUT_OF_MEMORY':
      // What would fit is said by the failure itself.
      return 'Or choose another renderer.'
    case 'MODEL_MISSING':
    case 'NODE_MISSING':
      return 'What is missing, and where it belongs, stands under Renderers.'
    case 'UNREACHABLE':
      return `Retry once ${who} is there again.`
    case 'LOST':
      return 'Nothing runs again by itself: Retry makes it anew.'
    case 'REJECTED':
      return 'Change the prompt or the input, then generate again.'
    case 'QUOTA':
      return `Top up the account at ${who}, then retry.`
    case 'UNAVAILABLE':
      return 'Try again once the server is back.'
    case 'SPEND_LIMIT':
      return 'Wait until tomorrow, or have the server’s limit raised (SPEND_LIMIT_USD).'
    default:
      return 'Try again, or change the prompt.'
  }
}
