import { checkInputs, type FieldErrors } from '../../shared/models/check.ts'
import type { Model } from '../../shared/models/index.ts'
import { type Draft, inputsOf } from './draft.ts'

const judge = (model: Model, draft: Draft): FieldErrors => {
  const checked = checkInputs(model, inputsOf(model, draft))
  return checked.ok ? {} : checked.fields
}

/**
 * Which complaints still stand after the draft was changed at a field. Those that the model's own schema makes go as
 * soon as it makes them no more, also where another field was to blame; what only the server can judge goes when its
 * own field is changed. Never adds one.
 */
export const standing = (
  problems: FieldErrors,
  { model, before, after, changed }: { model: Model; before: Draft; after: Draft; changed: string },
): FieldErrors => {
  if (Object.keys(problems).length === 0) return problems
  const then = judge(model, before)
  const now = judge(model, after)
  return Object.fromEntries(
    Object.entries(problems).filter(
      ([name, problem]) => now[name] === problem || (name !== changed && then[name] !== problem),
    ),
  )
}

/** The complaints with what the model's own schema says of one field, as of a number that was just written. */
export const judgedAt = (problems: FieldErrors, model: Model, draft: Draft, name: string): FieldErrors => {
  const { [name]: _, ...others } = problems
  const problem = judge(model, draft)[name]
  return problem === undefined ? others : { ...others, [name]: problem }
}
