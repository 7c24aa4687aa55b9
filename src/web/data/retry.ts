import { useCallback } from 'react'
import type { DecartSDKError } from '../../client/index.ts'
import { type Submission, mintKey } from './submissions.ts'
import type { RendererName } from '../../shared/job.ts'
import { useGenerate } from './generate.ts'
import { engineAgain } from './renderer-choice.ts'
import { useKnownRenderers } from './renderers.ts'
import type { Take } from './take.ts'

/**
 * Asks for a take again and gives the key of the new one, or null where the same is still on its way. A take that was
 * never answered for keeps its key, so that asking twice cannot make two; asked of another renderer, it is another.
 */
export const useRetry = (
  onRefused: (error: DecartSDKError, submission: Submission) => void,
): ((take: Take, renderer?: RendererName) => string | null) => {
  const generate = useGenerate(onRefused)
  const knownRenderers = useKnownRenderers()
  return useCallback(
    (take, renderer = take.renderer) => {
      const isSame = renderer === take.renderer
      const lostKey = isSame && take.state.name === 'lost' ? take.key : null
      const key = lostKey ?? mintKey()
      const asked = generate({
        key,
        modelId: take.modelId,
        inputs: take.inputs,
        batch: lostKey === null ? null : take.batch,
        renderer,
        engine: isSame ? engineAgain(take, knownRenderers()) : null,
        startedAt: Date.now(),
        controller: new AbortController(),
      })
      return asked ? key : null
    },
    [generate, knownRenderers],
  )
}
