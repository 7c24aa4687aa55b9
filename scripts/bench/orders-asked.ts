import { setTimeout as wait } from 'node:timers/promises'
import { startEquippedComfyui } from '../../src/server/testing/equipped-comfyui.ts'
import { startFalServer } from '../../src/server/testing/fal-server.ts'
import { startGenerationServer } from '../../src/server/testing/generation-server.ts'
import { startOrdersServer } from './orders-server.ts'

/** Requests in a minute that reached one server while jobs waited for it, and how many orders it had been given. */
export type Asked = { name: string; perMinute: number; orders: number }

const KEY = 'key-of-the-bench'

type Target = { name: string; renderer: string; requests: () => number; orders: () => number }

/** Counts what reaches two pooled ComfyUI, a generation server and fal while so many jobs wait for each of the three kinds. */
export const countAsked = async (dataDir: string, waiting: number, seconds: number): Promise<Asked[]> => {
  const pool = [await startEquippedComfyui(), await startEquippedComfyui()]
  const cluster = await startGenerationServer({ flavour: 'vllm-omni', model: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers' })
  const fal = await startFalServer({ apiKey: KEY })
  for (const comfyui of pool) comfyui.hold('running')
  cluster.become([{ status: 'in_progress', progress: 40 }])
  fal.queue.become(['IN_PROGRESS'])
  const server = await startOrdersServer(dataDir, {
    COMFYUI_URL: pool.map(({ url }) => url).join(','),
    GENERATION_URL: cluster.url,
    FAL_KEY: KEY,
    FAL_QUEUE_URL: fal.queueUrl,
    FAL_REST_URL: fal.restUrl,
  })
  const targets: Target[] = [
    ...pool.map((comfyui, index) => ({
      name: `ComfyUI, ${index + 1} of a pool of two`,
      renderer: 'comfyui',
      requests: () => comfyui.requests.length,
      orders: () => comfyui.orders.length,
    })),
    { name: 'generation server', renderer: 'openai', requests: () => cluster.requests.length, orders: cluster.made },
    { name: 'fal', renderer: 'fal', requests: () => fal.requests.length, orders: fal.submissions },
  ]
  try {
    const renderers = [...new Set(targets.map(({ renderer }) => renderer))]
    for (const renderer of renderers) for (let seed = 0; seed < waiting; seed++) await server.submit({ renderer, seed })
    await Promise.all([
      ...pool.map((comfyui) => comfyui.until(() => comfyui.orders.length > 0)),
      cluster.until(() => cluster.made() > 0),
      fal.until(() => fal.submissions() > 0),
    ])
    // Until all that may be on the way is.
    await wait(Math.min(4000, seconds * 1000))
    const before = targets.map(({ requests }) => requests())
    await wait(seconds * 1000)
    return targets.map(({ name, requests, orders }, index) => ({
      name,
      perMinute: ((requests() - (before[index] ?? 0)) / seconds) * 60,
      orders: orders(),
    }))
  } finally {
    await server.stop()
    await Promise.all([...pool, cluster, fal].map(({ close }) => close()))
  }
}
