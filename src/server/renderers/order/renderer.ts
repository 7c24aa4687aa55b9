import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { OrderRecord, Rendered, RenderContext, Renderer, RenderTask } from '../../../shared/renderer.ts'
import { createCancel, cutOnCancel } from './cancelling.ts'
import type { Dialect, Order } from './dialect.ts'
import { download, type Probe } from './download.ts'
import { findOrder, type Placed, placeOrder, type Underway } from './place.ts'
import { sizeWarning } from './size-warning.ts'
import { createStanding, type Standing, type StandingOptions } from './standing.ts'
import { untilDone } from './until-done.ts'
import { pause } from './waiting.ts'
import { answerLost, offFailure, stoppedWhileSending } from './words.ts'

export type OrderRendererOptions = Pick<StandingOptions, 'settings' | 'onChange' | 'limits' | 'againMs'> & {
  /** Measures the media that came home; rejects where it is broken. */
  probe: Probe
  /** Told now and then while an order is worked on: there is something to measure soon. */
  prepareProbe?: (() => void) | undefined
  logger: Pick<Logger, 'info' | 'warn'>
  now?: () => Date
  /** Milliseconds between two looks at an order. */
  pollMs?: number | undefined
  /** For tests, in the place of the dialect's own. */
  timeoutMs?: number | undefined
  /** How long a silence of the other side is waited out, in milliseconds. */
  patienceMs?: number | undefined
}

/** A renderer that gives orders to others. */
export type OrderRenderer = Renderer & Pick<Standing, 'configure' | 'test' | 'chosenOnly'>

const POLL_MS = 2000
/** How long a refusal for now, or a silence, is waited out. */
const PATIENCE_MS = 10 * 60_000
/** How long a refused order is tried on. */
const REFUSED_MS = 2 * 60_000
/** How long a stopping server waits for the answers to orders that are under way. */
const CLOSE_MS = 5000
/** What to wait before each further try to fetch a result, in usual waits between two looks. */
const FETCH_WAITS = [0.25, 0.5, 1, 2, 4]

/** What the steps of an order share. */
type Ordering = {
  dialect: Dialect
  standing: Standing
  underway: UnderwayOrders
  options: OrderRendererOptions
  pollMs: number
  patienceMs: number
}

type UnderwayOrders = ReturnType<typeof createUnderway>

/** Orders whose answers are out, by job. */
const createUnderway = () => {
  const underway = new Map<string, Underway>()
  return {
    get: (job: string) => underway.get(job),
    add: (job: string, sent: Underway): void => {
      underway.set(job, sent)
      void sent.sending
        .catch(() => undefined)
        .finally(() => {
          if (underway.get(job) === sent) underway.delete(job)
        })
    },
    /** Resolves when those are answered that are out now. */
    answered: () => Promise.allSettled([...underway.values()].map(({ sending }) => sending)),
    cutAll: (reason: unknown): void => {
      for (const { cut } of underway.values()) cut.abort(reason)
    },
  }
}

/** The order of an earlier attempt, or null where nothing of it went out. */
const takeUp = async (
  { standing, pollMs, patienceMs }: Ordering,
  recorded: OrderRecord | null,
  context: RenderContext,
): Promise<Placed | null> => {
  if (recorded === null || recorded.state === 'held') return null
  const member = standing.memberOf(recorded.server)
  const taken = (order: Order): Placed => {
    standing.enter(member)
    return { member, order, prepared: null }
  }
  if (recorded.state === 'sent') return taken({ id: recorded.id, details: recorded.details })
  const to = standing.addressee(member.connection)
  if (recorded.id === undefined || !member.connection.find) throw stoppedWhileSending(to)
  const found = await findOrder(member.connection, recorded.id, {
    signal: context.signal,
    pollMs,
    patienceMs,
    unknown: (cause) => answerLost(to, 'whether it arrived cannot be found out.', cause),
  })
  if (!found) return null
  await context.record({ state: 'sent', server: member.connection.url, ...found })
  return taken(found)
}

