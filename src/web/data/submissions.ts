import { create } from 'zustand'
import type { JobInputs, RendererName } from '../../shared/job.ts'

/** The place of a take among those that were asked for together. `label` is what sets it apart there. */
export type BatchPlace = { id: string; position: number; size: number; label: string | null }

/** A request for one take, from the click on. Its key is also the Idempotency-Key: sent twice, it makes one job. */
export type Submission = {
  key: string
  modelId: string
  inputs: JobInputs
  renderer: RendererName
  /** The engine that is asked for by name; null leaves it to the renderer. */
  engine: string | null
  /** What it is asked for together with; null for one alone. */
  batch: BatchPlace | null
  /** Milliseconds since 1970. */
  startedAt: number
  controller: AbortController
}

/**
 * `lost` is a submission that no job came of, as far as is known; sending it again with the same key is safe.
 * `unanswered` is one that the server did not answer at all: it is sent again once the server is back.
 */
export type SubmissionPhase =
  | { name: 'submitting' }
  | { name: 'watching' }
  | { name: 'fetching' }
  | { name: 'lost'; message: string; unanswered?: boolean }
export type OpenSubmission = Submission & { jobId: string | null; phase: SubmissionPhase }

export type Cancel = { name: 'asked' } | { name: 'failed'; message: string }

type Submissions = {
  open: readonly OpenSubmission[]
  /** Job id → how its cancelling goes. */
  cancels: Readonly<Record<string, Cancel>>
}

/** What this page has submitted and is not done with. */
export const useSubmissions = create<Submissions>()(() => ({ open: [], cancels: {} }))

const { setState, getState } = useSubmissions

/** Adds a submission at the head; one that was lost before is replaced. */
export const openSubmission = (submission: Submission) =>
  setState(({ open }) => {
    const opened: OpenSubmission = { ...submission, jobId: null, phase: { name: 'submitting' } }
    return { open: [opened, ...open.filter(({ key }) => key !== submission.key)] }
  })

/** Whether a submission is on its way to the server and not answered yet. */
export const isSending = ({ open }: Pick<Submissions, 'open'>): boolean =>
  open.some(({ phase }) => phase.name === 'submitting')

export type SubmissionContent = Pick<Submission, 'modelId' | 'inputs' | 'renderer' | 'engine' | 'batch'>

// Two of one batch may say the same: their places tell them apart.
const wordsOf = ({ modelId, renderer, engine, inputs, batch }: SubmissionContent): string =>
  JSON.stringify([modelId, renderer, engine, inputs, batch?.position])

/** An open submission of the same content, in that phase. */
const openSubmissionFor = (asked: SubmissionContent, phase: SubmissionPhase['name']): OpenSubmission | undefined => {
  const same = wordsOf(asked)
  return getState().open.find((submission) => submission.phase.name === phase && wordsOf(submission) === same)
}

/** Whether the same content is on its way: until the server has answered, submitting it again is the same act. */
export const isBeingSent = (asked: SubmissionContent): boolean => openSubmissionFor(asked, 'submitting') !== undefined

export const updateSubmission = (key: string, change: Partial<Pick<OpenSubmission, 'jobId' | 'phase'>>) =>
  setState(({ open }) => ({
    open: open.map((submission) => (submission.key === key ? { ...submission, ...change } : submission)),
  }))

export const closeSubmission = (key: string) =>
  setState(({ open }) => ({ open: open.filter((submission) => submission.key !== key) }))

export const noteCancel = (jobId: string, cancel: Cancel) =>
  setState(({ cancels }) => ({ cancels: { ...cancels, [jobId]: cancel } }))

export const openSubmissionOf = (take: { key: string | null; jobId: string | null }): OpenSubmission | undefined =>
  getState().open.find(
    (submission) => submission.key === take.key || (take.jobId !== null && submission.jobId === take.jobId),
  )

/**
 * The key to submit with: a new one, unless the same content was submitted before and never answered. The server may
 * have received that, and makes only one job of a key.
 */
export const keyFor = (asked: SubmissionContent): string => openSubmissionFor(asked, 'lost')?.key ?? mintKey()

/** The batch that the same contents were submitted as before, where none of them was ever answered. */
export const lostBatchOf = (asked: readonly SubmissionContent[]): string | null => {
  const ids = asked.map((each) => openSubmissionFor(each, 'lost')?.batch?.id)
  const [first] = ids
  return first !== undefined && ids.every((id) => id === first) ? first : null
}

/** The submissions that the server never answered, oldest first. */
export const unansweredSubmissions = (): OpenSubmission[] =>
  getState()
    .open.filter(({ phase }) => phase.name === 'lost' && phase.unanswered === true)
    .toReversed()

/** Closes a submission that was never answered once its job is seen: the same content then makes another job. */
export const closeLost = (key: string | null) =>
  getState().open.some((submission) => submission.key === key && submission.phase.name === 'lost') &&
  key !== null &&
  closeSubmission(key)

/** 128 random bits. */
export const mintKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
