import type { Model } from '../../shared/models/index.ts'
import { type Candidate, candidatesFor, wantedFrom } from '../data/renderer-choice.ts'
import { knownRenderers } from '../data/known-renderers.ts'
import { useRenderers } from '../data/renderers.ts'
import { chosenOf, useStudio } from './studio.ts'

/** Who can make something of the model, and who will: `wanted` is undefined where nobody can. */
export type Makers = {
  candidates: readonly Candidate[]
  wanted: Candidate | undefined
}

export const useMakers = (model: Model): Makers => {
  const candidates = candidatesFor(model, useRenderers())
  const renderer = useStudio((state) => state.renderers[model.id])
  const engine = useStudio((state) => state.engines[model.id])
  return { candidates, wanted: wantedFrom(candidates, chosenOf(renderer, engine)) }
}

/** Who will make a model as things stand now, for what is decided outside of components. */
export const wantedNow = (model: Model): Makers['wanted'] => {
  const { renderers, engines } = useStudio.getState()
  return wantedFrom(candidatesFor(model, knownRenderers()), chosenOf(renderers[model.id], engines[model.id]))
}
