import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { isAtLeast, SINCE, versionOf } from '../../renderers/comfyui/version.ts'
import { jobAnswer, queueItem, systemStats } from './answers.ts'
import { type FakeNode, type Files, objectInfo } from './nodes.ts'
import { readUpload, type Uploaded } from './uploads.ts'
import { type FakeGraph, graphSchema, validate } from './validate.ts'
import type { Worker } from './worker.ts'

export type SeenRequest = {
  method: string
  /** Without `/api`, which every route may have. */
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  at: number
  body?: unknown
}

/** An order that was taken. */
export type TakenOrder = { id: string; graph: FakeGraph; clientId: string | null; extra: Record<string, unknown> }

/** What the server is and has now; a test may change it. */
export type Shop = {
  version: string
  files: Files
  nodes: Readonly<Record<string, FakeNode>>
  vramBytes: number | null
  maxUploadBytes: number
  uploads: Map<string, Uploaded>
  orders: TakenOrder[]
  /** Interrupts that stopped whatever ran. */
  globalInterrupts: number
}

const promptSchema = z.object({
  prompt: z.unknown().optional(),
  prompt_id: z.unknown().optional(),
  client_id: z.string().optional(),
  number: z.number().optional(),
  front: z.boolean().optional(),
  extra_data: z.record(z.string(), z.unknown()).default({}),
})
const idsSchema = z.object({ delete: z.array(z.string()).default([]), clear: z.boolean().default(false) })
const interruptSchema = z.object({ prompt_id: z.string().optional() }).catch({})

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** The first version with GET /features, with ids that must be UUIDs, and with a type of error for missing nodes. */
const FEATURES_SINCE = [0, 3, 41] as const
const STRICT_SINCE = [0, 30, 0] as const

export type Answer = { status: number; type: string; body: Buffer }
const json = (body: unknown, status = 200): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: Buffer.from(JSON.stringify(body)),
})
const text = (body: string, status: number): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: Buffer.from(body),
})
const TYPES: Record<string, string> = { png: 'image/png', mp4: 'video/mp4', webm: 'video/webm', gif: 'image/gif' }

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const words = Buffer.concat(chunks).toString('utf8')
  return words === '' ? {} : JSON.parse(words)
}

export const queueInfo = (worker: Worker) => ({
  exec_info: { queue_remaining: worker.pending.length + (worker.running() ? 1 : 0) },
})

export const featuresOf = ({ maxUploadBytes }: Shop) => ({
  supports_preview_metadata: true,
  max_upload_size: maxUploadBytes,
})

