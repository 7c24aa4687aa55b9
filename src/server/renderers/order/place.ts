import { RushesError } from '../../../shared/errors.ts'
import type { RenderContext, RenderTask } from '../../../shared/renderer.ts'
import type { Connection, Order, Prepared } from './dialect.ts'
import { TransientError } from './transient-error.ts'
import type { Member, Pool } from './pool.ts'
import { orAbort, pause } from './waiting.ts'
import { type Addressee, answerLost, notWrittenDown } from './words.ts'

/** An order that the other side has, and what was said of it before. It counts among those that are open there. */
export type Placed = { member: Member; order: Order; prepared: Prepared | null }

/** An order whose answer is out. */
export type Underway = { connection: Connection; sending: Promise<Order>; cut: AbortController }

export type PlaceDeps = {
  pool: Pool
  ownIds: boolean
  addressee: (connection: Connection) => Addressee
  /** Takes an order off those that are open at a server. */
  left: (member: Member) => void
  /** Draws the id of an order, where it is ours to choose. */
  newId: () => string
  /** How long an order that is refused for now is tried on, in milliseconds. */
  patienceMs: number
  pollMs: number
  /** Told of each order whose answer is out, by its job. */
  onSending: (job: string, underway: Underway) => void
}

/** What to wait where a refusal for now does not say. */
const RETRY_AFTER_SECONDS = 5

const isRefusedForNow = (error: unknown): error is RushesError =>
  error instanceof RushesError && error.code === 'RATE_LIMITED' && error.billed === 'no'
const isNotReached = (error: unknown): error is RushesError =>
  error instanceof RushesError && error.code === 'UNREACHABLE' && error.billed === 'no'

/**
 * Looks for an order by an id of ours whose answer was lost, until the other side says whether it has it. Rejects with
 * `unknown` where it cannot be asked for too long.
 */
export const findOrder = async (
  connection: Connection,
  id: string,
  options: { signal: AbortSignal; pollMs: number; patienceMs: number; unknown: (cause: unknown) => RushesError },
): Promise<Order | null> => {
  const deadline = performance.now() + options.patienceMs
  for (;;) {
    try {
      return (await connection.find?.(id, options.signal)) ?? null
    } catch (error) {
      if (options.signal.aborted) throw options.signal.reason
      if (!(error instanceof TransientError) && !isNotReached(error)) throw error
      if (performance.now() > deadline) throw options.unknown(error)
      await pause(options.pollMs, options.signal)
    }
  }
}

const unplace = (deps: Pick<PlaceDeps, 'left'>, member: Member): void => {
  member.placed = Math.max(0, member.placed - 1)
  deps.left(member)
}

/** The server that is to have the order. Throws `because`, where there is such a reason, when there is none. */
const choose = async (
  deps: PlaceDeps,
  { model, job }: RenderTask,
  tried: ReadonlySet<Connection>,
  { signal, because }: { signal: AbortSignal; because: unknown },
): Promise<Member> => {
  const choosing = deps.pool.choose(model, job.engine?.name ?? null, tried)
  try {
    return await orAbort(choosing, signal)
  } catch (error) {
    void choosing.then(
      (member) => unplace(deps, member),
      () => undefined,
    )
    // That the last one could not be reached says more than that there is no other.
    throw signal.aborted || because === undefined ? error : because
  }
}

/** An order on its way to a server. */
type Sending = { member: Member; prepared: Prepared; id: string; jobId: string }

const sendOnce = async (
  deps: PlaceDeps,
  { signal, record }: RenderContext,
  { member: { connection }, prepared, id, jobId }: Sending,
): Promise<Order> => {
  const to = deps.addressee(connection)
  await record({ state: 'sending', server: connection.url, ...(deps.ownIds ? { id } : {}) })
  signal.throwIfAborted()
  const cut = new AbortController()
  const sending = (async () => {
    const order = await prepared.send(id, cut.signal)
    try {
      await record({ state: 'sent', server: connection.url, ...order })
    } catch (cause) {
      throw notWrittenDown(to, order.id, cause)
    }
    return order
  })()
  deps.onSending(jobId, { connection, sending, cut })
  return orAbort(sending, signal)
}

/** Whether an answer was lost, so that the other side may have the order all the same. */
const isLost = (error: unknown): boolean =>
  error instanceof RushesError && !isRefusedForNow(error) && !isNotReached(error) && isUncertain(error)

/** Sends an order; where its answer is lost, it is looked for, and sent once more if the other side does not have it. */
const send = async (deps: PlaceDeps, context: RenderContext, sending: Sending): Promise<Order> => {
  const { signal, record } = context
  const { connection } = sending.member
  for (let again = 0; ; again++)
    try {
      return await sendOnce(deps, context, sending)
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (!deps.ownIds || !connection.find || !isLost(error)) throw error
      const to = deps.addressee(connection)
      const found = await findOrder(connection, sending.id, {
        ...deps,
        signal,
        unknown: (cause) => answerLost(to, 'it broke off.', cause),
      })
      if (found) {
        await record({ state: 'sent', server: connection.url, ...found })
        return found
      }
      if (again > 0) throw error
    }
}

/**
 * Orders a task from the least busy server that makes it. A server that cannot be reached moves the job to another, as
 * long as nothing went out; a refusal for now is waited out. What was sent is recorded around the sending, and never
 * sent twice unless the other side says that it does not have it.
 */
export const placeOrder = async (task: RenderTask, context: RenderContext, deps: PlaceDeps): Promise<Placed> => {
  const { pool, newId } = deps
  const { signal, record, onProgress } = context
  const jobId = task.job.job_id
  const tried = new Set<Connection>()
  const deadline = performance.now() + deps.patienceMs
  onProgress(null, 'submitting')

  let because: unknown
  for (;;) {
    const member = await choose(deps, task, tried, { signal, because })
    try {
      const prepared = await orAbort(member.connection.prepare(task, signal), signal)
      signal.throwIfAborted()
      const order = await send(deps, context, { member, prepared, id: newId(), jobId })
      return { member, order, prepared }
    } catch (error) {
      unplace(deps, member)
      if (signal.aborted) throw signal.reason
      if (isRefusedForNow(error)) {
        const wait = (error.retryAfter ?? RETRY_AFTER_SECONDS) * 1000
        if (performance.now() + wait > deadline) throw error
        await record({ state: 'held' })
        await pause(wait, signal)
      } else if (isNotReached(error)) {
        await record({ state: 'held' })
        pool.markUnreachable(member, error.message)
        tried.add(member.connection)
        because = error
      } else throw error instanceof TransientError ? notReady(error, deps.addressee(member.connection)) : error
    }
  }
}

/** Whether the other side may have taken it. Where nothing costs money, only the code tells. */
const isUncertain = (error: RushesError): boolean =>
  error.billed === 'maybe' || error.code === 'NETWORK_ERROR' || error.code === 'CLOUD_FAILED'

const notReady = (error: TransientError, { title }: Addressee): RushesError =>
  new RushesError(
    'UNREACHABLE',
    `${title} did not take what was to be prepared: ${error.message}. Nothing was ordered.`,
    {
      cause: error,
    },
  )
