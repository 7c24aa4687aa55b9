import { sql } from 'kysely'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isFinished, type Job } from '../../shared/job.ts'
import { completed, processing } from '../jobs/transitions.ts'
import type { Index } from '../store/database/index-access.ts'
import { openPostgresIndex } from '../store/database/postgres/open-postgres-index.ts'
import { createJobStore, type JobStore } from '../store/job-store.ts'
import { createWaitingStore } from '../store/waiting-store.ts'
import { onPostgres } from '../testing/on-each-index.ts'
import { type Claim, createClaims } from './claims.ts'
import { createEnding } from './ending.ts'
import { ClaimLost, fenced } from './fence.ts'
import { pauseQueue, resumeQueue } from './pause.ts'
import { move } from './places.ts'
import { requeueHeld, requeueLapsed } from './requeue.ts'
import { jobAt, OUTPUT } from './testing/jobs.ts'

const now = (): Date => new Date()

onPostgres('claims', (cluster) => {
  let index: Index
  let jobs: JobStore
  beforeEach(async () => {
    index = await openPostgresIndex({
      databaseUrl: await cluster().createDatabase(),
      logger: pino({ level: 'silent' }),
    })
    jobs = createJobStore(index)
  })
  afterEach(() => index.close())

  const worker = (name: string, leaseMs = 60_000) => {
    const claims = createClaims(index, { worker: name, leaseMs })
    return { ...claims, take: (count: number, renderer = 'local') => claims.claim(new Map([[renderer, count]])) }
  }
  const add = async (count: number): Promise<Job[]> => {
    const all = Array.from({ length: count }, (_, second) => jobAt(second))
    for (const job of all) await jobs.add(job)
    return all
  }
  const ids = (all: readonly (Claim | Job)[]) => all.map((each) => ('id' in each ? each.id : each.job_id))
  const heldBy = (claim: Claim | undefined): JobStore => {
    if (!claim) throw new Error('nothing was claimed')
    return createJobStore(fenced(index, claim))
  }
  /** Lets the lease of every job that is held pass, as if time had. */
  const lapse = () =>
    index.run((db) =>
      sql`update queue set lease_until = now() - interval '1 second' where owner is not null`.execute(db),
    )

  it('give each job to one worker, the first of the queue first, as many as are wanted of that renderer', async () => {
    const added = await add(40)
    await jobs.add(jobAt(50, { renderer: 'fal' }))
    const [one, other] = [worker('one'), worker('other')]
    const taken = await Promise.all(Array.from({ length: 8 }, (_, at) => (at % 2 ? one : other).take(5)))
    expect(ids(taken.flat()).toSorted()).toEqual(ids(added).toSorted())
    expect(new Set(taken.flat().map(({ token }) => token)).size).toBe(40)
    expect(await one.take(5)).toEqual([])
    expect(await one.take(5, 'fal')).toHaveLength(1)
  })

  it('follow the places that somebody gave', async () => {
    const [first, second, third] = ids(await add(3)) as [string, string, string]
    expect(await move(index, third, first, now())).toEqual([third])
    expect(ids(await worker('one').take(3))).toEqual([third, first, second])
    await expect(move(index, first, null, now())).rejects.toMatchObject({ code: 'NOT_READY' })
    await expect(move(index, 'job_none', null, now())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('are taken over once their lease has passed, and then the one who had it writes nothing', async () => {
    const [job] = (await add(1)) as [Job]
    const [late] = await worker('late').take(1)
    await heldBy(late).update(processing(job, 'rendering', null, now()), null)
    expect(await requeueLapsed(index)).toEqual([])
    await lapse()
    expect(await requeueLapsed(index)).toEqual([job.job_id])
    expect((await jobs.get(job.job_id))?.job.status).toBe('pending')

    const [next] = await worker('next').take(1)
    expect(next).toMatchObject({ id: job.job_id, attempt: 2 })
    const done = completed(job, OUTPUT, now())
    await expect(heldBy(late).update(processing(job, 'fetching', null, now()), null)).rejects.toThrow(ClaimLost)
    await expect(heldBy(late).recordCloud(job, { state: 'sending' })).rejects.toThrow(ClaimLost)
    await expect(heldBy(late).complete(done, null, 'takes/late.png')).rejects.toThrow(ClaimLost)
    await requeueHeld(index, late ? [late] : [])
    await heldBy(next).complete(done, null, 'takes/next.png')
    expect(await jobs.get(job.job_id)).toMatchObject({ result: 'takes/next.png', job: { status: 'completed' } })
    await expect(heldBy(next).complete(done, null, 'takes/again.png')).rejects.toThrow(ClaimLost)
  })

  it('are renewed by beats, which say what is held and what is to be cancelled', async () => {
    const [one, two] = (await add(2)) as [Job, Job]
    const me = worker('me')
    const [first] = await me.take(2)
    await heldBy(first).recordCloud(one, { state: 'sent', id: 'order' })
    await lapse()
    expect(ids((await me.beat({ local: 2 })).held).toSorted()).toEqual(ids([one, two]).toSorted())
    expect(await requeueLapsed(index)).toEqual([])
    expect(await createEnding({ index, now }).cancel(one.job_id)).toBe('asked')
    expect((await me.beat({ local: 2 })).held.find(({ id }) => id === one.job_id)?.cancelRequested).toBe(true)
  })

  it('end at once by a cancel where nothing was ordered, whoever holds the job', async () => {
    const [job, waiting] = (await add(2)) as [Job, Job]
    const [claim] = await worker('me').take(1)
    const ending = createEnding({ index, now })
    expect(await ending.cancel(job.job_id)).toBe('ended')
    expect(await ending.cancel(job.job_id)).toBe('gone')
    await expect(heldBy(claim).recordCloud(job, { state: 'sending' })).rejects.toThrow(ClaimLost)
    expect(await ending.cancelWaiting()).toEqual({ ended: [waiting.job_id], asked: [] })
    for (const { job_id: id } of [job, waiting])
      expect((await jobs.get(id))?.job).toMatchObject({ status: 'failed', error: { code: 'CANCELLED', billed: 'no' } })
    expect(await worker('me').take(9)).toEqual([])
  })

  it('wait while the queue is paused, but for what was ordered', async () => {
    const [one, two] = (await add(2)) as [Job, Job]
    await jobs.recordCloud(two, { state: 'sent', id: 'order' })
    await pauseQueue(index, 'finish')
    expect(ids(await worker('me').take(9))).toEqual([two.job_id])
    await resumeQueue(index)
    expect(ids(await worker('me').take(9))).toEqual([one.job_id])
  })

  it('go back to the head of the queue, wherever others were moved', async () => {
    const [one, , three] = ids(await add(3)) as [string, string, string]
    const me = worker('me')
    const held = await me.take(1)
    await move(index, three, null, now())
    await createWaitingStore(index).rank([{ id: three, rank: 1 }])
    await requeueHeld(index, held)
    expect(ids(await me.take(3))[0]).toBe(one)
  })

  it('hold of all that is in the database when this step of the schema comes, and of what is finished nothing', async () => {
    const [one, two] = (await add(2)) as [Job, Job]
    await jobs.complete(completed(one, OUTPUT, now()), null, 'takes/one.png')
    const { rows } = await index.run((db) => sql<{ id: string }>`select id from queue`.execute(db))
    expect(rows.map(({ id }) => id)).toEqual([two.job_id])
    // One that goes on after a failure is back in it.
    await jobs.update(two, null)
    const { stored } = await jobs.unfinished()
    expect(stored.filter(({ job }) => !isFinished(job))).toHaveLength(1)
  })
})
