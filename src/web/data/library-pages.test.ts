import { describe, expect, it } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { completedJob, failedJob, pendingJob } from '../testing/samples.ts'
import type { JobPages } from './job-pages.ts'
import { putInLibrary as putWith, removeFromLibrary } from './library-pages.ts'
import { fitsQuery, type LibraryQuery, searchParamsOf } from './library-query.ts'

const known = new Map(
  [completedJob('a', 1), completedJob('b', 2), completedJob('c', 3)].map((job) => [job.job_id, job]),
)
const putInLibrary = (into: JobPages, job: Job, query: LibraryQuery) => putWith(into, job, query, (id) => known.get(id))
const pages = (...jobs: Job[]): JobPages => ({
  pages: [{ ids: jobs.map(({ job_id }) => job_id), unreadable: [], total: 9, next_cursor: null }],
  pageParams: [null],
})
const ids = ({ pages: [page] }: JobPages) => page?.ids
const total = ({ pages: [page] }: JobPages) => page?.total

describe('a job that changes', () => {
  const [b, a] = [completedJob('b', 2), completedJob('a', 1)]
  const before = pages(b, a)

  it('comes in at the place of its age', () => {
    const after = putInLibrary(before, completedJob('c', 3), {})
    expect([ids(after), total(after)]).toEqual([['c', 'b', 'a'], 10])
  })

  it('is left out while it is not finished or does not match, and goes when it matches no more', () => {
    expect(putInLibrary(before, pendingJob('c', 3), {})).toBe(before)
    expect(putInLibrary(before, completedJob('c', 3), { starred: true })).toBe(before)
    const unstarred = putInLibrary(pages({ ...b, starred: true }), b, { starred: true })
    expect([ids(unstarred), total(unstarred)]).toEqual([[], 8])
  })

  it('leaves for the bin, and comes back', () => {
    const binned = { ...b, deleted_at: '2026-08-02T00:00:00.000Z' }
    const without = putInLibrary(before, binned, {})
    expect([ids(without), total(without)]).toEqual([['a'], 8])
    expect(ids(putInLibrary(without, b, {}))).toEqual(['b', 'a'])
    expect(ids(putInLibrary(pages(), binned, { binned: true }))).toEqual(['b'])
  })

  it('that is no more is taken out, and off the total', () => {
    const after = removeFromLibrary(before, ['a', 'never seen'])
    expect([ids(after), total(after)]).toEqual([['b'], 8])
    expect(removeFromLibrary(before, ['never seen'])).toBe(before)
  })
})

it('asks the server for all that was looked for', () => {
  expect(
    searchParamsOf({ text: 'a fox', seed: 41, binned: true, kind: 'video', failed: true }, 'next').toString(),
  ).toBe('finished=true&limit=100&text=a+fox&seed=41&status=failed&deleted=true&kind=video&cursor=next')
})

it('knows what belongs to what was looked for', () => {
  const job: Job = { ...completedJob('a', 1), name: 'Hero shot', shelves: ['Lake spot'], batch_label: 'wolf' }
  const fits = (query: Parameters<typeof fitsQuery>[1]) => fitsQuery(job, query, false)
  expect(fits({ text: 'LAKE hero wolf', kind: 'video', seed: 7, shelf: 'Lake spot', model: 'lucy-pro-t2v' })).toBe(true)
  expect([{ text: 'desert' }, { kind: 'image' as const }, { seed: 8 }, { until: job.created_at }].map(fits)).toEqual(
    Array(4).fill(false),
  )
  // What the server found by its words is not doubted.
  expect(fitsQuery(job, { text: 'lakes' }, true)).toBe(true)
  expect(fitsQuery(failedJob('b', 1), { failed: true }, false)).toBe(true)
})
