import { z } from 'zod'
import { choicesOf, type FakeInput, type FakeNode, type Files } from './nodes.ts'

export const graphSchema = z.record(
  z.string(),
  z.object({
    class_type: z.string().optional(),
    inputs: z.record(z.string(), z.unknown()).default({}),
    _meta: z.object({ title: z.string().optional() }).optional(),
  }),
)
export type FakeGraph = z.infer<typeof graphSchema>

type Complaint = { type: string; message: string; details: string; extra_info: Record<string, unknown> }
type Complaints = Record<string, { errors: Complaint[]; dependent_outputs: string[]; class_type: string }>

/** What a graph comes to: refused, or the output nodes that run, with the errors of those that do not. */
export type Verdict =
  | { ok: false; body: { error: Complaint; node_errors: Complaints } }
  | { ok: true; outputs: string[]; node_errors: Complaints }

export type Shop = {
  nodes: Readonly<Record<string, FakeNode>>
  files: Files
  uploads: readonly string[]
  /** Whether a node that is not there is told by its own type of error, as since 2026. */
  tellsMissingNodes: boolean
}

const complaint = (type: string, message: string, details = '', extra: Record<string, unknown> = {}): Complaint => ({
  type,
  message,
  details,
  extra_info: extra,
})

const refusal = (error: Complaint, nodeErrors: Complaints = {}): Verdict => ({
  ok: false,
  body: { error, node_errors: nodeErrors },
})

const isLink = (value: unknown): value is [string, number] => Array.isArray(value) && value.length === 2

/** Python's way to write a list of texts. */
const listed = (choices: readonly string[]): string =>
  choices.length > 20 ? `(list of length ${choices.length})` : `[${choices.map((choice) => `'${choice}'`).join(', ')}]`

const checkValue = (name: string, value: unknown, input: FakeInput, shop: Shop): Complaint[] => {
  const about = { input_name: name, received_value: value }
  if (input.upload)
    return shop.uploads.includes(String(value))
      ? []
      : [
          complaint(
            'custom_validation_failed',
            'Custom validation failed for node',
            `${name} - Invalid image file: ${String(value)}`,
            { input_name: name },
          ),
        ]
  if (input.type === 'COMBO') {
    const choices = choicesOf(input, shop.files, shop.uploads)
    if (choices.includes(String(value))) return []
    return [
      complaint(
        'value_not_in_list',
        'Value not in list',
        `${name}: '${String(value)}' not in ${listed(choices)}`,
        about,
      ),
    ]
  }
  if (input.type === 'INT' || input.type === 'FLOAT') {
    const number = Number(value)
    if (!Number.isFinite(number))
      return [
        complaint(
          'invalid_input_type',
          `Failed to convert an input value to a ${input.type} value`,
          `${name}, ${String(value)}, could not convert`,
          about,
        ),
      ]
    if (input.min !== undefined && number < input.min)
      return [complaint('value_smaller_than_min', `Value ${number} smaller than min of ${input.min}`, name, about)]
    if (input.max !== undefined && number > input.max)
      return [complaint('value_bigger_than_max', `Value ${number} bigger than max of ${input.max}`, name, about)]
  }
  return []
}

