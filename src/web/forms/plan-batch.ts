import { expandAlternatives, MAX_BATCH } from '../../shared/alternatives.ts'
import type { JobInputs } from '../../shared/job.ts'
import type { FieldErrors } from '../../shared/models/check.ts'
import { type Field, fieldsOf } from '../../shared/models/describe.ts'
import { SEED_MAX } from '../../shared/models/fields.ts'
import type { Model } from '../../shared/models/index.ts'
import { type Draft, slotOf } from '../state/draft.ts'

/** What one press of Generate asks for, in the order in which it is made. */
export type Planned = { inputs: JobInputs; label: string | null }
export type Plan =
  { ok: true; parts: readonly [Planned, ...Planned[]] } | { ok: false; fields: FieldErrors; message: string | null }

const promptFieldOf = (model: Pick<Model, 'id' | 'input'>): Field | undefined =>
  fieldsOf(model).find(({ meta }) => meta.control === 'prompt')

const tooMany = (count: number): string => `That makes ${count} takes: ${MAX_BATCH} at once is the most.`

/** A fixed seed goes on by one from take to take, so that each is another and can be made again. */
const seeded = (inputs: JobInputs, nth: number): JobInputs => {
  const { seed } = inputs
  return typeof seed === 'number' && nth > 0 ? { ...inputs, seed: (seed + nth) % (SEED_MAX + 1) } : inputs
}

/** Every alternative of the prompt so many times; the same seeds for each alternative, where there is a fixed one. */
export const planBatch = (model: Pick<Model, 'id' | 'input'>, inputs: JobInputs, takes: number): Plan => {
  const name = promptFieldOf(model)?.name
  const text = name === undefined ? undefined : inputs[name]
  const expanded = typeof text === 'string' ? expandAlternatives(text) : null
  if (name !== undefined && expanded?.ok === false)
    return { ok: false, fields: { [name]: expanded.problem }, message: null }
  const prompts = expanded?.ok ? expanded.prompts : [{ prompt: undefined, label: null }]
  const count = prompts.length * takes
  if (count > MAX_BATCH) return { ok: false, fields: {}, message: tooMany(count) }
  const [first, ...others] = prompts.flatMap(({ prompt, label }): Planned[] => {
    const { [name ?? '']: _, ...rest } = inputs
    const said = prompt === undefined ? inputs : prompt === '' ? rest : { ...inputs, [name ?? '']: prompt }
    return Array.from({ length: takes }, (_, nth) => ({ inputs: seeded(said, nth), label }))
  })
  return first
    ? { ok: true, parts: [first, ...others] }
    : { ok: false, fields: {}, message: 'There is nothing to make.' }
}

/** The same of each of several files. */
export const planFiles = (
  model: Pick<Model, 'id' | 'input'>,
  files: readonly { inputs: JobInputs; name: string | null }[],
  takes: number,
): Plan => {
  const plans = files.map(({ inputs, name }) => ({ name, plan: planBatch(model, inputs, takes) }))
  const [first, ...others] = plans.flatMap(({ name, plan }): Planned[] =>
    plan.ok ? plan.parts.map((submit) => ({ ...submit, label: joined(name, submit.label) })) : [],
  )
  const refused = plans.find(({ plan }) => !plan.ok)?.plan
  if (refused || !first) return refused ?? { ok: false, fields: {}, message: 'There is nothing to make.' }
  const count = others.length + 1
  if (count > MAX_BATCH) return { ok: false, fields: {}, message: tooMany(count) }
  return { ok: true, parts: [first, ...others] }
}

const joined = (...labels: readonly (string | null)[]): string | null =>
  labels.filter((label) => label !== null).join(' · ') || null

/** How many takes the form asks for: its files, times the alternatives of its prompt, times the takes of each. */
export type Amount = { prompts: number; all: number; words: string | null; problem: string | null }

/** `words` say how the number comes about, where that does not go without saying. */
export const amountOf = (model: Pick<Model, 'id' | 'input'>, draft: Draft, takes: number, files = 1): Amount => {
  const field = promptFieldOf(model)
  const text = field && draft[slotOf(field)]
  const expanded = typeof text === 'string' ? expandAlternatives(text) : null
  if (expanded?.ok === false)
    return { prompts: 1, all: takes * files, words: null, problem: `The prompt ${expanded.problem}.` }
  const prompts = expanded?.prompts.length ?? 1
  const all = prompts * takes * files
  if (all > MAX_BATCH) return { prompts, all, words: null, problem: tooMany(all) }
  const counts = [
    ...(files > 1 ? [`${files} files`] : []),
    ...(prompts > 1 ? [files > 1 || takes === 1 ? `${prompts} alternatives` : String(prompts)] : []),
  ]
  const factors = takes > 1 ? [...counts, String(takes)] : counts
  const words =
    counts.length === 0 ? null : factors.length === 1 ? counts.join() : `${factors.join(' × ')} = ${all} takes`
  return { prompts, all, words, problem: null }
}
