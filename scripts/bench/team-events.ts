import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { CHANNEL } from '../../src/server/store/database/postgres/team-schema.ts'
import { readMessage } from '../../src/server/team/messages.ts'
import { CLIP } from '../../src/server/testing/clip.ts'
import { startDecartServer } from '../../src/server/testing/decart-server.ts'
import type { Cluster } from '../../src/server/testing/postgres.ts'
import { submittedSchema } from '../../src/shared/routes.ts'
import { memoryOf } from './memory.ts'
import { quantile } from './table.ts'
import { openPage, startTeam } from './team-processes.ts'

const WORKERS = 4
/** Milliseconds between two submissions: workers are idle, and so are the cores. */
const APART_MS = 100
/** An event that has not come by then does not come. */
const LONGEST_MS = 30_000

export type Delivered = {
  /** Milliseconds until a worker said that it has begun, until that was on a page, until all pages knew of the job. */
  claimed: number
  begun: number
  told: number
  /** Bytes. */
  before: number
  with: number
}

const submit = async (url: string): Promise<string> => {
  const form = new FormData()
  form.set('prompt', 'winter')
  form.set('data', new Blob([new Uint8Array(CLIP)]), 'clip.mp4')
  const headers = { 'x-renderer': 'decart' }
  const answer = await fetch(`${url}/v1/jobs/lucy-clip`, { method: 'POST', body: form, headers })
  return submittedSchema.parse(await answer.json()).job_id
}

/**
 * Jobs that are submitted to one server, taken by one of four workers, and told to so many pages of another server. The
 * work is an order to a cloud that answers at once.
 */
export const deliverEvents = async (cluster: Cluster, jobs: number, pages: number): Promise<Delivered> => {
  const cloud = await startDecartServer({ apiKey: 'k', result: () => CLIP, statuses: ['completed'] })
  const env = { DECART_API_KEY: 'k', DECART_BASE_URL: cloud.url }
  const databaseUrl = await cluster.createDatabase()
  const team = await startTeam(databaseUrl, env)
  const listener = new pg.Client({ connectionString: databaseUrl })
  const closing = new AbortController()
  setMaxListeners(pages + 1, closing.signal)
  try {
    const [one, other] = [await team.web(), await team.web()]
    for (let worker = 0; worker < WORKERS; worker++) await team.worker()
    const before = memoryOf(other.pid)?.now ?? NaN

    /** When each job's submission was answered, and when it was first told of and begun. */
    const answered = new Map<string, number>()
    const claimed = new Map<string, number>()
    const begun = new Map<string, number>()
    const told: { id: string; at: number }[] = []
    const watcher = (id: string, words: string): void => {
      if (!begun.has(id) && /"status":"(processing|completed|failed)"/.test(words)) begun.set(id, performance.now())
    }
    await openPage(other.url, watcher, closing.signal)
    await listener.connect()
    await listener.query(`listen ${CHANNEL}`)
    listener.on('notification', ({ payload }) => {
      const message = readMessage(payload ?? '')
      const id = message && 'progress' in message ? message.progress.id : undefined
      if (id !== undefined && !claimed.has(id)) claimed.set(id, performance.now())
    })
    const run = async (): Promise<string[]> => {
      const ids: string[] = []
      for (let job = 0; job < jobs; job++) {
        const id = await submit(one.url)
        answered.set(id, performance.now())
        ids.push(id)
        await delay(APART_MS)
      }
      const deadline = performance.now() + LONGEST_MS
      while (ids.some((id) => !begun.has(id)) && performance.now() < deadline) await delay(20)
      return ids
    }
    await submit(one.url)
    const ids = await run()
    const since = (all: ReadonlyMap<string, number>): number[] =>
      ids.map((id) => Math.max(0, (all.get(id) ?? Infinity) - (answered.get(id) ?? 0)))

    for (let page = 0; page < pages; page++) {
      const seen = new Set<string>()
      const hear = (id: string): void => {
        if (!seen.has(id)) told.push({ id, at: performance.now() })
        seen.add(id)
      }
      await openPage(other.url, hear, closing.signal)
    }
    const later = new Set(await run())
    const toldLater = (): number => told.filter(({ id }) => later.has(id)).length
    const deadline = performance.now() + LONGEST_MS
    while (toldLater() < jobs * pages && performance.now() < deadline) await delay(20)
    const late = told.filter(({ id }) => later.has(id)).map(({ id, at }) => Math.max(0, at - (answered.get(id) ?? NaN)))
    if (late.length !== jobs * pages) throw new Error(`${jobs * pages - late.length} events did not come`)
    const memory = memoryOf(other.pid)?.now ?? NaN
    const [first, second] = [quantile(since(claimed), 0.99), quantile(since(begun), 0.99)]
    return { claimed: first, begun: second, told: quantile(late, 0.99), before, with: memory }
  } finally {
    closing.abort()
    await listener.end()
    await team.stop()
    await cloud.close()
  }
}
