import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import type { AppContext, AppEnv } from '../http/context.ts'
import { bearerIn, isAmong, peerOf } from '../http/peer.ts'

export type MetricsAccess = {
  /** What must come as a bearer; null: nobody but, where `isOpenHere`, programs on this machine. */
  token: string | null
  isOpenHere: boolean
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether two texts are equal, in a time that says nothing of where they differ. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(hashOf(one), hashOf(other))

/** What proxies add. One on this machine calls from loopback, whoever it calls for. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const

const LOOPBACK = ['127.0.0.0/8', '::1']

const isOfThisMachine = (context: AppContext): boolean =>
  isAmong(peerOf(context), LOOPBACK) && FORWARDED.every((name) => context.req.header(name) === undefined)

const NOT_FROM_HERE =
  'Figures are told to programs on this machine alone, and to none where people sign in. To read them there, from elsewhere or through a proxy, start the server with METRICS_TOKEN and send that as Authorization: Bearer.'
const WRONG_TOKEN = 'Figures are told to who sends METRICS_TOKEN, as Authorization: Bearer.'

/**
 * Lets nobody read the figures who should not: they tell what was spent. With a token only who has it, also on this
 * machine; without, only what runs on this machine, and nobody where that is closed: a proxy stands before the server, or
 * whoever asks has to say who they are.
 */
export const guardMetrics =
  ({ token, isOpenHere }: MetricsAccess): MiddlewareHandler<AppEnv> =>
  async (context, next) => {
    if (token === null) {
      if (!isOpenHere || !isOfThisMachine(context)) throw new RushesError('FORBIDDEN', NOT_FROM_HERE)
      return next()
    }
    const given = bearerIn(context.req.header('authorization'))
    if (given !== null && isSame(given, token)) return next()
    context.header('www-authenticate', 'Bearer realm="metrics"')
    throw new RushesError('INVALID_API_KEY', WRONG_TOKEN)
  }
