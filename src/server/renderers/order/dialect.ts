import type { Logger } from 'pino'
import type { RushesError } from '../../../shared/errors.ts'
import type { Engine } from '../../../shared/job.ts'
import type { Model } from '../../../shared/models/index.ts'
import type { Cancelled, OrderDetails, RenderTask } from '../../../shared/renderer.ts'
import type { Offer, SettingName, Where } from '../../../shared/renderers.ts'
import type { Answer, Limits } from '../../outgoing/request.ts'

/** What is set of a renderer, in the environment or in the studio. `more`: variables of the dialect's own. */
export type Settings = {
  url: string | null
  key: string | null
  headers: Readonly<Record<string, string>>
  more: Readonly<Record<string, string>>
}

/** An order as the other side has it. */
export type Order = { id: string; details?: OrderDetails | undefined }

/** How a server stands. `busy`: how many jobs wait and run there, whoever sent them, as far as it tells. */
export type ServerFacts =
  | { state: 'ready'; note: string; busy: number; offers: Readonly<Record<string, Offer>> }
  | {
      state: 'unreachable' | 'unauthorized'
      note: string
      /** What it would make, where that is known without it. */
      offers?: Readonly<Record<string, Offer>> | undefined
    }

/** What one look at an order finds. `unknown`: the other side is there, and knows of no such order. */
export type Look =
  | { state: 'waiting' }
  | { state: 'running'; progress: number | null }
  /** `result`: what `content` needs to fetch it. */
  | { state: 'done'; result: OrderDetails }
  | { state: 'failed'; error: RushesError }
  | { state: 'unknown' }

/**
 * All that is to be done before an order is one: files uploaded, the graph built. `send` orders it, at most once, and
 * rejects with a RushesError whose `billed` says what is known:
 * - UNREACHABLE with 'no': nothing went out, another server may be tried
 * - RATE_LIMITED with 'no': it was refused for now, and may be sent again after `retryAfter` seconds
 * - anything with 'maybe': it may have been taken
 */
export type Prepared = {
  engine: Engine
  kind: 'video' | 'image'
  /** Inputs that were not honoured, a sentence each. */
  warnings: readonly string[]
  /** `id` is what the order shall be called, where the dialect has `ownIds`. */
  send: (id: string, signal: AbortSignal) => Promise<Order>
}

/**
 * One server that is spoken to. Every call rejects with the signal's reason when that aborts, with a RushesError where
 * going on is of no use, and with a TransientError where the next try may work.
 */
export type Connection = {
  /** Its address without user and password: recorded with orders, and shown. */
  url: string
  /** How it is called in words, as `render-box` or `fal`. */
  host: string
  where: Where
  /** Whether its orders may cost money. */
  paid: boolean
  /** How many orders of ours it is given at once; what else waits, waits here. */
  slots: number
  /** How it stands. Never rejects but with the signal's reason. */
  look: (signal: AbortSignal) => Promise<ServerFacts>
  /** What it makes of a model that is not among its offers, as one of which only the name is known. */
  offerFor?: (model: Model) => Offer | null
  prepare: (task: RenderTask, signal: AbortSignal) => Promise<Prepared>
  /** The order of that id of ours, or null where the server is there and does not know it. */
  find?: (id: string, signal: AbortSignal) => Promise<Order | null>
  lookAt: (order: Order, signal: AbortSignal) => Promise<Look>
  /** Calls back whenever looking at the order may be worth it at once (null), or with its progress (0 to 1). */
  watch?: (order: Order, onNews: (progress: number | null) => void) => () => void
  content: (order: Order, result: OrderDetails, signal: AbortSignal) => Promise<Answer>
  /** Absent where the other side cannot be told. */
  cancel?: (order: Order, signal: AbortSignal) => Promise<Cancelled>
  /** Called once a job is done with, however it ended: leaves nothing of it behind. Never rejects. */
  done?: (order: Order) => void | Promise<void>
  close: () => void
}

export type ConnectDeps = {
  logger: Pick<Logger, 'info' | 'warn'>
  /** For tests, in the place of those of every call. */
  limits?: Limits | undefined
  /** Milliseconds between two looks at an order. */
  pollMs: number
  /** To be called where a call was refused because of the key, so that the renderer looks at itself. */
  onRefused: () => void
}

/** One way to speak to others who render: plain data and a few functions. */
export type Dialect = {
  name: string
  title: string
  /** Which settings a person is asked for. */
  asks: readonly SettingName[]
  /** Environment variables by the setting that each gives; others go to `Settings.more` under their own name. */
  variables: Readonly<Record<string, SettingName | 'more'>>
  /** The address where none is set; null where there is none without it. */
  defaultUrl: string | null
  /** Whether it does anything with these settings: an address, or a key. */
  isSet: (settings: Settings) => boolean
  /** What there is to do to have it, in a sentence. */
  howToSet: string
  /** The code of a failure because nothing is set. */
  offCode: 'INVALID_API_KEY' | 'UNREACHABLE'
  /** Whether an order's id is ours to choose, so that the other side can be asked for one whose answer was lost. */
  ownIds: boolean
  /** Milliseconds after which an order that is not done is given up; null where the other side's own word is enough. */
  timeoutMs: number | null
  /** Whether it runs without having been chosen. */
  chosenOnly: (settings: Settings) => boolean
  /** Rejects with a RushesError whose fields name the settings that cannot be read. */
  connect: (settings: Settings, deps: ConnectDeps) => readonly Connection[]
}
