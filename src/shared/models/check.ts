import type { z } from 'zod'
import type { Model } from './define.ts'
import { assumedOf, fieldsOf } from './describe.ts'
import type { FieldMeta } from './fields.ts'
import { withThousands } from '../thousands.ts'

/** Field → what is wrong with it, as the end of a sentence that begins with the field's name. */
export type FieldErrors = Record<string, string>

export type Checked<T> = { ok: true; value: T } | { ok: false; fields: FieldErrors; message: string }

const sentence = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      if (!issue.message.startsWith('Invalid input')) return issue.message
      // zod leaves the input out of its issues, but names it in its message.
      return issue.message.includes('received undefined') ? 'is required' : `must be ${named(issue.expected)}`
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1 ? 'must not be empty' : `is shorter than ${issue.minimum}`
      return `must be at least ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'string'
        ? `is longer than ${withThousands(issue.maximum)} characters`
        : `must be at most ${issue.maximum}`
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`
    default:
      return issue.message
  }
}

const named = (expected: string): string =>
  ({ int: 'a whole number', number: 'a whole number, in digits 0 to 9', string: 'text', boolean: 'true or false' })[
    expected
  ] ?? expected

/** Turns a rejection by a model's schema into one sentence a field. The first complaint about a field counts. */
const fieldErrors = (error: z.ZodError): FieldErrors => {
  const fields: FieldErrors = {}
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) fields[key] ??= 'is not a field of this model'
    else fields[String(issue.path[0] ?? '')] ??= sentence(issue)
  }
  return fields
}

/** `Invalid inputs for lucy-pro-i2v: data is required` */
export const invalidInputs = (name: string, fields: FieldErrors): string =>
  `Invalid inputs for ${name}: ${Object.entries(fields)
    .map(([field, text]) => `${field} ${text}`.trim())
    .join('; ')}`

/** Checks inputs against a model's schema. `name` is what the caller called the model, for the message. */
export const checkInputs = <M extends Pick<Model, 'id' | 'input'>>(
  model: M,
  values: unknown,
  name: string = model.id,
): Checked<z.output<M['input']>> => {
  const parsed = model.input.safeParse(values)
  if (parsed.success) return { ok: true, value: parsed.data as z.output<M['input']> }
  const fields = fieldErrors(parsed.error)
  return { ok: false, fields, message: invalidInputs(name, fields) }
}

/**
 * The inputs with what was left unsaid: the resolution, the orientation and the switches as they are assumed, and as
 * Decart's cloud assumes them. What the other inputs rule out (the prompt's switch where there is no prompt) stays out.
 */
export const withDefaults = <T extends object>(model: Pick<Model, 'id' | 'input'>, inputs: T): T =>
  fieldsOf(model).reduce((so, field) => {
    const isNamed = field.meta.control === 'choice' || field.meta.control === 'switch'
    const more = { ...so, [field.name]: assumedOf(field) }
    return isNamed && !(field.name in so) && model.input.safeParse(more).success ? more : so
  }, inputs)

/**
 * Reads the text parts of a form by the model's schema: numbers and booleans are text on the wire. What does not read
 * as the field's kind is left as it is, so that the schema's own complaint is the one that is seen. A blank text is a
 * field that was left empty: an optional one is absent.
 */
export const readFormValues = (model: Pick<Model, 'id' | 'input'>, raw: Readonly<Record<string, string>>) => {
  const fields = new Map(fieldsOf(model).map((field) => [field.name, field]))
  const isAbsent = ([name, text]: [string, string]): boolean => {
    const field = fields.get(name)
    return text.trim() === '' && field !== undefined && (!field.required || field.meta.control !== 'prompt')
  }
  return Object.fromEntries(
    Object.entries(raw)
      .filter((entry) => !isAbsent(entry))
      .map(([name, text]) => [name, readValue(fields.get(name)?.meta, text)]),
  )
}

/** How forms of any make say yes and no: HTML's `on`, Python's `True`, and what pydantic takes besides. */
const YES = /^\s*(true|1|yes|on)\s*$/i
const NO = /^\s*(false|0|no|off)\s*$/i

const WHOLE = /^\s*-?\d+\s*$/
const DECIMAL = /^\s*-?(\d+(\.\d*)?|\.\d+)\s*$/

const readValue = (meta: FieldMeta | undefined, text: string): string | number | boolean => {
  switch (meta?.control) {
    case 'switch':
      return YES.test(text) ? true : NO.test(text) ? false : text
    case 'seed':
      return WHOLE.test(text) ? Number(text) : text
    case 'number':
      return (Number.isInteger(meta.step) ? WHOLE : DECIMAL).test(text) ? Number(text) : text
    default:
      return text
  }
}
