import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FinishedJob, Job } from '../../shared/job.ts'
import { completed, newJob } from '../jobs/transitions.ts'
import { onEachIndex } from '../testing/on-each-index.ts'
import type { Index } from './database/index-access.ts'
import { MAX_COUNTED } from './job-list.ts'
import { createJobStore, type JobStore } from './job-store.ts'
import { createLibraryStore, type LibraryStore } from './library-store.ts'

const OUTPUT = { mime_type: 'image/png', width: 2, height: 2, duration: null, fps: null, bytes: 1, filename: 'a.png' }

const takeOf = (prompt: string, more: Partial<Job> = {}): FinishedJob => {
  const job = newJob({
    model: 'lucy-pro-t2i',
    requestedModel: 'lucy-pro-t2i',
    idempotencyKey: null,
    renderer: 'local',
    inputs: { prompt },
    now: new Date('2026-11-01T12:00:00.000Z'),
  })
  return { ...completed(job, OUTPUT, new Date('2026-11-01T12:01:00.000Z')), ...more } as FinishedJob
}

onEachIndex(({ open }) => {
  let index: Index
  let jobs: JobStore
  let library: LibraryStore
  beforeEach(async () => {
    index = await open()
    jobs = createJobStore(index)
    library = createLibraryStore(index)
  })
  afterEach(() => index.close())
  const keep = (all: readonly [job: Job, result: string][]) =>
    jobs.restore(all.map(([job, result]) => ({ job, cloud: null, result })))

  it('counts shelves in an order that takes no notice of capitals, and what lies in the bin', async () => {
    await keep([
      [takeOf('one', { shelves: ['lake', 'Winter'] }), 'takes/a/1.png'],
      [takeOf('two', { shelves: ['Lake spot', 'lake'] }), 'takes/a/2.png'],
      [takeOf('three', { shelves: ['Winter'], deleted_at: '2026-11-02T00:00:00.000Z' }), 'takes/a/3.png'],
    ])
    expect(await library.shelves()).toEqual({
      shelves: [
        { name: 'lake', count: 2 },
        { name: 'Lake spot', count: 1 },
        { name: 'Winter', count: 1 },
      ],
      binned: 1,
    })
  })

  it('follows takes on and off shelves, into the bin, and out of the world', async () => {
    const [one, two] = [takeOf('one'), takeOf('two')]
    await keep([
      [one, 'takes/a/1.png'],
      [two, 'takes/a/2.png'],
    ])
    await jobs.change([{ job: { ...one, shelves: ['Lake'] }, result: 'takes/a/1.png' }])
    expect((await jobs.list({ shelf: 'Lake' }, 9, null)).jobs.map(({ job_id: id }) => id)).toEqual([one.job_id])
    await jobs.change([{ job: { ...one, deleted_at: '2026-11-02T00:00:00.000Z' }, result: 'takes/a/1.png' }])
    expect([await jobs.count({}), await jobs.count({ deleted: true })]).toEqual([1, 1])
    expect(await library.binned('2026-11-02T00:00:00.000Z', 9)).toEqual([])
    expect(await library.binned('2026-11-03', 9)).toEqual([{ id: one.job_id, owner: null, result: 'takes/a/1.png' }])
    expect(await library.remove([one.job_id, 'job_none'])).toEqual([{ id: one.job_id, owner: null }])
    expect([await jobs.count({}), await library.shelves()]).toEqual([1, { shelves: [], binned: 0 }])
    expect((await library.find([one.job_id, two.job_id])).map(({ job }) => job.job_id)).toEqual([two.job_id])
  })

  it('counts what a search finds up to a limit and one more, and all else to its end', async () => {
    const all = Array.from({ length: MAX_COUNTED + 2 }, (_, at) => takeOf('fox'.repeat(1 + (at % 2))))
    await keep(all.map((job, at) => [job, `takes/a/${at}.png`]))
    const counts = [{ text: 'fox' }, { text: 'foxfox' }, { model: 'lucy-pro-t2i' }].map((filter) => jobs.count(filter))
    expect(await Promise.all(counts)).toEqual([MAX_COUNTED + 1, MAX_COUNTED / 2 + 1, MAX_COUNTED + 2])
  })

  it('gives what a search finds page by page, newest first', async () => {
    const all = Array.from({ length: 9 }, (_, at) =>
      takeOf(at % 3 === 0 ? 'owl' : 'fox', { created_at: `2026-11-0${1 + ((at * 4) % 9)}T00:00:00.000Z` }),
    )
    await keep(all.map((job, at) => [job, `takes/a/${at}.png`]))
    const foxes = all.filter(({ inputs }) => inputs['prompt'] === 'fox')
    const newestFirst = foxes.map(({ created_at: at }) => at).sort((a, b) => b.localeCompare(a))
    const pages: string[][] = []
    let page = await jobs.list({ text: 'fox' }, 2, null)
    for (; page.next; page = await jobs.list({ text: 'fox' }, 2, page.next))
      pages.push(page.jobs.map(({ created_at: at }) => at))
    pages.push(page.jobs.map(({ created_at: at }) => at))
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 2])
    expect(pages.flat()).toEqual(newestFirst)
  })

  it('knows takes by their paths, and all of a folder and no other', async () => {
    const paths = ['takes/2026-11-01/a.png', 'takes/2026-11-01/b c.png', 'takes/2026-11-010/d.png']
    const all = paths.map((path): [Job, string] => [takeOf(path), path])
    await keep(all)
    const [first] = all
    expect(await library.withResults(['takes/2026-11-01/a.png', 'takes/none.png'])).toEqual(
      new Map([['takes/2026-11-01/a.png', first?.[0].job_id]]),
    )
    expect((await library.resultsUnder('takes/2026-11-01')).toSorted()).toEqual(paths.slice(0, 2))
    expect(await jobs.results()).toEqual(new Set(paths))
  })
})
