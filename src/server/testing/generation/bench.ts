import { setMaxListeners } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RushesError } from '../../../shared/errors.ts'
import type { JobInputs } from '../../../shared/job.ts'
import { PLAIN } from '../../../shared/media.ts'
import { findModel } from '../../../shared/models/index.ts'
import type { InputFile, RenderTask } from '../../../shared/renderer.ts'
import { newJob, processing } from '../../jobs/transitions.ts'
import type { Limits } from '../../outgoing/request.ts'
import { createOpenaiDialect } from '../../renderers/openai/dialect.ts'
import type { ConnectDeps, Connection, Order, Settings } from '../../renderers/order/dialect.ts'
import { CLIP, CLIP_INFO } from '../clip.ts'
import { type GenerationServer, type GenerationServerOptions, startGenerationServer } from '../generation-server.ts'
import { pictureOf } from './images.ts'

export const KEY = 'secret-key-77ab'

/** What every call may take where the other side does not end. */
export const HURRIED: Limits = { connect: 2000, answer: 300, pace: { bytes: 1000, within: 150 } }

export const settingsOf = (settings: Partial<Settings>): Settings => ({
  url: null,
  key: null,
  headers: {},
  more: {},
  ...settings,
})

/** Servers, connections and files of one test, all gone after `clean`. */
export const createBench = () => {
  const cleanups: (() => unknown)[] = []
  const state = { refused: 0 }
  const signal: AbortSignal = new AbortController().signal
  // One for all of a test.
  setMaxListeners(0, signal)

  const serve = async (options: Partial<GenerationServerOptions> = {}): Promise<GenerationServer> => {
    const server = await startGenerationServer({
      flavour: 'vllm-omni',
      model: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers',
      ...options,
    })
    cleanups.push(server.close)
    return server
  }
  const connect = (url: string, deps: Partial<ConnectDeps> = {}, key: string | null = null): Connection => {
    const logger = { info: () => undefined, warn: () => undefined }
    const all: ConnectDeps = { logger, limits: undefined, pollMs: 5, onRefused: () => void state.refused++, ...deps }
    const [connection] = createOpenaiDialect().connect(settingsOf({ url, key }), all)
    if (!connection) throw new Error('no connection')
    cleanups.push(connection.close)
    return connection
  }
  const directory = async (): Promise<string> => {
    const path = await mkdtemp(join(tmpdir(), 'rushes-openai-'))
    cleanups.push(() => rm(path, { recursive: true, force: true }))
    return path
  }
  const fileOf = async (name: string, bytes: Buffer, media: Partial<InputFile['media']>): Promise<InputFile> => {
    const path = join(await directory(), name)
    await writeFile(path, bytes)
    const plain = { kind: 'image', mime_type: 'image/png', codec: 'png', has_audio: false, ...PLAIN } as const
    const size = { width: 64, height: 36, duration: null, fps: null }
    return { id: `file_${name}`, path, filename: name, media: { ...plain, ...size, ...media } }
  }
  const picture = async (size = '1600x900'): Promise<InputFile> => {
    const [width = 0, height = 0] = size.split('x').map(Number)
    return fileOf('picture.png', await pictureOf(size), { width, height })
  }
  const clip = (): Promise<InputFile> =>
    fileOf('clip.mp4', CLIP, { kind: 'video', mime_type: 'video/mp4', codec: 'h264', has_audio: true, ...CLIP_INFO })

  const taskOf = async (
    name: string,
    inputs: JobInputs = {},
    files: Record<string, InputFile> = {},
    engine: string | null = null,
  ): Promise<RenderTask> => {
    const model = findModel(name)
    if (!model) throw new Error(`no model ${name}`)
    const ids = Object.fromEntries(Object.entries(files).map(([field, { id }]) => [field, id]))
    const job = newJob({
      model: model.id,
      requestedModel: name,
      idempotencyKey: null,
      renderer: 'openai',
      inputs: { prompt: 'snow', ...ids, ...inputs },
      now: new Date(),
    })
    const started = processing({ ...job, seed: 7 }, 'submitting', null, new Date())
    const announced = engine === null ? null : { name: engine }
    return { model, directory: await directory(), files, job: { ...started, engine: announced } }
  }

  /** Orders a task; gives the order. */
  const order = async (connection: Connection, task: RenderTask): Promise<Order> =>
    (await connection.prepare(task, signal)).send('', signal)

  /** Looks until the order is no longer on its way; gives its result. */
  const finish = async (connection: Connection, made: Order): Promise<Buffer> => {
    for (;;) {
      const seen = await connection.lookAt(made, signal)
      if (seen.state === 'failed') throw seen.error
      if (seen.state === 'unknown') throw new Error('unknown')
      if (seen.state !== 'done') continue
      const answer = await connection.content(made, seen.result, signal)
      return Buffer.concat(await answer.body.toArray())
    }
  }

  const failure = async (promise: Promise<unknown>): Promise<RushesError> => {
    const error = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (!(error instanceof RushesError)) throw new Error('no RushesError', { cause: error })
    const all = `${error.message} ${JSON.stringify(error)} ${String(error.cause)}`
    if (all.includes(KEY)) throw new Error('the key is told')
    return error
  }

  return {
    signal,
    serve,
    connect,
    picture,
    clip,
    taskOf,
    order,
    finish,
    failure,
    /** How often a connection said that its key was refused. */
    refused: () => state.refused,
    defer: (clean: () => unknown) => void cleanups.push(clean),
    clean: async (): Promise<void> => {
      for (const clean of cleanups.splice(0).reverse()) await clean()
    },
  }
}
