import type { z } from 'zod'
import { jobSchema } from '../../shared/job.ts'
import { archiveSchema, emptiedSchema } from '../../shared/library.ts'
import { routes } from '../../shared/routes.ts'
import { jobStore } from './job-store.ts'
import { sendJson } from './send-json.ts'

/** Gives a take a name, or takes it away for null. Rejects with a DecartSDKError. */
export const renameJob = async (jobId: string, name: string | null): Promise<void> => {
  const asOf = jobStore.now()
  jobStore.publish(jobSchema.parse(await sendJson('PATCH', routes.job(jobId), { name })), asOf)
}

/** Has the server pack the results of these jobs: answers where the one file is to be had, and its name. */
export const packJobs = async (jobIds: readonly string[]): Promise<z.infer<typeof archiveSchema>> =>
  archiveSchema.parse(await sendJson('POST', routes.archives, { job_ids: jobIds }))

/** Removes for good what lies in the bin, and tells how many that were. */
export const emptyBin = async (): Promise<number> => emptiedSchema.parse(await sendJson('DELETE', routes.bin)).removed
