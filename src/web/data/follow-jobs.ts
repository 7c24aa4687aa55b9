import type { QueryClient } from '@tanstack/react-query'
import { closeLost } from './submissions.ts'
import { watchConnection } from './connection.ts'
import { type JobPages, putJob, withoutJobs } from './job-pages.ts'
import { jobStore } from './job-store.ts'
import { jobsOptions, publishNewest } from './jobs.ts'
import { listenRemoved } from './removals.ts'
import { serverEvents } from './server-events.ts'
import { shareStream } from './shared-stream.ts'

/**
 * Keeps the list of jobs true: by the server's events, and by looking at its first page where their stream is broken.
 * What else the server tells is kept as well.
 */
export const followJobs = (queryClient: QueryClient): (() => void) => {
  const stopListening = jobStore.listen((job) => {
    closeLost(job.idempotency_key)
    queryClient.setQueryData<JobPages>(jobsOptions.queryKey, (pages) =>
      // What lies in the bin is seen in the bin alone.
      job.deleted_at === null ? putJob(pages, job, jobStore.get) : pages && withoutJobs(pages, [job.job_id]),
    )
  })
  const stopRemoving = listenRemoved((jobIds) =>
    queryClient.setQueryData<JobPages>(jobsOptions.queryKey, (pages) => pages && withoutJobs(pages, jobIds)),
  )
  const connection = watchConnection(() => {
    // A failure shows in the connection's state; the next look comes by itself.
    publishNewest().catch(() => undefined)
  })
  const { names, hear } = serverEvents(jobStore)
  const stopStream = shareStream(names, { event: hear, state: connection.state })
  return () => {
    stopListening()
    stopRemoving()
    stopStream()
    connection.stop()
  }
}
