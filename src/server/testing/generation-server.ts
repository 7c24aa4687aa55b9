import { fileTypeFromBuffer } from 'file-type'
import { createServer, type IncomingMessage } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import { z } from 'zod'
import { CLIP } from './clip.ts'
import { type Fault, play, type Right } from './generation/faults.ts'
import { imageAnswer, pictureOf } from './generation/images.ts'
import {
  type Asked,
  type Flavour,
  formRefusal,
  modelsShape,
  type Stage,
  STAGES,
  type VideoOrder,
  videoShape,
  wholeShape,
} from './generation/orders.ts'
import { readMultipart } from './multipart.ts'

export type GenerationRoute = 'models' | 'create' | 'look' | 'list' | 'content' | 'forget' | 'image'

export type GenerationServerOptions = {
  flavour: Flavour
  /** The one model that it serves. */
  model: string
  /** SGLang's word for what the model does. */
  taskType?: string
  /** What it wants to be told as a bearer; nothing where absent. */
  key?: string
  /** Whether it looks into files, and refuses what is no media. By default any bytes will do. */
  readsInputs?: boolean
  /** Says nothing of what it is, as behind a gateway. */
  hidden?: boolean
  /** Without GET /v1/videos. */
  listless?: boolean
  /** The media that it makes; by default a small real clip, and a picture of the size that was asked for. */
  result?: (asked: Asked, kind: 'video' | 'image') => Buffer | Promise<Buffer>
}

/** A request as it came. `asked` is there once an order was read. */
export type SeenRequest = { method: string; path: string; headers: IncomingMessage['headers']; asked?: Asked }

const OWNERS: Readonly<Record<Flavour, string>> = { 'vllm-omni': 'vllm', sglang: 'sglang', dynamo: 'nvidia' }

const jsonSchema = z.record(z.string(), z.unknown())

const readAsked = async (request: IncomingMessage): Promise<Asked> => {
  if (request.headers['content-type']?.startsWith('multipart/form-data'))
    return { form: 'multipart', ...(await readMultipart(request)) }
  return { form: 'json', fields: jsonSchema.parse(JSON.parse((await textOf(request)) || '{}')), files: {} }
}

const detail = (status: number, words: string): Right => ({ status, body: { detail: words } })

/**
 * A server of OpenAI's videos and images, as vLLM-Omni, SGLang or NVIDIA Dynamo has it, on loopback: orders, looks, the list, content,
 * pictures, and DELETE, which stops the work in one and forgets it in the other. Its answers can be made to go wrong.
 */
