import { z } from 'zod'
import {
  openStream,
  openStreamWhileSeen,
  type StopListening,
  type StreamListener,
  type StreamNames,
} from './event-stream.ts'

/** What tabs tell each other. Another tab may be of another build: what it says is looked at. */
const noteSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), name: z.string(), data: z.string() }),
  /** How the stream stands, told by the tab that holds it when that changes. */
  z.object({ kind: z.literal('state'), state: z.enum(['open', 'broken']) }),
  /** Whether anybody holds the stream. A tab that has just come also wants the news that stand until the next. */
  z.object({ kind: z.literal('ask'), fresh: z.boolean() }),
  z.object({ kind: z.literal('here'), state: z.enum(['open', 'broken']).nullable() }),
])
type Note = z.infer<typeof noteSchema>

const NAME = 'rushes.events'

/** Milliseconds. A tab that is seen asks so often, and waits so long for an answer. */
const ASK_EVERY = 10_000
const ANSWER_WITHIN = 3000

/** The parts of the browser that are used, so that tests can bring their own. */
export type Browser = {
  locks: Pick<LockManager, 'request'>
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'removeEventListener' | 'close'>
}

const thisBrowser = (): Browser | null =>
  // Pages that came by plain http from another machine have no locks.
  'locks' in navigator && 'BroadcastChannel' in globalThis
    ? { locks: navigator.locks, channel: new BroadcastChannel(NAME) }
    : null

/**
 * A place in the queue for the lock of the stream; `steal` takes it from whoever has it. Once it is there, `open` gives
 * the stream. The lock and the stream are given back by what this returns; `lost` is called where they were taken away.
 */
const holdLock = (
  locks: Browser['locks'],
  steal: boolean,
  open: () => StopListening,
  lost: () => void,
): StopListening => {
  const given = new AbortController()
  let stop: StopListening | undefined
  let release: (() => void) | undefined
  const asked = locks.request(NAME, steal ? { steal } : { signal: given.signal }, () => {
    if (given.signal.aborted) return undefined
    stop = open()
    return new Promise<void>((resolve) => (release = resolve))
  })
  asked.catch(() => {
    // Given up on purpose, or taken away by a tab that got no answer from this one.
    stop?.()
    if (!given.signal.aborted) lost()
  })
  return () => {
    given.abort()
    stop?.()
    release?.()
  }
}

/**
 * Calls back when the page comes, goes or is to look whether anybody still holds the stream. A page that is frozen, or
 * kept aside when one goes on to another, hears and tells nothing until it comes back.
 */
const followPage = (calls: { come: () => void; go: () => void; look: () => void }): (() => void) => {
  const lookWhileSeen = () => {
    if (!document.hidden) calls.look()
  }
  const asking = setInterval(lookWhileSeen, ASK_EVERY)
  const listening = new AbortController()
  const { signal } = listening
  document.addEventListener('freeze', calls.go, { signal })
  document.addEventListener('resume', calls.come, { signal })
  addEventListener('pagehide', calls.go, { signal })
  addEventListener('pageshow', ({ persisted }) => persisted && calls.come(), { signal })
  document.addEventListener('visibilitychange', lookWhileSeen, { signal })
  return () => {
    listening.abort()
    clearInterval(asking)
  }
}

/** This tab's place in the queue for the lock of the stream; `open` gives the stream once the lock is there. */
const createPlace = (locks: Browser['locks'], open: () => StopListening) => {
  let giveBack: (() => void) | null = null
  /** Waits for the lock, or takes it from whoever has it. */
  const enter = (steal: boolean) => {
    giveBack = holdLock(locks, steal, open, () => enter(false))
  }
  return {
    isIn: () => giveBack !== null,
    enter,
    /** Gives back the stream and the lock, or the place in the queue for it. */
    leave: () => {
      giveBack?.()
      giveBack = null
    },
  }
}

/** What is done where no answer comes in time: `start` begins to wait, unless one waits already. */
const createWait = (onUnanswered: () => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    start: () => {
      timer ??= setTimeout(() => {
        timer = undefined
        onUnanswered()
      }, ANSWER_WITHIN)
    },
    end: () => {
      clearTimeout(timer)
      timer = undefined
    },
  }
}

type Asked = Extract<Note, { kind: 'ask' }>
type Told = Exclude<Note, Asked>

/** What is known of the stream, whether this tab holds it or another: how it stands, and the news that stand. */
const createNews = (names: StreamNames, listener: StreamListener, tell: (note: Note) => void) => {
  const snapshots = new Map<string, string>()
  /** As far as is known: null while it is being opened. */
  let stands: 'open' | 'broken' | null = null
  let holds = false
  const pass = (name: string, data: string) => {
    if (names.snapshots.includes(name)) snapshots.set(name, data)
    listener.event(name, data)
  }
  return {
    isHeld: () => holds,
    /** As if nothing had been heard yet of how it stands. */
    forget: () => {
      stands = null
    },
    /** Opens the stream in this tab. */
    hold: (): StopListening => {
      holds = true
      stands = null
      const stop = openStream(names.all, {
        event: (name, data) => {
          pass(name, data)
          tell({ kind: 'event', name, data })
        },
        state: (state) => {
          stands = state
          listener.state(state)
          tell({ kind: 'state', state })
        },
      })
      return () => {
        holds = false
        stop()
      }
    },
    answer: ({ fresh }: Asked) => {
      if (!holds) return
      tell({ kind: 'here', state: stands })
      if (fresh) for (const [name, data] of snapshots) tell({ kind: 'event', name, data })
    },
    /** Takes what another tab has told. */
    take: (note: Told) => {
      // Word of a holder that has just lost it to this tab.
      if (holds) return
      if (note.kind === 'event') return pass(note.name, note.data)
      if (note.state === null || (note.kind === 'here' && note.state === stands)) return
      stands = note.state
      listener.state(note.state)
    },
  }
}

/**
 * The server's event stream, one for all tabs of the browser: it keeps six connections to a server, and a seventh tab
 * would get none. The tab that holds a lock holds the stream and tells the others. The browser passes the lock on when
 * that tab closes or crashes; a tab that is about to be frozen gives it up by itself; and from one that does not answer
 * any more it is taken away.
 */
export const shareStream = (
  names: StreamNames,
  listener: StreamListener,
  browser: Browser | null = thisBrowser(),
): StopListening => {
  if (!browser) return openStreamWhileSeen(names.all, listener)
  const { locks, channel } = browser
  const tell = (note: Note) => channel.postMessage(note)
  const news = createNews(names, listener, tell)
  const place = createPlace(locks, news.hold)
  const waits = () => !news.isHeld() && place.isIn()
  const wait = createWait(() => {
    if (!waits()) return
    place.leave()
    place.enter(true)
  })

  const ask = (fresh: boolean) => {
    if (!waits()) return
    tell({ kind: 'ask', fresh })
    wait.start()
  }
  const hear = ({ data }: MessageEvent) => {
    const note = noteSchema.safeParse(data).data
    if (!note) return
    if (note.kind === 'ask') return news.answer(note)
    // Whoever holds the stream is well.
    wait.end()
    news.take(note)
  }
  const come = () => {
    if (place.isIn()) return
    news.forget()
    place.enter(false)
    ask(true)
  }
  const go = () => {
    wait.end()
    place.leave()
  }

  channel.addEventListener('message', hear)
  come()
  const unfollow = followPage({ come, go, look: () => ask(false) })
  return () => {
    unfollow()
    channel.removeEventListener('message', hear)
    go()
    channel.close()
  }
}
