import { setTimeout as delay } from 'node:timers/promises'
import type { Gate } from './gate.ts'
import type { Hub } from './hub.ts'
import { bytesOf, type Media, smallMedia } from './media.ts'
import type { FakeNode } from './nodes.ts'
import type { FakeGraph } from './validate.ts'

export type FakeOrder = {
  number: number
  id: string
  graph: FakeGraph
  clientId: string | null
  extra: Record<string, unknown>
  /** The nodes that are to run. */
  outputs: string[]
}

/**
 * How an order ends. `out-of-memory` and `error`: a node breaks it off; `empty`: it ends well and saves nothing;
 * `missing`: it ends well, and the file that it names is not there.
 */
export type Ending = 'done' | 'out-of-memory' | 'error' | 'empty' | 'missing'

export type Saved = { filename: string; subfolder: string; type: 'output' }
export type Past = {
  prompt: unknown[]
  outputs: Record<string, Record<string, unknown>>
  status: { status_str: 'success' | 'error'; completed: boolean; messages: [string, Record<string, unknown>][] }
  meta: Record<string, unknown>
}

/** What a test's own function is asked for. */
export type MediaRequest = { id: string; graph: FakeGraph; node: string; saves: 'image' | 'video' | 'audio' }

export type WorkerOptions = {
  hub: Hub
  gate: Gate
  nodes: Readonly<Record<string, FakeNode>>
  result: ((request: MediaRequest) => Media | Promise<Media>) | undefined
  /** Steps of a sampler, and milliseconds of each. */
  ticks: number
  tickMs: number
  /** Milliseconds between `execution_success` and the history. */
  settleMs: number
  changed: () => void
  /** Under what the results of a clip stand. */
  clipKey: () => 'images' | 'gifs' | 'videos'
  /** Whether a cached node's results are told in the history. */
  tellsCached: () => boolean
}

export class Interrupted extends Error {}
export class Crashed extends Error {}
export class NodeFailed extends Error {
  readonly type: string
  constructor(type: string, message: string) {
    super(message)
    this.type = type
  }
}

const OOM_TIP =
  'This error means you ran out of memory on your GPU.\n\nTIPS: If the workflow worked before you might have accidentally set the batch_size to a large number.'

/** The nodes that an output needs, those before it first. */
const inOrder = (graph: FakeGraph, outputs: readonly string[]): string[] => {
  const seen = new Set<string>()
  const visit = (id: string): void => {
    if (seen.has(id)) return
    for (const value of Object.values(graph[id]?.inputs ?? {}))
      if (Array.isArray(value) && typeof value[0] === 'string' && graph[value[0]]) visit(value[0])
    seen.add(id)
  }
  for (const id of outputs) visit(id)
  return [...seen]
}

/** What outlives one order. */
export type Memory = {
  /** Saved files by `type/subfolder/name`. */
  files: Map<string, Buffer>
  /** Results by what made them. */
  cache: Map<string, Record<string, unknown>>
  /** How many nodes ran. */
  executed: number
}

/** Whether the order that runs is to end: somebody wants it to, or the process is gone. */
export type Stop = { isInterrupted: () => boolean; isCrashed: () => boolean }

/** Runs the nodes of orders, and tells of each. Throws an Interrupted, a Crashed or a NodeFailed. */
export const createExecutor = (options: WorkerOptions, memory: Memory) => {
  const { hub, gate, changed } = options
  const { files, cache } = memory

  const save = async (order: FakeOrder, node: string, saves: 'image' | 'video' | 'audio', ending: Ending) => {
    const media =
      (await options.result?.({ id: order.id, graph: order.graph, node, saves })) ?? (await smallMedia(saves))
    const prefix = String(order.graph[node]?.inputs['filename_prefix'] ?? 'ComfyUI')
    const cut = prefix.lastIndexOf('/')
    const subfolder = cut < 0 ? '' : prefix.slice(0, cut)
    let count = 0
    const name = () => `${prefix.slice(cut + 1)}_${String(++count).padStart(5, '0')}_.${media.extension}`
    let filename = name()
    while (files.has(`output/${subfolder}/${filename}`)) filename = name()
    const saved: Saved = { filename, subfolder, type: 'output' }
    if (ending !== 'missing') files.set(`output/${subfolder}/${filename}`, await bytesOf(media))
    if (saves === 'image') return { images: [saved] }
    if (saves === 'audio') return { audio: [saved] }
    const key = options.clipKey()
    return key === 'images' ? { images: [saved], animated: [true] } : { [key]: [saved] }
  }

  const execute = async (
    order: FakeOrder,
    ending: Ending,
    stop: Stop,
    say: (type: string, data: object) => void,
  ): Promise<Past['outputs']> => {
    const { graph, id } = order
    const isOver = () => stop.isInterrupted() || stop.isCrashed()
    const check = (): void => {
      if (stop.isCrashed()) throw new Crashed()
      if (stop.isInterrupted()) throw new Interrupted()
    }
    const counted: Record<string, unknown> = {}
    /** Tells of all nodes that have begun. */
    const count = (node: string, state: 'running' | 'finished', value: number, max: number): void => {
      const own = { node_id: node, display_node_id: node, parent_node_id: null, real_node_id: node }
      counted[node] = { value, max, state, prompt_id: id, ...own }
      hub.tell('progress_state', { prompt_id: id, nodes: counted }, order.clientId)
    }
    const nodes = inOrder(graph, order.outputs)
    const keyOf = (node: string) => JSON.stringify(inOrder(graph, [node]).map((each) => graph[each]))
    const cached = nodes.filter((node) => cache.has(keyOf(node)))
    say('execution_cached', { nodes: cached })
    const outputs: Past['outputs'] = {}
    for (const node of nodes) {
      const name = graph[node]?.class_type ?? ''
      const known = cache.get(keyOf(node))
      if (known) {
        if (options.tellsCached() && Object.keys(known).length > 0) outputs[node] = known
        continue
      }
      check()
      count(node, 'running', 0, 1)
      hub.tell('executing', { node, display_node: node, prompt_id: id }, order.clientId)
      const isLoader = /loader$/i.test(name)
      // What loads is told nothing, and asks nobody whether to go on.
      if (isLoader) await gate.pass('loading', stop.isCrashed, changed)
      else await gate.pass('running', isOver, changed)
      check()
      if (/sampler/i.test(name) && ending === 'out-of-memory')
        throw new NodeFailed('torch.OutOfMemoryError', `Allocation on device \n${OOM_TIP}`)
      if (ending === 'error')
        throw new NodeFailed(
          'RuntimeError',
          'mat1 and mat2 shapes cannot be multiplied (77x768 and 4096x5120)\nmore of it',
        )
      for (let value = 1; /sampler/i.test(name) && value <= options.ticks; value++) {
        await delay(options.tickMs)
        check()
        const counts = { value, max: options.ticks, prompt_id: id, node }
        hub.tell('progress', counts, order.clientId)
        count(node, 'running', value, options.ticks)
        hub.preview(order.clientId)
      }
      const saves = options.nodes[name]?.saves
      const made = saves && ending !== 'empty' ? await save(order, node, saves, ending) : {}
      memory.executed++
      count(node, 'finished', 1, 1)
      cache.set(keyOf(node), made)
      if (!saves) continue
      outputs[node] = made
      hub.tell('executed', { node, display_node: node, output: made, prompt_id: id }, order.clientId)
    }
    return outputs
  }

  return execute
}
