import { createAdaptorServer } from '@hono/node-server'
import type { Server } from 'node:http'
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { pino, type Logger } from 'pino'
import { createLocalRenderer } from '../engine/local-renderer.ts'
import { createProber } from '../engine/prober.ts'
import type { Renderer } from '../shared/renderer.ts'
import { VERSION } from '../shared/version.ts'
import type { Address, Env } from './env.ts'
import { watchAnswers } from './http/answers.ts'
import { createSocketServer } from './http/sockets.ts'
import { createNotices } from './notices.ts'
import { openDataFolder } from './services/data-folder.ts'
import type { BaseServices } from './services/base.ts'
import { createRequestServices, type RequestOptions } from './services/requests.ts'
import { openCore, type CoreOptions } from './services/core.ts'
import { openBlobs } from './store/blobs/open-blobs.ts'
import { createDerivatives } from './store/derivatives.ts'
import { temporaryPath } from './store/folders.ts'
import { createReserve } from './store/reserve.ts'
import { createDerivativesAhead, nothingRuns } from './derivatives-ahead.ts'
import { processName } from './team/open-team.ts'

export { readEnv } from './env.ts'

const SWEEP_MS = 60 * 60 * 1000
/** How long a server that is stopping lets answers come to their end, and then those that are only told that it is. */
const DRAIN_MS = 3000
const LAST_WORDS_MS = 500
/** Milliseconds that a connection is kept on which nothing is asked. */
const KEEP_ALIVE_MS = 65_000

export type StartOptions = CoreOptions &
  RequestOptions & {
    logger?: Logger
    /** For tests: what stands around the local renderer. */
    aroundLocal?: (local: Renderer) => Renderer
    /** For tests: how long answers have once it is to stop. */
    drainMs?: number
  }

export type RunningServer = {
  url: string
  server: Server
  /** Where the first admin signs in; null where there is one, or nobody has to sign in. */
  firstLink: string | null
  close: () => Promise<void>
}

/** Opens the data folder and where media lies, with what looks into media and what renders here. */
const openBase = async (env: Env, options: StartOptions): Promise<BaseServices> => {
  const logger = options.logger ?? pino()
  const name = env.databaseUrl === null ? null : processName()
  const dataFolder = await openDataFolder(env.dataDir, name, logger)
  const { folders, orUnlock } = dataFolder
  const notices = createNotices()
  const files = await orUnlock(openBlobs(env.files, { variable: env.variable, folders, notices, logger }))
  const { blobs } = files
  const reads = [folders.media, folders.takes, folders.temporary, folders.uploads, ...files.copies]
  const prober = createProber({ reads })
  const derivatives = createDerivatives({
    blobs,
    prober,
    temporaryPath: (extension) => temporaryPath(folders, extension),
  })
  const createLocal = (): Renderer => {
    const local = createLocalRenderer({ version: VERSION, reads })
    return options.aroundLocal?.(local) ?? local
  }
  return {
    name,
    ...dataFolder,
    notices,
    reserve: createReserve(folders),
    blobs,
    tidyBlobs: files.tidy,
    closeBlobs: files.close,
    prober,
    derivatives,
    createLocal,
    logger,
    now: () => new Date(),
    closing: new AbortController(),
    ending: new AbortController(),
  }
}

/**
 * Wires settings, stores, renderers and the app together; `listen` is separate, so that dev can share its port. The app
 * answers at once, what it asks of the index waits for `ready`: that the index is open and jobs are taken up. Rejects,
 * as `ready` does, with a plain sentence where the data folder cannot be used.
 */
