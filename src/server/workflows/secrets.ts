import type { ApiGraph } from '../renderers/comfyui/graph-source.ts'
import { titleOf } from './graph.ts'

/** Names of inputs that hold secrets, whatever stands between their words. */
const SECRET_KEY =
  /(^|[^a-z])(api[-_ ]?key|access[-_ ]?key|secret([-_ ]?key)?|(auth|access|api|bearer|hf|civitai|refresh)[-_ ]?token|token|password|passwd|authorization|credentials?)$/i

/** What keys of well-known makes look like, wherever they stand in a text. */
const SECRET_VALUE =
  /\bBearer\s+[\w.~+/-]{8,}=*|\bsk-[\w-]{12,}|\bhf_[A-Za-z0-9]{16,}|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bAKIA[0-9A-Z]{16}\b|\bAIza[\w-]{30,}|\bxox[abprs]-[\w-]{10,}|\bcomfyui-[0-9a-f]{32,}|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{32}\b|(?<=\/\/)[^\s/:@]+:[^\s/@]+(?=@)/gi

/** Deeper than this nothing is kept: no node nests its inputs so. */
const MAX_DEPTH = 16

/** Whether an input of that name holds a secret. */
export const isSecretName = (key: string): boolean => SECRET_KEY.test(key.replace(/([a-z])([A-Z])/g, '$1_$2'))

type Cleaned = { value: unknown; hadSecret: boolean }

const clean = (key: string, value: unknown, depth: number): Cleaned => {
  if (depth > MAX_DEPTH) return { value: null, hadSecret: false }
  if (typeof value === 'string') {
    if (isSecretName(key) && value !== '') return { value: '', hadSecret: true }
    const without = value.replace(SECRET_VALUE, '')
    return { value: without, hadSecret: without !== value }
  }
  if (Array.isArray(value)) {
    const parts = value.map((part: unknown) => clean(key, part, depth + 1))
    return { value: parts.map((part) => part.value), hadSecret: parts.some(({ hadSecret }) => hadSecret) }
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([name, part]) => [name, clean(name, part, depth + 1)] as const)
    return {
      value: Object.fromEntries(parts.map(([name, part]) => [name, part.value])),
      hadSecret: parts.some(([, { hadSecret }]) => hadSecret),
    }
  }
  return { value, hadSecret: false }
}

/** The text without what looks like a key in it. */
export const withoutSecretText = (text: string): string => text.replace(SECRET_VALUE, '')

/**
 * The graph without keys, tokens and passwords: inputs of such names, and values that look like keys of well-known makes.
 * `leftOut` says where each was, a sentence each, and never what it was.
 */
export const withoutSecrets = (graph: ApiGraph): { graph: ApiGraph; leftOut: string[] } => {
  const leftOut: string[] = []
  const cleaned = Object.entries(graph).map(([id, node]) => {
    const title = node._meta?.title
    const named = {
      class_type: node.class_type,
      ...(title === undefined ? {} : { _meta: { title: withoutSecretText(title) } }),
    }
    const inputs = Object.entries(node.inputs).map(([key, value]) => {
      const { value: kept, hadSecret } = clean(key, value, 0)
      if (hadSecret)
        leftOut.push(`A secret was left out: ${key} of node ${titleOf(id, named)}. Set it in ComfyUI itself.`)
      return [key, kept] as const
    })
    return [id, { ...named, inputs: Object.fromEntries(inputs) }] as const
  })
  return { graph: Object.fromEntries(cleaned), leftOut }
}
