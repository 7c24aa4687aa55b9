import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { FAL_ENDPOINTS, linksIn } from './fal/endpoints.ts'
import { createFaults, type FalAnswer, writeAnswer } from './fal/faults.ts'
import { createResults } from './fal/media.ts'
import { createFalQueue } from './fal/queue.ts'
import { createFalStorage } from './fal/storage.ts'

export type FalServerOptions = {
  apiKey: string
  /** The media that an endpoint makes; small real ones where nothing is said. */
  result?: (endpoint: string, input: Record<string, unknown>) => Buffer | Promise<Buffer>
  /** Whether its models look into files, and refuse what is no media. By default any bytes will do. */
  readsInputs?: boolean
  /** Whether queue, rest host and storage are one address. */
  onePort?: boolean
}

export type FalHost = 'queue' | 'rest' | 'cdn'

/** A request as it came. */
export type FalRequest = { host: FalHost; method: string; path: string; headers: IncomingMessage['headers'] }

const notFound: FalAnswer = { status: 404, body: { detail: 'Not Found' } }

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

const hostOf = (path: string): FalHost => {
  if (/^\/(storage|users)\//.test(path)) return 'rest'
  return /^\/(uploads|files|results)\//.test(path) ? 'cdn' : 'queue'
}

const readInput = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(z.instanceof(Buffer).parse(chunk))
  return z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.concat(chunks).toString()))
}

/**
 * fal as far as Rushes uses it, on loopback: real HTTP servers for its queue, its rest host and its storage, whose answers
 * can be made to go wrong. Every order is a new one, and costs.
 */
export const startFalServer = async (options: FalServerOptions) => {
  let key = options.apiKey
  const gone = new Set<string>()
  let lock: string | null = null
  const urls: Record<FalHost, string> = { queue: '', rest: '', cdn: '' }
  const requests: FalRequest[] = []
  let submissions = 0
  const watchers: (() => void)[] = []
  const changed = () => {
    for (const check of watchers.splice(0)) check()
  }
  const faults = createFaults()
  const results = createResults()
  const storage = createFalStorage(() => urls.cdn)
  const media = async (endpoint: string, input: Record<string, unknown>) =>
    options.result?.(endpoint, input) ?? results(FAL_ENDPOINTS.get(endpoint)?.kind ?? 'video')
  const queue = createFalQueue({ queue: () => urls.queue, cdn: () => urls.cdn, stored: storage.has, media })

  const locked = (): FalAnswer | null =>
    lock === null ? null : { status: 403, body: { detail: `User is locked. Reason: ${lock}.` } }

  const submit = async (request: IncomingMessage, endpoint: string): Promise<FalAnswer> => {
    const input = await readInput(request)
    if (!FAL_ENDPOINTS.has(endpoint) || gone.has(endpoint))
      return { status: 404, body: { detail: `Path /${endpoint} not found` } }
    submissions++
    changed()
    const unread = options.readsInputs
      ? await Promise.all(linksIn(input).map(async ({ field, link }) => ((await storage.isMedia(link)) ? [] : [field])))
      : []
    return queue.submit(endpoint, input, unread.flat())
  }

  const account = (): FalAnswer => ({
    status: 200,
    body: {
      full_name: 'Ada Lovelace',
      nickname: 'ada',
      user_id: 'github|1',
      is_personal: true,
      is_locked: lock !== null,
      lock_reason: lock,
      members: [],
      is_paying: true,
    },
  })

  const atQueue = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const [, app = '', id = '', part = ''] =
      /^\/([^/]+\/[^/]+)\/requests\/([^/]+)(?:\/(\w+))?$/.exec(url.pathname) ?? []
    const found = queue.find(id)
    const job = found && found.endpoint.startsWith(app) ? found : undefined
    const { method } = request
    if (method === 'POST' && app === '')
      return faults.play('submit', request, response, async () => locked() ?? submit(request, url.pathname.slice(1)))
    request.resume()
    if (method === 'GET' && part === 'status')
      return faults.play('status', request, response, async () => (job ? queue.status(job) : notFound))
    if (method === 'GET' && part === '')
      return faults.play('result', request, response, async () => (job ? queue.result(job) : notFound))
    if (method === 'PUT' && part === 'cancel')
      return faults.play('cancel', request, response, async () => queue.cancel(job))
    writeAnswer(response, notFound)
  }

  const atRest = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const route = `${request.method} ${url.pathname}`
    if (route === 'GET /users/current') return faults.play('account', request, response, async () => account())
    const known = /^POST \/storage\/upload\/initiate(-multipart)?$/.test(route)
    if (known && url.searchParams.get('storage_type') === 'fal-cdn-v3')
      return faults.play('initiate', request, response, () => storage.initiate(request))
    request.resume()
    writeAnswer(response, notFound)
  }

  const atCdn = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    if (url.pathname.startsWith('/uploads/'))
      return faults.play('put', request, response, () => storage.put(request, url))
    request.resume()
    return faults.play('media', request, response, async () => {
      const body = queue.media(url.pathname.split('/')[2] ?? '')
      const type = url.pathname.endsWith('.mp4') ? 'video/mp4' : 'image/png'
      return body ? { status: 200, body, headers: { 'content-type': type } } : notFound
    })
  }

  const handle = async (host: FalHost | null, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const wanted = hostOf(url.pathname)
    const at = host ?? wanted
    requests.push({ host: at, method: request.method ?? '', path: url.pathname, headers: request.headers })
    changed()
    if (at !== wanted) return writeAnswer(response, notFound)
    if (at === 'cdn') return atCdn(request, response, url)
    if (request.headers.authorization !== `Key ${key}`) {
      request.resume()
      return writeAnswer(response, { status: 401, body: { detail: 'Cannot authenticate: the key is not valid' } })
    }
    return at === 'queue' ? atQueue(request, response, url) : atRest(request, response, url)
  }

  const open = async (host: FalHost | null): Promise<Server> => {
    const server = createServer((request, response) => {
      // A client that goes away half-way is the subject of some tests, not their failure.
      handle(host, request, response)
        .catch(() => response.destroy())
        .finally(changed)
    })
    const url = await listen(server)
    if (host === null) Object.assign(urls, { queue: url, rest: url, cdn: url })
    else urls[host] = url
    return server
  }
  const servers: Server[] = []
  for (const host of options.onePort ? [null] : (['queue', 'rest', 'cdn'] as const)) servers.push(await open(host))

  return {
    queueUrl: urls.queue,
    restUrl: urls.rest,
    cdnUrl: urls.cdn,
    requests,
    /** How many orders were taken: each costs money. */
    submissions: () => submissions,
    queue,
    storage,
    fail: faults.fail,
    mend: faults.mend,
    release: faults.release,
    /** From now on this key alone is good. */
    admit: (other: string): void => void (key = other),
    /** From now on that endpoint is answered with 404. */
    retire: (endpoint: string): void => void gone.add(endpoint),
    restore: (endpoint: string): void => void gone.delete(endpoint),
    /** From now on the account is locked for that reason; null: it is not. */
    lock: (reason: string | null): void => void (lock = reason),
    /** Resolves once that holds, looked at as requests come, are taken and are answered. */
    until: async (holds: () => boolean): Promise<void> => {
      while (!holds()) await new Promise<void>((resolve) => watchers.push(resolve))
    },
    close: async (): Promise<void> => {
      for (const server of servers) {
        server.closeAllConnections()
        await new Promise<void>((resolve) => server.close(() => resolve()))
      }
    },
  }
}

export type FalServer = Awaited<ReturnType<typeof startFalServer>>
