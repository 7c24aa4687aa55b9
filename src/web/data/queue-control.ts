import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { DecartSDKError } from '../../client/index.ts'
import { type Queue, queueSchema } from '../../shared/queue.ts'
import { routes } from '../../shared/routes.ts'
import { fetchJson } from './fetch-json.ts'
import { jobStore } from './job-store.ts'
import { sendJson } from './send-json.ts'

/** What runs and what waits, as the server has it: the ids of jobs in the store. */
export const queueOptions = queryOptions({
  queryKey: ['queue'],
  queryFn: async ({ signal }) => {
    const asOf = jobStore.now()
    const { running, waiting, ...queue } = await fetchJson<Queue>(routes.queue, queueSchema, signal)
    return { ...queue, running: jobStore.add(running, asOf), waiting: jobStore.add(waiting, asOf) }
  },
  staleTime: 0,
  retry: false,
})

/** What can be done to the queue as a whole. */
export type QueueAct =
  | { act: 'pause'; running: 'finish' | 'requeue' }
  | { act: 'continue' }
  | { act: 'cancel waiting' }
  | { act: 'move'; jobId: string; before: string | null }

const send = (act: QueueAct): Promise<unknown> => {
  switch (act.act) {
    case 'pause':
      return sendJson('PUT', routes.queuePause, { running: act.running })
    case 'continue':
      return sendJson('DELETE', routes.queuePause)
    case 'cancel waiting':
      return sendJson('DELETE', routes.queue)
    case 'move':
      return sendJson('POST', routes.queueMove, { job_id: act.jobId, before: act.before })
    default:
      return act satisfies never
  }
}

/** Tells the server to do it, and looks at the queue again. */
export const useQueueAct = () => {
  const queryClient = useQueryClient()
  return useMutation<unknown, DecartSDKError, QueueAct>({
    mutationFn: send,
    onSettled: () => queryClient.invalidateQueries({ queryKey: queueOptions.queryKey }),
    retry: false,
  })
}
