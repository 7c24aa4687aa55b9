import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { type Job, jobPageSchema } from '../../shared/job.ts'
import { queueSchema } from '../../shared/queue.ts'
import { submittedSchema } from '../../shared/routes.ts'
import { CLIP } from '../testing/clip.ts'
import { startDecartServer } from '../testing/decart-server.ts'
import { killAll } from '../testing/launch.ts'
import { onPostgres } from '../testing/on-each-index.ts'
import { createPlace, type Ending, type Place, seeded } from './testing/chaos.ts'
import { createRig, TEST_TIMES } from './testing/team-rig.ts'

/** In full 300, which takes minutes. */
const JOBS = Number(process.env['RUSHES_TEAM_JOBS'] ?? 40)
const SEED = Number(process.env['RUSHES_TEAM_SEED'] ?? 20261130)
/** Every so many jobs one is rendered by the workers themselves; the others are orders. */
const LOCAL_EVERY = 6
/** Milliseconds between two things that go wrong. */
const [SHORTEST, LONGEST] = [300, 1500]

onPostgres('two servers and three workers', (cluster) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    await killAll()
    for (const close of closing.splice(0)) await close()
  })

  it(`make each of ${JOBS} jobs once, while they are killed and the database is restarted`, async () => {
    const random = seeded(SEED)
    const rig = await createRig(cluster())
    const cloud = await startDecartServer({ apiKey: 'k', result: () => CLIP })
    closing.push(cloud.close, async () => rig.remove())
    const env = { DECART_API_KEY: 'k', DECART_BASE_URL: cloud.url }
    const frozenMs = TEST_TIMES.leaseMs * 1.3
    const webs = await Promise.all([1, 2].map((n) => createPlace(`web ${n}`, () => rig.web(env), frozenMs)))
    const workers = await Promise.all([1, 2, 3].map((n) => createPlace(`worker ${n}`, () => rig.worker(env), frozenMs)))

    /** Submits until a server has answered, as a client with a key may. */
    const submit = async (number: number): Promise<string> => {
      const prompt = `number ${number}`
      const isLocal = number % LOCAL_EVERY === 0
      for (;;) {
        const server = webs[random() < 0.5 ? 0 : 1]?.current()
        const answer = await server
          ?.submit(
            isLocal ? 'lucy-pro-t2i' : 'lucy-clip',
            isLocal ? { prompt, resolution: '480p' } : { prompt, data: new Blob([new Uint8Array(CLIP)]) },
            { 'idempotency-key': prompt, 'x-renderer': isLocal ? 'local' : 'decart' },
          )
          .catch(() => null)
        const body: unknown = answer?.status === 200 ? await answer.json().catch(() => null) : null
        const taken = submittedSchema.safeParse(body)
        if (taken.success) return taken.data.job_id
        await delay(100)
      }
    }

    let isOver = false
    const what: string[] = []
    const breakThings = async (): Promise<void> => {
      const restartAt = 4
      const replacing = new Set<Promise<void>>()
      for (let count = 0; !isOver; count++) {
        await delay(SHORTEST + random() * (LONGEST - SHORTEST))
        if (isOver) break
        if (count === restartAt) {
          what.push('database')
          await cluster().stop()
          await cluster().start()
          continue
        }
        const place: Place | undefined =
          random() < 0.3 ? webs[Math.floor(random() * 2)] : workers[Math.floor(random() * 3)]
        const how = (['SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGSTOP'] satisfies Ending[])[Math.floor(random() * 4)]
        // One that is away cannot be ended; more than two that start at once would starve the rest of processors.
        if (!place?.current() || !how || replacing.size >= 2) continue
        what.push(`${how} ${place.name}`)
        const replaced = place.replace(how).finally(() => replacing.delete(replaced))
        replacing.add(replaced)
      }
      await Promise.all(replacing)
    }
    const breaking = breakThings()
    const ids = await Promise.all(Array.from({ length: JOBS }, (_, number) => submit(number)))
    const list = async (url: string): Promise<Job[]> => {
      const jobs: Job[] = []
      let cursor: string | null = null
      do {
        const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const page = jobPageSchema.parse(await (await fetch(`${url}/v1/jobs?limit=100${next}`)).json())
        jobs.push(...page.jobs)
        cursor = page.next_cursor
      } while (cursor !== null)
      return jobs
    }
    const areFinished = async (): Promise<boolean> => {
      const server = webs[0]?.current() ?? webs[1]?.current()
      const jobs = server ? await list(server.url).catch(() => []) : []
      return jobs.length === JOBS && jobs.every(({ finished_at: at }) => at !== null)
    }
    while (!(await areFinished())) await delay(200)
    isOver = true
    await breaking

    expect(new Set(ids).size).toBe(JOBS)
    expect(what).toContain('database')
    const lists = await Promise.all(webs.map((web) => list(web.current()?.url ?? '')))
    for (const jobs of lists) expect(jobs.map(({ job_id: id }) => id).toSorted()).toEqual(ids.toSorted())
    expect(lists[0]).toEqual(lists[1])
    // Money is told of, or the job was made.
    for (const job of lists[0] ?? [])
      if (job.status !== 'completed')
        expect(job).toMatchObject({ status: 'failed', renderer: 'decart', error: { billed: 'maybe' } })
    const orders = cloud.jobs().map(({ form }) => form.fields['prompt'])
    expect(orders).toHaveLength(new Set(orders).size)
    // One result each, which every server sends.
    const made = (lists[0] ?? []).filter(({ status }) => status === 'completed')
    expect(new Set(made.map(({ output }) => output?.filename)).size).toBe(made.length)
    for (const [at, { job_id: id }] of made.entries()) {
      const server = webs[at % 2]?.current()
      expect((await fetch(`${server?.url}/v1/jobs/${id}/content`, { method: 'HEAD' })).status).toBe(200)
    }
    // What a page is shown of the queue is right everywhere.
    for (const web of webs)
      await expect
        .poll(async () => queueSchema.parse(await (await fetch(`${web.current()?.url}/v1/queue`)).json()))
        .toEqual({ running: [], waiting: [], waiting_total: 0, paused: false })
    process.stdout.write(
      `${made.length} of ${JOBS} made, ${JOBS - made.length} told of as perhaps billed; ${cloud.billed()} orders; ${what.join(', ')}\n`,
    )
  }, 600_000)
})
