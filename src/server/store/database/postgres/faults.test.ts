import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newJob } from '../../../jobs/transitions.ts'
import { type Cluster, hasPostgres, startCluster } from '../../../testing/postgres.ts'
import { createJobStore, type JobStore } from '../../job-store.ts'
import type { Index } from '../index-access.ts'
import { openPostgresIndex } from './open-postgres-index.ts'

const jobOf = (prompt: string) =>
  newJob({
    model: 'lucy-pro-t2i',
    requestedModel: 'lucy-pro-t2i',
    idempotencyKey: null,
    renderer: 'local',
    inputs: { prompt },
    now: new Date(),
  })

describe.skipIf(!hasPostgres)('an index whose PostgreSQL goes away', () => {
  let cluster: Cluster
  let index: Index
  let jobs: JobStore
  let told: string[]
  let leaving: AbortController
  beforeEach(async () => {
    cluster = await startCluster()
    told = []
    leaving = new AbortController()
    index = await openPostgresIndex({
      databaseUrl: await cluster.createDatabase(),
      logger: pino({ level: 'silent' }),
      onAway: (words) => told.push(words),
      onBack: () => told.push('back'),
      closing: leaving.signal,
    })
    jobs = createJobStore(index)
  })
  afterEach(async () => {
    await index.close()
    await cluster.remove()
  })

  it('fails with words and at once, and goes on when it is back', async () => {
    const job = jobOf('one')
    await jobs.add(job)
    await cluster.stop()
    await expect.poll(() => told).toEqual([expect.stringMatching(/^The database at 127\.0\.0\.1:\d+\/test_1 cannot/)])
    const begin = performance.now()
    for (let time = 0; time < 5; time++)
      await expect(jobs.get(job.job_id)).rejects.toMatchObject({ code: 'DATABASE_AWAY', retryAfter: 2 })
    await expect(index.exclusively('a', async () => 1)).rejects.toMatchObject({ code: 'DATABASE_AWAY' })
    expect(performance.now() - begin).toBeLessThan(1000)
    await cluster.start()
    await expect.poll(() => told.length).toBe(2)
    expect(told[1]).toBe('back')
    expect((await jobs.get(job.job_id))?.job).toEqual(job)
  })

  it('keeps what is patient until it is back, and no longer than the server stays', async () => {
    const patient = createJobStore({ ...index, ...index.patient })
    const job = jobOf('one')
    await jobs.add(job)
    await cluster.kill()
    const written = patient.recordCloud(job, { state: 'sending' })
    await expect.poll(() => told).toHaveLength(1)
    await cluster.start()
    expect(await written).toBe(true)
    expect((await jobs.get(job.job_id))?.cloud).toEqual({ state: 'sending' })

    await expect.poll(() => told).toHaveLength(2)
    await cluster.kill()
    const waiting = patient.recordCloud(job, { state: 'sent', id: 'c1' })
    waiting.catch(() => undefined)
    await expect.poll(() => told).toHaveLength(3)
    leaving.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'DATABASE_AWAY' })
  })

  it('repeats what was under way when its connection was cut, without anybody seeing it', async () => {
    const job = jobOf('one')
    let tries = 0
    await index.transact(async (db) => {
      tries++
      await db
        .insertInto('meta')
        .values({ key: `try ${tries}`, value: 'a' })
        .execute()
      if (tries === 1)
        await cluster.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rushes' and state = 'idle in transaction'",
        )
      await db
        .insertInto('meta')
        .values({ key: `end of ${tries}`, value: 'a' })
        .execute()
    })
    const { length } = await index.run((db) =>
      db.selectFrom('meta').where('key', 'like', '%1%').select('key').execute(),
    )
    expect([tries, length, told]).toEqual([2, 0, []])
    const added = jobs.add(job)
    await cluster.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rushes'")
    expect((await added).isNew).toBe(true)
    expect(await jobs.count({})).toBe(1)
  })

  it('repeats what was under way when it crashed and came back', async () => {
    let tries = 0
    const done = index.patient.transact(async (db) => {
      tries++
      await db
        .insertInto('meta')
        .values({ key: `try ${tries}`, value: 'a' })
        .execute()
      if (tries > 1) return
      await cluster.kill()
      await cluster.start()
      await db.selectFrom('meta').select('key').execute()
    })
    await done
    const rows = await index.run((db) => db.selectFrom('meta').where('key', 'like', 'try%').select('key').execute())
    expect([tries, rows]).toEqual([2, [{ key: 'try 2' }]])
  })
})
