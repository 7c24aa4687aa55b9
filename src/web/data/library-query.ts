import { isFinished, type Job } from '../../shared/job.ts'

/** What is looked for among the finished takes. What is left out may be anything. */
export type LibraryQuery = {
  text?: string
  seed?: number
  model?: string
  engine?: string
  batch?: string
  shelf?: string
  kind?: 'image' | 'video'
  failed?: true
  starred?: true
  /** Those in the bin instead of those that are not. */
  binned?: true
  /** ISO times: from this one on, and before that one. */
  from?: string
  until?: string
}

const PAGE = 100

/** The query of GET /v1/jobs for it. */
export const searchParamsOf = (query: LibraryQuery, cursor: string | null = null): URLSearchParams => {
  const { text, seed, failed, starred, binned, ...plain } = query
  return new URLSearchParams({
    finished: 'true',
    limit: String(PAGE),
    ...(text === undefined ? {} : { text }),
    ...(seed === undefined ? {} : { seed: String(seed) }),
    ...(failed ? { status: 'failed' } : {}),
    ...(starred ? { starred: 'true' } : {}),
    ...(binned ? { deleted: 'true' } : {}),
    ...plain,
    ...(cursor === null ? {} : { cursor }),
  })
}

const kindOf = (job: Job): LibraryQuery['kind'] =>
  job.output === null ? undefined : job.output.duration === null ? 'image' : 'video'

const engineOf = ({ output, engine }: Job): string => (output?.engine ?? engine)?.name ?? ''

const isOr = <T>(wanted: T | undefined, is: T): boolean => wanted === undefined || wanted === is

/** Whether the words stand somewhere on the job. The server may find more: it knows other forms of a word. */
const hasWords = (job: Job, text: string): boolean => {
  const { inputs, name, model, requested_model, batch_label, shelves } = job
  const all = [inputs['prompt'], name, model, requested_model, engineOf(job), batch_label, ...shelves]
  const haystack = all.join(' ').toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word))
}

/** Whether a job belongs to what is looked for, its words left out of account. */
const fitsTerms = (job: Job, query: LibraryQuery): boolean =>
  isFinished(job) &&
  (job.deleted_at !== null) === (query.binned ?? false) &&
  (query.starred === undefined || job.starred) &&
  (query.failed === undefined || job.status === 'failed') &&
  isOr(query.kind, kindOf(job)) &&
  isOr(query.seed, job.seed) &&
  isOr(query.batch, job.batch_id ?? '') &&
  (query.shelf === undefined || job.shelves.includes(query.shelf)) &&
  (query.model === undefined || [job.model, job.requested_model].includes(query.model)) &&
  (query.engine === undefined || engineOf(job).toLowerCase() === query.engine.toLowerCase()) &&
  (query.from === undefined || Date.parse(job.created_at) >= Date.parse(query.from)) &&
  (query.until === undefined || Date.parse(job.created_at) < Date.parse(query.until))

/**
 * Whether a job belongs to what is looked for. Of one that the server `found`, it is not asked again whether its words
 * do.
 */
export const fitsQuery = (job: Job, query: LibraryQuery, found: boolean): boolean =>
  fitsTerms(job, query) && (found || query.text === undefined || hasWords(job, query.text))
