import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Job, jobSchema } from '../../../shared/job.ts'
import { type Launched, launch } from '../../testing/launch.ts'
import type { Cluster } from '../../testing/postgres.ts'
import type { TeamTimes } from '../open-team.ts'

/** Short enough to wait for, long enough for processes that share two cores. */
export const TEST_TIMES: TeamTimes = { leaseMs: 2500, beatMs: 500, lookMs: 1000 }

/** Several servers and workers, each a process of its own, on one database and one data folder. */
export const createRig = async (cluster: Cluster, times: Partial<TeamTimes> = {}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
  const databaseUrl = await cluster.createDatabase()
  const own = {
    DATABASE_URL: databaseUrl,
    TEST_TEAM_TIMES: JSON.stringify({ ...TEST_TIMES, ...times }),
  }
  return {
    dataDir,
    databaseUrl,
    web: (env: Record<string, string> = {}): Promise<Launched> => launch(dataDir, { ...own, ROLE: 'web', ...env }),
    worker: (env: Record<string, string> = {}): Promise<Launched> =>
      launch(dataDir, { ...own, ROLE: 'worker', ...env }),
    all: (env: Record<string, string> = {}): Promise<Launched> => launch(dataDir, { ...own, ...env }),
    remove: () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 }),
  }
}
export type Rig = Awaited<ReturnType<typeof createRig>>

/** Every job that a page of a server is told of, with the time at which it was. Until `close`. */
export const watchPage = async (url: string) => {
  const stop = new AbortController()
  const answer = await fetch(`${url}/v1/events`, { signal: stop.signal })
  const seen: { job: Job; at: number }[] = []
  const watchers = new Set<() => void>()
  const take = (event: string): void => {
    if (!event.includes('event: job')) return
    const data = /^data: ?(.*)$/m.exec(event)?.[1]
    if (data === undefined) return
    seen.push({ job: jobSchema.parse(JSON.parse(data)), at: performance.now() })
    for (const watcher of watchers) watcher()
  }
  const reading = (async () => {
    let text = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      for (let cut = text.indexOf('\n\n'); cut >= 0; cut = text.indexOf('\n\n')) {
        take(text.slice(0, cut))
        text = text.slice(cut + 2)
      }
    }
  })().catch(() => undefined)
  return {
    seen,
    /** The first that is told of and is like that. */
    until: (is: (job: Job) => boolean): Promise<{ job: Job; at: number }> =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = seen.find(({ job }) => is(job))
          if (!found) return
          watchers.delete(look)
          resolve(found)
        }
        watchers.add(look)
        look()
      }),
    close: async () => {
      stop.abort()
      await reading
    },
  }
}
