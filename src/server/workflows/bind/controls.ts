import type { InputControl, Settable } from '../../../shared/workflows.ts'
import type { ApiGraph, NodeInput } from '../../renderers/comfyui/graph-source.ts'
import type { NodeDefinitions } from '../convert/to-api.ts'
import { titleOf } from '../graph.ts'
import { isSecretName } from '../secrets.ts'

/** Choices that are told of an input; a server may have thousands of files of a kind. */
const MAX_CHOICES = 500

/** Longer texts are no input of a form. Characters. */
const MAX_TEXT_CHARS = 20_000

/** Whether an input of a node names a file that is uploaded for it, and of what kind. Nodes that take a path do not count. */
export const mediaKindOf = (classType: string, key: string): 'image' | 'video' | null => {
  if (/path|url|base64|folder|director/i.test(classType)) return null
  if (/load.*video/i.test(classType) && ['file', 'video'].includes(key)) return 'video'
  if (/load.*image/i.test(classType) && ['image', 'file'].includes(key)) return 'image'
  return null
}

const numeric = (value: number, known: NodeInput | undefined): InputControl => {
  const range = Object.fromEntries(
    (['min', 'max', 'step'] as const).flatMap((name) => (known?.[name] === undefined ? [] : [[name, known[name]]])),
  )
  const isWhole = known ? known.type === 'INT' : Number.isInteger(value)
  return { type: isWhole ? 'integer' : 'number', value, ...range }
}

/**
 * What an input with that value takes, as far as its node's definition tells, or as its value does where there is none.
 * Null for what no form can ask for: lists, nested values, long texts.
 */
export const controlOf = (
  classType: string,
  key: string,
  value: unknown,
  known: NodeInput | undefined,
): InputControl | null => {
  const media = mediaKindOf(classType, key)
  if (typeof value === 'number') return numeric(value, known)
  if (typeof value === 'boolean') return { type: 'switch', value }
  if (typeof value !== 'string' || value.length > MAX_TEXT_CHARS) return null
  if (media) return { type: media, value }
  if (known?.type !== 'COMBO') return { type: 'text', value }
  // A form of one choice is none, and a list that is not told cannot be chosen from.
  const choices = [...new Set([value, ...known.choices])].slice(0, MAX_CHOICES)
  return choices.length > 1 && known.choices.includes(value)
    ? { type: 'choice', value, choices: [...known.choices].slice(0, MAX_CHOICES) }
    : null
}

/** The definition of one input, where the server that tells them is there and has the node. */
export const definitionOf = (nodes: NodeDefinitions | null, classType: string, key: string): NodeInput | undefined =>
  nodes?.get(classType)?.find(({ name }) => name === key)

/**
 * All inputs of those nodes that a person could set, with ranges and choices where the nodes are known. Inputs whose names
 * say that they are secrets are not among them: what a form takes is kept with the job.
 */
export const exposable = (
  graph: ApiGraph,
  nodes: NodeDefinitions | null,
  among: readonly string[] = Object.keys(graph),
): Settable[] =>
  among.flatMap((id) => {
    const node = graph[id]
    if (!node) return []
    return Object.entries(node.inputs).flatMap(([key, value]) => {
      if (isSecretName(key) || key === 'filename_prefix') return []
      const control = controlOf(node.class_type, key, value, definitionOf(nodes, node.class_type, key))
      return control ? [{ node: id, key, title: titleOf(id, node), class_type: node.class_type, control }] : []
    })
  })
