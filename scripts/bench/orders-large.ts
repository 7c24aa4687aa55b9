import { join } from 'node:path'
import { CLIP } from '../../src/server/testing/clip.ts'
import { startEquippedComfyui } from '../../src/server/testing/equipped-comfyui.ts'
import { memoryOf, watchMemory } from './memory.ts'
import { startFront } from './orders-front.ts'
import { startOrdersServer } from './orders-server.ts'

/** Seconds from ready to playable, and bytes of memory that it took. */
export type Large = { seconds: number; growth: number }

/** Bytes of the results before it. */
const SMALL = 4_000_000

/**
 * Fetches one result of that size from a ComfyUI, with a look at the memory of the server's process, after so many small
 * ones, with which code and memory become warm.
 */
export const fetchLarge = async (folder: string, bytes: number, warmUps: number): Promise<Large> => {
  let size = SMALL
  const comfyui = await startEquippedComfyui()
  const front = await startFront(comfyui.url, CLIP, () => size)
  const server = await startOrdersServer(join(folder, 'data'), { COMFYUI_URL: front.url })
  const order = async (seed: number): Promise<number> => {
    const id = await server.submit({ renderer: 'comfyui', seed })
    await comfyui.until(() => comfyui.orders.length > seed && comfyui.running() === null)
    const ready = performance.now()
    const { output } = await server.completed(id)
    if (output.bytes !== size) throw new Error(`of ${size} bytes ${output.bytes} came home`)
    return (performance.now() - ready) / 1000
  }
  try {
    for (let warm = 0; warm < warmUps; warm++) await order(warm)
    size = bytes
    const start = memoryOf(server.pid)?.now ?? 0
    const memory = watchMemory(server.pid)
    const seconds = await order(warmUps).finally(memory.stop)
    return { seconds, growth: memory.peak() - start }
  } finally {
    await server.stop()
    await front.close()
    await comfyui.close()
  }
}
