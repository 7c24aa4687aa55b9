import type { Logger } from 'pino'
import { RushesError } from '../../../shared/errors.ts'
import type { RendererStatus } from '../../../shared/renderers.ts'
import type { Limits } from '../../outgoing/request.ts'
import type { Connection, Dialect, Settings } from './dialect.ts'
import { createPool, type Member, type Pool, stateOf } from './pool.ts'
import { type Addressee, notSetAnyMore, offFailure } from './words.ts'

export type StandingOptions = {
  settings: Settings
  logger: Pick<Logger, 'info' | 'warn'>
  /** Called whenever how it stands has changed. */
  onChange?: ((status: RendererStatus) => void) | undefined
  now: () => Date
  pollMs: number
  limits?: Limits | undefined
  /** Milliseconds between two looks at servers that are not ready. */
  againMs?: number | undefined
  closing: AbortSignal
}

/** The servers of one renderer as they are set now, how they stand, and those of before whose orders are still open. */
export type Standing = {
  pool: () => Pool
  /** How it stands, as it was last seen; looked at behind that where it was long ago. */
  status: () => RendererStatus
  /** Looks now. Never rejects. */
  look: () => Promise<RendererStatus>
  /** The server of a recorded order. Throws a RushesError where it is none of those that are set. */
  memberOf: (server: string | undefined) => Member
  addressee: (connection: Connection) => Addressee
  /** Whether an order at that server may cost money. */
  isPaid: (server: string | undefined) => boolean
  /** Counts an order among those that are open at a server, until `left` is called. */
  enter: (member: Member) => void
  left: (member: Member) => void
  chosenOnly: () => boolean
  /** Takes other settings from here on. Orders that are open go on where they are. Throws where they cannot be read. */
  configure: (settings: Settings) => void
  /** Looks whether these settings would work, and answers the reason where they would not. */
  test: (settings: Settings) => Promise<RushesError | null>
  close: () => void
}

/** A recovery shows within a minute. */
const AGAIN_MS = 30_000
/** How old what is known may be when somebody asks for it. */
const STALE_MS = 15_000

/** Where material may go at the most. */
const widest = (members: readonly Member[]): RendererStatus['where'] | null => {
  const places = new Set(members.map(({ connection }) => connection.where))
  if (places.has('a third party')) return 'a third party'
  if (places.has('your network')) return 'your network'
  return places.has('this machine') ? 'this machine' : null
}

/** Connects a dialect as it is set, and looks at its servers: at once, whenever asked, and again until they are ready. */
export const createStanding = (dialect: Dialect, options: StandingOptions): Standing => {
  const { logger, now, pollMs, closing, againMs = AGAIN_MS } = options
  let settings = options.settings
  let pool: Pool = createPool([], dialect.title)
  const former = new Set<Pool>()
  let checkedAt: Date | null = null
  let told = ''
  let timer: NodeJS.Timeout | undefined

  const connect = (given: Settings): Pool => {
    const deps = { logger, limits: options.limits, pollMs, onRefused: () => void look() }
    return createPool(dialect.isSet(given) ? dialect.connect(given, deps) : [], dialect.title)
  }

  const statusNow = (): RendererStatus => {
    const { members } = pool
    const off = members.length === 0
    return {
      name: dialect.name,
      title: dialect.title,
      ...(off ? { state: 'off', note: dialect.howToSet } : stateOf(members)),
      where: widest(members) ?? (dialect.asks[0] === 'key' ? 'a third party' : 'your network'),
      chosen_only: dialect.chosenOnly(settings),
      checked_at: checkedAt?.toISOString() ?? null,
      models: off ? {} : pool.offers(),
      servers: members.map(({ connection, facts }) => ({
        url: connection.url,
        state: facts?.state ?? 'unreachable',
        note: facts?.note ?? 'It is being looked at.',
        busy: facts?.state === 'ready' ? facts.busy : 0,
      })),
    }
  }
  const tellChange = (): void => {
    const next = statusNow()
    const { checked_at: _, ...facts } = next
    const words = JSON.stringify(facts)
    if (words === told) return
    told = words
    options.onChange?.(next)
  }
  const schedule = (): void => {
    clearTimeout(timer)
    if (closing.aborted || pool.members.every(({ facts }) => facts?.state === 'ready')) return
    timer = setTimeout(() => void look(), againMs).unref()
  }
  const look = async (): Promise<RendererStatus> => {
    const looked = pool
    if (looked.members.length > 0 && !closing.aborted) {
      await looked.look()
      if (looked === pool) {
        checkedAt = now()
        tellChange()
        schedule()
      }
    }
    return statusNow()
  }
  const isIdle = ({ members }: Pool): boolean => members.every(({ open }) => open === 0)
  const tidy = (): void => {
    for (const each of former)
      if (isIdle(each)) {
        each.close()
        former.delete(each)
      }
  }
  const byUrl = (server: string | undefined): Member | undefined => {
    for (const each of [pool, ...former]) {
      const member = each.byUrl(server)
      if (member) return member
    }
    return undefined
  }

  try {
    pool = connect(settings)
  } catch (error) {
    // What was set before and cannot be read is no reason not to start.
    const why = error instanceof Error ? error.message : String(error)
    logger.warn({ renderer: dialect.name, why }, 'settings cannot be used')
  }
  void look()

  return {
    pool: () => pool,
    look,
    status: () => {
      const age = checkedAt === null ? Infinity : now().getTime() - checkedAt.getTime()
      if (age > STALE_MS) void look()
      return statusNow()
    },
    memberOf: (server) => {
      const member = byUrl(server)
      if (member) return member
      if (pool.members.length === 0) throw offFailure(dialect, true)
      throw notSetAnyMore({ title: dialect.title, paid: dialect.asks.includes('key') }, server ?? 'another server')
    },
    addressee: ({ host, paid }) => ({ title: host === dialect.name ? dialect.title : host, paid }),
    isPaid: (server) => byUrl(server)?.connection.paid ?? false,
    enter: (member) => void member.open++,
    left: (member) => {
      member.open--
      tidy()
    },
    chosenOnly: () => dialect.chosenOnly(settings),
    configure: (given) => {
      const next = connect(given)
      settings = given
      if (isIdle(pool)) pool.close()
      else former.add(pool)
      pool = next
      checkedAt = null
      void look()
      tellChange()
    },
    test: async (given) => {
      const trial = connect(given)
      try {
        if (trial.members.length === 0) return offFailure(dialect, false)
        await trial.look()
        const { state, note } = stateOf(trial.members)
        if (state === 'ready') return null
        return new RushesError(state === 'unauthorized' ? 'INVALID_API_KEY' : 'UNREACHABLE', note)
      } finally {
        trial.close()
      }
    },
    close: () => {
      clearTimeout(timer)
      for (const each of [pool, ...former]) each.close()
    },
  }
}