export const startGenerationServer = async (options: GenerationServerOptions) => {
  const { flavour, hidden = false, listless = false } = options
  let { model } = options
  let stages: readonly Stage[] = STAGES[flavour]
  const result = options.result ?? ((asked, kind) => (kind === 'video' ? CLIP : pictureOf(asked.fields['size'])))
  const requests: SeenRequest[] = []
  const orders = new Map<string, VideoOrder>()
  const computing = new Set<string>()
  const faults = new Map<GenerationRoute, Fault[]>()
  const held: (() => void)[] = []
  const watchers: (() => void)[] = []
  let made = 0
  let hungUp = 0
  const changed = () => {
    for (const check of watchers.splice(0)) check()
  }

  const stageOf = ({ looks }: VideoOrder): Stage =>
    stages[Math.min(looks, stages.length - 1)] ?? { status: 'queued', progress: 0 }
  const look = (order: VideoOrder) => {
    const stage = stageOf(order)
    order.looks++
    if (stage.status === 'completed' || stage.status === 'failed') computing.delete(order.id)
    return { stage, shape: videoShape(flavour, model, order, stage) }
  }

  const unreadable = async (asked: Asked): Promise<Right | null> => {
    const types = await Promise.all(Object.values(asked.files).map(({ head }) => fileTypeFromBuffer(head)))
    return options.readsInputs && types.includes(undefined) ? detail(400, 'The file cannot be read') : null
  }

  const create = async (seen: SeenRequest, request: IncomingMessage): Promise<Right> => {
    const asked = await readAsked(request)
    seen.asked = asked
    const refused = formRefusal(flavour, asked) ?? (await unreadable(asked))
    if (refused) return refused
    const { model: wanted } = asked.fields
    if (flavour === 'vllm-omni' && wanted !== undefined && wanted !== model)
      return detail(400, `Model mismatch: request specifies '${String(wanted)}' but server is running '${model}'.`)
    made++
    const id = `${flavour === 'sglang' ? '' : 'video_gen_'}${made}`
    const order: VideoOrder = { id, asked, looks: 0, created: 1767225600 + made }
    if (flavour === 'dynamo') return { status: 200, body: wholeShape(id, model, await result(asked, 'video')) }
    orders.set(id, order)
    computing.add(id)
    return { status: 200, body: videoShape(flavour, model, order, { status: 'queued', progress: 0 }) }
  }

  const list = (): Right => {
    if (listless) return detail(405, 'Method Not Allowed')
    const data = [...orders.values()].toReversed().map((order) => look(order).shape)
    if (flavour === 'sglang') return { status: 200, body: { data, object: 'list' } }
    const ids = { first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null }
    return { status: 200, body: { ...ids, has_more: false, data, object: 'list' } }
  }

  const one = (order: VideoOrder | undefined): Right => {
    if (!order) return detail(404, 'Video not found')
    const { stage, shape } = look(order)
    const isTold = flavour === 'vllm-omni' && stage.status === 'failed'
    return { status: isTold ? (stage.error?.code ?? 500) : 200, body: shape }
  }

  const content = async (order: VideoOrder | undefined): Promise<Right> => {
    if (!order) return detail(404, 'Video not found')
    const isReady = order.looks > 0 && stageOf({ ...order, looks: order.looks - 1 }).status === 'completed'
    if (!isReady) return detail(404, 'Generation is still in-progress')
    return { status: 200, bytes: await result(order.asked, 'video'), type: 'video/mp4' }
  }

  const forget = (order: VideoOrder | undefined): Right => {
    if (!order) return detail(404, 'Video not found')
    const { stage } = look(order)
    orders.delete(order.id)
    if (flavour === 'sglang')
      return { status: 200, body: { ...videoShape(flavour, model, order, stage), status: 'deleted' } }
    computing.delete(order.id)
    return { status: 200, body: { id: order.id, deleted: true, object: 'video.deleted' } }
  }

  const image = async (seen: SeenRequest, request: IncomingMessage): Promise<Right> => {
    const asked = await readAsked(request)
    seen.asked = asked
    if (seen.path.endsWith('/edits') && !asked.files['image'] && !asked.files['image[]'])
      return detail(422, "Field 'image' is required")
    const refused = await unreadable(asked)
    if (refused) return refused
    made++
    return imageAnswer(flavour, asked, await result(asked, 'image'))
  }

  type Route = { name: GenerationRoute | null; act: () => Right | Promise<Right> }
  const routeOf = (seen: SeenRequest, request: IncomingMessage): Route => {
    const { method, path } = seen
    const [, id, part] = /^\/v1\/videos\/([^/]+)(\/content)?$/.exec(path) ?? []
    const order = id === undefined ? undefined : orders.get(decodeURIComponent(id))
    const owner = hidden ? null : OWNERS[flavour]
    if (path === '/v1/models') {
      const card = { model, taskType: options.taskType ?? null, owner }
      return { name: 'models', act: () => ({ status: 200, body: modelsShape(flavour, card) }) }
    }
    if (path === '/v1/videos' && method === 'POST') return { name: 'create', act: () => create(seen, request) }
    if (path === '/v1/videos') return { name: 'list', act: list }
    if (id !== undefined && part !== undefined) return { name: 'content', act: () => content(order) }
    if (id !== undefined && method === 'DELETE') return { name: 'forget', act: () => forget(order) }
    if (id !== undefined) return { name: 'look', act: () => one(order) }
    if (/^\/v1\/images\/(generations|edits)$/.test(path)) return { name: 'image', act: () => image(seen, request) }
    return { name: null, act: () => detail(404, 'Not Found') }
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const seen: SeenRequest = { method: request.method ?? '', path, headers: request.headers }
    requests.push(seen)
    response.once('close', () => {
      if (!response.writableEnded) hungUp++
      changed()
    })
    const { name, act } = routeOf(seen, request)
    const admitted = options.key === undefined || request.headers.authorization === `Bearer ${options.key}`
    const refused: Fault = { kind: 'answer', status: 401, body: { error: 'Unauthorized' } }
    const fault = admitted ? name && faults.get(name)?.shift() : refused
    const run = async (): Promise<Right> => {
      const right = await act()
      changed()
      return right
    }
    play(fault ?? undefined, request, response, run, (go) => void held.push(go))
      .catch(() => response.destroy())
      .finally(changed)
    changed()
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')

  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    /** How many orders were taken, of clips and pictures. */
    made: () => made,
    /** The orders of clips on which it still computes, forgotten or not. */
    computing: (): readonly string[] => [...computing],
    /** How many answers were not waited for. */
    hungUp: () => hungUp,
    fail: (route: GenerationRoute, ...next: Fault[]) => void faults.set(route, [...(faults.get(route) ?? []), ...next]),
    /** From now on orders go through these stages. */
    become: (next: readonly Stage[]) => void (stages = next),
    /** From now on it serves another model. */
    serve: (other: string) => void (model = other),
    /** Starts anew: it knows of no order. */
    restart: () => (orders.clear(), computing.clear()),
    /** Answers what was held. */
    release: () => {
      for (const go of held.splice(0)) go()
    },
    /** Resolves once that holds, looked at as requests come, are taken and are answered. */
    until: async (holds: () => boolean): Promise<void> => {
      while (!holds()) await new Promise<void>((resolve) => watchers.push(resolve))
    },
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

export type GenerationServer = Awaited<ReturnType<typeof startGenerationServer>>
