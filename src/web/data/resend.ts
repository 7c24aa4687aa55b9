import { useEffect } from 'react'
import type { DecartSDKError } from '../../client/errors.ts'
import { type Submission, unansweredSubmissions } from './submissions.ts'
import { useConnection } from './connection.ts'
import { useGenerate } from './generate.ts'

/**
 * Sends again what the server never answered, each time the connection to it opens. The idempotency keys make that safe:
 * of what it received after all, no second job is made. Submissions that the server refused wait for the person.
 */
export const useResend = (onRefused: (error: DecartSDKError, submission: Submission) => void): void => {
  const generate = useGenerate(onRefused)
  useEffect(
    () =>
      // Every opening is told, also one after a break too short to be said.
      useConnection.subscribe(({ state }) => {
        if (state !== 'open') return
        for (const { jobId: _, phase: __, ...submission } of unansweredSubmissions())
          generate({ ...submission, controller: new AbortController() })
      }),
    [generate],
  )
}
