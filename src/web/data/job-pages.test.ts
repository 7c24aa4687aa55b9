import { describe, expect, it } from 'vitest'
import { completedJob, pendingJob } from '../testing/samples.ts'
import { type JobPages, jobsOf, putJob } from './job-pages.ts'

const pages = (...lists: { jobs: string[]; more: boolean }[]): JobPages => ({
  pageParams: lists.map(() => null),
  pages: lists.map(({ jobs, more }) => ({
    jobs: jobs.map((name) => pendingJob(name, Number(name.slice(1)))),
    unreadable: [],
    next_cursor: more ? 'next' : null,
  })),
})
const ids = (of: JobPages | undefined) => jobsOf(of).map(({ job_id }) => job_id)

describe('putJob', () => {
  it('replaces a job where it stands, on whatever page', () => {
    const before = pages({ jobs: ['j9', 'j8'], more: true }, { jobs: ['j7', 'j6'], more: true })
    const after = putJob(before, completedJob('j7', 7))
    expect(ids(after)).toEqual(['j9', 'j8', 'j7', 'j6'])
    expect(jobsOf(after)[2]?.status).toBe('completed')
    // What did not change is the same object: only the page of the job is drawn again.
    expect(after?.pages[0]).toBe(before.pages[0])
  })

  it('puts a new job first, and one from between where its age puts it', () => {
    const before = pages({ jobs: ['j9', 'j6'], more: true })
    expect(ids(putJob(before, pendingJob('j12', 12)))).toEqual(['j12', 'j9', 'j6'])
    expect(ids(putJob(before, pendingJob('j7', 7)))).toEqual(['j9', 'j7', 'j6'])
  })

  it('leaves a job that is older than all that was loaded to the next page', () => {
    expect(ids(putJob(pages({ jobs: ['j9'], more: true }), pendingJob('j1', 1)))).toEqual(['j9'])
    expect(ids(putJob(pages({ jobs: ['j9'], more: false }), pendingJob('j1', 1)))).toEqual(['j9', 'j1'])
  })

  it('changes nothing where the job is known as it is', () => {
    const before = pages({ jobs: ['j9', 'j8'], more: true })
    expect(putJob(before, pendingJob('j8', 8))).toBe(before)
  })

  it('waits for the first list', () => {
    expect(putJob(undefined, pendingJob('j1', 1))).toBeUndefined()
  })
})

it('shows a job once, though two pages hold it', () => {
  expect(ids(pages({ jobs: ['j9', 'j8'], more: true }, { jobs: ['j8', 'j7'], more: false }))).toEqual([
    'j9',
    'j8',
    'j7',
  ])
})
