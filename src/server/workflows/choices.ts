import { RushesError } from '../../shared/errors.ts'
import type { Binding, Exposed, InputControl, Place, Role, Settable, WorkflowChoices } from '../../shared/workflows.ts'
import { withFields } from './bind/bind-graph.ts'
import { exposedField } from './bind/fields.ts'

/** Which controls an input must have to be of a role. */
const FITS: Record<Role, readonly InputControl['type'][]> = {
  prompt: ['text'],
  negative_prompt: ['text'],
  image: ['image'],
  last_image: ['image'],
  video: ['video'],
  mask: ['image'],
  seed: ['integer'],
  width: ['integer', 'number'],
  height: ['integer', 'number'],
  frames: ['integer', 'number'],
  fps: ['integer', 'number'],
  steps: ['integer', 'number'],
}

const isAt =
  (place: Place) =>
  (other: Place): boolean =>
    other.node === place.node && other.key === place.key

const refused = (field: 'bindings' | 'exposed', text: string): RushesError =>
  new RushesError('INVALID_INPUT', text, { fields: { [field]: text } })

const require = (settable: readonly Settable[], place: Place, field: 'bindings' | 'exposed'): Settable => {
  const found = settable.find(isAt(place))
  if (found) return found
  const where = `${place.key.slice(0, 80)} of node ${place.node.slice(0, 80)}`
  throw refused(
    field,
    `The input ${where} cannot be set: it is not there, is linked to another node, holds a secret, or has no part in the result.`,
  )
}

/**
 * The bindings that a person chose, among the inputs that can be set. Those that Rushes found itself keep their reason.
 * Throws INVALID_INPUT where an input is not there, of another kind than its role, or bound twice.
 */
export const chosenBindings = (
  chosen: NonNullable<WorkflowChoices['bindings']>,
  settable: readonly Settable[],
  known: readonly Binding[],
): Binding[] => {
  const seen: Place[] = []
  const bindings = chosen.map(({ role, node, key }) => {
    const place = { node, key }
    const { title, control } = require(settable, place, 'bindings')
    if (!FITS[role].includes(control.type))
      throw refused(
        'bindings',
        `The input ${key} of node ${title} is of the kind ${control.type}, and cannot be the ${role.replace('_', ' ')}.`,
      )
    if (seen.some(isAt(place))) throw refused('bindings', `The input ${key} of node ${title} is bound twice.`)
    seen.push(place)
    const before = known.find((binding) => binding.role === role && isAt(place)(binding))
    return { role, node, key, title, control, why: before?.why ?? 'It was chosen by hand.' }
  })
  return withFields(bindings)
}

/**
 * The inputs that a person wants in the form besides. Each has the name that it was given, else its own; a field's name
 * stays what it was before. Throws INVALID_INPUT where one is not there, or is bound already.
 */
export const chosenExposed = (
  chosen: NonNullable<WorkflowChoices['exposed']>,
  settable: readonly Settable[],
  bindings: readonly Binding[],
  before: readonly Exposed[],
): Exposed[] => {
  const taken = new Set(bindings.map(({ field }) => field))
  const exposed: Exposed[] = []
  for (const { node, key, name } of chosen) {
    const place = { node, key }
    const { title, control } = require(settable, place, 'exposed')
    if (bindings.some(isAt(place))) throw refused('exposed', `The input ${key} of node ${title} is bound already.`)
    if (exposed.some(isAt(place))) continue
    const kept = before.find(isAt(place))
    const words = name ?? kept?.name ?? key.replaceAll('_', ' ')
    const field = kept && !taken.has(kept.field) ? kept.field : exposedField(words, taken)
    taken.add(field)
    exposed.push({ node, key, name: words, field, title, control })
  }
  return exposed
}
