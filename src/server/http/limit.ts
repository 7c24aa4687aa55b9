import type { MiddlewareHandler } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import type { AppEnv } from './context.ts'

/** Event streams open at a time: each is a connection, a timer and a copy of every change. A browser needs one a page. */
export const MAX_STREAMS = 100
/** The same of a server that a team uses. */
export const MAX_TEAM_STREAMS = 1000

/** Forms that are being read at a time: each may write to disk as fast as it can. */
export const MAX_UPLOADS = 32

/** Seconds after which to ask again. */
const RETRY_STREAM_SECONDS = 15
const RETRY_UPLOAD_SECONDS = 5

/** Admits so many at a time. `enter` answers what gives the place back, and throws where there is none. */
const createPlaces = (most: number, refusal: () => RushesError) => {
  let taken = 0
  return {
    enter: (): (() => void) => {
      if (taken >= most) throw refusal()
      taken++
      let isHeld = true
      return () => {
        if (isHeld) taken--
        isHeld = false
      }
    },
  }
}

/** Admits so many streams at a time, each until its connection closes, and answers 429 to others. */
export const limitStreams = (most: number): MiddlewareHandler<AppEnv> => {
  const places = createPlaces(
    most,
    () =>
      new RushesError(
        'RATE_LIMITED',
        `${most} event streams are open already, which is the most at a time. Close some, or ask for jobs one by one.`,
        { retryAfter: RETRY_STREAM_SECONDS },
      ),
  )
  return async (context, next) => {
    const leave = places.enter()
    const outgoing = context.env?.outgoing
    outgoing?.once('close', leave)
    await next()
    if (!outgoing) leave()
  }
}

/** A form, or a piece of an upload. */
const isForm = (type: string | undefined): boolean =>
  /^\s*(multipart\/form-data|application\/(x-www-form-urlencoded|offset\+octet-stream))\b/i.test(type ?? '')

/** Admits {@link MAX_UPLOADS} forms at a time, each until it is read or given up, and answers 429 to others. */
export const limitUploads = (): MiddlewareHandler<AppEnv> => {
  const places = createPlaces(
    MAX_UPLOADS,
    () =>
      new RushesError(
        'RATE_LIMITED',
        `${MAX_UPLOADS} uploads are coming in already, which is the most at a time. Send this one again when some are through.`,
        { retryAfter: RETRY_UPLOAD_SECONDS },
      ),
  )
  return async (context, next) => {
    if (!isForm(context.req.header('content-type'))) return next()
    const leave = places.enter()
    const { incoming, outgoing } = context.env ?? {}
    incoming?.once('end', leave).once('close', leave)
    outgoing?.once('close', leave)
    await next()
    if (!incoming) leave()
    return undefined
  }
}
