import { RushesError } from '../../../shared/errors.ts'
import type { Cancelled } from '../../../shared/renderer.ts'
import type { Dialect } from './dialect.ts'

/** Whom an order went to, as its failures are worded: whether money may have gone out, and how it is called. */
export type Addressee = { title: string; paid: boolean }

const billedOf = ({ paid }: Addressee): 'no' | 'maybe' => (paid ? 'maybe' : 'no')

/** The order went out and what came of it is not known. Repeating it might make, and bill, a second one. */
export const answerLost = (to: Addressee, what: string, cause?: unknown): RushesError =>
  new RushesError(
    cause === undefined ? 'CLOUD_FAILED' : 'NETWORK_ERROR',
    `The order to ${to.title}: ${what} It may have been taken${to.paid ? ', and billed' : ''}, so it was not sent again.`,
    { cause, billed: billedOf(to) },
  )

export const stoppedWhileSending = (to: Addressee): RushesError =>
  new RushesError(
    'CLOUD_FAILED',
    `Rushes was stopped while it sent the order to ${to.title}. It may have been taken${to.paid ? ', and billed' : ''}, so it was not sent again.`,
    { billed: billedOf(to) },
  )

/** What a cancel comes to that cut the order's way. */
export const cancelledWhileSending = (to: Addressee): RushesError =>
  new RushesError(
    'CLOUD_FAILED',
    `The order to ${to.title} was on its way. It may have been taken${to.paid ? ', and billed' : ''}.`,
    { billed: billedOf(to) },
  )

export const notWrittenDown = (to: Addressee, id: string, cause: unknown): RushesError =>
  new RushesError(
    'INTERNAL',
    `${to.title} took the order as ${id}, but that could not be written down.${to.paid ? ' It may be billed.' : ''}`,
    { cause, billed: billedOf(to) },
  )

export const tooLong = (to: Addressee, ms: number): RushesError =>
  new RushesError(
    'TIMEOUT',
    `${to.title} has not finished within ${Math.round(ms / 60_000)} minutes. The order still stands: look again later.`,
    { billed: billedOf(to) },
  )

export const goneAway = (to: Addressee, ms: number, why: string): RushesError =>
  new RushesError(
    'UNREACHABLE',
    `${to.title} has not answered for ${Math.max(1, Math.round(ms / 60_000))} minutes: ${why}. The order still stands if it comes back: look again then.`,
    { billed: billedOf(to) },
  )

/** The other side is there again and knows nothing of the order. */
export const lost = (to: Addressee): RushesError =>
  new RushesError(
    'LOST',
    `${to.title} was started anew, or has forgotten the order: it knows nothing of it any more. Nothing runs there for it; generate it again.`,
    { billed: billedOf(to) },
  )

/** The server of an order is none of those that are set now. */
export const notSetAnyMore = (to: Addressee, server: string): RushesError =>
  new RushesError(
    'UNREACHABLE',
    `The order went to ${server}, which is not set for ${to.title} any more. Set it again, then go on with this take.`,
    { billed: billedOf(to) },
  )

/** What a cancel comes to where the other side cannot be told. */
export const cannotStop = (to: Addressee): Cancelled => ({
  billed: billedOf(to),
  note: to.paid
    ? `${to.title} cannot stop the order: it may still be billed.`
    : `${to.title} cannot stop it: it may go on there.`,
})

/** Nothing is set to render with. `ordered`: an order was out when it was. */
export const offFailure = ({ title, howToSet, offCode, asks }: Dialect, ordered: boolean): RushesError =>
  new RushesError(offCode, `This job wants ${title}, which is not set. ${howToSet}`, {
    billed: ordered && asks.includes('key') ? 'maybe' : 'no',
  })
