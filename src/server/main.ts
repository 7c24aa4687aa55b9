import { createAdaptorServer } from '@hono/node-server'
import type { Server } from 'node:http'
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { pino, type Logger } from 'pino'
import { createLocalRenderer } from '../engine/local-renderer.ts'
import { createProber } from '../engine/prober.ts'
import type { Renderer } from '../shared/renderer.ts'
import { VERSION } from '../shared/version.ts'
import { createArchives } from './archives/archives.ts'
import type { Address, Env } from './env.ts'
import { checkFiles, checkIndex, checkStopping } from './health/checks.ts'
import { createReadiness } from './health/readiness.ts'
import { watchAnswers } from './http/answers.ts'
import { createSocketServer } from './http/sockets.ts'
import { createImportUrl, type ImportUrl } from './import-url.ts'
import { createBin } from './jobs/bin.ts'
import { createJobBus } from './jobs/bus.ts'
import { createPauseNote } from './jobs/pause-note.ts'
import { createRunner, type Runner } from './jobs/runner.ts'
import { createLedger } from './jobs/spending.ts'
import { createSubmitter } from './jobs/submit.ts'
import { createTakeFiles } from './jobs/take-files.ts'
import type { QueueFacts } from './metrics/metrics.ts'
import { createNotices } from './notices.ts'
import type { Limits } from './outgoing/request.ts'
import { createPeople } from './people/people.ts'
import { connectTo } from './open-database.ts'
import { createApps } from './services/apps.ts'
import { openDataFolder } from './services/data-folder.ts'
import { openRenderers } from './services/renderers.ts'
import { openStores } from './services/stores.ts'
import { createTakeUp } from './services/take-up.ts'
import { watchStorage } from './storage-watch.ts'
import { openBlobs } from './store/blobs/open-blobs.ts'
import { createDerivatives } from './store/derivatives.ts'
import { temporaryPath } from './store/folders.ts'
import { createLibraryStore } from './store/library-store.ts'
import { createReserve } from './store/reserve.ts'
import { createSharedUploadStore } from './store/shared-upload-store.ts'
import { createUploadStore } from './store/upload-store.ts'
import { createWaitingStore } from './store/waiting-store.ts'
import { createDerivativesAhead, nothingRuns } from './derivatives-ahead.ts'
import { createTeam, processName, TEAM_TIMES, type TeamTimes } from './team/open-team.ts'
import { watchTakes } from './watch-takes.ts'

export { readEnv } from './env.ts'

const SWEEP_MS = 60 * 60 * 1000
/** How long a server that is stopping lets answers come to their end, and then those that are only told that it is. */
const DRAIN_MS = 3000
const LAST_WORDS_MS = 500
/** Milliseconds that a connection is kept on which nothing is asked. */
const KEEP_ALIVE_MS = 65_000

export type StartOptions = {
  /** The folder of the built studio, or null where something else serves it. */
  studioRoot: string | null
  logger?: Logger
  /** For tests, which have only loopback to import from. */
  importUrl?: ImportUrl
  /** For tests: what stands around the local renderer. */
  aroundLocal?: (local: Renderer) => Renderer
  /** For tests: milliseconds between two looks at an order, and at servers that are not ready; and how long one is silent. */
  pollMs?: number
  againMs?: number
  patienceMs?: number
  /** For tests: how long answers have once it is to stop. */
  drainMs?: number
  /** For tests: how long leases are, and how often is looked, where several processes share a database. */
  teamTimes?: Partial<TeamTimes>
  /** For tests: in the place of the limits of every call to others. */
  limits?: Limits
}

export type RunningServer = {
  url: string
  server: Server
  /** Where the first admin signs in; null where there is one, or nobody has to sign in. */
  firstLink: string | null
  close: () => Promise<void>
}

/**
 * Wires settings, stores, renderers and the app together; `listen` is separate, so that dev can share its port. The app
 * answers at once, what it asks of the index waits for `ready`: that the index is open and jobs are taken up. Rejects,
 * as `ready` does, with a plain sentence where the data folder cannot be used.
 */