export const createServices = async (env: Env, options: StartOptions) => {
  const base = await openBase(env, options)
  const { folders, logger, closing, derivatives } = base
  const core = await openCore(base, env, options)
  const { stores, people, bus, storage, team, runner, takeUp } = core
  const ahead = createDerivativesAhead({
    // Several servers would all make the same ones; what they render, their workers do.
    follows: team ? null : { bus, runner, files: stores.files },
    isIdle: () => team !== null || nothingRuns(runner),
    derivatives,
    logger,
  })
  const { app, workerApp, watching, sweep } = createRequestServices({ ...base, ahead }, core, env, options)
  const tidy = () => Promise.all([sweep(), people.sweep(), base.tidyBlobs()])
  const isServer = env.role !== 'worker'
  const sweeping = setInterval(
    () => isServer && void tidy().catch((error: unknown) => logger.error({ err: error })),
    SWEEP_MS,
  )
  sweeping.unref()

  const ready = storage.look().then(() =>
    takeUp.first(stores.embedded, {
      watch: async () => watching?.start(),
      start: async () => team?.start(),
    }),
  )

  /** From here on nothing new is taken or begun, and event streams end, so that pages look for whoever serves next. */
  const drain = (): void => closing.abort()
  const close = async (): Promise<void> => {
    clearInterval(sweeping)
    storage.stop()
    drain()
    base.ending.abort()
    await watching?.close()
    ahead.close()
    await stores.catchUp.close()
    await (team ?? runner).close()
    await base.prober.close()
    await stores.index.close()
    base.closeBlobs()
    if (base.name !== null) await rm(folders.temporary, { recursive: true, force: true })
    base.unlock()
  }
  /** What the first admin signs in by; null where there is one, or nobody has to sign in. */
  const firstLink = async () => (env.people.mode === 'token' ? people.signIn.first() : null)
  return { app, workerApp, ready, drain, close, logger, firstLink }
}

const listen = (server: Server, { host, port }: Address): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })

const urlOf = (server: Server, { host }: Address): string =>
  `http://${displayHost(host)}:${(server.address() as AddressInfo).port}`

export type RunningWorker = {
  /** Where it tells how it does; null where it does not. */
  url: string | null
  close: () => Promise<void>
}

/**
 * Starts a process that only renders. Rejects with a plain sentence where its port is taken, or the database or the data
 * folder cannot be used.
 */
export const startWorker = async (env: Env, options: StartOptions): Promise<RunningWorker> => {
  const { workerApp, ready, drain, close } = await createServices(env, options)
  const address = env.workerAddress
  const server =
    address && (createAdaptorServer({ fetch: workerApp(address.host).fetch, overrideGlobalObjects: false }) as Server)
  const stop = async (): Promise<void> => {
    drain()
    // It answers until the end: who asks whether it is ready is told that it is not.
    await close()
    server?.close()
    server?.closeAllConnections()
  }
  try {
    if (server) await listen(server, address)
    await ready
  } catch (error) {
    ready.catch(() => undefined)
    await stop()
    throw address ? explainListen(error, address, 'METRICS_') : error
  }
  return { url: server && urlOf(server, address), close: stop }
}

/** Starts the server. Rejects with a plain sentence where the port is taken or the data folder cannot be used. */
export const start = async (env: Env, options: StartOptions): Promise<RunningServer> => {
  const { app, ready, drain, close, firstLink } = await createServices(env, options)
  const websocket = { server: createSocketServer() }
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false, websocket }) as Server
  // A 2 GiB upload over a slow line takes longer than Node's five minutes.
  server.requestTimeout = 0
  // Clients that keep a connection send on it just as it is closed after Node's five seconds, and do not send a POST again.
  server.keepAliveTimeout = KEEP_ALIVE_MS
  const answers = watchAnswers(server)
  const stop = async (): Promise<void> => {
    drain()
    // It still listens: who asks whether it is ready is told that it is not.
    answers.lastOnEachConnection()
    await answers.finished(options.drainMs ?? DRAIN_MS)
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    const done = close()
    await answers.finished(LAST_WORDS_MS)
    server.closeAllConnections()
    await Promise.all([closed, done])
  }
  try {
    await listen(server, env)
    // Its pages are served meanwhile.
    await ready
  } catch (error) {
    ready.catch(() => undefined)
    await stop()
    throw explainListen(error, env)
  }
  const url = urlOf(server, env)
  const first = await firstLink()
  return { url, server, close: stop, firstLink: first && `${env.access.publicUrl ?? url}/sign-in#${first.secret}` }
}

const displayHost = (host: string): string =>
  host === '127.0.0.1' || host === '::1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host

/** Says in words why an address cannot be listened on; `prefix` begins the names of the settings that it comes from. */
export const explainListen = (error: unknown, { host, port }: Address, prefix: '' | 'METRICS_' = ''): unknown => {
  if (!(error instanceof Error) || !('code' in error)) return error
  const text = {
    EADDRINUSE: `Port ${port} on ${host} is taken: perhaps Rushes runs already. Set ${prefix}PORT to use another.`,
    EACCES: `Port ${port} may not be used by this account. Set ${prefix}PORT to 1024 or more.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Set ${prefix}HOST to one that is.`,
    ENOTFOUND: `${host} is not an address of this machine. Set ${prefix}HOST to one that is.`,
  }[String(error.code)]
  return text === undefined ? error : new Error(text, { cause: error })
}
