import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import type { JobInputs } from '../../../shared/job.ts'
import { PLAIN } from '../../../shared/media.ts'
import { findModel } from '../../../shared/models/index.ts'
import type { InputFile, RenderTask } from '../../../shared/renderer.ts'
import type { Limits } from '../../outgoing/request.ts'
import { createComfyuiDialect } from '../../renderers/comfyui/dialect.ts'
import type { ApiGraph, GraphSource } from '../../renderers/comfyui/graph-source.ts'
import type { Upright } from '../../renderers/comfyui/upload.ts'
import type { Connection, Look, Order } from '../../renderers/order/dialect.ts'
import { TransientError } from '../../renderers/order/transient-error.ts'
import { CLIP, CLIP_INFO } from '../clip.ts'
import { type ComfyuiServer, type ComfyuiServerOptions, startComfyuiServer } from '../comfyui-server.ts'
import { taskOf } from '../task.ts'
import { TINY_FILES, tinyGraphs } from './tiny-graphs.ts'

/** Short, for a server on loopback: none of its silences is meant to be waited for. */
export const LIMITS: Limits = { connect: 1000, answer: 1000, pace: { bytes: 1000, within: 500 } }

export type BenchOptions = {
  server?: ComfyuiServerOptions
  pollMs?: number
  /** Where graphs come from, in the place of the tiny ones. */
  sources?: readonly GraphSource[]
  /** What every call may take, in the place of short limits; undefined: as long as a renderer gives it. */
  limits?: Limits | undefined
  /** Makes other graphs of the tiny ones. */
  change?: (graph: ApiGraph) => ApiGraph
  upright?: Upright
  headers?: Readonly<Record<string, string>>
  /** Connects to that one instead of one of its own. */
  to?: ComfyuiServer
  /** The address, where it is not the server's own. */
  url?: (server: ComfyuiServer) => string
}

const signal = (): AbortSignal => new AbortController().signal

/** A server of the fake, one connection to it, and what a renderer does with that. */
export const createBench = async (options: BenchOptions = {}) => {
  const { pollMs = 40 } = options
  const limits = 'limits' in options ? options.limits : LIMITS
  const directory = mkdtempSync(join(tmpdir(), 'rushes-comfyui-'))
  const server = options.to ?? (await startComfyuiServer({ files: TINY_FILES, ...options.server }))
  let refusals = 0
  const dialect = createComfyuiDialect({
    sources: options.sources ?? [tinyGraphs(options.change)],
    upright: options.upright,
  })
  const [first] = dialect.connect(
    { url: options.url?.(server) ?? server.url, key: null, headers: options.headers ?? {}, more: {} },
    {
      logger: { info: () => undefined, warn: () => undefined },
      limits,
      pollMs,
      onRefused: () => void refusals++,
    },
  )
  if (!first) throw new Error('no connection')
  const connection: Connection = first

  const inputFile = (name: string, bytes: Buffer, media: InputFile['media']): InputFile => {
    const path = join(directory, name)
    writeFileSync(path, bytes)
    return { id: `file_${name}`, path, filename: name, media }
  }
  const still = async (): Promise<InputFile> => {
    const bytes = await sharp({ create: { width: 32, height: 18, channels: 3, background: '#aa3311' } })
      .png()
      .toBuffer()
    const facts = { kind: 'image', mime_type: 'image/png', width: 32, height: 18, duration: null, fps: null } as const
    return inputFile('Still life.PNG', bytes, { ...PLAIN, ...facts, codec: 'png', has_audio: false })
  }
  const clip = (): InputFile =>
    inputFile('walk.mp4', CLIP, {
      ...PLAIN,
      ...CLIP_INFO,
      kind: 'video',
      mime_type: 'video/mp4',
      codec: 'h264',
      has_audio: false,
    })

  const task = async (name: string, inputs: JobInputs = {}): Promise<RenderTask> => {
    const model = findModel(name)
    if (!model) throw new Error(`no model ${name}`)
    const data = model.task === 'video-edit' ? clip() : await still()
    const given = { prompt: 'a fox', ...inputs }
    const own = join(directory, randomUUID())
    mkdirSync(own)
    const made = taskOf({ model: name, renderer: 'comfyui', data, inputs: given, seed: 7, directory: own })
    return model.task.startsWith('text-') ? { ...made, files: {} } : made
  }

  /** Prepares and sends, as a renderer does. */
  const order = async (name: string, inputs: JobInputs = {}, id: string = randomUUID()): Promise<Order> => {
    const prepared = await connection.prepare(await task(name, inputs), signal())
    return prepared.send(id, signal())
  }

  /** Looks until it has ended, at once where there is news, as a renderer does. What passes is looked past. */
  const ending = async (followed: Order, onProgress: (progress: number | null) => void = () => undefined) => {
    let go = (): void => undefined
    const stop = connection.watch?.(followed, (progress) => {
      onProgress(progress)
      if (progress === null) go()
    })
    try {
      for (;;) {
        const news = new Promise<void>((resolve) => (go = resolve))
        const timer = new Promise<void>((resolve) => setTimeout(resolve, pollMs))
        const look: Look = await connection.lookAt(followed, signal()).catch((error: unknown) => {
          if (error instanceof TransientError) return { state: 'waiting' }
          throw error
        })
        if (look.state !== 'waiting' && look.state !== 'running') return look
        if (look.state === 'running') onProgress(look.progress)
        await Promise.race([news, timer])
      }
    } finally {
      stop?.()
    }
  }

  /** The bytes of what an order came to. */
  const fetched = async (followed: Order): Promise<Buffer> => {
    const look = await ending(followed)
    if (look.state !== 'done') throw look.state === 'failed' ? look.error : new Error(look.state)
    const { body } = await connection.content(followed, look.result, signal())
    return Buffer.concat(await body.toArray())
  }

  return {
    server,
    connection,
    signal,
    task,
    order,
    ending,
    fetched,
    refusals: () => refusals,
    close: async () => {
      connection.close()
      if (!options.to) await server.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export type Bench = Awaited<ReturnType<typeof createBench>>
