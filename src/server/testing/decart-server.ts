import { fileTypeFromBuffer } from 'file-type'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { cloudModel, complaintsAbout } from './decart-fields.ts'
import { readMultipart, type ReceivedForm } from './multipart.ts'

/**
 * How one answer goes wrong.
 * - `answer`: this instead of the right one; nothing is done and nothing billed
 * - `refuse`: the connection breaks before the request is read
 * - `lost`: the request is carried out (and billed), and the connection breaks instead of an answer
 * - `garbled`: the request is carried out, and the answer is a page that says nothing
 * - `hold`: the request is carried out, and answered only after `release()`
 * - `switch`: the request is carried out, and the answer is 101: another protocol
 * - `drip`: the request is carried out, and the answer comes a byte at a time, without end
 * - `cut`: the result stops half-way; with `chunked` no length was announced
 * - `media`: other bytes than the result, under another type
 */
export type Fault =
  | { kind: 'answer'; status: number; body?: unknown; headers?: Record<string, string> }
  | { kind: 'refuse' }
  | { kind: 'lost' }
  | { kind: 'garbled' }
  | { kind: 'hold' }
  | { kind: 'switch' }
  | { kind: 'drip' }
  | { kind: 'cut'; chunked?: boolean }
  | { kind: 'media'; type: string; body: Buffer }

export type FaultyRoute = 'submit' | 'status' | 'content'

export type DecartServerOptions = {
  apiKey: string
  /** The media that a model makes. */
  result: (model: string) => Buffer
  /** Models of which nobody else knows: they take any fields. */
  custom?: readonly string[]
  /** What each look at a job finds, the last one from then on. By default pending, processing, completed. */
  statuses?: readonly string[]
  /** Whether it tells of realtime sessions, by which a key is tried; so it does unless said. */
  quota?: boolean
}

/** A request as it came. `form` is there once a submitted form was read. */
export type SeenRequest = {
  method: string
  path: string
  headers: IncomingMessage['headers']
  at: number
  form?: ReceivedForm
}

type CloudJob = { id: string; model: string; form: ReceivedForm; looks: number; failure: string | null }

const MIME = { video: 'video/mp4', image: 'image/png' } as const

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))

const detail = (response: ServerResponse, status: number, words: unknown) => json(response, status, { detail: words })

const switchProtocol = ({ socket }: IncomingMessage): void =>
  void socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')

const drip = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 20)
  response.once('close', () => clearInterval(timer))
}

/**
 * Decart's cloud as far as Rushes uses it, on loopback: a real HTTP server with jobs, `generate`, files, 401, 404 and
 * FastAPI's 422, whose answers can be made to go wrong. It knows no idempotency key: every order is a new one, and bills.
 */
