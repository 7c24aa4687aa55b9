import { useCallback } from 'react'
import type { DecartSDKError } from '../../client/index.ts'
import { type Ask, mintKey } from './asks.ts'
import { useGenerate } from './generate.ts'
import type { Take } from './take.ts'

/**
 * Asks for a take again and gives the key of the new one. A take that was never answered for keeps its key, so that
 * asking twice cannot make two.
 */
export const useRetry = (onRefused: (error: DecartSDKError, ask: Ask) => void): ((take: Take) => string) => {
  const { mutate } = useGenerate(onRefused)
  return useCallback(
    (take) => {
      const key = take.state.name === 'lost' && take.key !== null ? take.key : mintKey()
      mutate({
        key,
        modelId: take.modelId,
        inputs: take.inputs,
        renderer: take.renderer,
        startedAt: Date.now(),
        controller: new AbortController(),
      })
      return key
    },
    [mutate],
  )
}
