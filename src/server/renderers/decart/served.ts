import type { CloudModel, Model } from '../../../shared/models/index.ts'
import type { Offer } from '../../../shared/renderers.ts'

/** What Decart serves, as far as it is known. */
export type Served = {
  models: () => readonly Model[]
  /** How the cloud knows a model; null where it does not serve it. */
  serves: (model: Model) => CloudModel | null
}

/** Seconds of a clip that Decart makes from a picture. */
const GENERATED_SECONDS = 5

/** What Decart makes of a model, or null where it does not serve it. */
export const offerOf = (model: Model, { serves }: Pick<Served, 'serves'>): Offer | null => {
  const cloud = serves(model)
  if (!cloud) return null
  return {
    ready: true,
    engine: { name: cloud.id, licence: null },
    reason: null,
    missing: [],
    resolutions: [...cloud.resolutions],
    seconds: model.task === 'image-to-video' ? GENERATED_SECONDS : null,
    fps: model.kind === 'video' ? model.fps : null,
    free: false,
    price: model.price ?? null,
    limits: (cloud.drops ?? []).map((field) => `${field} is not known to Decart and is left out.`),
  }
}

/** What Decart makes of each model that it serves. */
export const offersOf = (models: readonly Model[], served: Pick<Served, 'serves'>): Record<string, Offer> =>
  Object.fromEntries(
    models.flatMap((model) => {
      const offer = offerOf(model, served)
      return offer ? [[model.id, offer] as const] : []
    }),
  )
