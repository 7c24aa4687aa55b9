import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { createGate } from './comfyui/gate.ts'
import { createHub } from './comfyui/hub.ts'
import type { Media } from './comfyui/media.ts'
import { type FakeNode, type Files, NODES } from './comfyui/nodes.ts'
import { createRoutes, featuresOf, queueInfo, type SeenRequest, type Shop } from './comfyui/routes.ts'
import type { MediaRequest } from './comfyui/executor.ts'
import { createWorker } from './comfyui/worker.ts'

/**
 * How one answer goes wrong.
 * - `answer`: this instead of the right one; nothing is done
 * - `html`: a page of something that is no ComfyUI
 * - `refuse`: the connection breaks before the request is read
 * - `lost`: the request is carried out, and the connection breaks instead of an answer
 * - `hold`: the request is carried out, and answered only after `answer()`
 * - `cut`: half of the right answer comes, then the connection breaks
 * - `drip`: the right answer comes in twenty pieces, one every `everyMs` milliseconds
 */
export type ComfyuiFault =
  | { kind: 'answer'; status: number; body?: string; headers?: Record<string, string> }
  | { kind: 'html' }
  | { kind: 'refuse' }
  | { kind: 'lost' }
  | { kind: 'hold' }
  | { kind: 'cut' }
  | { kind: 'drip'; everyMs: number }

/** Versions whose ways differ. Any other text does as well. */
export const COMFYUI_VERSIONS = ['0.3.40', '0.3.64', '0.6.0', '0.38.1'] as const

export type ComfyuiServerOptions = {
  version?: string
  /** File names by folder of models. */
  files?: Files
  /** Nodes that it has beside those of comfyui/nodes.ts; null takes one away. */
  nodes?: Readonly<Record<string, FakeNode | null>>
  /** Bytes of its graphics card; null: it has none. */
  vramBytes?: number | null
  maxUploadBytes?: number
  /** Headers without which what stands in front of it lets nobody in. */
  wants?: Readonly<Record<string, string>>
  /** What a saving node makes; by default a small picture, or a clip of a second. */
  result?: (request: MediaRequest) => Media | Promise<Media>
  ticks?: number
  tickMs?: number
  settleMs?: number
}

const PAGE = '<html><head><title>Sign in</title></head><body>Welcome</body></html>'

/**
 * ComfyUI as far as Rushes uses it, on loopback: a real server for HTTP and WebSocket with one worker, a queue, a history
 * that an end of the process forgets, checks of graphs, uploads and results, in the ways of old and new versions, whose
 * answers can be made to go wrong.
 */
