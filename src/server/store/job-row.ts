import type { Insertable } from 'kysely'
import { z } from 'zod'
import { isFinished, type Job, jobSchema, type Money } from '../../shared/job.ts'
import { mediaFieldsOf } from '../../shared/models/describe.ts'
import { findModel } from '../../shared/models/index.ts'
import { searchText } from './database/search-text.ts'
import type { Tables } from './database/tables.ts'
import { isPlainName, isServedType } from './outside.ts'

/** The columns of the index that are read off a job. */
export type JobColumns = Omit<Insertable<Tables['jobs']>, 'seq' | 'cloud' | 'result' | 'queue_rank'>

const wordsOf = (job: Job): string =>
  searchText([
    typeof job.inputs['prompt'] === 'string' ? job.inputs['prompt'] : null,
    job.name,
    job.model,
    job.requested_model === job.model ? null : job.requested_model,
    engineOf(job),
    job.batch_label,
    ...job.shelves,
  ])

const engineOf = (job: Job): string | null => job.output?.engine?.name ?? job.engine?.name ?? null

const kindOf = ({ output }: Job): 'image' | 'video' | null =>
  output === null ? null : output.duration === null ? 'image' : 'video'

/** What a job counts as in what was spent: what went out, or is likely to while it is unfinished. */
const spentOn = (job: Job): Money | null => (isFinished(job) ? job.billed : job.estimate)

/**
 * An Idempotency-Key as the index has it. People choose their keys without knowing those of others, so that a key counts
 * among those of its owner alone.
 */
export const keyColumn = (key: string, owner: string | null): string => (owner === null ? key : `${owner} ${key}`)

export const columnsOf = (job: Job): JobColumns => ({
  id: job.job_id,
  idempotency_key: job.idempotency_key === null ? null : keyColumn(job.idempotency_key, job.owner),
  owner: job.owner,
  created_at: job.created_at,
  status: job.status,
  renderer: job.renderer,
  model: job.model,
  engine: engineOf(job),
  kind: kindOf(job),
  usd: spentOn(job)?.usd ?? null,
  usd_certain: spentOn(job)?.certain ? 1 : 0,
  seed: job.seed,
  starred: job.starred ? 1 : 0,
  batch_id: job.batch_id,
  deleted_at: job.deleted_at,
  search: wordsOf(job),
  body: JSON.stringify(job),
})

/** The ids of the files that a job uses. A model that is not known any more still has its files. */
export const filesOf = ({ model, inputs }: Pick<Job, 'model' | 'inputs'>): string[] => {
  const known = findModel(model)
  const fields = known ? mediaFieldsOf(known) : null
  const ids = Object.entries(inputs).flatMap(([field, value]) =>
    typeof value === 'string' && /^file_\w+$/.test(value) && (fields === null || fields.has(field)) ? [value] : [],
  )
  return [...new Set(ids)]
}

/** The ids of the jobs whose takes a job was made from. */
export const sourcesOf = ({ sources }: Pick<Job, 'sources'>): string[] => [...new Set(Object.values(sources))]

/**
 * A job as it comes back from the index or from beside a take: outside input, since a data folder may come from anywhere.
 * What it would have this server send is media, under a plain name.
 */
export const keptJobSchema = jobSchema
  .refine(
    ({ output }) => output === null || (isServedType(output.mime_type) && isPlainName(output.filename)),
    'names a file or a type that Rushes does not send',
  )
  // What is made from its take is named by it.
  .refine(({ job_id: id }) => /^job_[0-9a-f]{32}$/.test(id), { path: ['job_id'], message: 'is no id of a job' })
  .refine(({ created_at: time }) => z.iso.datetime().safeParse(time).success, {
    path: ['created_at'],
    message: 'is no time',
  })

/** Why a job that was written down cannot be read, in a few words. */
export const whyUnreadable = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map(({ code, path, message }) => {
      // Words of our own; those of the library are for programmers.
      const words = code === 'custom' ? message : 'is not what it should be'
      return [path.join('.'), words].filter((part) => part !== '').join(': ')
    })
    .join('; ')
