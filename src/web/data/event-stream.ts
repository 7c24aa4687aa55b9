import { routes } from '../../shared/routes.ts'

/**
 * How a stream of news stands: `open` is said after every opening, since what happened before was not heard; `resting`
 * is one that was given back on purpose.
 */
export type StreamState = 'open' | 'broken' | 'resting'

export type StreamListener<State extends StreamState = StreamState> = {
  /** A server-sent event, by its name, with its data as it came. */
  event: (name: string, data: string) => void
  state: (state: State) => void
}

export type StreamNames = {
  /** Every event that is passed on. */
  all: readonly string[]
  /** Events whose data is a whole state rather than a change: the last of each is sent to a tab that joins later. */
  snapshots: readonly string[]
}

/** Listens to the server until it is called. */
export type StopListening = () => void

/** Milliseconds. The browser reopens a stream that broke by itself, but gives up on one that was refused. */
const REOPEN_AFTER = 2000

/** Opens the server's event stream for events of those names. */
export const openStream = (
  names: readonly string[],
  { event, state }: StreamListener<'open' | 'broken'>,
): StopListening => {
  let source: EventSource
  let again: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    source = new EventSource(routes.events)
    source.addEventListener('open', () => state('open'))
    source.addEventListener('error', () => {
      state('broken')
      clearTimeout(again)
      if (source.readyState === EventSource.CLOSED) again = setTimeout(open, REOPEN_AFTER)
    })
    for (const name of names) source.addEventListener(name, ({ data }: MessageEvent) => event(name, String(data)))
  }
  open()
  return () => {
    clearTimeout(again)
    source.close()
  }
}

/** Where tabs cannot tell each other: a stream of one's own while the page is seen, given back while it is not. */
export const openStreamWhileSeen = (names: readonly string[], listener: StreamListener): StopListening => {
  let stop: StopListening | null = null
  const follow = () => {
    if (document.hidden && stop) {
      stop()
      stop = null
      listener.state('resting')
    } else if (!document.hidden) stop ??= openStream(names, listener)
  }
  follow()
  document.addEventListener('visibilitychange', follow)
  return () => {
    document.removeEventListener('visibilitychange', follow)
    stop?.()
  }
}
