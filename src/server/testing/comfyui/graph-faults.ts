import type { ApiGraph, NodeInput } from '../../renderers/comfyui/graph-source.ts'
import type { KnownServer } from './known-server.ts'

/** A link, or undefined. */
const linkOf = (value: unknown): { node: string; output: number } | undefined => {
  if (!Array.isArray(value)) return undefined
  const [node, output]: unknown[] = value
  return typeof node === 'string' && typeof output === 'number' ? { node, output } : undefined
}

/** Types that are the same to a server, or that grow. */
const carries = (wanted: string, given: string): boolean =>
  wanted === given || (wanted === 'COMFY_AUTOGROW_V3' && given === 'IMAGE')

const valueFault = ({ type, choices, min, max, step }: NodeInput, value: unknown): string | undefined => {
  if (type === 'INT' || type === 'FLOAT') {
    if (typeof value !== 'number' || (type === 'INT' && !Number.isInteger(value))) return `is no ${type}`
    if (min !== undefined && value < min) return `is smaller than ${min}`
    if (max !== undefined && value > max) return `is bigger than ${max}`
    // Sides count in steps from 0, lengths from 1.
    const from = min === 1 ? 1 : 0
    if (type === 'INT' && step !== undefined && (value - from) % step !== 0) return `is no multiple of ${step}`
    return undefined
  }
  if (type === 'BOOLEAN') return typeof value === 'boolean' ? undefined : 'is no BOOLEAN'
  if (typeof value !== 'string') return 'is no text'
  return choices.length === 0 || choices.includes(value) ? undefined : `is not one of ${choices.join(', ')}`
}

/** All that a server of that kind would find wrong with a graph, a line each; files of models are not looked for. */
export const graphFaults = (graph: ApiGraph, server: KnownServer): string[] => {
  const faults: string[] = []
  for (const [id, { class_type: className, inputs }] of Object.entries(graph)) {
    const known = server.nodes.get(className)
    if (!known) {
      faults.push(`${id}: there is no ${className}`)
      continue
    }
    const given = new Set(Object.keys(inputs).map((name) => name.split('.')[0]))
    for (const { name, required } of known)
      if (required && !given.has(name)) faults.push(`${id} ${className}: ${name} is required`)
    for (const [name, value] of Object.entries(inputs)) {
      const input = known.find((candidate) => candidate.name === name.split('.')[0])
      const link = linkOf(value)
      const from = link && graph[link.node]
      const type = link && from && server.outputs.get(from.class_type)?.[link.output]
      if (!input) faults.push(`${id} ${className}: it has no ${name}`)
      else if (link && type === undefined) faults.push(`${id} ${className}: ${name} is a link to nothing`)
      else if (type !== undefined && !carries(input.type, type))
        faults.push(`${id} ${className}: ${name} wants ${input.type} and gets ${type}`)
      else if (!link) {
        const fault = valueFault(input, value)
        if (fault) faults.push(`${id} ${className}: ${name} ${String(value)} ${fault}`)
      }
    }
  }
  return faults
}
