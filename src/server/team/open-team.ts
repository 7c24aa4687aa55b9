import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Client } from 'pg'
import type { Role } from '../env.ts'
import type { RendererName } from '../../shared/job.ts'
import type { JobBus } from '../jobs/bus.ts'
import { createFileStore } from '../store/file-store.ts'
import { createJobStore, type JobStore } from '../store/job-store.ts'
import type { Index } from '../store/database/index-access.ts'
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
  /** Takes room on the disk into account that there was none of. */
  wake: () => void
  close: () => Promise<void>
}

/** A name that no process has twice: the machine for who reads it, and what was drawn for who compares it. */
export const processName = (): string => `${hostname().slice(0, 60)}-${process.pid}-${randomUUID().slice(0, 8)}`

/** One of several servers and workers on a database, by its role. */
export const createTeam = (
  deps: Omit<WorkerDeps, 'index' | 'jobs' | 'files'> & {
    role: Role
    index: Index
    /** A connection of its own, to listen on. */
    connect: () => Promise<Client>
    jobs: JobStore
    fileStore: Omit<Parameters<typeof createFileStore>[0], 'index'>
    bus: JobBus
    likely: () => RendererName
    times: TeamTimes
  },
): Team => {
  const { role, index, renderers, times, logger } = deps
  // What a render writes and reads waits for a database that is away: it is no failure of the job.
  const patient = { ...index, ...index.patient, look: index.patient.run }
  const worker =
    role === 'web'
      ? null
      : createWorker({
          ...deps,
          index: patient,
          jobs: createJobStore(patient),
          files: createFileStore({ ...deps.fileStore, index: patient }),
        })
  const runner = createTeamRunner({
    ...deps,
    renderers: renderers.map(({ name }) => name),
    prepare: () => worker?.prepare(deps.likely()),
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
    wake: () => worker?.wake(),
    close: async () => {
      await worker?.close()
      if (!worker) for (const renderer of renderers) await renderer.close()
      await runner.close()
      await listener.close()
    },
  }
}
