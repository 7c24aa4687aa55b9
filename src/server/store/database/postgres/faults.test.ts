import pg from 'pg'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newJob } from '../../../jobs/transitions.ts'
import { type Cluster, hasPostgres, startCluster } from '../../../testing/postgres.ts'
import { createJobStore, type JobStore } from '../../job-store.ts'
import type { Index } from '../index-access.ts'
import { MIGRATION_LOCK } from './migrations.ts'
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
  let databaseUrl: string
  beforeEach(async () => {
    cluster = await startCluster()
    told = []
    leaving = new AbortController()
    databaseUrl = await cluster.createDatabase()
    index = await openPostgresIndex({
      databaseUrl,
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

  const pidsOf = async (where: string): Promise<unknown[]> =>
    cluster.query(`select pid from pg_stat_activity where application_name = 'rushes' and ${where}`)
  const endThose = (where: string) =>
    cluster.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rushes' and ${where}`,
    )
  const isLock = "query like 'select pg_advisory_lock%'"

  it('lets nothing be written any more under a lock whose connection was cut, and the next has its turn', async () => {
    const other = await openPostgresIndex({ databaseUrl, logger: pino({ level: 'silent' }) })
    const write = ({ run }: Index, key: string) =>
      run((db) => db.insertInto('meta').values({ key, value: 'a' }).execute())
    let goOn: () => void = () => undefined
    const until = new Promise<void>((resolve) => (goOn = resolve))
    const first = index.exclusively('a', async () => {
      await write(index, 'before')
      await until
      await write(index, 'after')
    })
    first.catch(() => undefined)
    await expect.poll(() => pidsOf(`${isLock} and state = 'idle'`)).toHaveLength(1)
    const second = other.exclusively('a', () => write(other, 'the next'))
    await expect.poll(() => pidsOf(`${isLock} and wait_event_type = 'Lock'`)).toHaveLength(1)
    await endThose(`${isLock} and state = 'idle'`)
    await second
    goOn()
    await expect(first).rejects.toMatchObject({ code: 'DATABASE_AWAY' })
    const keys = await cluster.query("select key from meta where key <> 'schema_version' order by key", databaseUrl)
    expect(keys).toEqual([{ key: 'before' }, { key: 'the next' }])
    await index.exclusively('a', () => write(index, 'again'))
    await other.close()
  })

  it('waits again for a lock whose connection was cut while it waited', async () => {
    const other = await openPostgresIndex({ databaseUrl, logger: pino({ level: 'silent' }) })
    let goOn: () => void = () => undefined
    const first = other.exclusively('a', () => new Promise<void>((resolve) => (goOn = resolve)))
    await expect.poll(() => pidsOf(`${isLock} and state = 'idle'`)).toHaveLength(1)
    let isIn = false
    const second = index.exclusively('a', async () => void (isIn = true))
    const waits = `${isLock} and wait_event_type = 'Lock'`
    await expect.poll(() => pidsOf(waits)).toHaveLength(1)
    const [before] = await pidsOf(waits)
    await endThose(waits)
    await expect
      .poll(async () => (await pidsOf(waits)).filter((pid) => JSON.stringify(pid) !== JSON.stringify(before)))
      .toHaveLength(1)
    expect(isIn).toBe(false)
    goOn()
    await Promise.all([first, second])
    expect([isIn, told]).toEqual([true, []])
    await other.close()
  })

  it('migrates although it was cut off while it waited for another that did', async () => {
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`)
    const opening = openPostgresIndex({ databaseUrl, logger: pino({ level: 'silent' }) })
    const waits = "query like 'select pg_advisory_xact_lock%' and wait_event_type = 'Lock'"
    await expect.poll(() => pidsOf(waits)).toHaveLength(1)
    await endThose(waits)
    await expect.poll(() => pidsOf(waits)).toHaveLength(1)
    await client.query('rollback')
    await client.end()
    const opened = await opening
    expect(await opened.run((db) => db.selectFrom('meta').selectAll().execute())).toHaveLength(1)
    await opened.close()
  })
})
