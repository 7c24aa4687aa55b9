import { createAdaptorServer } from '@hono/node-server'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino, type Logger } from 'pino'
import { createLocalRenderer } from '../engine/local-renderer.ts'
import { createProber } from '../engine/prober.ts'
import type { Renderer } from '../shared/renderer.ts'
import { VERSION } from '../shared/version.ts'
import { createApp } from './app.ts'
import { createDecartRenderer } from './decart/renderer.ts'
import type { Env } from './env.ts'
import { createImportUrl, type ImportUrl } from './import-url.ts'
import { createRunner } from './jobs/runner.ts'
import { createSubmitter } from './jobs/submit.ts'
import { catchUp } from './store/catch-up.ts'
import { openDatabase } from './store/database.ts'
import { createFileStore } from './store/file-store.ts'
import { createFolders, emptyTemporary } from './store/folders.ts'
import { createJobStore } from './store/job-store.ts'
import { lockFolder } from './store/lock.ts'
import { createTakeStore } from './store/take-store.ts'
import { createDerivatives } from './store/derivatives.ts'
import { studioFiles } from './studio-files.ts'

export { readEnv } from './env.ts'

const SWEEP_MS = 60 * 60 * 1000

export type StartOptions = {
  /** The folder of the built studio, or null where something else serves it. */
  studioRoot: string | null
  logger?: Logger
  /** For tests, which have only loopback to import from. */
  importUrl?: ImportUrl
  /** For tests: how often the cloud is asked, in milliseconds. */
  pollMs?: number
}

export type RunningServer = { url: string; server: Server; close: () => Promise<void> }

/** Wires settings, stores, renderers and the app together. `listen` is separate, so that dev can share its port. */
const createServices = async (env: Env, options: StartOptions) => {
  const logger = options.logger ?? pino()
  const folders = createFolders(env.dataDir)
  const unlock = await lockFolder(folders.root)
  const { database, whole } = openDatabase(folders.index)
  // Whatever lies there belongs to a server that was stopped half-way; its jobs begin again.
  await emptyTemporary(folders)

  const now = (): Date => new Date()
  const prober = createProber()
  // A preview takes up to a minute; uploads do not wait for it.
  const previewer = createProber()
  const derivatives = createDerivatives(folders, { ...prober, preview: previewer.preview })
  const jobs = createJobStore(database)
  const takes = createTakeStore(folders)
  const files = createFileStore({ database, folders, prober, derivatives, usesFile: jobs.usesFile })
  await catchUp({ database, whole }, { jobs, takes, files, logger })
  const { apiKey, baseUrl } = env.decart
  const decart: Renderer | null = apiKey
    ? createDecartRenderer({
        apiKey,
        baseUrl,
        probe: prober.probe,
        logger,
        ...(options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
      })
    : null
  const runner = createRunner({
    jobs,
    files,
    takes,
    folders,
    renderers: { local: createLocalRenderer({ version: VERSION }), decart },
    logger,
    now,
  })
  const importUrl = options.importUrl ?? createImportUrl()
  const hasKey = apiKey !== null
  const submitter = createSubmitter({ jobs, files, runner, importUrl, hasKey, now })
  const closing = new AbortController()
  const app = createApp({
    jobs,
    takes,
    files,
    runner,
    submitter,
    importUrl,
    derivatives,
    host: env.host,
    version: VERSION,
    hasKey,
    logger,
    now,
    closing: closing.signal,
    studio: options.studioRoot === null ? null : studioFiles(options.studioRoot),
  })
  const sweep = setInterval(() => void files.sweep().catch((error: unknown) => logger.error({ err: error })), SWEEP_MS)
  sweep.unref()
  const recovered = runner.recover()
  if (recovered > 0) logger.info({ jobs: recovered }, 'unfinished jobs taken up')

  const close = async (): Promise<void> => {
    clearInterval(sweep)
    closing.abort()
    await runner.close()
    await Promise.all([prober.close(), previewer.close()])
    database.close()
    await unlock()
  }
  return { app, close, logger }
}

/** Starts the server. Rejects with a plain sentence where the port is taken or the data folder is in use. */
export const start = async (env: Env, options: StartOptions): Promise<RunningServer> => {
  const { app, close } = await createServices(env, options)
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  // A 2 GiB upload over a slow line takes longer than Node's five minutes.
  server.requestTimeout = 0
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(env.port, env.host, resolve)
    })
  } catch (error) {
    await close()
    throw explainListen(error, env)
  }
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${displayHost(env.host)}:${port}`,
    server,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      const done = close()
      server.closeAllConnections()
      await Promise.all([closed, done])
    },
  }
}

const displayHost = (host: string): string =>
  host === '127.0.0.1' || host === '::1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host

const explainListen = (error: unknown, { host, port }: Env): unknown => {
  if (!(error instanceof Error) || !('code' in error)) return error
  const text = {
    EADDRINUSE: `Port ${port} on ${host} is taken: perhaps Rushes runs already. Set PORT to use another.`,
    EACCES: `Port ${port} may not be used by this account. Set PORT to 1024 or more.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Set HOST to one that is.`,
    ENOTFOUND: `${host} is not an address of this machine. Set HOST to one that is.`,
  }[String(error.code)]
  return text === undefined ? error : new Error(text, { cause: error })
}
