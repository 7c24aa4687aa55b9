import { useEffect } from 'react'
import type { DecartSDKError } from '../../client/errors.ts'
import { type Ask, unheardAsks } from './asks.ts'
import { useConnection } from './connection.ts'
import { useGenerate } from './generate.ts'

/**
 * Sends again what the server never answered, each time the connection to it opens. Their keys make that safe: of what
 * was heard after all, no second job is made. Asks that the server answered wait for the person.
 */
export const useResend = (onRefused: (error: DecartSDKError, ask: Ask) => void): void => {
  const generate = useGenerate(onRefused)
  useEffect(
    () =>
      // Every opening is told, also one after a break too short to be said.
      useConnection.subscribe(({ state }) => {
        if (state !== 'open') return
        for (const { jobId: _, phase: __, ...ask } of unheardAsks())
          generate({ ...ask, controller: new AbortController() })
      }),
    [generate],
  )
}
