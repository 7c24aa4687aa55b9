import { z } from 'zod'
import type { NodeInput } from './graph-source.ts'

const valueSchema = z.union([z.string(), z.number(), z.boolean()])
/** A choice: a value, or in newer nodes a choice that brings inputs of its own, by its key. */
const choiceSchema = z
  .union([valueSchema, z.object({ key: valueSchema }).transform(({ key }) => key)])
  .transform(String)
  .nullable()
  .catch(null)
const choicesSchema = z.array(choiceSchema).transform((choices) => choices.filter((choice) => choice !== null))

const detailsSchema = z
  .object({
    min: z.number().optional().catch(undefined),
    max: z.number().optional().catch(undefined),
    step: z.number().optional().catch(undefined),
    default: valueSchema.optional().catch(undefined),
    options: choicesSchema.optional().catch(undefined),
  })
  .catch({})

/** `[["a", "b"], {…}]` of older nodes, `["COMBO", {options: ["a", "b"]}]` of newer ones, `["INT", {min: 0}]` of both. */
const inputSchema = z.tuple([z.union([z.string(), choicesSchema])]).rest(z.unknown())

/** A node that is described in some way that cannot be read is one without inputs. */
const nodeSchema = z
  .object({
    input: z.object({
      required: z.record(z.string(), z.unknown()).nullish().catch(null),
      optional: z.record(z.string(), z.unknown()).nullish().catch(null),
    }),
  })
  .catch({ input: {} })

const objectInfoSchema = z.record(z.string(), nodeSchema)

const inputOf = (name: string, required: boolean, told: unknown): NodeInput[] => {
  const parsed = inputSchema.safeParse(told).data
  if (!parsed) return []
  const [type, more] = parsed
  const { options, ...details } = detailsSchema.parse(more ?? {})
  if (typeof type !== 'string') return [{ name, required, type: 'COMBO', choices: type, ...details }]
  return [{ name, required, type: options && !isPlain(type) ? 'COMBO' : type, choices: options ?? [], ...details }]
}

const isPlain = (type: string): boolean => ['INT', 'FLOAT', 'STRING', 'BOOLEAN'].includes(type)

/** What GET /object_info tells, by class of node; undefined where it is none of it. */
export const nodesOf = (told: unknown): ReadonlyMap<string, readonly NodeInput[]> | undefined => {
  const info = objectInfoSchema.safeParse(told).data
  if (!info) return undefined
  return new Map(
    Object.entries(info).map(([name, { input }]) => [
      name,
      [
        ...Object.entries(input.required ?? {}).flatMap(([each, told]) => inputOf(each, true, told)),
        ...Object.entries(input.optional ?? {}).flatMap(([each, told]) => inputOf(each, false, told)),
      ],
    ]),
  )
}