export const startDecartServer = async (options: DecartServerOptions) => {
  const { result } = options
  let key = options.apiKey
  let statuses = options.statuses ?? ['pending', 'processing', 'completed']
  let failure = 'The input could not be processed'
  const requests: SeenRequest[] = []
  const jobs = new Map<string, CloudJob>()
  const files = new Map<string, unknown>()
  const faults: Record<FaultyRoute, Fault[]> = { submit: [], status: [], content: [] }
  const held: (() => void)[] = []
  const watchers: (() => void)[] = []
  let billed = 0
  const changed = () => {
    for (const check of watchers.splice(0)) check()
  }

  /** Plays a fault around the right answer. `act` is what the request asks for, without its answer. */
  const play = async (
    route: FaultyRoute,
    request: IncomingMessage,
    response: ServerResponse,
    act: () => Promise<() => void>,
  ): Promise<void> => {
    const fault = faults[route].shift()
    if (fault?.kind === 'refuse') return void request.destroy()
    if (fault?.kind === 'answer') {
      request.resume()
      return json(response, fault.status, fault.body ?? { detail: 'as the test wants it' }, fault.headers)
    }
    const answer = await act()
    if (fault?.kind === 'lost') return void response.destroy()
    if (fault?.kind === 'garbled') return void response.writeHead(200).end('<html>Welcome to the airport</html>')
    if (fault?.kind === 'hold') await new Promise<void>((resolve) => held.push(resolve))
    if (fault?.kind === 'switch') return switchProtocol(request)
    if (fault?.kind === 'drip') return drip(response)
    if (fault?.kind === 'media') return void response.writeHead(200, { 'content-type': fault.type }).end(fault.body)
    if (fault?.kind === 'cut') {
      const whole = result('')
      const length: Record<string, number> = fault.chunked ? {} : { 'content-length': whole.length }
      response.writeHead(200, { 'content-type': 'video/mp4', ...length })
      return void response.write(whole.subarray(0, whole.length / 2), () => response.destroy())
    }
    answer()
  }

  /** Reads an order and carries it out: a 404, a 422, or a job that bills. */
  const order = async (
    seen: SeenRequest,
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    accepted: (job: CloudJob) => () => void,
  ): Promise<() => void> => {
    const form = await readMultipart(request)
    seen.form = form
    const isCustom = options.custom?.includes(name) ?? false
    const model = cloudModel(name)
    if (!model && !isCustom) return () => detail(response, 404, 'Not Found')
    const complaints = model ? complaintsAbout(model, form.fields, new Set(Object.keys(form.files))) : []
    if (complaints.length > 0) return () => detail(response, 422, complaints)
    const input = await fileTypeFromBuffer(form.files['data']?.head ?? Buffer.alloc(0))
    const isReadable = model === undefined || input?.mime.startsWith(`${model.kind}/`)
    const unreadable = isReadable ? null : 'Could not decode the input'
    const job = { id: `job_cloud_${jobs.size + 1}`, model: name, form, looks: 0, failure: unreadable }
    jobs.set(job.id, job)
    billed++
    changed()
    return accepted(job)
  }

  const statusOf = (job: CloudJob): string => {
    if (job.failure !== null) return 'failed'
    return statuses[Math.min(job.looks, statuses.length - 1)] ?? 'pending'
  }

  const media = (response: ServerResponse, name: string) => {
    const body = result(name)
    const type = MIME[cloudModel(name)?.kind ?? 'video']
    response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body)
  }

  const uploadFile = async (request: IncomingMessage, response: ServerResponse) => {
    const { file } = (await readMultipart(request)).files
    if (!file) return detail(response, 422, [{ type: 'missing', loc: ['body', 'file'], msg: 'Field required' }])
    const id = `file_${file.sha256.slice(0, 32)}`
    const { filename, mimeType: mime_type, bytes: size_bytes } = file
    files.set(id, { id, filename, mime_type, size_bytes, created_at: new Date().toISOString(), expires_at: null })
    json(response, 200, files.get(id))
  }

  const handle = async (seen: SeenRequest, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers['x-api-key'] !== key && !(options.quota === false && seen.path.endsWith('/quota'))) {
      request.resume()
      return detail(response, 401, 'Invalid API key')
    }
    const [, , resource, id = '', part] = seen.path.split('/').map(decodeURIComponent)
    const route = `${seen.method} ${resource}${id === '' ? '' : '/:id'}${part === undefined ? '' : `/${part}`}`
    const job = jobs.get(id)
    switch (route) {
      case 'POST jobs/:id':
        return play('submit', request, response, () =>
          order(
            seen,
            request,
            response,
            id,
            (made) => () => json(response, 200, { job_id: made.id, status: 'pending' }),
          ),
        )
      case 'POST generate/:id':
        if (cloudModel(id)?.kind !== 'image') return detail(response, 404, 'Not Found')
        return play('submit', request, response, () =>
          order(
            seen,
            request,
            response,
            id,
            ({ failure: bad }) =>
              () =>
                bad ? detail(response, 500, bad) : media(response, id),
          ),
        )
      case 'GET jobs/:id':
        return play('status', request, response, async () => () => {
          if (!job) return detail(response, 404, 'Job not found')
          const status = statusOf(job)
          job.looks++
          const why = status === 'failed' ? { error: job.failure ?? failure } : {}
          json(response, 200, { job_id: job.id, status, ...why })
        })
      case 'GET jobs/:id/content':
        return play('content', request, response, async () => () => {
          if (!job) return detail(response, 404, 'Job not found')
          if (statusOf(job) !== 'completed') return detail(response, 409, 'Job is not completed')
          media(response, job.model)
        })
      case 'GET realtime/:id':
        if (id !== 'quota' || options.quota === false) return detail(response, 404, 'Not Found')
        return json(response, 200, { limit: null, active: 0, remaining: null })
      case 'POST files':
        return uploadFile(request, response)
      case 'GET files/:id':
        return files.has(id) ? json(response, 200, files.get(id)) : detail(response, 404, 'File not found')
      case 'DELETE files/:id':
        return files.delete(id) ? void response.writeHead(204).end() : detail(response, 404, 'File not found')
      default:
        return detail(response, 404, 'Not Found')
    }
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const seen: SeenRequest = { method: request.method ?? '', path, headers: request.headers, at: performance.now() }
    requests.push(seen)
    // A client that goes away half-way is the subject of some tests, not their failure.
    handle(seen, request, response)
      .catch(() => response.destroy())
      .finally(changed)
    changed()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')

  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    /** How many orders were accepted: each costs money. */
    billed: () => billed,
    jobs: (): readonly CloudJob[] => [...jobs.values()],
    /** The next answers of that route go wrong like this, one after the other. */
    fail: (route: FaultyRoute, ...next: Fault[]) => void faults[route].push(...next),
    /** From now on this key alone is good. */
    admit: (other: string) => void (key = other),
    /** From now on jobs go through these words; `why` is what a failed one says. */
    become: (words: readonly string[], why = failure) => {
      statuses = words
      failure = why
    },
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

export type DecartServer = Awaited<ReturnType<typeof startDecartServer>>
