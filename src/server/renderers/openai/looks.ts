import { parseJson, secondsOf } from '../order/answers.ts'
import type { Reply } from '../order/calls.ts'
import type { Look } from '../order/dialect.ts'
import { transient, TransientError } from '../order/transient-error.ts'
import { orAbort } from '../order/waiting.ts'
import { isPage, keyRefused, orderFailed, type OtherSide } from './failures.ts'
import type { ServerCalls } from './server-calls.ts'
import { type Video, videoListSchema, videoSchema } from './wire.ts'

/** Orders that one list tells of; both kinds of server take no more. */
const MAX_LISTED = 100

/** What a server says of an order, as a look. */
export const lookOf = (video: Video, side: OtherSide): Look => {
  const { status, progress, error, url } = video
  if (status === 'completed') return { state: 'done', result: { url: url ?? null } }
  if (status === 'failed' || status === 'cancelled') return { state: 'failed', error: orderFailed(error, side) }
  if (status === 'deleted') return { state: 'unknown' }
  if (status === 'queued') return { state: 'waiting' }
  // Some say 0 to the end: that is no progress.
  return { state: 'running', progress: progress ? Math.min(1, Math.max(0, progress / 100)) : null }
}

/** An answer that does not tell of the order, as what is to be made of it. */
export const unclear = (reply: Reply): TransientError => {
  const what = isPage(reply) ? 'the answer was a web page' : `the answer was ${reply.status}`
  return new TransientError(what, { retryAfter: secondsOf(reply.headers['retry-after']) })
}

export type Looks = {
  lookAt: (id: string, signal: AbortSignal) => Promise<Look>
  /** The order is done with. */
  drop: (id: string) => void
  /** How many orders wait and run there, whoever sent them; null where it has no list. */
  busy: (signal: AbortSignal) => Promise<number | null>
  close: () => void
}

type LooksOptions = {
  calls: ServerCalls
  side: OtherSide
  everyMs: number
  onRefused: () => void
}

/** Says that the key was refused, and throws. */
const refuse = ({ onRefused, side }: LooksOptions): never => {
  onRefused()
  throw keyRefused(side)
}

/** Of the order by itself. A failed one may come with the status of its failure: its words count. */
const fetchOne = async (options: LooksOptions, id: string, signal: AbortSignal): Promise<Look> => {
  const { calls, side } = options
  const reply = await calls.get(`/v1/videos/${encodeURIComponent(id)}`, signal)
  const video = parseJson(videoSchema, reply.text)
  if (video && video.id === id && (reply.status < 300 || video.status === 'failed')) return lookOf(video, side)
  if (reply.status === 401 || reply.status === 403) return refuse(options)
  if (reply.status === 404 && !isPage(reply)) return { state: 'unknown' }
  throw unclear(reply)
}

/**
 * Looks at orders: one by one, or all by one list each interval where several wait. Of an order that the list does not
 * tell of, the server is asked by its id. `everyMs` is how long a list counts.
 */
export const createLooks = (options: LooksOptions): Looks => {
  const { calls, side, everyMs } = options
  const closing = new AbortController()
  const waiting = new Set<string>()
  let hasList = true
  let latest: { at: number; videos: Promise<ReadonlyMap<string, Video> | null> } | null = null

  const fetchList = async (signal: AbortSignal): Promise<ReadonlyMap<string, Video> | null> => {
    const reply = await calls.get(`/v1/videos?limit=${MAX_LISTED}&order=desc`, signal)
    if (reply.status === 401 || reply.status === 403) return refuse(options)
    const found = reply.status === 200 ? parseJson(videoListSchema, reply.text)?.data : undefined
    if (found) return new Map(found.map((video) => [video.id, video]))
    // A gateway that is just busy is no server without a list.
    if (reply.status < 500 && reply.status !== 429) hasList = false
    return null
  }

  const fromList = async (id: string, signal: AbortSignal): Promise<Look | null> => {
    const now = performance.now()
    // Every order is looked at once an interval: a little less, so that none finds the list of its own last look.
    if (!latest || now - latest.at > everyMs * 0.8) latest = { at: now, videos: fetchList(closing.signal) }
    const found = (await orAbort(latest.videos, signal))?.get(id)
    return found ? lookOf(found, side) : null
  }

  const look = async (id: string, signal: AbortSignal): Promise<Look> => {
    waiting.add(id)
    const listed = waiting.size > 1 && hasList ? await fromList(id, signal) : null
    return listed ?? fetchOne(options, id, signal)
  }

  return {
    lookAt: async (id, signal) => {
      const seen = await look(id, signal).catch((error: unknown) => {
        throw signal.aborted ? signal.reason : transient(error)
      })
      if (seen.state !== 'waiting' && seen.state !== 'running') waiting.delete(id)
      return seen
    },
    drop: (id) => void waiting.delete(id),
    busy: async (signal) => {
      const videos = hasList ? await fetchList(signal).catch(() => null) : null
      if (!videos) return null
      return [...videos.values()].filter(({ status }) => status === 'queued' || status === 'in_progress').length
    },
    close: () => closing.abort(),
  }
}
