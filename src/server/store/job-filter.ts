import { type ExpressionBuilder, sql } from 'kysely'
import type { JobStatus, RendererName } from '../../shared/job.ts'
import type { Expressions } from './database/expressions.ts'
import type { Tables } from './database/tables.ts'

/** Which jobs are asked for. What is left out is not asked. */
export type JobFilter = {
  status?: JobStatus | undefined
  /** True: only what is completed or failed. */
  finished?: boolean | undefined
  /** What came of it: a picture or a clip. */
  kind?: 'image' | 'video' | undefined
  model?: string | undefined
  /** The id of the person who asked for it. */
  owner?: string | undefined
  renderer?: RendererName | undefined
  engine?: string | undefined
  seed?: number | undefined
  batch?: string | undefined
  shelf?: string | undefined
  /** The id of a job: only what was made from its take. */
  source?: string | undefined
  /** True: only what is starred. */
  starred?: boolean | undefined
  /** True: only what is in the bin, instead of only what is not. */
  deleted?: boolean | undefined
  /** ISO 8601: made at that time or after; made before that time. */
  from?: string | undefined
  until?: string | undefined
  /** Words that its prompt, name, model, engine, batch label or shelves have. */
  text?: string | undefined
}

/** A place in the list: `created_at` and `seq` of the last job before it. */
export type JobCursor = { createdAt: string; seq: number }

/** Whether the totals that are kept by status answer it. */
export const isPlain = ({ status: _, finished: __, ...others }: JobFilter): boolean =>
  Object.values(others).every((value) => value === undefined || value === false)

/** Asked for by what it is not: a status that was damaged is of a job that may have to go on. */
export const FINISHED: readonly JobStatus[] = ['completed', 'failed']

type Where = ExpressionBuilder<Tables, 'jobs'>

/** The conditions of a filter, and of the place after which a page begins. */
export const conditions = (expressions: Expressions, filter: JobFilter, before: JobCursor | null) => (where: Where) => {
  const { unindexed } = expressions
  const { status, kind, model, owner, renderer, engine, seed, batch, shelf, source, text } = filter
  // What a search finds has no order: every condition beside it is looked up in the index that has them all.
  const isSearch = text !== undefined || shelf !== undefined
  const equals = (column: keyof Tables['jobs'], value: string | number | undefined) =>
    value === undefined ? [] : [sql<boolean>`${isSearch ? unindexed(column) : sql.ref(column)} = ${value}`]
  return where.and([
    where('deleted_at', filter.deleted ? 'is not' : 'is', null),
    ...equals('status', status),
    ...equals('model', model),
    ...equals('owner', owner),
    ...equals('renderer', renderer),
    ...equals('engine', engine),
    ...equals('seed', seed),
    ...equals('batch_id', batch),
    ...equals('kind', kind),
    ...(filter.finished ? [where(unindexed<JobStatus>('status'), 'in', FINISHED)] : []),
    ...(filter.starred ? [where(isSearch ? unindexed<number>('starred') : 'starred', '=', 1)] : []),
    ...(shelf === undefined
      ? []
      : [
          where(
            unindexed<number>('seq'),
            'in',
            where.selectFrom('job_shelves').select('seq').where('shelf', '=', shelf),
          ),
        ]),
    ...(source === undefined
      ? []
      : [where('seq', 'in', where.selectFrom('job_sources').select('seq').where('source_id', '=', source))]),
    ...(filter.from === undefined ? [] : [where('created_at', '>=', filter.from)]),
    ...(filter.until === undefined ? [] : [where('created_at', '<', filter.until)]),
    ...(text === undefined ? [] : [expressions.matches(text)]),
    ...(before === null ? [] : [sql<boolean>`(created_at, seq) < (${before.createdAt}, ${before.seq})`]),
  ])
}
