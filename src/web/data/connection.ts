import { create } from 'zustand'
import type { StreamListener, StreamState } from './event-stream.ts'

/** `lost` is said once the stream was gone for longer than a hiccup. */
export const useConnection = create<{ state: 'connecting' | 'open' | 'lost' }>()(() => ({ state: 'connecting' }))

/** Milliseconds. */
const LOST_AFTER = 2500
const LOOK_EVERY = 2000

/**
 * Says how the connection to the server stands, by how the stream of news does, and makes up for what was not heard:
 * `catchUp` is called after every opening, and every two seconds while the stream is not open. Returns the undoing.
 */
export const watchConnection = (catchUp: () => void): { state: StreamListener['state']; stop: () => void } => {
  let stream: StreamState | null = null
  let losing: ReturnType<typeof setTimeout> | undefined
  const looking = setInterval(() => {
    if (stream !== 'open') catchUp()
  }, LOOK_EVERY)
  const found = () => {
    clearTimeout(losing)
    losing = undefined
  }
  return {
    state: (now) => {
      stream = now
      if (now === 'broken') losing ??= setTimeout(() => useConnection.setState({ state: 'lost' }), LOST_AFTER)
      else found()
      if (now !== 'open') return
      useConnection.setState({ state: 'open' })
      catchUp()
    },
    stop: () => {
      found()
      clearInterval(looking)
    },
  }
}
