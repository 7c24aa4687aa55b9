import type { Hono } from 'hono'
import { VERSION } from '../../shared/version.ts'
import { type AppDeps, createApp } from '../app.ts'
import type { Env } from '../env.ts'
import type { AppEnv } from '../http/context.ts'
import { MAX_STREAMS, MAX_TEAM_STREAMS } from '../http/limit.ts'
import { ownPagesOnly } from '../http/own-pages.ts'
import { studioFiles } from '../studio-files.ts'
import { createWorkerApp } from '../worker-app.ts'

/** What the app works with; what is made of the settings alone comes from those. */
type Parts = Omit<AppDeps, 'access' | 'version' | 'ownOrigin' | 'metricsAccess' | 'maxStreams' | 'studio'>

export type AppSettings = {
  env: Pick<Env, 'access' | 'metricsToken' | 'people'>
  /** The folder of the built studio, or null where something else serves it. */
  studioRoot: string | null
  /** Whether several servers share a database. */
  isTeam: boolean
}

export type Apps = {
  app: Hono<AppEnv>
  /** What a worker answers at an address of that host. */
  workerApp: (host: string) => Hono<AppEnv>
}

/** The server as a function from Request to Response, and the same of a worker. */
export const createApps = (parts: Parts, { env, studioRoot, isTeam }: AppSettings): Apps => {
  const { readiness, metrics, logger } = parts
  const metricsAccess = {
    token: env.metricsToken,
    isOpenHere: env.access.publicUrl === null && env.people.mode === 'none',
  }
  const app = createApp({
    ...parts,
    access: env.access,
    version: VERSION,
    ownOrigin: ownPagesOnly(env.access),
    metricsAccess,
    maxStreams: isTeam ? MAX_TEAM_STREAMS : MAX_STREAMS,
    studio: studioRoot === null ? null : studioFiles(studioRoot),
  })
  const workerApp = (host: string): Hono<AppEnv> => {
    const access = { host, publicUrl: null, hosts: env.access.hosts, origins: [] }
    const about = { readiness, metrics, metricsAccess, ownOrigin: ownPagesOnly(access), access }
    return createWorkerApp({ ...about, version: VERSION, logger })
  }
  return { app, workerApp }
}
