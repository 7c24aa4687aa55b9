import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { ORIENTATIONS, RESOLUTIONS } from '../shared/models/fields.ts'
import type { Rendered, Renderer, RenderTask } from '../shared/renderer.ts'
import type { Guarded } from './guarded-child.ts'
import type { RenderOrder } from './messages.ts'
import { createSpare } from './spare.ts'

type LocalRendererOptions = {
  /** Rushes' version, written into each result's recipe. */
  version: string
  /** Bytes of memory that one render may take. */
  memoryLimit?: number
  /** Milliseconds that one render may take, and that it may take without getting any further. */
  timeLimit?: number
  stallLimit?: number
  /** Told of each child that starts, by its process id. */
  onChild?: (pid: number) => void
}

const MEMORY_LIMIT = 1.5 * 1024 ** 3
const TIME_LIMIT = 10 * 60_000
const STALL_LIMIT = 60_000

const inputsSchema = z.object({
  prompt: z.string().default(''),
  resolution: z.enum(RESOLUTIONS).optional(),
  orientation: z.enum(ORIENTATIONS).optional(),
  num_inference_steps: z.number().optional(),
  enhance_prompt: z.boolean().default(true),
})

const orderOf = ({ job, model, files, directory }: RenderTask, version: string): RenderOrder => {
  const inputs = inputsSchema.parse(job.inputs)
  const { prompt, resolution, orientation, num_inference_steps: steps, enhance_prompt: explain } = inputs
  const recipe = { model: job.model, inputs: job.inputs, seed: job.seed, renderer: 'local', version }
  return {
    task: model.task,
    fps: model.fps,
    prompt,
    seed: job.seed,
    resolution,
    orientation,
    steps,
    explain,
    sources: Object.fromEntries(
      Object.entries(files).map(([field, { path, media }]) => [field, { path: resolve(path), media }]),
    ),
    output: join(resolve(directory), model.kind === 'video' ? 'take.mp4' : 'take.png'),
    recipe: JSON.stringify(recipe),
  }
}

/**
 * The embedded engine: one forked child a job, started ahead of it where the server says that one is likely. A child that dies, stalls, or takes too much memory or time is a failed
 * job (RushesError) and never a dead server; aborting kills the child at once and removes what it had written.
 */
export const createLocalRenderer = (options: LocalRendererOptions): Renderer => {
  const running = new Set<Guarded>()
  const spare = createSpare((pid) => options.onChild?.(pid))
  const limits = {
    memory: options.memoryLimit ?? MEMORY_LIMIT,
    time: options.timeLimit ?? TIME_LIMIT,
    stall: options.stallLimit ?? STALL_LIMIT,
  }

  const render: Renderer['render'] = async (task, { signal, onProgress }): Promise<Rendered> => {
    signal.throwIfAborted()
    const order = orderOf(task, options.version)
    const child = spare.take()
    running.add(child)
    const stop = (): void => child.kill()
    signal.addEventListener('abort', stop)
    try {
      onProgress(0, 'rendering')
      const result = await child.ask({ kind: 'render', order }, limits, (progress) => onProgress(progress))
      if (result.kind !== 'rendered') throw new Error(`the engine answered ${result.kind} to a render`)
      return { ...result.rendered, path: order.output }
    } catch (error) {
      // A child that tells of a failure lives on; nothing may still write when the file is removed.
      child.kill()
      child.kill()
      await child.ended
      await rm(order.output, { force: true })
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
      child.kill()
      running.delete(child)
    }
  }

  return {
    name: 'local',
    concurrency: Math.max(1, availableParallelism() - 1),
    prepare: spare.prepare,
    render,
    close: async () => {
      const all = [...running]
      for (const child of all) child.kill()
      await Promise.all([spare.close(), ...all.map((child) => child.ended)])
    },
  }
}
