import type { Server, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

export type Answers = {
  /** From now on every answer ends its connection, so that the next request goes to whoever serves then. */
  lastOnEachConnection: () => void
  /** Resolves when no answer is under way, or after so many milliseconds. */
  finished: (ms: number) => Promise<void>
}

/** Knows which answers of a server are under way. */
export const watchAnswers = (server: Server): Answers => {
  const underway = new Set<ServerResponse>()
  let isLast = false
  let onNone: () => void = () => undefined
  // Before the app answers.
  server.prependListener('request', (_request, response: ServerResponse) => {
    if (isLast) response.setHeader('connection', 'close')
    // Those who follow one answer, and what sends a file, are more than Node takes for usual, and none is left over.
    response.setMaxListeners(30)
    underway.add(response)
    response.once('close', () => {
      underway.delete(response)
      if (underway.size === 0) onNone()
    })
  })
  return {
    lastOnEachConnection: () => {
      isLast = true
    },
    finished: async (ms) => {
      if (underway.size === 0) return
      const controller = new AbortController()
      const late = delay(ms, undefined, { signal: controller.signal }).catch(() => undefined)
      await Promise.race([new Promise<void>((resolve) => (onNone = resolve)), late])
      controller.abort()
    },
  }
}
