import { fieldsOf } from '../../../../shared/models/describe.ts'
import type { Resolution } from '../../../../shared/models/fields.ts'
import { RESOLUTIONS } from '../../../../shared/models/fields.ts'
import type { Model } from '../../../../shared/models/index.ts'
import type { Offer } from '../../../../shared/renderers.ts'
import type { ServerPieces } from '../graph-source.ts'
import type { Choice } from './choose.ts'
import type { Engine } from './engine.ts'
import { madeResolution } from './sizes.ts'
import { cardWords, reasonOf } from './words.ts'

/** Whether a resolution can be asked for: what every form begins with is taken by all, and made as large as can be. */
const isTaken = ({ resolutions }: Engine, asked: Resolution): boolean =>
  asked !== '1080p' || resolutions.includes(asked)

/** The resolutions that a form of the model lets choose. */
const choicesOf = (model: Model): readonly Resolution[] => {
  const field = fieldsOf(model).find(({ name }) => name === 'resolution')
  if (field?.meta.control !== 'choice') return []
  const labels = Object.keys(field.meta.labels)
  return RESOLUTIONS.filter((resolution) => labels.includes(resolution))
}

/** The sentence on a resolution that is asked for and not made. */
export const resolutionWords = ({ name }: Engine, asked: Resolution, made: Resolution): string =>
  `${name} makes ${made} at most: ${asked} comes as ${made}.`

/** What of a model's inputs an engine does not honour, and what else a person should know, a sentence each. */
const limitsOf = (model: Model, engine: Engine, pieces: ServerPieces): string[] => {
  const has = (name: string): boolean => fieldsOf(model).some((field) => field.name === name)
  const { name, resolutions } = engine
  const card = cardWords(engine, pieces)
  return [
    ...(card === null ? [] : [card]),
    ...engine.limits,
    ...choicesOf(model)
      .filter((choice) => madeResolution(choice, resolutions) !== choice)
      .map((choice) => {
        const made = madeResolution(choice, resolutions)
        return isTaken(engine, choice) ? resolutionWords(engine, choice, made) : `${name} makes ${made} at most.`
      }),
    ...(has('reference_image') && !engine.reference ? [`${name} follows no reference image.`] : []),
    ...(has('enhance_prompt') ? [`The prompt is used as it stands: ${name} has nothing that enhances it.`] : []),
    ...(has('self_anchor') ? [`${name} has no self anchor: it does nothing.`] : []),
  ]
}

/** What a server makes of a model, with the engine that was chosen for it. */
export const offerOf = (model: Model, { engine, lack, ready }: Choice, pieces: ServerPieces): Offer => {
  const { clip } = engine
  const choices = choicesOf(model)
  return {
    ready,
    engine: { name: engine.name, licence: engine.licence },
    reason: reasonOf(engine.name, lack, pieces),
    missing: [...lack.files, ...lack.nodes],
    resolutions: choices.filter((resolution) => isTaken(engine, resolution)),
    seconds: clip && Math.round((clip.frames / clip.fps) * 100) / 100,
    fps: clip && clip.fps,
    free: true,
    price: null,
    limits: limitsOf(model, engine, pieces),
  }
}
