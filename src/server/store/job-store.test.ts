import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { completed, failed, newJob } from '../jobs/transitions.ts'
import { onEachIndex } from '../testing/on-each-index.ts'
import type { Index } from './database/index-access.ts'
import type { JobFilter } from './job-filter.ts'
import { createJobStore, type JobStore } from './job-store.ts'

let index: Index
let jobs: JobStore

/** A job of that prompt, made at that minute. */
const jobAt = (minute: number, prompt: string, more: Partial<Job> = {}): Job => {
  const job = newJob({
    model: 'lucy-pro-t2i',
    requestedModel: 'lucy-pro-t2i',
    idempotencyKey: null,
    renderer: 'local',
    inputs: { prompt },
    now: new Date(Date.UTC(2026, 10, 1, 12, minute)),
  })
  // What differs is nothing that its status decides about.
  return { ...job, ...more } as Job
}
const add = async (...all: Job[]) => {
  for (const job of all) await jobs.add(job)
}
const found = async (filter: JobFilter) =>
  (await jobs.list(filter, 50, null)).jobs.map(({ inputs }) => inputs['prompt'])

onEachIndex(({ name, open }) => {
  beforeEach(async () => {
    index = await open()
    jobs = createJobStore(index)
  })
  afterEach(() => index.close())

  describe('a list', () => {
    it('is newest first whatever came in when, and goes on where a page ended', async () => {
      await add(jobAt(2, 'two'), jobAt(4, 'four'), jobAt(1, 'one'), jobAt(3, 'three'), jobAt(3, 'three too'))
      const first = await jobs.list({}, 2, null)
      expect(first.jobs.map(({ inputs }) => inputs['prompt'])).toEqual(['four', 'three too'])
      const second = await jobs.list({}, 2, first.next)
      expect(second.jobs.map(({ inputs }) => inputs['prompt'])).toEqual(['three', 'two'])
      const last = await jobs.list({}, 2, second.next)
      expect([last.jobs.map(({ inputs }) => inputs['prompt']), last.next]).toEqual([['one'], null])
    })

    it('is of what is asked for: batch, shelf, bin, engine, seed, day, star', async () => {
      const output = { mime_type: 'image/png', width: 2, height: 2, duration: null, fps: null, bytes: 1 }
      const done = (job: Job, engine: string): Job =>
        completed(job, { ...output, filename: 'a.png', engine: { name: engine } }, new Date())
      await add(
        jobAt(1, 'batched', { batch_id: 'b1' }),
        jobAt(2, 'shelved', { shelves: ['Lake spot'] }),
        jobAt(3, 'binned', { deleted_at: '2026-11-02T00:00:00.000Z' }),
        jobAt(4, 'seeded', { seed: 4294967295 }),
        jobAt(5, 'starred', { starred: true }),
        done(jobAt(6, 'made'), 'Wan 2.2 5B'),
        jobAt(60 * 24, 'a day later'),
      )
      expect(await found({ batch: 'b1' })).toEqual(['batched'])
      expect(await found({ shelf: 'Lake spot' })).toEqual(['shelved'])
      expect(await found({ deleted: true })).toEqual(['binned'])
      expect(await found({ seed: 4294967295 })).toEqual(['seeded'])
      expect(await found({ starred: true })).toEqual(['starred'])
      expect(await found({ engine: 'Wan 2.2 5B' })).toEqual(['made'])
      expect(await found({ from: '2026-11-02T00:00:00.000Z' })).toEqual(['a day later'])
      expect(await found({ until: '2026-11-01T12:02:00.000Z' })).toEqual(['batched'])
      expect(await found({})).not.toContain('binned')
      expect([await jobs.count({}), await jobs.count({ deleted: true }), await jobs.count({ seed: 7 })]).toEqual([
        6, 1, 0,
      ])
      expect([await jobs.count({ status: 'completed' }), await jobs.count({ status: 'pending' })]).toEqual([1, 5])
    })

    it('uses an index for each of them', async () => {
      const order = 'order by created_at desc, seq desc limit 60'
      const plans = {
        embedded: async (where: string) => {
          const explain = sql.raw<{ detail: string }>(
            `explain query plan select body from jobs where ${where} ${order}`,
          )
          const { rows } = await index.run((db) => explain.execute(db))
          return rows.map(({ detail }) => detail).join('; ')
        },
        PostgreSQL: (where: string) =>
          index.transact(async (db) => {
            // It would look through a table as small as this one, whatever indexes there are.
            await sql.raw('set local enable_seqscan = off').execute(db)
            await sql.raw('set local enable_bitmapscan = off').execute(db)
            const explain = sql.raw<Record<string, string>>(
              `explain (costs off) select body from jobs where ${where} ${order}`,
            )
            const { rows } = await explain.execute(db)
            return rows.flatMap(Object.values).join('; ')
          }),
      }
      const uses = {
        embedded: /^(SCAN|SEARCH) jobs USING INDEX jobs_\w+( \([^)]*\))?$/,
        // Which of those that have its order, it chooses by what is in the table.
        PostgreSQL: /^Limit; +-> +Index Scan Backward using jobs_\w+ on jobs(; +(Index Cond|Filter): .*)?$/,
      }
      for (const where of [
        'deleted_at is null',
        "deleted_at is null and status = 'pending'",
        "deleted_at is null and model = 'a'",
        "deleted_at is null and engine = 'a'",
        'deleted_at is null and seed = 7',
        "deleted_at is null and batch_id = 'a'",
        'deleted_at is null and starred = 1',
        "deleted_at is null and (created_at, seq) < ('2026', 4)",
      ])
        expect(await plans[name](where), where).toMatch(uses[name])
    })
  })

  describe('a search', () => {
    beforeEach(() =>
      add(
        jobAt(1, 'A fox in a snowy birch forest, Café au lait'),
        jobAt(2, 'Old train, snow', { name: 'Winter spot' }),
        jobAt(3, '雪の中の狐'),
        jobAt(4, 'quotes \' " and -- OR NOT * ('),
      ),
    )
    it.each([
      ['fox', ['A fox in a snowy birch forest, Café au lait']],
      ['SNOW', ['Old train, snow', 'A fox in a snowy birch forest, Café au lait']],
      ['snow fox', ['A fox in a snowy birch forest, Café au lait']],
      ['cafe', ['A fox in a snowy birch forest, Café au lait']],
      ['winter', ['Old train, snow']],
      ['狐', ['雪の中の狐']],
      ['の中', ['雪の中の狐']],
      ['中の雪', []],
      ['" OR 1=1 --', []],
      ['not', ['quotes \' " and -- OR NOT * (']],
      ['***', []],
    ])('for %s', async (text, prompts) => expect(await found({ text })).toEqual(prompts))

    it('finds a model by its name, counts, and follows a change', async () => {
      expect(await jobs.count({ text: 'lucy-pro-t2i' })).toBe(4)
      const [job] = (await jobs.list({ text: 'fox' }, 1, null)).jobs
      if (!job) throw new Error('no fox')
      await jobs.update({ ...job, name: 'Reynard' }, null)
      expect([await jobs.count({ text: 'reynard' }), await jobs.count({ text: 'fox' })]).toEqual([1, 1])
      await jobs.update({ ...job, name: null }, null)
      expect(await jobs.count({ text: 'reynard' })).toBe(0)
    })
  })

  describe('a row that cannot be read', () => {
    const spoil = (column: string, value: string, prompt: string) =>
      index.run((db) =>
        sql`update jobs set ${sql.raw(column)} = ${sql.raw(value)} where search like ${`%${prompt}%`}`.execute(db),
      )
    it.each([
      ['an unknown status', 'body', `replace(body, '"status":"pending"', '"status":"exploded"')`],
      [
        'an unknown error code',
        'body',
        `replace(replace(body, '"status":"pending"', '"status":"failed"'), '"error":null', '"error":{"code":"NO_SUCH","message":"x","billed":"no","resumable":false}')`,
      ],
      ['a text that is not UTF-8', 'body', `cast(x'7bff41' as text)`],
      ['a body that is no JSON', 'body', `'{"job_id":'`],
      ['a number for a text', 'body', '7'],
      ['a path that leads out of the folder', 'result', `'takes/../../etc/passwd'`],
      [
        'a type that is a page',
        'body',
        `replace(body, '"output":null', '"output":{"mime_type":"text/html","width":1,"height":1,"duration":null,"fps":null,"bytes":1,"filename":"a.html"}')`,
      ],
    ])('(%s) costs itself alone: it is named, kept, and told from what is not there', async (_, column, value) => {
      const bad = jobAt(2, 'broken')
      await add(jobAt(1, 'one'), bad, jobAt(3, 'three'))
      await spoil(column, value, 'broken')
      const page = await jobs.list({}, 50, null)
      expect(page.jobs.map(({ inputs }) => inputs['prompt'])).toEqual(['three', 'one'])
      expect(page.unreadable).toEqual([
        { job_id: bad.job_id, created_at: bad.created_at, reason: expect.stringMatching(/\w/) },
      ])
      await expect(jobs.get(bad.job_id)).rejects.toMatchObject({ code: 'UNREADABLE' })
      expect(await jobs.get('job_none')).toBeUndefined()
      const { stored, unreadable } = await jobs.unfinished()
      expect([stored.length, unreadable.map(({ job_id }) => job_id)]).toEqual([2, [bad.job_id]])
      expect(await jobs.count({})).toBe(3)
    })
  })

  it('bears texts with signs that are none', async () => {
    const odd = 'a\0b \ud800'
    await add(jobAt(1, `prompt ${odd}`, { shelves: [odd], batch_id: odd, name: odd }))
    expect(await found({ shelf: odd })).toEqual([`prompt ${odd}`])
    expect(await found({ batch: odd })).toEqual([`prompt ${odd}`])
    expect(await found({ text: `prompt ${odd}` })).toEqual([`prompt ${odd}`])
    expect(await found({ model: odd })).toEqual([])
  })

  describe('a key', () => {
    it('makes one job, however many ask at once', async () => {
      const asked = Array.from({ length: 8 }, (_, at) => jobAt(at, `try ${at}`, { idempotency_key: 'k' }))
      const added = await Promise.all(asked.map((job) => jobs.add(job)))
      expect(new Set(added.map(({ stored }) => stored.job.job_id)).size).toBe(1)
      expect(added.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(await jobs.count({})).toBe(1)
    })
  })

  it('lets no order be sent for a job that has ended, but keeps the number of one that was', async () => {
    const job = jobAt(1, 'one')
    await add(job)
    expect(await jobs.recordCloud(job, { state: 'sending' })).toBe(true)
    await jobs.update(
      failed(job, { code: 'CANCELLED', message: 'Cancelled.', billed: 'maybe', resumable: false }, new Date()),
      null,
    )
    expect(await jobs.recordCloud(job, { state: 'sending' })).toBe(false)
    expect(await jobs.recordCloud(job, { state: 'sent', id: 'c1' })).toBe(true)
    expect((await jobs.get(job.job_id))?.cloud).toEqual({ state: 'sent', id: 'c1' })
  })
})
