import { checkInputs } from '../../../shared/models/check.ts'
import { fieldsOf } from '../../../shared/models/describe.ts'
import type { Model } from '../../../shared/models/index.ts'
import type { RendererStatus } from '../../../shared/renderers.ts'
import { type Candidate, candidatesFor, isReady } from '../../data/renderer-choice.ts'
import type { Take } from '../../data/take.ts'

/** The models of a task as a list shows them. */
export type TaskModels = {
  /** Those that somebody else than the local engine makes, or that only somebody else could. */
  connected: readonly Entry[]
  /** Names that the local engine alone answers to now. */
  local: readonly Entry[]
  /** Retired names. */
  older: readonly Entry[]
}
export type Entry = { model: Model; maker: Candidate | undefined }

const isOlder = (model: Model, gone: ReadonlyMap<string, string>): boolean =>
  model.replacedBy !== undefined || model.gone !== undefined || gone.has(model.id)

/** `gone`: since when Decart does not serve a model, by its id. Where all of a task are retired, none is older. */
export const taskModels = (
  models: readonly Model[],
  renderers: readonly RendererStatus[] | undefined,
  gone: ReadonlyMap<string, string>,
): TaskModels => {
  const entries = models.map((model): Entry => {
    const candidates = candidatesFor(model, renderers)
    const other = candidates.find((each) => each.name !== 'local' && isReady(each))
    return { model, maker: other ?? candidates[0] }
  })
  const areAllOlder = models.every((model) => isOlder(model, gone))
  const isConnected = ({ maker }: Entry) => maker?.name !== 'local'
  const older = areAllOlder ? [] : entries.filter(({ model }) => isOlder(model, gone))
  const current = entries.filter((entry) => !older.includes(entry))
  return {
    connected: current.filter(isConnected),
    local: current.filter((entry) => !isConnected(entry)),
    older,
  }
}

/** What a model takes besides what its task says: `prompt, reference, or both`. */
export const needsWords = (model: Model): string => {
  const fields = fieldsOf(model)
  const prompt = fields.find(({ meta }) => meta.control === 'prompt')
  const reference = fields.find(({ name }) => name === 'reference_image')
  if (!reference) return !prompt ? '' : prompt.required ? 'prompt' : 'prompt, or none'
  if (!prompt) return 'reference'
  const files = fields.filter(({ meta }) => meta.control === 'media').map(({ name }) => [name, 'file_1'])
  const both = checkInputs(model, { ...Object.fromEntries(files), [prompt.name]: 'words' })
  if (prompt.required) return 'prompt, with or without a reference'
  return both.ok ? 'prompt, reference, or both' : 'prompt or reference'
}

/** So many of the last takes tell how long the next is likely to take. */
const LAST = 5

/** How long such takes took lately, in seconds: the middle one of the last; null where there was none. */
export const lastedLately = (takes: readonly Take[], modelId: string, renderer: string): number | null => {
  const seconds = takes
    .flatMap(({ modelId: id, renderer: by, state }) =>
      id === modelId && by === renderer && state.name === 'done' ? [state.seconds] : [],
    )
    .slice(0, LAST)
    .toSorted((a, b) => a - b)
  return seconds[Math.floor(seconds.length / 2)] ?? null
}
