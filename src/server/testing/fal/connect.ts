import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { RushesError } from '../../../shared/errors.ts'
import { type JobInputs, jobSchema } from '../../../shared/job.ts'
import { PLAIN } from '../../../shared/media.ts'
import { findModel } from '../../../shared/models/index.ts'
import type { InputFile, RenderTask } from '../../../shared/renderer.ts'
import type { Limits } from '../../outgoing/request.ts'
import { createFalDialect } from '../../renderers/fal/dialect.ts'
import type { Connection, Look, Order } from '../../renderers/order/dialect.ts'
import { type FalServer, type FalServerOptions, startFalServer } from '../fal-server.ts'

export const FAL_KEY = '0a1b2c3d-id:secret-9b1c77aa'

/** For tests of another side that does not end. */
export const HURRIED: Limits = { connect: 2000, answer: 200, pace: { bytes: 1000, within: 150 } }

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
export const never = (): AbortSignal => new AbortController().signal

/** A fake fal, a connection to it and a folder for files, and what was logged and refused. */
export const connectFal = async (options: Partial<FalServerOptions> & { key?: string; limits?: Limits } = {}) => {
  const { key = FAL_KEY, limits, ...of } = options
  const server = await startFalServer({ apiKey: FAL_KEY, ...of })
  const folder = await mkdtemp(join(tmpdir(), 'rushes-fal-'))
  let log = ''
  let refusals = 0
  const logger = pino({ level: 'trace' }, { write: (line: string) => void (log += line) })
  const connect = (more: Record<string, string> = {}, withKey = key): Connection => {
    const settings = {
      url: null,
      key: withKey,
      headers: {},
      more: { FAL_QUEUE_URL: server.queueUrl, FAL_REST_URL: server.restUrl, ...more },
    }
    const deps = { logger, limits, pollMs: 1, onRefused: () => void refusals++ }
    const [connection] = createFalDialect().connect(settings, deps)
    if (!connection) throw new Error('no connection')
    return connection
  }

  const fileOf = async (bytes: Buffer, kind: 'video' | 'image'): Promise<InputFile> => {
    const path = join(folder, sha256(bytes))
    await writeFile(path, bytes)
    const size = { width: 640, height: 480 }
    const mime_type = kind === 'video' ? 'video/mp4' : 'image/png'
    const media = { kind, mime_type, ...size, duration: 1, fps: 20, codec: 'any', has_audio: false, ...PLAIN }
    return { id: `file_${sha256(bytes).slice(0, 32)}`, path, filename: 'holiday of mine.bin', media }
  }
  const taskOf = (name: string, inputs: JobInputs, files: Record<string, InputFile> = {}): RenderTask => {
    const model = findModel(name)
    if (!model) throw new Error(`no model ${name}`)
    const ids = Object.fromEntries(Object.entries(files).map(([field, { id }]) => [field, id]))
    const job = jobSchema.parse({
      job_id: 'job_1',
      model: model.id,
      requested_model: name,
      idempotency_key: null,
      renderer: 'fal',
      inputs: { ...ids, ...inputs },
      seed: 4294967295,
      created_at: new Date().toISOString(),
      status: 'processing',
      phase: 'submitting',
      queue_position: null,
      progress: null,
      started_at: new Date().toISOString(),
      finished_at: null,
      output: null,
      error: null,
    })
    return { model, job, files, directory: folder }
  }
  return {
    server,
    connect,
    connection: connect(),
    fileOf,
    taskOf,
    refusals: () => refusals,
    close: async (): Promise<void> => {
      await server.close()
      await rm(folder, { recursive: true, force: true })
      if (log.includes(key)) throw new Error('the key was logged')
    },
  }
}

export type ConnectedFal = Awaited<ReturnType<typeof connectFal>>

/** Prepares and sends. */
export const order = async (connection: Connection, task: RenderTask): Promise<Order> =>
  (await connection.prepare(task, never())).send('ours', never())

/** Looks until an order is neither waiting nor running. */
export const settle = async (connection: Connection, order: Order): Promise<Look> => {
  for (;;) {
    const look = await connection.lookAt(order, never())
    if (look.state !== 'waiting' && look.state !== 'running') return look
  }
}

/** The bytes of a result. */
export const fetched = async (connection: Connection, order: Order): Promise<Buffer> => {
  const look = await settle(connection, order)
  if (look.state !== 'done') throw new Error(`not done but ${JSON.stringify(look)}`, { cause: look })
  const { body } = await connection.content(order, look.result, never())
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** Why that fails, which must be words for people, and without the key. */
export const failureOf = async (promise: Promise<unknown>): Promise<RushesError> => {
  const error = await promise.then(
    (value) => new Error(`it did not fail but came to ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
  if (!(error instanceof RushesError)) throw new Error('no RushesError', { cause: error })
  withoutKey(error)
  return error
}

/** Throws where the key, or its secret half, stands in an error or its causes. */
export const withoutKey = (error: RushesError): RushesError => {
  let text = JSON.stringify(error)
  for (let at: unknown = error; at instanceof Error; at = at.cause) text += `${at.message} ${at.stack}`
  if (text.includes('secret-9b1c77aa')) throw new Error('the key is in the error')
  return error
}

/** The error of a failed look. */
export const failedLook = async (connection: Connection, order: Order): Promise<RushesError> => {
  const look = await settle(connection, order)
  if (look.state !== 'failed') throw new Error(`it did not fail but is ${look.state}`)
  return withoutKey(look.error)
}

export type { FalServer }