export const createServices = async (env: Env, options: StartOptions) => {
  const logger = options.logger ?? pino()
  const { databaseUrl, role } = env
  const name = databaseUrl === null ? null : processName()
  const { folders, unlock, orUnlock } = await openDataFolder(env.dataDir, name, logger)

  const now = (): Date => new Date()
  const notices = createNotices()
  const reserve = createReserve(folders)
  const storage = watchStorage({ reserve, notices, onRoom: () => runner.proceed() })
  /** Aborts when the server begins to stop, and when it waits for nothing any more. */
  const closing = new AbortController()
  const ending = new AbortController()
  const {
    blobs,
    copies,
    tidy: tidyBlobs,
    close: closeBlobs,
  } = await orUnlock(openBlobs(env.files, { variable: env.variable, folders, notices, logger }))
  const reads = [folders.media, folders.takes, folders.temporary, folders.uploads, ...copies]
  const prober = createProber({ reads })
  // A preview takes up to a minute; uploads do not wait for it.
  const previewer = createProber({ reads })
  const derivatives = createDerivatives({
    blobs,
    prober: { ...prober, preview: previewer.preview },
    temporaryPath: (extension) => temporaryPath(folders, extension),
  })
  // Loaded while the process of the index starts, which takes longer.
  const loadingMetrics = import('./metrics/metrics.ts')
  const stores = await openStores({
    databaseUrl,
    folders,
    orUnlock,
    blobs,
    prober,
    derivatives,
    notices,
    logger,
    now,
    closing: closing.signal,
    onReplaced: (found) => void takeUp.again(found),
    received: (bytes) => metrics.received(bytes),
    runner: () => runner,
  })
  const { index, jobs, files, takes, takeFolder, catchUp } = stores
  const people = createPeople({ index, dataDir: folders.root, settings: env.people, now, logger })
  const local = createLocalRenderer({ version: VERSION, reads })
  const { limits, pollMs, againMs, patienceMs } = options
  const { renderers, models, workflows, pieces, onWorkflowsChanged, likely } = await openRenderers({
    local: options.aroundLocal?.(local) ?? local,
    variable: env.variable,
    folders,
    notices,
    probe: prober.probe,
    prepareProbe: () => void prober.prepare(),
    logger,
    now,
    limits,
    pollMs,
    againMs,
    patienceMs,
  })
  const bus = createJobBus()
  const { createMetrics } = await loadingMetrics
  const metrics = createMetrics({
    models,
    // A worker does not follow the queue: servers tell of it.
    queues: () => (role === 'worker' ? {} : queueFacts(runner)),
    now,
  })
  const making = {
    jobs,
    takes,
    blobs,
    folders,
    reserve,
    // Nothing begins that would be ended in a moment.
    storage: { look: storage.look, hasRoom: () => storage.hasRoom() && !closing.signal.aborted },
    untilWhole: catchUp.untilWhole,
    bus,
    renderers: renderers.all,
    models,
    likely,
    onEnded: metrics.finished,
    logger,
    now,
  }
  requireNames(env.takesOf, renderers.all)
  const team =
    name !== null && databaseUrl !== null
      ? createTeam({
          ...making,
          index,
          notices,
          connect: connectTo(databaseUrl),
          name,
          role,
          takesOf: env.takesOf,
          filesOf: stores.filesOf,
          times: { ...TEAM_TIMES, ...options.teamTimes },
        })
      : null
  const runner =
    team?.runner ??
    createRunner({ ...making, files, waiting: createWaitingStore(index), pauseNote: createPauseNote(folders) })
  const ahead = createDerivativesAhead({
    // Several servers would all make the same ones; what they render, their workers do.
    follows: team ? null : { bus, runner, files },
    isIdle: () => team !== null || nothingRuns(runner),
    derivatives,
    logger,
  })
  const importUrl = options.importUrl ?? createImportUrl()
  const ledger = createLedger({ jobs, limit: env.spendLimit, inTurn: team?.inTurnOfSpending, now })
  const takeFiles = createTakeFiles({ find: runner.find, blobs, files, folders })
  const library = createLibraryStore(index)
  const { inTurn } = runner.changes
  const bin = createBin({ library, takes, takeFiles, derivatives, bus, inTurn, now })
  // What others use too is not watched.
  const watching = takeFolder && watchTakes({ folders, takes: takeFolder, jobs, library, bus, inTurn, logger })
  const submitter = createSubmitter({
    jobs,
    files,
    takeFiles,
    runner,
    importUrl,
    renderers: renderers.all,
    models,
    ledger,
    untilWhole: catchUp.untilWhole,
    now,
  })
  const uploads = blobs.isShared
    ? createSharedUploadStore({ blobs, temporaryPath: () => temporaryPath(folders), now })
    : createUploadStore(folders, now)
  const takeUp = createTakeUp({ catchUp, runner, notices, logger, closing: closing.signal })
  const readiness = createReadiness({
    index: checkIndex({ index, isWhole: catchUp.isWhole, isTakenUp: takeUp.isTakenUp }),
    files: checkFiles({ folders, storage }),
    stopping: checkStopping(closing.signal),
  })
  const { app, workerApp } = createApps(
    {
      people,
      jobs,
      blobs,
      files,
      uploads,
      library,
      bin,
      takeFiles,
      archives: createArchives({ library, find: runner.find, now }),
      runner,
      bus,
      notices,
      submitter,
      importUrl,
      derivatives,
      ahead,
      renderers,
      models,
      ledger,
      likely,
      workflows,
      pieces,
      onWorkflowsChanged,
      temporaryPath: () => temporaryPath(folders),
      logger,
      now,
      closing: closing.signal,
      ending: ending.signal,
      readiness,
      metrics,
    },
    { env, studioRoot: options.studioRoot, isTeam: team !== null },
  )
  const tidy = () => Promise.all([files.sweep(), uploads.sweep(), bin.sweep(), people.sweep(), tidyBlobs()])
  const isServer = role !== 'worker'
  const sweep = setInterval(
    () => isServer && void tidy().catch((error: unknown) => logger.error({ err: error })),
    SWEEP_MS,
  )
  sweep.unref()

  const ready = storage.look().then(() =>
    takeUp.first(stores.embedded, {
      watch: async () => watching?.start(),
      start: async () => team?.start(),
    }),
  )

  /** From here on nothing new is taken or begun, and event streams end, so that pages look for whoever serves next. */
  const drain = (): void => closing.abort()
  const close = async (): Promise<void> => {
    clearInterval(sweep)
    storage.stop()
    drain()
    ending.abort()
    await watching?.close()
    ahead.close()
    await catchUp.close()
    await (team ?? runner).close()
    await Promise.all([prober.close(), previewer.close()])
    await index.close()
    closeBlobs()
    if (name !== null) await rm(folders.temporary, { recursive: true, force: true })
    unlock()
  }
  /** What the first admin signs in by; null where there is one, or nobody has to sign in. */
  const firstLink = async () => (env.people.mode === 'token' ? people.signIn.first() : null)
  return { app, workerApp, ready, drain, close, logger, firstLink }
}

/** How the queue of each renderer stands, for who asks for figures. */
const queueFacts = (runner: Pick<Runner, 'totals' | 'oldestWaiting'>): Record<string, QueueFacts> => {
  const oldest = runner.oldestWaiting()
  return Object.fromEntries(
    Object.entries(runner.totals()).map(([name, { waiting, running }]) => [
      name,
      { waiting, running, oldest: oldest[name] ?? null },
    ]),
  )
}

/** Throws where RENDERERS has a name that is none. */
const requireNames = (names: ReadonlySet<string> | null, renderers: readonly Renderer[]): void => {
  const known = renderers.map(({ name }) => name)
  const unknown = [...(names ?? [])].filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new Error(`RENDERERS: there is no renderer ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
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
