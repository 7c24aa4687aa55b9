import { useMutation } from '@tanstack/react-query'
import { DecartSDKError } from '../../client/errors.ts'
import { errorBodySchema, routes } from '../../shared/routes.ts'

const resume = async (jobId: string): Promise<void> => {
  const response = await fetch(routes.jobResume(jobId), { method: 'POST' }).catch((cause: unknown) => {
    throw new DecartSDKError('NETWORK_ERROR', 'No answer from the server: is it running?', { cause })
  })
  if (response.ok) return
  const body = errorBodySchema.safeParse(await response.json().catch(() => undefined))
  const detail = body.data?.detail
  throw new DecartSDKError('INTERNAL', typeof detail === 'string' ? detail : `The server answered ${response.status}`)
}

/**
 * Goes on with a failed job whose order still stands in the cloud: fetches its result without ordering again. What
 * comes of it is told by the job's own events.
 */
export const useResume = () => useMutation({ mutationFn: resume, retry: false })
