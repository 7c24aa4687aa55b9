import type { Renderer } from '../../shared/renderer.ts'
import type { Env } from '../env.ts'
import { createJobBus, type JobBus } from '../jobs/bus.ts'
import { createPauseNote } from '../jobs/pause-note.ts'
import { createRunner, type Runner } from '../jobs/runner.ts'
import type { Metrics, QueueFacts } from '../metrics/metrics.ts'
import { connectTo } from '../open-database.ts'
import type { Limits } from '../outgoing/request.ts'
import { createPeople } from '../people/people.ts'
import { watchStorage } from '../storage-watch.ts'
import { createWaitingStore } from '../store/waiting-store.ts'
import { createTeam, type Team, TEAM_TIMES, type TeamTimes } from '../team/open-team.ts'
import type { BaseServices } from './base.ts'
import { openRenderers, type Rendering } from './renderers.ts'
import { openStores, type Stores } from './stores.ts'
import { createTakeUp } from './take-up.ts'

/** What tests set otherwise. */
export type CoreOptions = {
  /** Milliseconds between two looks at an order, and at servers that are not ready; and how long one is silent. */
  pollMs?: number
  againMs?: number
  patienceMs?: number
  /** How long leases are, and how often is looked, where several processes share a database. */
  teamTimes?: Partial<TeamTimes>
  /** In the place of the limits of every call to others. */
  limits?: Limits
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

const openRendering = (base: BaseServices, env: Env, options: CoreOptions): Promise<Rendering> => {
  const { prober, folders, notices, logger, now } = base
  const { limits, pollMs, againMs, patienceMs } = options
  return openRenderers({
    local: base.createLocal(),
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
}

/** What the runner of jobs works with. */
type RunningParts = {
  stores: Stores
  rendering: Rendering
  bus: JobBus
  metrics: Metrics
  storage: ReturnType<typeof watchStorage>
}

/** The runner of this process alone, or its part of a team's. */
const createRunning = (
  base: BaseServices,
  { stores, rendering, bus, metrics, storage }: RunningParts,
  env: Env,
  options: CoreOptions,
): { team: Team | null; runner: Runner } => {
  const { name, folders, notices, closing } = base
  const { renderers, models, likely } = rendering
  const runnerDeps = {
    ...base,
    jobs: stores.jobs,
    takes: stores.takes,
    // Nothing begins that would be ended in a moment.
    storage: { look: storage.look, hasRoom: () => storage.hasRoom() && !closing.signal.aborted },
    untilWhole: stores.catchUp.untilWhole,
    bus,
    renderers: renderers.all,
    models,
    likely,
    onEnded: metrics.finished,
  }
  if (name === null || env.databaseUrl === null) {
    const waiting = createWaitingStore(stores.index)
    return {
      team: null,
      runner: createRunner({ ...runnerDeps, files: stores.files, waiting, pauseNote: createPauseNote(folders) }),
    }
  }
  const team = createTeam({
    ...runnerDeps,
    index: stores.index,
    notices,
    connect: connectTo(env.databaseUrl),
    name,
    role: env.role,
    takesOf: env.takesOf,
    filesOf: stores.filesOf,
    times: { ...TEAM_TIMES, ...options.teamTimes },
  })
  return { team, runner: team.runner }
}

export type CoreServices = Awaited<ReturnType<typeof openCore>>

/**
 * Opens what is kept and what renders, and makes what brings both together: the runner of jobs. Nothing runs until it is
 * taken up. Rejects with a plain sentence where something cannot be used.
 */
export const openCore = async (base: BaseServices, env: Env, options: CoreOptions) => {
  const { folders, notices, reserve, logger, now, closing } = base
  const storage = watchStorage({ reserve, notices, onRoom: () => runner.proceed() })
  // Loaded while the process of the index starts, which takes longer.
  const loadingMetrics = import('../metrics/metrics.ts')
  const stores = await openStores({
    ...base,
    databaseUrl: env.databaseUrl,
    closing: closing.signal,
    onReplaced: (found) => void takeUp.again(found),
    received: (bytes) => metrics.received(bytes),
    runner: () => runner,
  })
  const { index, catchUp } = stores
  const people = createPeople({ index, dataDir: folders.root, settings: env.people, now, logger })
  const rendering = await openRendering(base, env, options)
  const bus = createJobBus()
  const { createMetrics } = await loadingMetrics
  const metrics: Metrics = createMetrics({
    models: rendering.models,
    // A worker does not follow the queue: servers tell of it.
    queues: () => (env.role === 'worker' ? {} : queueFacts(runner)),
    now,
  })
  requireNames(env.takesOf, rendering.renderers.all)
  const parts = { stores, rendering, bus, metrics, storage }
  const { team, runner }: { team: Team | null; runner: Runner } = createRunning(base, parts, env, options)
  const takeUp = createTakeUp({ catchUp, runner, notices, logger, closing: closing.signal })
  return { ...parts, people, team, runner, takeUp }
}
