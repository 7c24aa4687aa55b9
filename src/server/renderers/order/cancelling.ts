import { RushesError } from '../../../shared/errors.ts'
import { type Cancelled, JobTaken, type OrderRecord, type Renderer } from '../../../shared/renderer.ts'
import type { Connection, Order } from './dialect.ts'
import { TransientError } from './transient-error.ts'
import type { Underway } from './place.ts'
import type { Standing } from './standing.ts'
import { pause } from './waiting.ts'
import { cancelledWhileSending, cannotStop, stoppedWhileSending } from './words.ts'

/** How long a cancelled order's answer is waited for before its connection is cut. */
const CUT_MS = 1000
/** How long a cancel that did not get through is tried again. */
const TRIED_MS = 30 * 60_000

const isCancelled = (reason: unknown): boolean => reason instanceof RushesError && reason.code === 'CANCELLED'

/** Somebody's cancel spares the rest of an upload. A shutdown instead lets the answer come, so that its id is known. */
export const cutOnCancel = (sent: Underway | undefined, signal: AbortSignal): void => {
  // Whoever has the job by now must not find that it arrived after having looked.
  if (sent && signal.reason instanceof JobTaken) return sent.cut.abort(signal.reason)
  if (!sent || !isCancelled(signal.reason)) return
  if (!sent.connection.cancel) return sent.cut.abort(signal.reason)
  const timeout = setTimeout(() => sent.cut.abort(signal.reason), CUT_MS)
  void sent.sending.catch(() => undefined).finally(() => clearTimeout(timeout))
}

export type CancellingDeps = {
  standing: Pick<Standing, 'memberOf' | 'addressee' | 'isPaid'>
  /** The order of a job whose answer is still out. */
  underway: (job: string) => Underway | undefined
  closing: AbortSignal
  /** Milliseconds before a cancel that did not get through is tried again. */
  everyMs: number
}

type Found = { connection: Connection; order: Order }

/** Tells other sides that orders are not wanted any more, again and again where they do not answer. */
export const createCancel = (deps: CancellingDeps): NonNullable<Renderer['cancel']> => {
  const { standing, underway, closing, everyMs } = deps

  /** The order that is to be cancelled, once it is known; null where the other side does not have it. */
  const find = async (record: OrderRecord, job: string): Promise<Found | null> => {
    if (record.state === 'held') return null
    const { connection } = standing.memberOf(record.server)
    if (record.state === 'sent') return { connection, order: { id: record.id, details: record.details } }
    const sent = underway(job)
    const answer = await sent?.sending.then(
      (order) => ({ order }),
      (error: unknown) => ({ error }),
    )
    if (answer && 'order' in answer) return { connection, order: answer.order }
    const to = standing.addressee(connection)
    if (record.id === undefined || !connection.find) {
      // The other side's own refusal says that it has no such order; a connection that we cut says nothing.
      const isRefused =
        !sent?.cut.signal.aborted && answer?.error instanceof RushesError && answer.error.billed === 'no'
      if (isRefused) return null
      throw sent ? cancelledWhileSending(to) : stoppedWhileSending(to)
    }
    const order = await connection.find(record.id, closing)
    return order && { connection, order }
  }

  const once = async (record: OrderRecord, job: string): Promise<Cancelled> => {
    const found = await find(record, job)
    if (!found) return { billed: 'no', note: null }
    const { connection, order } = found
    if (!connection.cancel) return cannotStop(standing.addressee(connection))
    const said = await connection.cancel(order, closing)
    await connection.done?.(order)
    return said
  }

  return async (record, { job_id: job }) => {
    const deadline = performance.now() + TRIED_MS
    for (;;)
      try {
        return await once(record, job)
      } catch (error) {
        if (closing.aborted) throw error
        const passes = error instanceof TransientError || (error instanceof RushesError && error.code === 'UNREACHABLE')
        if (!passes || performance.now() > deadline)
          return {
            billed: record.state !== 'held' && standing.isPaid(record.server) ? 'maybe' : 'no',
            note: error instanceof RushesError ? error.message : null,
          }
        await pause(everyMs, closing)
      }
  }
}
