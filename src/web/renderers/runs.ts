import { type Model, type Task, TASKS } from '../../shared/models/index.ts'
import type { Offer, RendererStatus } from '../../shared/renderers.ts'

/** What runs on a renderer, and for which models: they often share an engine, and what it lacks. */
export type Run = { offer: Offer; models: readonly Model[] }

const alike = ({ engine, ready, reason, missing, price, free, seconds, fps }: Offer): string =>
  JSON.stringify([engine, ready, reason, missing, price, free, seconds, fps])

const taskOf = ({ models }: Run): Task => models[0]?.task ?? 'text-to-video'

/**
 * The offers of a renderer by what they have in common: what is ready first, then by task. `nameOf` finds a model by its
 * name; offers of models that nobody knows are left out.
 */
export const runsOf = (
  { models }: Pick<RendererStatus, 'models'>,
  nameOf: (name: string) => Model | undefined,
): Run[] => {
  const runs = new Map<string, { offer: Offer; models: Model[] }>()
  for (const [id, offer] of Object.entries(models)) {
    const model = nameOf(id)
    if (!model) continue
    const run = runs.get(alike(offer))
    if (run) run.models.push(model)
    else runs.set(alike(offer), { offer, models: [model] })
  }
  return [...runs.values()].toSorted(
    (a, b) => Number(b.offer.ready) - Number(a.offer.ready) || TASKS.indexOf(taskOf(a)) - TASKS.indexOf(taskOf(b)),
  )
}
