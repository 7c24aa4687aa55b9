import { mutationOptions, useMutation, useMutationState } from '@tanstack/react-query'
import { useCallback } from 'react'
import { DecartSDKError } from '../../client/errors.ts'
import {
  type Submission,
  type SubmissionPhase,
  closeSubmission,
  isBeingSent,
  noteCancel,
  openSubmission,
  openSubmissionOf,
  updateSubmission,
} from './submissions.ts'
import { inTurn } from './in-turn.ts'
import { jobStore } from './job-store.ts'
import { loadParts } from './load-parts.ts'
import { findModel } from './models.ts'

/** The media are fetched of a take that was asked for alone: of a batch, most are never looked at. */
export type Generated = { jobId: string; blob: Blob | null }

/** For how long a result that came to this page is kept in its memory; then the server's copy is played. */
const KEEP = 5 * 60_000

/** A job that ended without a result. The take in the list says why. */
class TakeFailed extends Error {
  override readonly name = 'TakeFailed'
}

/** Loads the client: needed from the first submission on, and fetched before. */
export const loadClient = () => loadParts(() => import('./client.ts'))

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** The phase of a submission that failed on its way, and whether it is sent again by itself: see `useResend`. */
const lostBy = (error: unknown): SubmissionPhase => {
  const again = (what: string): SubmissionPhase => ({ name: 'lost', message: what, unanswered: true })
  if (error instanceof DecartSDKError && error.code === 'NETWORK_ERROR')
    return again('The server did not answer. This is sent by itself once it does.')
  if (error instanceof DecartSDKError && error.status === 503)
    return again('The server takes nothing just now. This is sent by itself once it does.')
  return { name: 'lost', message: messageOf(error) }
}

/** Submits, watches, fetches: resolves to the media itself. The submission's signal ends it at once, and its job. */
const generate = async (submission: Submission): Promise<Generated> => {
  const { key, inputs, renderer, engine, batch } = submission
  const { signal } = submission.controller
  let jobId: string
  try {
    const submit = async () => {
      const { client, models } = await loadClient()
      const known = findModel(submission.modelId)
      const model = known ? models.of(known) : models.custom(submission.modelId)
      return client.queue.submit({
        ...inputs,
        model,
        renderer,
        engine: engine ?? undefined,
        idempotencyKey: key,
        batch: batch ? { ...batch, label: batch.label ?? undefined } : undefined,
        signal,
      })
    }
    // Those of a batch are queued in their order.
    const submitted = await (batch ? inTurn(batch.id, submit) : submit())
    jobId = submitted.job_id
  } catch (error) {
    // What the form can mend is shown there. Anything else stays a take, which can be asked for again.
    if (signal.aborted || (error instanceof DecartSDKError && error.fields)) closeSubmission(key)
    else updateSubmission(key, { phase: lostBy(error) })
    throw error
  }
  try {
    updateSubmission(key, { jobId, phase: { name: 'watching' } })
    const job = await jobStore.finished(jobId, signal)
    if (job.status === 'failed') throw new TakeFailed(job.error.message)
    if (batch) return { jobId, blob: null }
    updateSubmission(key, { phase: { name: 'fetching' } })
    const { client } = await loadClient()
    return { jobId, blob: await client.queue.result(jobId, { signal }) }
  } catch (error) {
    if (signal.aborted) void cancelJob(jobId)
    throw error
  } finally {
    closeSubmission(key)
  }
}

const MUTATION_KEY = ['generate'] as const

const generateOptions = (onRefused: (error: DecartSDKError, submission: Submission) => void) =>
  mutationOptions<Generated, unknown, Submission>({
    mutationKey: MUTATION_KEY,
    mutationFn: generate,
    onError: (error, submission) => {
      if (error instanceof DecartSDKError && error.fields) onRefused(error, submission)
    },
    gcTime: KEEP,
    retry: false,
    // The server may well be on this machine: being offline says nothing.
    networkMode: 'always',
  })

/**
 * Asks for a take, and tells whether it did: while just this is on its way to the server, asking again is the same act.
 * `onRefused` is called with submissions that the server refused field by field.
 */
export const useGenerate = (
  onRefused: (error: DecartSDKError, submission: Submission) => void,
): ((submission: Submission) => boolean) => {
  const { mutate } = useMutation(generateOptions(onRefused))
  return useCallback(
    (submission) => {
      if (isBeingSent(submission)) return false
      openSubmission(submission)
      mutate(submission)
      return true
    },
    [mutate],
  )
}

/** The results that this page fetched, by job, as long as they are kept. */
export const useAllFetched = (): ReadonlyMap<string, Blob> =>
  new Map(
    useMutationState({
      filters: { mutationKey: MUTATION_KEY, status: 'success' },
      select: (mutation) => mutation.state.data as Generated | undefined,
    }).flatMap((generated) => (generated?.blob ? [[generated.jobId, generated.blob] as const] : [])),
  )

/** The result of a job that this page fetched, as long as it is kept. */
export const useFetched = (jobId: string | null): Blob | undefined => useAllFetched().get(jobId ?? '')

const cancelJob = async (jobId: string) => {
  noteCancel(jobId, { name: 'asked' })
  try {
    const { client } = await loadClient()
    await client.queue.cancel(jobId)
  } catch (error) {
    // A job that finished meanwhile needs no cancelling, and the list shows it finished.
    if (error instanceof DecartSDKError && (error.status === 409 || error.status === 404)) return
    noteCancel(jobId, { name: 'failed', message: messageOf(error) })
  }
}

/** Cancels a take: through its own controller where this page asked for it, else by the server alone. */
export const cancelTake = (take: { key: string | null; jobId: string | null }) => {
  const submission = openSubmissionOf(take)
  if (submission && submission.phase.name !== 'lost') submission.controller.abort()
  else if (take.jobId !== null) void cancelJob(take.jobId)
}
