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

const statusOf = (dialect: Dialect, pool: Pool, chosenOnly: boolean, checkedAt: Date | null): RendererStatus => {
  const { members } = pool
  const off = members.length === 0
  return {
    name: dialect.name,
    title: dialect.title,
    ...(off ? { state: 'off', note: dialect.howToSet } : stateOf(members)),
    where: widest(members) ?? (dialect.asks[0] === 'key' ? 'a third party' : 'your network'),
    chosen_only: chosenOnly,
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

const isIdle = ({ members }: Pool): boolean => members.every(({ open }) => open === 0)

/** The servers as they are set now, and those of before, until their orders are over. */
const createPools = (first: Pool) => {
  let current = first
  const former = new Set<Pool>()
  return {
    current: () => current,
    byUrl: (server: string | undefined): Member | undefined => {
      for (const each of [current, ...former]) {
        const member = each.byUrl(server)
        if (member) return member
      }
      return undefined
    },
    replace: (next: Pool): void => {
      if (isIdle(current)) current.close()
      else former.add(current)
      current = next
    },
    /** Closes those of before whose orders are over. */
    tidy: (): void => {
      for (const each of former)
        if (isIdle(each)) {
          each.close()
          former.delete(each)
        }
    },
    close: (): void => {
      for (const each of [current, ...former]) each.close()
    },
  }
}

/** What is wrong with servers that are looked at for this alone, and closed then; null where nothing is. */
const testPool = async (dialect: Dialect, trial: Pool): Promise<RushesError | null> => {
  try {
    if (trial.members.length === 0) return offFailure(dialect, false)
    await trial.look()
    const { state, note } = stateOf(trial.members)
    if (state === 'ready') return null
    return new RushesError(state === 'unauthorized' ? 'INVALID_API_KEY' : 'UNREACHABLE', note)
  } finally {
    trial.close()
  }
}

/** Looks at the servers of the moment: at once, whenever asked, and again until they are ready. */
const createStatusWatch = (
  pool: () => Pool,
  statusAt: (checkedAt: Date | null) => RendererStatus,
  { onChange, now, closing, againMs = AGAIN_MS }: Pick<StandingOptions, 'onChange' | 'now' | 'closing' | 'againMs'>,
) => {
  let checkedAt: Date | null = null
  let told = ''
  let timer: NodeJS.Timeout | undefined

  const tellChange = (): void => {
    const next = statusAt(checkedAt)
    const { checked_at: _, ...facts } = next
    const words = JSON.stringify(facts)
    if (words === told) return
    told = words
    onChange?.(next)
  }
  const schedule = (): void => {
    clearTimeout(timer)
    if (closing.aborted || pool().members.every(({ facts }) => facts?.state === 'ready')) return
    timer = setTimeout(() => void look(), againMs).unref()
  }
  const look = async (): Promise<RendererStatus> => {
    const looked = pool()
    if (looked.members.length > 0 && !closing.aborted) {
      await looked.look()
      if (looked === pool()) {
        checkedAt = now()
        tellChange()
        schedule()
      }
    }
    return statusAt(checkedAt)
  }
  return {
    look,
    status: (): RendererStatus => {
      const age = checkedAt === null ? Infinity : now().getTime() - checkedAt.getTime()
      if (age > STALE_MS) void look()
      return statusAt(checkedAt)
    },
    /** Looks at other servers from here on. */
    begin: (): void => {
      checkedAt = null
      void look()
      tellChange()
    },
    stop: () => clearTimeout(timer),
  }
}

/** Connects a dialect as it is set, and looks at its servers: at once, whenever asked, and again until they are ready. */
export const createStanding = (dialect: Dialect, options: StandingOptions): Standing => {
  const { logger, pollMs } = options
  let settings = options.settings
  const pools = createPools(createPool([], dialect.title))
  const chosenOnly = (): boolean => dialect.chosenOnly(settings)
  const looking = createStatusWatch(
    pools.current,
    (checkedAt) => statusOf(dialect, pools.current(), chosenOnly(), checkedAt),
    options,
  )

  const connect = (given: Settings): Pool => {
    const deps = { logger, limits: options.limits, pollMs, onRefused: () => void looking.look() }
    return createPool(dialect.isSet(given) ? dialect.connect(given, deps) : [], dialect.title)
  }

  try {
    pools.replace(connect(settings))
  } catch (error) {
    // What was set before and cannot be read is no reason not to start.
    const why = error instanceof Error ? error.message : String(error)
    logger.warn({ renderer: dialect.name, why }, 'settings cannot be used')
  }
  void looking.look()

  return {
    pool: pools.current,
    look: looking.look,
    status: looking.status,
    memberOf: (server) => {
      const member = pools.byUrl(server)
      if (member) return member
      if (pools.current().members.length === 0) throw offFailure(dialect, true)
      throw notSetAnyMore({ title: dialect.title, paid: dialect.asks.includes('key') }, server ?? 'another server')
    },
    addressee: ({ host, paid }) => ({ title: host === dialect.name ? dialect.title : host, paid }),
    isPaid: (server) => pools.byUrl(server)?.connection.paid ?? false,
    enter: (member) => void member.open++,
    left: (member) => {
      member.open--
      pools.tidy()
    },
    chosenOnly,
    configure: (given) => {
      const next = connect(given)
      settings = given
      pools.replace(next)
      looking.begin()
    },
    test: async (given) => testPool(dialect, connect(given)),
    close: () => {
      looking.stop()
      pools.close()
    },
  }
}
