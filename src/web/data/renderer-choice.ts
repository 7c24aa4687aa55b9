import type { RendererName } from '../../shared/job.ts'
import { RESOLUTIONS, type Resolution } from '../../shared/models/fields.ts'
import { findModel, type Model } from '../../shared/models/index.ts'
import type { Offer, RendererStatus } from '../../shared/renderers.ts'

/**
 * One who can make something of a model, perhaps not now. `offer` is what it makes of it, where it tells. `engine` is the
 * name of the engine that is to be asked for; null leaves it to the renderer.
 */
export type Candidate = {
  name: RendererName
  engine: string | null
  status: RendererStatus | undefined
  offer: Offer | undefined
}

/** Who was chosen for a model, and by which engine, as a candidate names it. */
export type Chosen = { renderer: RendererName; engine: string | null }

/** Who goes first where nobody was chosen; those that were not thought of here come after, the local engine last. */
const ORDER: readonly RendererName[] = ['decart', 'comfyui', 'openai']

const rank = (name: RendererName): number => {
  if (name === 'local') return ORDER.length + 1
  const place = ORDER.indexOf(name)
  return place < 0 ? ORDER.length : place
}

/**
 * Whether Decart is to be named for a model although it offers nothing: it refuses the key, and so does not tell.
 */
const wouldServe = ({ name, state }: RendererStatus, { cloud }: Pick<Model, 'cloud'>): boolean =>
  name === 'decart' && state === 'unauthorized' && cloud !== undefined

/**
 * Who can make something of the model, in the order in which they are tried. `renderers` is undefined until the server
 * has told: then the local engine stands for itself.
 */
export const candidatesFor = (
  model: Pick<Model, 'id' | 'cloud'>,
  renderers: readonly RendererStatus[] | undefined,
): Candidate[] => {
  const others = (renderers ?? []).flatMap((status): Candidate[] => {
    const offer = status.models[model.id]
    const isNamed =
      status.name !== 'local' && status.state !== 'off' && (offer !== undefined || wouldServe(status, model))
    if (!isNamed) return []
    const { name } = status
    // What the renderer runs by itself goes first.
    const named = (offer?.others ?? []).map((other) => ({ name, engine: other.engine.name, status, offer: other }))
    return [{ name, engine: null, status, offer }, ...named]
  })
  const status = renderers?.find(({ name }) => name === 'local')
  const offer = status?.models[model.id]
  const drafts = offer !== undefined || findModel(model.id) !== undefined
  const local: Candidate[] = drafts ? [{ name: 'local', engine: null, status, offer }] : []
  return [...others, ...local].toSorted((a, b) => rank(a.name) - rank(b.name))
}

/** Whether it would make it now. */
export const isReady = ({ name, status, offer }: Candidate): boolean =>
  name === 'local' || (status?.state === 'ready' && offer?.ready === true)

/** A refused key is for the person to mend: a draft in the place of what was meant is not made unasked. */
const isMeant = (candidate: Candidate): boolean =>
  isReady(candidate) || (candidate.name === 'decart' && candidate.status?.state === 'unauthorized')

/**
 * Who makes it: whom the person chose for this model, where it is still set (by the engine that was chosen, where that
 * is still offered), else the first that is ready and may run
 * without having been chosen. Undefined where nobody can.
 */
export const wantedFrom = (candidates: readonly Candidate[], chosen: Chosen | undefined): Candidate | undefined =>
  candidates.find(({ name, engine }) => name === chosen?.renderer && engine === chosen.engine) ??
  candidates.find(({ name }) => name === chosen?.renderer) ??
  candidates.find(
    (candidate) => candidate.engine === null && candidate.status?.chosen_only !== true && isMeant(candidate),
  )

/**
 * The engine to name where a take is asked for again: the one that made it, where the renderer still offers it beside
 * what it runs by itself; null else.
 */
export const engineAgain = (
  { modelId, renderer, engine }: { modelId: string; renderer: RendererName; engine: { name: string } | null },
  renderers: readonly RendererStatus[] | undefined,
): string | null => {
  const offer = renderers?.find(({ name }) => name === renderer)?.models[modelId]
  return offer?.others?.find((other) => other.engine.name === engine?.name)?.engine.name ?? null
}

/** Whether the engine makes that resolution. The local engine makes all; who tells of none may make any. */
export const isMade = ({ name, offer }: Candidate, resolution: string): boolean =>
  name === 'local' || !offer || offer.resolutions.length === 0 || offer.resolutions.some((one) => one === resolution)

/** The resolution that the engine makes where that one is asked for: itself, or the nearest, the smaller of two. */
export const madeInstead = (candidate: Candidate, resolution: Resolution): Resolution => {
  const place = (each: Resolution) => RESOLUTIONS.indexOf(each)
  const made = RESOLUTIONS.filter((each) => isMade(candidate, each))
  const distance = (each: Resolution) => Math.abs(place(each) - place(resolution))
  return made.toSorted((a, b) => distance(a) - distance(b))[0] ?? resolution
}