export const startComfyuiServer = async (options: ComfyuiServerOptions = {}) => {
  const { ticks = 4, tickMs = 1, settleMs = 20, vramBytes = 24 * 1024 ** 3 } = options
  const nodes: Record<string, FakeNode> = Object.fromEntries(
    Object.entries({ ...NODES, ...options.nodes }).flatMap(([name, node]) => (node ? [[name, node]] : [])),
  )
  const shop: Shop = {
    version: options.version ?? '0.38.1',
    files: options.files ?? {},
    nodes,
    vramBytes,
    maxUploadBytes: options.maxUploadBytes ?? 100 * 1024 ** 2,
    uploads: new Map(),
    orders: [],
    globalInterrupts: 0,
  }
  let clipKey: 'images' | 'gifs' | 'videos' = 'images'
  let tellsCached = true
  const requests: SeenRequest[] = []
  const faults: { route: string; fault: ComfyuiFault }[] = []
  const held: (() => void)[] = []
  const watchers = new Set<() => void>()
  const changed = (): void => {
    for (const check of watchers) check()
  }
  const gate = createGate()
  const hub = createHub(
    () => queueInfo(worker),
    () => featuresOf(shop),
    changed,
  )
  const worker = createWorker({
    hub,
    gate,
    nodes,
    result: options.result,
    ticks,
    tickMs,
    settleMs,
    changed,
    clipKey: () => clipKey,
    tellsCached: () => tellsCached,
  })
  const act = createRoutes(shop, worker)

  const isWelcome = (request: IncomingMessage): boolean =>
    Object.entries(options.wants ?? {}).every(([name, value]) => request.headers[name.toLowerCase()] === value)

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const isApi = url.pathname.startsWith('/api/')
    const path = isApi ? url.pathname.slice(4) : url.pathname
    const { method = 'GET', headers } = request
    const seen: SeenRequest = { method, path, query: url.searchParams, headers, at: performance.now() }
    requests.push(seen)
    if (!isWelcome(request)) return void response.writeHead(401, { 'content-type': 'text/html' }).end(PAGE)
    const index = faults.findIndex(({ route }) => `${method} ${path}`.startsWith(route))
    const fault = index < 0 ? undefined : faults.splice(index, 1)[0]?.fault
    if (fault?.kind === 'refuse') return void request.destroy()
    if (fault?.kind === 'html') return void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
    if (fault?.kind === 'answer') {
      request.resume()
      return void response.writeHead(fault.status, fault.headers).end(fault.body ?? '')
    }
    const { status, type, body } = await act(seen, request, isApi)
    if (fault?.kind === 'lost') return void request.socket.destroy()
    if (fault?.kind === 'hold') await new Promise<void>((resolve) => held.push(resolve))
    response.writeHead(status, { 'content-type': type, 'content-length': body.length })
    if (fault?.kind === 'cut') return void response.write(body.subarray(0, body.length / 2), () => response.destroy())
    if (fault?.kind !== 'drip') return void response.end(body)
    const size = Math.ceil(body.length / 20)
    for (let from = 0; from < body.length; from += size) {
      response.write(body.subarray(from, from + size))
      await delay(fault.everyMs)
    }
    response.end()
  }

  const server = createServer((request, response) => {
    handle(request, response)
      .catch(() => response.destroy())
      .finally(changed)
    changed()
  })
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => undefined)
    if (isWelcome(request)) hub.upgrade(request, stream, head)
    else stream.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n')
    changed()
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const { port } = address
  const leave = (): Promise<void> => {
    for (const go of held.splice(0)) go()
    worker.crash()
    gate.release()
    hub.drop()
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  }

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    /** The orders that were taken, since the beginning. */
    orders: shop.orders,
    /** Uploaded files by the name that they were given. */
    uploads: shop.uploads,
    sockets: hub,
    running: () => worker.running()?.id ?? null,
    pending: () => worker.pending.map(({ id }) => id),
    executed: worker.executed,
    /** Interrupts that stop whatever runs: there must be none. */
    globalInterrupts: () => shop.globalInterrupts,
    count: (route: string) => requests.filter(({ method, path }) => `${method} ${path}`.startsWith(route)).length,
    /** The next answers to what begins like `POST /prompt` go wrong like this, one after the other. */
    fail: (route: string, ...next: ComfyuiFault[]) => void faults.push(...next.map((fault) => ({ route, fault }))),
    /** All answers are right again. */
    mend: () => void faults.splice(0),
    /** Answers what was held. */
    answer: () => {
      for (const go of held.splice(0)) go()
    },
    /** Holds the worker at that stage until `release`. */
    hold: gate.hold,
    release: gate.release,
    /** Where the worker stands, held. */
    heldAt: gate.at,
    /** The next orders that run end like this. */
    endNext: worker.endNext,
    /** From now on it is so. */
    become: (next: Partial<Pick<Shop, 'version' | 'files' | 'vramBytes' | 'maxUploadBytes'>>) =>
      void Object.assign(shop, next),
    /** From now on clips stand there in the history, as different nodes have it. */
    putsClipsUnder: (key: typeof clipKey) => void (clipKey = key),
    /** From now on the history leaves out what a graph has of another before it. */
    hidesCached: () => void (tellsCached = false),
    /** Takes files of results away, as a person does who tidies up. */
    losesResults: () => worker.files.clear(),
    /** Stops listening, cuts every line and forgets queue and history. */
    crash: leave,
    /** Listens again at the same address. */
    restart: () => listen(port),
    /** Resolves once that holds, looked at whenever something happens here. */
    until: (holds: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!holds()) return
          watchers.delete(check)
          resolve()
        }
        watchers.add(check)
        check()
      }),
    close: async () => {
      if (server.listening) await leave()
    },
  }
}

export type ComfyuiServer = Awaited<ReturnType<typeof startComfyuiServer>>