/** Answers requests, as that version does. `isApi`: the path began with `/api`, which newer routes have to. */
export const createRoutes = (shop: Shop, worker: Worker) => {
  const version = () => versionOf(shop.version)
  let number = 0

  const submit = (body: unknown): Answer => {
    const order = promptSchema.parse(body)
    const isStrict = isAtLeast(version(), STRICT_SINCE)
    const asked = order.prompt_id
    if (isStrict && asked !== undefined && !(typeof asked === 'string' && UUID.test(asked))) {
      const message = 'job id must be a UUID in canonical lowercase hyphenated form'
      return json(
        { error: { type: 'invalid_prompt_id', message, details: message, extra_info: {} }, node_errors: {} },
        400,
      )
    }
    const id = typeof asked === 'string' && isAtLeast(version(), SINCE.ownIds) ? asked : crypto.randomUUID()
    const verdict = validate(order.prompt, {
      nodes: shop.nodes,
      files: shop.files,
      uploads: [...shop.uploads.keys()],
      tellsMissingNodes: isStrict,
    })
    if (!verdict.ok) return json(verdict.body, 400)
    const graph = graphSchema.parse(order.prompt)
    const place = order.number ?? (order.front ? -number : number)
    number++
    const clientId = order.client_id ?? null
    const extra = { ...order.extra_data, ...(isStrict ? { create_time: Date.now() } : {}) }
    shop.orders.push({ id, graph, clientId, extra })
    worker.put({ number: place, id, graph, clientId, extra, outputs: verdict.outputs })
    return json({ prompt_id: id, number: place, node_errors: verdict.node_errors })
  }

  const view = (query: URLSearchParams): Answer => {
    const [filename = '', subfolder = ''] = [query.get('filename') ?? '', query.get('subfolder') ?? '']
    if (filename === '' || filename.startsWith('/') || filename.includes('..')) return text('', 400)
    if (subfolder.includes('..')) return text('', 403)
    const body = worker.files.get(`${query.get('type') ?? 'output'}/${subfolder}/${filename}`)
    const type = TYPES[filename.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
    return body ? { status: 200, type, body } : text('404: Not Found', 404)
  }

  const upload = async (request: IncomingMessage): Promise<Answer> => {
    const length = Number(request.headers['content-length'] ?? 0)
    if (length > shop.maxUploadBytes) {
      request.resume()
      return text(`Maximum request body size ${shop.maxUploadBytes} exceeded, actual body size ${length}`, 413)
    }
    const name = await readUpload(request, shop.uploads)
    return name === null ? text('', 400) : json({ name, subfolder: '', type: 'input' })
  }

  const act = async (seen: SeenRequest, request: IncomingMessage, isApi: boolean): Promise<Answer> => {
    const [, first = '', second = '', third] = seen.path.split('/').map(decodeURIComponent)
    if (seen.method === 'POST' && seen.path !== '/upload/image') seen.body = await readBody(request)
    switch (`${seen.method} /${first}`) {
      case 'GET /system_stats':
        return json(systemStats(shop.version, shop.vramBytes))
      case 'GET /features':
        return isAtLeast(version(), FEATURES_SINCE) ? json(featuresOf(shop)) : text('404: Not Found', 404)
      case 'GET /models':
        if (second === '') return json(Object.keys(shop.files))
        return shop.files[second] ? json(shop.files[second]) : text('', 404)
      case 'GET /object_info': {
        const all = objectInfo(shop.nodes, shop.files, [...shop.uploads.keys()])
        return json(second === '' ? all : second in all ? { [second]: all[second] } : {})
      }
      case 'GET /prompt':
        return json(queueInfo(worker))
      case 'POST /prompt':
        return submit(seen.body)
      case 'GET /queue': {
        const running = worker.running()
        return json({
          queue_running: running ? [queueItem(running)] : [],
          queue_pending: worker.pending.map(queueItem),
        })
      }
      case 'POST /queue': {
        const { delete: ids, clear } = idsSchema.parse(seen.body)
        for (const id of clear ? worker.pending.map((order) => order.id) : ids) worker.remove(id)
        return text('', 200)
      }
      case 'POST /interrupt': {
        const id = interruptSchema.parse(seen.body).prompt_id
        const isGlobal = id === undefined || !isAtLeast(version(), SINCE.interruptOne)
        if (isGlobal) shop.globalInterrupts++
        worker.interrupt(isGlobal ? null : id)
        return text('', 200)
      }
      case 'GET /history': {
        const most = Number(seen.query.get('max_items') ?? Number.MAX_SAFE_INTEGER)
        if (second === '') return json(Object.fromEntries([...worker.history].slice(-most)))
        const past = worker.history.get(second)
        return json(past ? { [second]: past } : {})
      }
      case 'GET /jobs': {
        if (!isApi || !isAtLeast(version(), SINCE.jobs)) return text('404: Not Found', 404)
        const job = jobAnswer(worker, second)
        return job === null ? json({ error: 'Job not found' }, 404) : json(job)
      }
      case 'POST /jobs':
        if (!isApi || !isAtLeast(version(), SINCE.cancelJob) || third !== 'cancel') return text('404: Not Found', 404)
        return json({ cancelled: worker.remove(second) || worker.interrupt(second) })
      case 'GET /view':
        return view(seen.query)
      case 'POST /upload':
        return upload(request)
      default:
        return text('404: Not Found', 404)
    }
  }

  return act
}
