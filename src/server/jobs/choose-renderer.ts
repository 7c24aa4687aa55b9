import { RushesError } from '../../shared/errors.ts'
import type { RendererName } from '../../shared/job.ts'
import { invalidInputs } from '../../shared/models/check.ts'
import type { Model } from '../../shared/models/index.ts'
import type { Renderer } from '../../shared/renderer.ts'
import type { Offer, RendererStatus } from '../../shared/renderers.ts'
import { offerBy } from '../renderers/order/pool.ts'

/** Who renders, and what is to be expected of it. */
export type Choice = { renderer: RendererName; offer: Offer }

type Looked = { renderer: Renderer; status: RendererStatus }

/** How a renderer stands; one that seems away, or was never looked at, is looked at now. */
const current = async (renderer: Renderer): Promise<Looked> => {
  const status = renderer.status()
  const isKnown = status.state === 'ready' || status.state === 'off'
  return { renderer, status: isKnown ? status : await renderer.look() }
}

const refuse = ({ title, state, note }: RendererStatus): void => {
  if (state === 'ready') return
  if (state === 'unauthorized') throw new RushesError('INVALID_API_KEY', note)
  if (state === 'off') throw new RushesError('INVALID_API_KEY', `${title} is not set. ${note} Or render locally.`)
  throw new RushesError('UNREACHABLE', `${note} Nothing was ordered.`)
}

const noEngine = ({ title }: RendererStatus, { id }: Model, offer: Offer, engine: string): RushesError => {
  const names = [offer, ...(offer.others ?? [])].map(({ engine: { name } }) => name).join(', ')
  const text = `${title} has no engine ${engine.slice(0, 60)} that is ready for ${id}. It has: ${names}.`
  return new RushesError('MODEL_MISSING', text)
}

/** What is offered of a model, by the engine of that name where one is asked for. */
const offerOf = ({ renderer, status }: Looked, model: Model, engine: string | undefined): Offer => {
  refuse(status)
  const offer = status.models[model.id] ?? renderer.offerFor?.(model)
  if (!offer)
    throw new RushesError(
      'INVALID_INPUT',
      `${status.title} does not serve ${model.id} today. Render it locally, or choose another model.`,
    )
  if (engine !== undefined && engine !== '') {
    const found = offerBy(offer, engine)
    if (found?.ready) return found
    if (!found) throw noEngine(status, model, offer, engine)
  }
  if (!offer.ready) {
    // What is no file below `models` is a node, or the version that has it.
    const lacksNode = offer.missing.length === 0 || offer.missing.some(({ folder }) => !folder.startsWith('models/'))
    throw new RushesError(
      lacksNode ? 'NODE_MISSING' : 'MODEL_MISSING',
      offer.reason ?? `${status.title} cannot make ${model.id} now.`,
    )
  }
  return offer
}

/**
 * Who renders a model: the one asked for, else the first of `renderers` that is ready for it and runs without having been
 * chosen. Throws where the one asked for cannot, and where the key of one that would make it is refused: to draw a draft
 * instead of what was wanted is for the person to choose. `engine` names one of the engines that it offers.
 */
export const chooseRenderer = async (
  asked: string | undefined,
  model: Model,
  renderers: readonly Renderer[],
  engine?: string,
): Promise<Choice> => {
  if (asked !== undefined && asked !== '') {
    const wanted = renderers.find(({ name }) => name === asked)
    if (!wanted) {
      const names = renderers.map(({ name }) => name).join(', ')
      throw new RushesError('INVALID_INPUT', `x-renderer must be one of ${names}, not ${asked.slice(0, 40)}.`)
    }
    return { renderer: wanted.name, offer: offerOf(await current(wanted), model, engine) }
  }
  for (const renderer of renderers) {
    const known = renderer.status()
    if (known.chosen_only || known.state === 'off') continue
    // Looked at once, as long as nothing is known of it.
    const status = known.checked_at === null ? await renderer.look() : known
    const offer = status.models[model.id] ?? renderer.offerFor?.(model)
    if (status.state === 'unauthorized' && offer) throw new RushesError('INVALID_API_KEY', status.note)
    if (status.state !== 'ready' || !offer?.ready) continue
    return { renderer: renderer.name, offer: offerOf({ renderer, status }, model, engine) }
  }
  throw new RushesError(
    'MODEL_MISSING',
    `Nothing that is set up makes ${model.id} now. Choose a renderer for it under Renderers, or name one in x-renderer.`,
  )
}

/** Throws where a renderer makes less than the model's own schema allows. */
export const checkOffer = (
  { renderer, offer }: Choice,
  title: string,
  inputs: Readonly<Record<string, unknown>>,
  name: string,
): void => {
  const { resolution } = inputs
  const isMade = resolution === undefined || offer.resolutions.some((one) => one === resolution)
  if (isMade || renderer === 'local') return
  const fields = { resolution: `must be ${offer.resolutions.join(' or ')} when ${title} renders it` }
  throw new RushesError('INVALID_INPUT', invalidInputs(name, fields), { fields })
}
