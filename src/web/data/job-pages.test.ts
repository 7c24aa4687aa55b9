import { describe, expect, it } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { pendingJob } from '../testing/samples.ts'
import { idsOf, type JobPages, putJob } from './job-pages.ts'

/** A job whose name tells its age: `j9` is newer than `j8`. */
const named = (name: string): Job => pendingJob(name, Number(name.slice(1)))
const pages = (...lists: { ids: string[]; more: boolean }[]): JobPages => ({
  pageParams: lists.map(() => null),
  pages: lists.map(({ ids, more }) => ({ ids, unreadable: [], next_cursor: more ? 'next' : null })),
})
const put = (before: JobPages | undefined, name: string) => putJob(before, named(name), named)

describe('putJob', () => {
  it('changes nothing where the job stands already, on whatever page', () => {
    const before = pages({ ids: ['j9', 'j8'], more: true }, { ids: ['j7', 'j6'], more: true })
    expect(put(before, 'j7')).toBe(before)
  })

  it('puts a new job first, and one from between where its age puts it', () => {
    const before = pages({ ids: ['j9', 'j6'], more: true }, { ids: ['j5'], more: true })
    expect(idsOf(put(before, 'j12'))).toEqual(['j12', 'j9', 'j6', 'j5'])
    const after = put(before, 'j7')
    expect(idsOf(after)).toEqual(['j9', 'j7', 'j6', 'j5'])
    expect(after?.pages[1]).toBe(before.pages[1])
  })

  it('leaves a job that is older than all that was loaded to the next page', () => {
    const before = pages({ ids: ['j9'], more: true })
    expect(put(before, 'j1')).toBe(before)
    expect(idsOf(put(pages({ ids: ['j9'], more: false }), 'j1'))).toEqual(['j9', 'j1'])
  })

  it('waits for the first list', () => {
    expect(put(undefined, 'j1')).toBeUndefined()
  })
})

it('has a job once, though two pages hold it', () => {
  expect(idsOf(pages({ ids: ['j9', 'j8'], more: true }, { ids: ['j8', 'j7'], more: false }))).toEqual([
    'j9',
    'j8',
    'j7',
  ])
})