const place = async (ordering: Ordering, task: RenderTask, context: RenderContext): Promise<Placed> => {
  const { dialect, standing, underway, pollMs } = ordering
  const pool = standing.pool()
  if (pool.members.length === 0) throw offFailure(dialect, false)
  const { ownIds } = dialect
  const { left, addressee } = standing
  const patienceMs = Math.min(ordering.patienceMs, REFUSED_MS)
  const deps = { pool, ownIds, addressee, left, pollMs, onSending: underway.add, patienceMs, newId: randomUUID }
  try {
    return await placeOrder(task, context, deps)
  } catch (error) {
    cutOnCancel(underway.get(task.job.job_id), context.signal)
    throw error
  }
}

/** Waits until an order is done, and brings its result home. */
const follow = async (
  { dialect, standing, options, pollMs, patienceMs }: Ordering,
  task: RenderTask,
  context: RenderContext,
  { member: { connection }, order, prepared }: Placed,
): Promise<Rendered> => {
  const { signal, onProgress } = context
  const { probe, logger, prepareProbe: onRunning, timeoutMs = dialect.timeoutMs } = options
  const addressee = standing.addressee(connection)
  onProgress(null, 'rendering')
  const about = { connection, order, addressee, context, pollMs, timeoutMs, patienceMs, onRunning, logger }
  const result = await untilDone(about)
  onProgress(null, 'fetching')
  const kind = prepared?.kind ?? (task.model.task === 'custom' ? null : task.model.kind)
  const content = (patience: AbortSignal) => connection.content(order, result, patience)
  const waits = FETCH_WAITS.map((times) => times * pollMs)
  const home = await download({ content, directory: task.directory, kind, addressee, probe, signal, waits })
  const engine = prepared?.engine ?? task.job.engine
  const warnings = prepared?.warnings ?? []
  const size = sizeWarning(task, home, warnings)
  return { ...home, ...(engine ? { engine } : {}), warnings: [...warnings, ...(size === null ? [] : [size])] }
}

/** Takes an order up or places it, and follows it to its end. */
const renderBy =
  (ordering: Ordering): Renderer['render'] =>
  async (task, context) => {
    const { dialect, standing, options } = ordering
    context.signal.throwIfAborted()
    const taken = await takeUp(ordering, context.recorded, context)
    const placed = taken ?? (await place(ordering, task, context))
    const { member, order } = placed
    if (!taken) {
      const at = member.connection.host
      options.logger.info({ job: task.job.job_id, order: order.id, at }, `ordered from ${dialect.title}`)
    }
    try {
      return await follow(ordering, task, context, placed)
    } finally {
      standing.left(member)
      await member.connection.done?.(order)
    }
  }

/**
 * A renderer of one dialect: the one state machine of every order. It is written down before it is sent, its id before
 * anything else happens; it is looked at until it is done, its result is brought home. A restart goes on where it was,
 * and an order whose fate is unknown is never sent again unless the other side says that it does not have it.
 */
export const createOrderRenderer = (dialect: Dialect, options: OrderRendererOptions): OrderRenderer => {
  const { settings, onChange, limits, againMs, logger, pollMs = POLL_MS, patienceMs = PATIENCE_MS } = options
  const { now = () => new Date() } = options
  const closing = new AbortController()
  const about = { settings, onChange, limits, againMs, logger, now, pollMs, closing: closing.signal }
  const standing = createStanding(dialect, about)
  const underway = createUnderway()

  return {
    name: dialect.name,
    get concurrency() {
      const slots = standing.pool().members.reduce((sum, { connection }) => sum + connection.slots, 0)
      return Math.max(1, slots)
    },
    render: renderBy({ dialect, standing, underway, options, pollMs, patienceMs }),
    cancel: createCancel({ standing, underway: underway.get, closing: closing.signal, everyMs: pollMs }),
    offerFor: (model) => standing.pool().offerFor(model),
    status: standing.status,
    look: standing.look,
    configure: standing.configure,
    test: standing.test,
    chosenOnly: standing.chosenOnly,
    close: async () => {
      const answered = underway.answered()
      const enough = new AbortController()
      await Promise.race([answered, pause(CLOSE_MS, enough.signal).catch(() => undefined)])
      enough.abort()
      closing.abort(new Error('Rushes is stopping'))
      underway.cutAll(closing.signal.reason)
      await answered
      standing.close()
    },
  }
}
