import { randomUUID } from 'node:crypto'
import { RushesError } from '../../../shared/errors.ts'
import type { RenderTask } from '../../../shared/renderer.ts'
import type { ConnectDeps, Connection, Order, Prepared, ServerFacts } from '../order/dialect.ts'
import { TransientError } from '../order/transient-error.ts'
import { cancelOrder } from './cancel.ts'
import { readEvent } from './events.ts'
import { findOrder, findRenamed } from './find-order.ts'
import type { BuiltGraph, GraphRequest, GraphSource, ServerPieces, UploadedFile } from './graph-source.ts'
import { lookAt } from './look-at.ts'
import { createOrders, type Orders } from './orders.ts'
import { createPieces, type Pieces } from './pieces.ts'
import { createPolling } from './polling.ts'
import { createQueue, type Queue } from './queue.ts'
import { viewPath } from './results.ts'
import { clauseFor, createServerCalls, type ServerCalls } from './server-calls.ts'
import type { Server } from './servers.ts'
import { createSocket, type Socket } from './socket.ts'
import { submit } from './submit.ts'
import { type Upright, uploadFiles } from './upload.ts'
import { isAtLeast, SINCE } from './version.ts'
import { type Carried, outputFileSchema } from './wire.ts'

/** One runs and one is there to go on with; what else waits can still go to another server. */
const SLOTS = 2
/** Milliseconds that an order waits for the socket, which tells the more the earlier it is there. */
const SOCKET_PATIENCE_MS = 300

export type ConnectionOptions = {
  server: Server
  sources: readonly GraphSource[]
  upright: Upright | undefined
  onPieces?: ((pieces: ServerPieces) => void) | undefined
  deps: ConnectDeps
}

const gigabytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 3)} GB`

const noteOf = ({ version, vram }: ServerPieces): string =>
  `ComfyUI ${version}, ${vram === null ? 'no graphics card that it tells of' : `${gigabytes(vram)} of graphics memory`}.`

const unreachable = (host: string, error: unknown): RushesError =>
  new RushesError(
    'UNREACHABLE',
    `The ComfyUI at ${host} cannot be reached: ${clauseFor(error)}. Nothing was ordered.`,
    {
      cause: error,
    },
  )

/** The names that files are asked to have; the server may give them others. */
const plannedFiles = ({ files }: RenderTask): Record<string, UploadedFile> =>
  Object.fromEntries(Object.entries(files).map(([field, { filename, media }]) => [field, { name: filename, media }]))

const built = (sources: readonly GraphSource[], request: GraphRequest, pieces: ServerPieces): BuiltGraph => {
  for (const source of sources) {
    const graph = source.build(request, pieces)
    if (graph) return graph
  }
  throw new RushesError('MODEL_NOT_FOUND', `ComfyUI has no graph for ${request.model.id}. Render it elsewhere.`)
}

/** What is known of one ComfyUI, and how it is asked. */
type ConnectionParts = {
  calls: ServerCalls
  clientId: string
  pieces: Pieces
  queue: Queue
  orders: Orders
  socket: Socket
}

const openParts = (
  { server, deps }: ConnectionOptions,
  { closing, onRefused }: { closing: AbortSignal; onRefused: () => void },
): ConnectionParts => {
  const calls = createServerCalls(server, { limits: deps.limits, onRefused })
  const clientId = randomUUID()
  const pieces = createPieces(calls)
  const orders = createOrders()
  const socket = createSocket({
    server,
    clientId,
    logger: deps.logger,
    onBreak: () => pieces.forget(),
    onText: (text) => {
      const event = readEvent(text)
      if (event) orders.hear(event)
    },
  })
  return { calls, clientId, pieces, queue: createQueue(calls, closing), orders, socket }
}

const cancel = async ({ calls, pieces, queue, orders }: ConnectionParts, order: Order, signal: AbortSignal) => {
  const { id } = order
  orders.know(order).cancelled = true
  const version = await pieces.version(signal)
  return cancelOrder({ calls, queue, version, isLoading: () => orders.isLoading(id) }, id, signal)
}

/** Sends a graph, which is followed from before its answer on. */
const sendGraph = async (
  parts: ConnectionParts,
  graph: BuiltGraph,
  carried: Carried,
  signal: AbortSignal,
): Promise<Order> => {
  const { calls, clientId, pieces, orders, socket } = parts
  await socket.open(SOCKET_PATIENCE_MS)
  signal.throwIfAborted()
  // Before the answer: what is made at once is told of before that.
  orders.begin(carried.id, carried, graph.graph)
  const withdraw = async (id: string) => void (await cancel(parts, { id }, signal).catch(() => undefined))
  try {
    const submission = { graph: graph.graph, clientId, carried }
    const id = await submit(calls, submission, withdraw, signal)
    if (id !== carried.id) {
      orders.forget(carried.id)
      orders.begin(id, carried, graph.graph)
    }
    return { id, details: carried }
  } catch (error) {
    orders.forget(carried.id)
    // It lacks what it was thought to have.
    if (error instanceof RushesError && error.code.endsWith('_MISSING')) pieces.forget()
    throw error
  }
}

/** Brings the files of a task there and builds its graph, which can then be sent. */
const prepareTask = async (
  parts: ConnectionParts,
  { sources, upright }: Pick<ConnectionOptions, 'sources' | 'upright'>,
  task: RenderTask,
  signal: AbortSignal,
): Promise<Prepared> => {
  const { job, model } = task
  const has = await parts.pieces.current(signal)
  const request: GraphRequest = {
    model,
    inputs: job.inputs,
    seed: job.seed,
    files: plannedFiles(task),
    prefix: `rushes/${job.job_id}`,
    engine: job.engine?.name ?? null,
  }
  // Before any file goes out: what cannot be made is said at once.
  built(sources, request, has)
  void parts.socket.open(0)
  const { files, warnings } = await uploadFiles(parts.calls, task, signal, upright)
  const graph = built(sources, { ...request, files }, has)
  const { resolution } = job.inputs
  return {
    engine: graph.engine,
    kind: graph.kind,
    warnings: [...graph.warnings, ...warnings],
    send: (id, sending) => {
      const { output, kind } = graph
      const asked = typeof resolution === 'string' ? resolution : null
      return sendGraph(parts, graph, { id, output, kind, prefix: request.prefix, resolution: asked }, sending)
    },
  }
}

/** How the server is: what it has, how busy it is, and what can be made there. */
const lookAtServer = async (
  { pieces, queue }: ConnectionParts,
  { server, sources, onPieces, deps }: ConnectionOptions,
  signal: AbortSignal,
): Promise<ServerFacts> => {
  try {
    const has = await pieces.look(signal)
    onPieces?.(has)
    const { waiting, running } = await queue.look(performance.now() - deps.pollMs, signal)
    const offers = Object.fromEntries(sources.flatMap((source) => Object.entries(source.offers(has))))
    pieces.note(Object.values(offers).some(({ ready }) => !ready))
    return { state: 'ready', note: noteOf(has), busy: waiting.size + running.size, offers }
  } catch (error) {
    signal.throwIfAborted()
    pieces.forget()
    if (error instanceof RushesError) return { state: 'unauthorized', note: error.message }
    if (!(error instanceof TransientError)) throw error
    return { state: 'unreachable', note: `The ComfyUI at ${server.host} cannot be reached: ${clauseFor(error)}.` }
  }
}

/** The order of an id of ours, in the queue or in the history; null where it is in neither. */
const find = async (
  { calls, pieces, queue }: ConnectionParts,
  id: string,
  signal: AbortSignal,
): Promise<Order | null> => {
  const version = await pieces.version(signal)
  const { waiting, running } = await queue.look(performance.now(), signal)
  const order = [...waiting.values(), ...running.values()].find((item) => item.id === id || item.carried?.id === id)
  if (order) return { id: order.id, details: order.carried ?? undefined }
  const known = isAtLeast(version, SINCE.ownIds) ? id : await findRenamed(calls, id, signal)
  const found = known === null ? null : await findOrder(calls, version, known, signal)
  if (known === null || !found || found.state === 'unknown') return null
  return { id: known, details: found.carried ?? undefined }
}

/** One ComfyUI. */
export const createConnection = (options: ConnectionOptions): Connection => {
  const { server, deps } = options
  const { pollMs } = deps
  const closing = new AbortController()
  // What a look finds is told by the look itself.
  let looks = 0
  const onRefused = (): void => {
    if (looks === 0) deps.onRefused()
  }
  const parts = openParts(options, { closing: closing.signal, onRefused })
  const { calls, queue, orders, socket } = parts
  const poll = createPolling({ queue, orders, pollMs, closing: closing.signal, onSilence: socket.renew })
  const looking = { ...parts, maxAge: () => pollMs * (orders.watched().length > 0 ? 1.5 : 0.9) }

  return {
    url: server.url,
    host: server.host,
    where: server.where,
    slots: SLOTS,
    paid: false,
    look: async (signal) => {
      looks++
      try {
        return await lookAtServer(parts, options, signal)
      } finally {
        looks--
      }
    },
    prepare: (task, signal) =>
      prepareTask(parts, options, task, signal).catch((error: unknown) => {
        throw error instanceof TransientError ? unreachable(server.host, error) : error
      }),
    find: (id, signal) => find(parts, id, signal),
    lookAt: (order, signal) => lookAt(looking, order, signal),
    watch: (order, onNews) => {
      const stop = orders.watch(order, onNews)
      void socket.open(0)
      poll()
      return stop
    },
    content: (_order, result, signal) => calls.open(viewPath(outputFileSchema.parse(result)), signal),
    cancel: (order, signal) => cancel(parts, order, signal),
    close: () => {
      closing.abort(new Error('Rushes is stopping'))
      socket.close()
    },
  }
}
