import { z } from 'zod'
import { GENERATED_SECONDS } from '../../../shared/models/price.ts'
import { type Model, registry } from '../../../shared/models/index.ts'
import type { Offer } from '../../../shared/renderers.ts'
import { type EngineFacts, engineOf, framesOf } from './engines.ts'
import { resolutionsOf } from './sizes.ts'
import type { Card } from './wire.ts'

/** A model that a server serves: what it is ordered by, and what it can do; null where that is not known. */
export type Served = { id: string; facts: EngineFacts | null }

export const servedOf = (cards: readonly Card[]): Served[] =>
  cards.map(({ id, root, task_type }) => ({ id, facts: engineOf(root === undefined ? [id] : [id, root], task_type) }))

/**
 * Whether a model can be asked of a server that knows nothing but words, and one file beside them: its words are not to be
 * done without, and it has no path.
 */
const isAskable = ({ input: { shape } }: Model): boolean => {
  const { prompt } = shape
  return prompt !== undefined && !z.safeParse(prompt, undefined).success && !('trajectory' in shape)
}

/** The length of a clip that is ordered where no source gives one, in whole seconds. */
export const secondsOf = ({ lengths }: EngineFacts): number =>
  lengths?.reduce((best, one) =>
    Math.abs(one - GENERATED_SECONDS) < Math.abs(best - GENERATED_SECONDS) ? one : best,
  ) ?? GENERATED_SECONDS

/** What an engine does not honour: a sentence, and the input that it is about; null where it holds for every job. */
export type Limit = { input: string | null; sentence: string }

/** Inputs of a model that an engine does not honour. */
export const limitsOf = (model: Model, facts: EngineFacts): Limit[] => {
  const { sizes, lengths, extended, reference } = facts
  const [width, height] = sizes?.[0] ?? []
  const has = (field: string) => field in model.input.shape
  const when = (holds: boolean, input: string | null, sentence: string): Limit[] => (holds ? [{ input, sentence }] : [])
  const own = `Its sizes are its own, as ${width}x${height} and ${height}x${width}, whatever is chosen.`
  const only = `It makes ${lengths?.join(', ')} seconds and nothing else: the clip has ${secondsOf(facts)}.`
  return [
    ...when(width !== undefined, null, own),
    ...when(lengths !== null && model.kind === 'video', null, only),
    ...when(!extended, 'seed', 'It takes no seed.'),
    ...when(!extended && has('num_inference_steps'), 'num_inference_steps', 'It takes no number of steps.'),
    ...when(has('enhance_prompt'), 'enhance_prompt', 'The prompt goes to it as it is: nothing enhances it.'),
    ...when(
      has('reference_image') && !(reference && model.kind === 'image'),
      'reference_image',
      'It takes no reference image.',
    ),
    ...when(model.task === 'video-edit', 'data', 'The sound of the source is not kept.'),
  ]
}

const offerOf = (model: Model, id: string, facts: EngineFacts, free: boolean): Offer => {
  const { fps, licence } = facts
  const seconds = facts.extended ? framesOf(facts, secondsOf(facts)) / fps : secondsOf(facts)
  return {
    ready: true,
    engine: { name: id, licence },
    reason: null,
    missing: [],
    resolutions: [...resolutionsOf(model, facts)],
    seconds: model.kind === 'video' && model.task !== 'video-edit' ? Math.round(seconds * 100) / 100 : null,
    fps: model.kind === 'video' ? fps : null,
    free,
    price: null,
    limits: limitsOf(model, facts).map(({ sentence }) => sentence),
  }
}

/** The served model that makes a task: the one that was announced, else the first that can. */
export const servedFor = (
  served: readonly Served[],
  model: Model,
  announced: string | undefined,
): { id: string; facts: EngineFacts } | undefined => {
  if (!isAskable(model)) return undefined
  for (const { id, facts } of served)
    if (facts?.tasks.includes(model.task) && (announced === undefined || announced === id)) return { id, facts }
  return undefined
}

/** What a server makes of each model of the registry. Where it costs money, nobody has said how much. */
export const offersOf = (served: readonly Served[], free: boolean): Record<string, Offer> => {
  const offers: Record<string, Offer> = {}
  for (const model of registry) {
    const found = servedFor(served, model, undefined)
    if (found) offers[model.id] = offerOf(model, found.id, found.facts, free)
  }
  return offers
}

const list = (words: readonly string[]): string =>
  words.length > 4 ? `${words.slice(0, 4).join(', ')} and ${words.length - 4} more` : words.join(', ')

/** What there is to say of a server that answers, in sentences. */
export const noteOf = (served: readonly Served[]): string => {
  const known = served.filter(({ facts }) => facts !== null)
  if (known.length > 0) return `Serves ${list(known.map(({ id }) => id))}.`
  if (served.length === 0) return 'It serves no model.'
  return `Serves ${list(served.map(({ id }) => id))}, of which Rushes does not know what it makes: nothing is offered.`
}
