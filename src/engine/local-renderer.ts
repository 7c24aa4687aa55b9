import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { RushesError } from '../shared/errors.ts'
import type { KnownTask } from '../shared/models/define.ts'
import { ORIENTATIONS, RESOLUTIONS } from '../shared/models/fields.ts'
import { type Model, registry } from '../shared/models/index.ts'
import { GENERATED_SECONDS } from '../shared/models/price.ts'
import { readTrajectory, type TrajectoryPoint } from '../shared/models/trajectory.ts'
import type { Rendered, Renderer, RenderTask } from '../shared/renderer.ts'
import type { Offer, RendererStatus } from '../shared/renderers.ts'
import type { Guarded } from './process/guarded-child.ts'
import type { RenderOrder } from './process/messages.ts'
import type { Children } from './process/pool.ts'
import { requireSource, requireWritable } from './media/file-access.ts'
import { createSpare } from './process/warm-child.ts'

type LocalRendererOptions = Children & {
  /** Rushes' version, written into each result's recipe. */
  version: string
  /** Bytes of memory that one render may take. */
  memoryLimit?: number
  /** Milliseconds that one render may take, and that it may take without getting any further. */
  timeLimit?: number
  stallLimit?: number
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
  trajectory: z.string().optional(),
})

/** The points that a job keeps as text; it was checked when the job was made. */
const pointsOf = (text: string): TrajectoryPoint[] => {
  const points = readTrajectory(text)
  if (typeof points !== 'string') return points
  throw new RushesError('INVALID_INPUT', `trajectory ${points}`, { fields: { trajectory: points } })
}

/** What made it, in `output.engine`: no model at all. */
const ENGINE_NAME = 'rushes-procedural'

const knownTask = ({ task, title }: RenderTask['model']): KnownTask => {
  if (task !== 'custom') return task
  throw new RushesError('MODEL_NOT_FOUND', `The local engine cannot draft ${title}. Choose a renderer that has it.`)
}

const orderOf = ({ job, model, files, directory }: RenderTask, version: string): RenderOrder => {
  const inputs = inputsSchema.parse(job.inputs)
  const { prompt, resolution, orientation, num_inference_steps: steps, enhance_prompt: explain, trajectory } = inputs
  const recipe = { model: job.model, inputs: job.inputs, seed: job.seed, renderer: 'local', version }
  return {
    task: knownTask(model),
    fps: model.fps,
    prompt,
    seed: job.seed,
    resolution,
    orientation,
    steps,
    explain,
    trajectory: trajectory === undefined ? undefined : pointsOf(trajectory),
    sources: Object.fromEntries(
      Object.entries(files).map(([field, { path, media }]) => [field, { path: resolve(path), media }]),
    ),
    output: join(resolve(directory), model.kind === 'video' ? 'take.mp4' : 'take.png'),
    recipe: JSON.stringify(recipe),
  }
}

/** Rejects where a source cannot be read or the result not be written. */
const requirePaths = async ({ sources, output }: RenderOrder): Promise<void> => {
  for (const [field, { path }] of Object.entries(sources)) await requireSource(path, field)
  await requireWritable(output)
}

/** The engine draws every model of the registry, as a draft. */
const offerOf = (model: Model, version: string): Offer => ({
  ready: true,
  engine: { name: ENGINE_NAME, version, licence: null },
  reason: null,
  missing: [],
  resolutions: [...RESOLUTIONS],
  seconds: model.kind === 'video' && model.task !== 'video-edit' ? GENERATED_SECONDS : null,
  fps: model.kind === 'video' ? model.fps : null,
  free: true,
  price: null,
  limits: ['A procedural draft: drawn by rules, not by an AI model.'],
})

const statusOf = (version: string): RendererStatus => ({
  name: 'local',
  title: 'Local draft',
  state: 'ready',
  note: 'A procedural draft, made on this machine.',
  where: 'this machine',
  chosen_only: false,
  checked_at: new Date().toISOString(),
  models: Object.fromEntries(registry.map((model) => [model.id, offerOf(model, version)])),
  servers: [],
})

/** Removes what was written of a result that failed, and says why it did. */
const cleanUp = async (order: RenderOrder, error: unknown): Promise<unknown> => {
  // What went missing meanwhile says more than what came of it.
  const reason: unknown = await requirePaths(order).then(
    () => error,
    (trouble: unknown) => trouble,
  )
  // Where even that is refused, whoever owns the folder removes it.
  await rm(order.output, { force: true }).catch(() => undefined)
  return reason
}

/**
 * The embedded engine: one forked child a job, started ahead of it where the server says that one is likely. A child
 * that dies, stalls, or takes too much memory or time is a failed job (RushesError) and never a dead server; aborting
 * kills the child at once and removes what it had written.
 */
export const createLocalRenderer = (options: LocalRendererOptions): Renderer => {
  const running = new Set<Guarded>()
  const spare = createSpare(options)
  const limits = {
    memory: options.memoryLimit ?? MEMORY_LIMIT,
    // A render may have all processors for itself.
    work: Infinity,
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
      await requirePaths(order)
      onProgress(0, 'rendering')
      const result = await child.ask({ kind: 'render', order }, limits, (progress) => onProgress(progress))
      if (result.kind !== 'rendered') throw new Error(`the engine answered ${result.kind} to a render`)
      return { ...result.rendered, engine: { name: ENGINE_NAME, version: options.version }, path: order.output }
    } catch (error) {
      // A child that tells of a failure lives on; nothing may still write when the file is removed.
      child.kill()
      await child.ended
      const reason = await cleanUp(order, error)
      signal.throwIfAborted()
      throw reason
    } finally {
      signal.removeEventListener('abort', stop)
      child.kill()
      running.delete(child)
    }
  }

  const status = statusOf(options.version)
  return {
    name: 'local',
    status: () => status,
    look: () => Promise.resolve(status),
    concurrency: Math.max(1, availableParallelism() - 1),
    prepare: spare.prepare,
    render,
    readPrompt: async ({ task }, prompt, hasReference) => {
      if (task === 'custom') return { reading: [], known: [] }
      const { readPrompt } = await import('./tasks/prompt-reading.ts')
      return readPrompt(task, prompt, hasReference)
    },
    close: async () => {
      const all = [...running]
      for (const child of all) child.kill()
      await Promise.all([spare.close(), ...all.map((child) => child.ended)])
    },
  }
}
