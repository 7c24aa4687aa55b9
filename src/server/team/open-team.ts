import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Client } from 'pg'
import type { Role } from '../env.ts'
import type { RendererName } from '../../shared/job.ts'
import type { JobBus } from '../jobs/bus.ts'
import type { Notices } from '../notices.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import type { JobStore } from '../store/job-store.ts'
import { createListener } from './listener.ts'
import { createTeamRunner, type TeamRunner } from './runner.ts'
import { createWorker, type WorkerDeps } from './worker.ts'

/** Milliseconds. */
export type TeamTimes = {
  /** How long a job stays with a worker that is not heard of. */
  leaseMs: number
  /** Between two renewals of leases. */
  beatMs: number
  /** Between two looks for what was not heard of. */
  lookMs: number
}
export const TEAM_TIMES: TeamTimes = { leaseMs: 15_000, beatMs: 5000, lookMs: 5000 }

export type Team = {
  runner: TeamRunner
  /** Puts jobs in that cost money, one at a time on all servers. */
  inTurnOfSpending: <T>(work: () => Promise<T>) => Promise<T>
  /** Begins to work, and to follow what others do. */
  start: () => Promise<void>
  close: () => Promise<void>
}

/** A name that no process has twice: the machine for who reads it, and what was drawn for who compares it. */
export const processName = (): string => `${hostname().slice(0, 60)}-${process.pid}-${randomUUID().slice(0, 8)}`

/** One of several servers and workers on a database, by its role. */
export const createTeam = (
  deps: WorkerDeps & {
    role: Role
    /** A connection of its own, to listen on. */
    connect: () => Promise<Client>
    jobs: JobStore
    blobs: BlobStore
    bus: JobBus
    notices: Pick<Notices, 'say' | 'clear'>
    likely: () => RendererName
    times: TeamTimes
  },
): Team => {
  const { role, index, renderers, times, logger } = deps
  const worker = role === 'web' ? null : createWorker(deps)
  const runner = createTeamRunner({
    ...deps,
    renderers: renderers.map(({ name }) => name),
    prepare: () => worker?.prepare(deps.likely()),
    proceed: () => worker?.wake(),
    lookMs: times.lookMs,
  })
  const isServer = role !== 'worker'
  const listener = createListener({
    connect: deps.connect,
    onListening: () => {
      if (isServer) runner.doubt()
      worker?.wake()
    },
    logger,
  })
  listener.subscribe((message) => {
    worker?.hear(message)
    if (isServer) runner.hear(message)
  })

  return {
    runner,
    inTurnOfSpending: (work) => index.exclusively('spending', work),
    start: async () => {
      await listener.listening
      if (isServer) await runner.recover()
      worker?.start()
    },
    close: async () => {
      await worker?.close()
      if (!worker) for (const renderer of renderers) await renderer.close()
      await runner.close()
      await listener.close()
    },
  }
}
