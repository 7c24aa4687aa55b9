import { type Draft, setSlot } from './draft.ts'

/** The slot of the seed, which all models share. */
export const SEED = 'seed'

/** A seed that is fixed no more, and the model that it was fixed for, by its id. */
export type ReleasedSeed = { seed: string; from: string }

/**
 * A seed is fixed for one model: of another it would make another picture, so that with the model it goes. The same
 * model chosen again changes nothing.
 */
export const releaseSeed = (
  draft: Draft,
  from: string,
  to: string,
): { draft: Draft; releasedSeed: ReleasedSeed | null } | null => {
  if (from === to) return null
  const seed = draft[SEED]
  if (typeof seed !== 'string') return { draft, releasedSeed: null }
  return { draft: setSlot(draft, SEED, undefined), releasedSeed: { seed, from } }
}
