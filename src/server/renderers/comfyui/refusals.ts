import { RushesError } from '../../../shared/errors.ts'
import type { NodeErrors, Refusal } from './wire.ts'

type NodeError = NodeErrors[string]['errors'][number]

/** As long as what a server says may be in a sentence of ours. */
const MAX_QUOTED_CHARS = 300

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > MAX_QUOTED_CHARS ? `${line.slice(0, MAX_QUOTED_CHARS)}…` : line
}

/** Names of model files, by their endings: other choices of a node are settings. */
const MODEL_FILE = /\.(safetensors|sft|gguf|ckpt|pth?|bin|onnx)$/i

/** The file that a loader was to load and does not find; undefined where an error is another. */
const missingFile = ({ type, details, extra_info: info }: NodeError, nodeClass: string): string | undefined => {
  if (type !== 'value_not_in_list') return undefined
  const received = info?.received_value
  const value = typeof received === 'string' ? received : /: '(.*)' not in /.exec(details)?.[1]
  // A loader has settings too, which an old server may not know: `unet_name` names a file, `type` does not.
  const input = info?.input_name ?? details.split(':')[0] ?? ''
  const isFile = value !== undefined && (MODEL_FILE.test(value) || (/load/i.test(nodeClass) && input.endsWith('_name')))
  return isFile ? value : undefined
}

/** Where an error says that a node is linked to one that is not in the graph: it then names nothing but the node. */
const isDanglingLink = ({ type, details }: NodeError): boolean =>
  /^exception_during(_inner)?_validation$/.test(type) && /^'[^']*'$/.test(details.trim())

const wordsFor = (error: NodeError): string =>
  isDanglingLink(error)
    ? `it is linked to node ${error.details.trim()}, which is not in the graph`
    : short([error.message, error.details].filter((text) => text !== '').join(': '))

/** The failure that the errors of nodes come to, or undefined where there are none. The worst to mend comes first. */
export const nodeErrorsFailure = (host: string, nodes: NodeErrors): RushesError | undefined => {
  const errors = Object.entries(nodes).flatMap(([id, { class_type: nodeClass, errors }]) =>
    errors.map((error) => ({ id, nodeClass, error })),
  )
  const files = [...new Set(errors.flatMap(({ error, nodeClass }) => missingFile(error, nodeClass) ?? []))]
  if (files.length > 0) {
    const [verb, them] = files.length === 1 ? ['is', 'it'] : ['are', 'them']
    return new RushesError(
      'MODEL_MISSING',
      `${files.join(' and ')} ${verb} missing on the ComfyUI at ${host}. Put ${them} into its folder of models, look again, then try again. Nothing was made.`,
    )
  }
  const [first] = errors
  if (!first) return undefined
  return new RushesError(
    'INVALID_INPUT',
    `The ComfyUI at ${host} does not take the graph: node ${first.id} (${first.nodeClass}): ${wordsFor(first.error)}. Nothing was made.`,
  )
}

/** The class of a node that a server does not have; undefined where a refusal is another. */
const missingNode = ({ type, message, extra_info: info }: Exclude<Refusal['error'], string>): string | undefined => {
  if (type !== 'missing_node_type' && type !== 'invalid_prompt') return undefined
  if (info?.class_type) return info.class_type
  return (/node (\S+) does not exist/.exec(message) ?? /Node '([^']+)' not found/.exec(message))?.[1]
}

/** The failure that a refused graph comes to (status 400): MODEL_MISSING, NODE_MISSING or INVALID_INPUT. */
export const graphRefused = (host: string, { error, node_errors: nodes }: Refusal): RushesError => {
  const node = missingNode(error)
  if (node !== undefined)
    return new RushesError(
      'NODE_MISSING',
      `The ComfyUI at ${host} has no node ${node}. Install what brings it, or bring ComfyUI up to date, start it again, then try again. Nothing was made.`,
    )
  const failure = nodeErrorsFailure(host, nodes)
  if (failure) return failure
  const said = short([error.message, error.details].filter((text) => text !== '').join(': ')) || 'it does not say why'
  return new RushesError('INVALID_INPUT', `The ComfyUI at ${host} does not take the graph: ${said}. Nothing was made.`)
}
