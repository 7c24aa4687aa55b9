import { startEquippedComfyui } from '../../src/server/testing/equipped-comfyui.ts'
import { startFalServer } from '../../src/server/testing/fal-server.ts'
import { startGenerationServer } from '../../src/server/testing/generation-server.ts'

/** Somebody else who renders, one order at a time, and stands still in it until told to finish. */
export type Side = {
  renderer: string
  /** What Rushes is told of it. */
  env: Record<string, string>
  /** From now on orders do not finish. */
  hold: () => void
  /** Resolves once an order that came after `hold` is worked on. */
  working: () => Promise<void>
  /** Finishes the order; resolves with the moment, by performance.now(), at which its result was there to be had. */
  finish: () => Promise<number>
  /** Milliseconds for the bytes of the last result alone, from there to here. */
  transfer: () => Promise<number>
  close: () => Promise<void>
}

const KEY = 'key-of-the-bench'

const timed = async (url: string): Promise<number> => {
  const begin = performance.now()
  await (await fetch(url)).arrayBuffer()
  return performance.now() - begin
}

export type ComfyuiSide = Side & { hush: () => void }

/** The fake of ComfyUI; `hush` silences its socket for good. */
export const comfyuiSide = async (clip: Buffer): Promise<ComfyuiSide> => {
  const server = await startEquippedComfyui({ result: () => ({ extension: 'mp4', body: clip }) })
  return {
    renderer: 'comfyui',
    env: { COMFYUI_URL: server.url },
    hold: () => server.hold('running'),
    working: () => server.until(() => server.heldAt() === 'running'),
    finish: async () => {
      server.release()
      await server.until(() => server.running() === null)
      return performance.now()
    },
    transfer: () => {
      const seen = server.requests.findLast(({ path }) => path === '/view')
      return timed(`${server.url}/view?${seen?.query.toString() ?? ''}`)
    },
    hush: () => server.sockets.become('silent'),
    close: server.close,
  }
}

/** The fake of fal. */
export const falSide = async (clip: Buffer): Promise<Side> => {
  const server = await startFalServer({ apiKey: KEY, result: () => clip })
  let worked = 0
  return {
    renderer: 'fal',
    env: { FAL_KEY: KEY, FAL_QUEUE_URL: server.queueUrl, FAL_REST_URL: server.restUrl },
    hold: () => {
      worked = server.submissions()
      server.queue.become(['IN_PROGRESS'])
    },
    working: () => server.until(() => server.submissions() > worked),
    finish: () => {
      server.queue.become(['COMPLETED'])
      return Promise.resolve(performance.now())
    },
    transfer: () => {
      const seen = server.requests.findLast(({ host }) => host === 'cdn')
      return timed(`${server.cdnUrl}${seen?.path ?? ''}`)
    },
    close: server.close,
  }
}

/** The fake of a generation server. */
export const openaiSide = async (clip: Buffer): Promise<Side> => {
  const model = 'Wan-AI/Wan2.2-TI2V-5B-Diffusers'
  const server = await startGenerationServer({ flavour: 'vllm-omni', model, result: () => clip })
  let worked = 0
  return {
    renderer: 'openai',
    env: { GENERATION_URL: server.url },
    hold: () => {
      worked = server.made()
      server.become([{ status: 'in_progress', progress: 40 }])
    },
    working: () => server.until(() => server.made() > worked),
    finish: () => {
      server.become([{ status: 'completed', progress: 100 }])
      return Promise.resolve(performance.now())
    },
    transfer: () => {
      const seen = server.requests.findLast(({ path }) => path.endsWith('/content'))
      return timed(`${server.url}${seen?.path ?? ''}`)
    },
    close: server.close,
  }
}