/** Errors by node, of one output and all that it needs. A link to nowhere breaks the check itself, as it does there. */
const checkNode = (graph: FakeGraph, id: string, shop: Shop, found: Map<string, Complaint[]>): void => {
  if (found.has(id)) return
  const node = graph[id]
  const known = shop.nodes[node?.class_type ?? '']
  if (!node || !known) throw new Error(`'${id}'`)
  const errors: Complaint[] = []
  found.set(id, errors)
  for (const [name, input] of Object.entries(known.inputs)) {
    const value = node.inputs[name]
    if (value === undefined) {
      if (!input.optional)
        errors.push(complaint('required_input_missing', 'Required input is missing', name, { input_name: name }))
      continue
    }
    if (Array.isArray(value) && !isLink(value))
      errors.push(
        complaint('bad_linked_input', 'Bad linked input, must be a length-2 list of [node_id, slot_index]', name),
      )
    else if (isLink(value)) {
      const [from, slot] = value
      const type = shop.nodes[graph[from]?.class_type ?? '']?.outputs[slot]
      if (graph[from] === undefined) throw new Error(`'${from}'`)
      if (type !== input.type && input.type !== '*' && type !== '*')
        errors.push(
          complaint(
            'return_type_mismatch',
            'Return type mismatch between linked nodes',
            `${name}, received_type(${type ?? ''}) mismatch input_type(${input.type})`,
          ),
        )
      else {
        try {
          checkNode(graph, from, shop, found)
        } catch (error) {
          found.set(from, [
            complaint(
              'exception_during_inner_validation',
              'Exception when validating inner node',
              error instanceof Error ? error.message : '',
            ),
          ])
        }
      }
    } else errors.push(...checkValue(name, value, input, shop))
  }
}

const complaintsOf = (graph: FakeGraph, output: string, shop: Shop): Complaints => {
  const found = new Map<string, Complaint[]>()
  try {
    checkNode(graph, output, shop, found)
  } catch (error) {
    found.set(output, [
      complaint(
        'exception_during_validation',
        'Exception when validating node',
        error instanceof Error ? error.message : '',
      ),
    ])
  }
  return Object.fromEntries(
    [...found]
      .filter(([, errors]) => errors.length > 0)
      .map(([id, errors]) => [id, { errors, dependent_outputs: [output], class_type: graph[id]?.class_type ?? '' }]),
  )
}

/** Checks a graph as ComfyUI does before it takes it. */
export const validate = (told: unknown, shop: Shop): Verdict => {
  const graph = graphSchema.safeParse(told).data
  if (!graph)
    return refusal(
      complaint(
        'invalid_prompt',
        'Cannot execute because a node is missing the class_type property.',
        "Node ID '#nodes'",
      ),
    )
  for (const [id, { class_type: name, _meta: meta }] of Object.entries(graph)) {
    if (name !== undefined && shop.nodes[name]) continue
    const details = `Node ID '#${id}'`
    const title = meta?.title ?? name
    if (shop.tellsMissingNodes) {
      const words =
        name === undefined
          ? `Node '${title ?? `ID #${id}`}' has no class_type. The workflow may be corrupted or a custom node is missing.`
          : `Node '${title ?? ''}' not found. The custom node may not be installed.`
      return refusal(
        complaint('missing_node_type', words, details, {
          node_id: id,
          class_type: name ?? null,
          node_title: title ?? null,
        }),
        {},
      )
    }
    const words =
      name === undefined
        ? 'Cannot execute because a node is missing the class_type property.'
        : `Cannot execute because node ${name} does not exist.`
    return refusal(complaint('invalid_prompt', words, details))
  }
  const outputs = Object.keys(graph).filter((id) => shop.nodes[graph[id]?.class_type ?? '']?.saves)
  if (outputs.length === 0) return refusal(complaint('prompt_no_outputs', 'Prompt has no outputs'))
  const errors = outputs.map((id) => [id, complaintsOf(graph, id, shop)] as const)
  const nodeErrors: Complaints = Object.fromEntries(errors.flatMap(([, each]) => Object.entries(each)))
  const good = errors.filter(([, each]) => Object.keys(each).length === 0).map(([id]) => id)
  if (good.length > 0) return { ok: true, outputs: good, node_errors: nodeErrors }
  const details = Object.values(nodeErrors).flatMap(({ errors: all }) =>
    all.map((each) => `${each.message}: ${each.details}`),
  )
  return refusal(
    complaint('prompt_outputs_failed_validation', 'Prompt outputs failed validation', details.join('\n')),
    nodeErrors,
  )
}
