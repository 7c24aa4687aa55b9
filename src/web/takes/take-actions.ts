import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { closeSubmission } from '../data/submissions.ts'
import { cancelTake } from '../data/generate.ts'
import { useRetry } from '../data/retry.ts'
import type { Take } from '../data/take.ts'
import { showNotLoaded } from '../state/comparison.ts'
import { sameSettings, takeToInput } from '../state/go-on.ts'
import { useStudio } from '../state/studio.ts'

export type TakeActions = {
  cancel: (take: Take) => void
  /** Asks for the same again. */
  retry: (take: Take) => void
  /** Fills the form with what the take was made from, the seed it really used included. */
  reuse: (take: Take) => Promise<void>
  /** Puts the result into the form as its input, changing to a model that takes one where needed. */
  toInput: (take: Take) => Promise<void>
  dismiss: (take: Take) => void
  /** Stars it, or takes the star away. */
  star: (take: Take) => void
}

const refuse = (message: string) => {
  const { setProblems, showTab } = useStudio.getState()
  setProblems({ fields: {}, message })
  showTab('make')
}

/** The same functions all along, so that rows that were not changed are not drawn again. */
export const useTakeActions = (): TakeActions => {
  const queryClient = useQueryClient()
  const again = useRetry((error) => refuse(error.message))
  return useMemo(
    () => ({
      cancel: cancelTake,
      retry: (take) => {
        const key = again(take)
        if (key !== null) useStudio.getState().select(key)
      },
      reuse: (take) => sameSettings(take, queryClient),
      toInput: takeToInput,
      dismiss: (take) => take.key !== null && closeSubmission(take.key),
      star: ({ jobId, starred }) =>
        jobId !== null &&
        void import('../data/stars.ts').then(({ setStar }) => setStar(jobId, !starred), showNotLoaded),
    }),
    [again, queryClient],
  )
}
