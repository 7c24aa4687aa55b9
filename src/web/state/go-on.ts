import type { QueryClient } from '@tanstack/react-query'
import type { Take } from '../data/take.ts'
import { takeName } from '../data/take-title.ts'
import { placeInput, workPlace } from './place-input.ts'
import { restoreSettings } from './restore.ts'

/** Puts a take into the form as its input, changing to a model that takes one where needed. */
export const takeToInput = async (take: Take): Promise<void> => {
  const { jobId, state, prompt } = take
  if (state.name !== 'done' || jobId === null) return
  const { duration } = state.output
  const kind = duration === null ? 'image' : 'video'
  const place = workPlace(kind)
  const brought = { source: { own: { job: jobId } }, kind, name: takeName(take), madeFrom: prompt } as const
  if (place) await placeInput(brought, place)
}

/** Fills the form with what a take was made from, the seed it really used included. */
export const sameSettings = async ({ modelId, inputs, seed }: Take, queryClient: QueryClient): Promise<void> =>
  restoreSettings({ modelId, inputs, seed }, 'The settings of the take stand in the form.', queryClient)

/** The same but for its seed: what is made next is a variation of it. */
export const vary = async ({ modelId, inputs }: Take, queryClient: QueryClient): Promise<void> => {
  const { seed: _, ...others } = inputs
  await restoreSettings(
    { modelId, inputs: others, seed: null },
    'The settings of the take stand in the form; the seed is left open.',
    queryClient,
  )
}
