import { setTimeout as delay } from 'node:timers/promises'
import {
  Crashed,
  createExecutor,
  type Ending,
  type FakeOrder,
  Interrupted,
  type Memory,
  NodeFailed,
  type Past,
  type WorkerOptions,
} from './executor.ts'

/** The one worker of the fake: takes one order after the other, and tells of it in the order in which ComfyUI does. */
export const createWorker = (options: WorkerOptions) => {
  const { hub, gate, changed } = options
  const pending: FakeOrder[] = []
  const history = new Map<string, Past>()
  const memory: Memory = { files: new Map(), cache: new Map(), executed: 0 }
  const execute = createExecutor(options, memory)
  const endings: Ending[] = []
  let running: FakeOrder | null = null
  let isInterrupted = false
  let isWorking = false
  let life = 0

  const status = () =>
    hub.tell('status', { status: { exec_info: { queue_remaining: pending.length + (running ? 1 : 0) } } }, null)

  const run = async (order: FakeOrder): Promise<void> => {
    const born = life
    const messages: [string, Record<string, unknown>][] = []
    const say = (type: string, data: object, everybody = false): void => {
      const told = { prompt_id: order.id, ...data, timestamp: Date.now() }
      messages.push([type, told])
      hub.tell(type, told, everybody ? null : order.clientId)
    }
    say('execution_start', {})
    let outputs: Past['outputs'] = {}
    let isDone = true
    try {
      const stop = { isInterrupted: () => isInterrupted, isCrashed: () => life !== born }
      outputs = await execute(order, endings.shift() ?? 'done', stop, say)
      say('execution_success', {})
    } catch (error) {
      if (error instanceof Crashed) return
      isDone = false
      const node = {
        node_id: order.outputs[0] ?? '',
        node_type: order.graph[order.outputs[0] ?? '']?.class_type ?? '',
        executed: [],
      }
      if (error instanceof Interrupted) say('execution_interrupted', node, true)
      else if (error instanceof NodeFailed) {
        const traceback = ['  File "/home/somebody/ComfyUI/execution.py", line 496, in execute\n']
        const said = {
          exception_message: error.message,
          exception_type: error.type,
          traceback,
          current_inputs: {},
          current_outputs: [],
        }
        const sampler = Object.values(order.graph).find(({ class_type: name }) => /sampler/i.test(name ?? ''))
        say('execution_error', { ...node, node_type: sampler?.class_type ?? node.node_type, ...said })
      } else throw error
    }
    await delay(options.settleMs)
    if (life !== born) return
    const extra = { ...order.extra, ...(order.clientId === null ? {} : { client_id: order.clientId }) }
    history.set(order.id, {
      prompt: [order.number, order.id, order.graph, extra, order.outputs],
      outputs,
      status: { status_str: isDone ? 'success' : 'error', completed: isDone, messages },
      meta: {},
    })
    running = null
    status()
    if (order.clientId !== null) hub.tell('executing', { node: null, prompt_id: order.id }, order.clientId)
    changed()
  }

  const work = async (): Promise<void> => {
    const born = life
    while (life === born) {
      await gate.pass('waiting', () => life !== born, changed)
      const next = life === born ? pending.toSorted((one, other) => one.number - other.number)[0] : undefined
      if (!next) return
      pending.splice(pending.indexOf(next), 1)
      running = next
      isInterrupted = false
      status()
      changed()
      await run(next)
    }
  }

  return {
    pending,
    history,
    files: memory.files,
    running: () => running,
    /** How many nodes ran, of all orders. */
    executed: () => memory.executed,
    put: (order: FakeOrder): void => {
      pending.push(order)
      status()
      if (isWorking) return
      isWorking = true
      const born = life
      void work().finally(() => {
        if (life === born) isWorking = false
      })
    },
    remove: (id: string): boolean => {
      const index = pending.findIndex((order) => order.id === id)
      if (index >= 0) pending.splice(index, 1)
      if (index >= 0) status()
      return index >= 0
    },
    /** Stops that order where it runs, or whatever runs. */
    interrupt: (id: string | null): boolean => {
      if (!running || (id !== null && running.id !== id)) return false
      isInterrupted = true
      gate.wake()
      return true
    },
    endNext: (...next: Ending[]): void => void endings.push(...next),
    /** Forgets all but the files, as the end of the process does. */
    crash: (): void => {
      life++
      pending.length = 0
      running = null
      isWorking = false
      history.clear()
      memory.cache.clear()
      gate.wake()
    },
  }
}
export type Worker = ReturnType<typeof createWorker>
