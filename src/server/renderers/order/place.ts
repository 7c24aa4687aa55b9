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

/** Seconds to wait where a refusal for now does not say. */
const RETRY_AFTER = 5

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

/**
 * Orders a task from the least busy server that makes it. A server that cannot be reached moves the job to another, as
 * long as nothing went out; a refusal for now is waited out. What was sent is recorded around the sending, and never
 * sent twice unless the other side says that it does not have it.
 */
export const placeOrder = async (task: RenderTask, context: RenderContext, deps: PlaceDeps): Promise<Placed> => {
  const { pool, ownIds } = deps
  const { signal, record, onProgress } = context
  const tried = new Set<Connection>()
  const deadline = performance.now() + deps.patienceMs
  onProgress(null, 'submitting')

  const unplace = (member: Member): void => {
    member.placed = Math.max(0, member.placed - 1)
    deps.left(member)
  }
  const choose = async (because: unknown): Promise<Member> => {
    const choosing = pool.choose(task.model, task.job.engine?.name ?? null, tried)
    try {
      return await orAbort(choosing, signal)
    } catch (error) {
      void choosing.then(unplace, () => undefined)
      // That the last one could not be reached says more than that there is no other.
      throw signal.aborted || because === undefined ? error : because
    }
  }

  const sendOnce = async (member: Member, prepared: Prepared, id: string): Promise<Order> => {
    const { connection } = member
    const to = deps.addressee(connection)
    await record({ state: 'sending', server: connection.url, ...(ownIds ? { id } : {}) })
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
    deps.onSending(task.job.job_id, { connection, sending, cut })
    return orAbort(sending, signal)
  }

  const send = async (member: Member, prepared: Prepared): Promise<Order> => {
    const { connection } = member
    const id = deps.newId()
    for (let again = 0; ; again++)
      try {
        return await sendOnce(member, prepared, id)
      } catch (error) {
        if (signal.aborted) throw signal.reason
        const isLost =
          error instanceof RushesError && !isRefusedForNow(error) && !isNotReached(error) && isUncertain(error)
        if (!ownIds || !connection.find || !isLost) throw error
        const to = deps.addressee(connection)
        const found = await findOrder(connection, id, {
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

  let because: unknown
  for (;;) {
    const member = await choose(because)
    try {
      const prepared = await orAbort(member.connection.prepare(task, signal), signal)
      signal.throwIfAborted()
      const order = await send(member, prepared)
      return { member, order, prepared }
    } catch (error) {
      unplace(member)
      if (signal.aborted) throw signal.reason
      if (isRefusedForNow(error)) {
        const wait = (error.retryAfter ?? RETRY_AFTER) * 1000
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
