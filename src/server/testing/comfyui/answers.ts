import type { FakeOrder, Past } from './executor.ts'
import type { Worker } from './worker.ts'

/** As the queue tells an order: what is secret in it is left out. */
export const queueItem = (order: FakeOrder): unknown[] => [
  order.number,
  order.id,
  order.graph,
  { ...order.extra, ...(order.clientId === null ? {} : { client_id: order.clientId }) },
  order.outputs,
]

const pastJob = (id: string, { prompt, outputs, status }: Past) => {
  const event = (name: string) => status.messages.find(([type]) => type === name)?.[1]
  const error = event('execution_error')
  const word = event('execution_interrupted') ? 'cancelled' : status.status_str === 'success' ? 'completed' : 'failed'
  return {
    id,
    status: word,
    priority: prompt[0],
    execution_start_time: event('execution_start')?.['timestamp'],
    execution_end_time: status.messages.at(-1)?.[1]['timestamp'],
    ...(error ? { execution_error: error } : {}),
    outputs_count: Object.keys(outputs).length,
    outputs,
    execution_status: status,
    workflow: { prompt: prompt[2], extra_data: prompt[3] },
  }
}

/** GET /api/jobs/{id}; null where there is none. */
export const jobAnswer = (worker: Worker, id: string): unknown => {
  const past = worker.history.get(id)
  if (past) return pastJob(id, past)
  const running = worker.running()
  const order = running?.id === id ? running : worker.pending.find((each) => each.id === id)
  if (!order) return null
  return {
    id,
    status: order === running ? 'in_progress' : 'pending',
    priority: order.number,
    outputs_count: 0,
    workflow: { prompt: order.graph, extra_data: order.extra },
  }
}

/** GET /system_stats. Without graphics memory it runs on the processor, whose memory it tells instead. */
export const systemStats = (version: string, vram: number | null) => ({
  system: {
    os: 'posix',
    ram_total: 64 * 1024 ** 3,
    ram_free: 32 * 1024 ** 3,
    comfyui_version: version,
    python_version: '3.12.3',
    pytorch_version: '2.8.0',
    embedded_python: false,
    argv: ['main.py'],
  },
  devices: [
    vram === null
      ? { name: 'cpu', type: 'cpu', index: null, vram_total: 64 * 1024 ** 3, vram_free: 32 * 1024 ** 3 }
      : { name: 'cuda:0 A card', type: 'cuda', index: 0, vram_total: vram, vram_free: vram },
  ],
})
