import { RushesError } from '../../../shared/errors.ts'
import type { RenderTask } from '../../../shared/renderer.ts'
import type { ConnectDeps, Connection, Order, Prepared, ServerFacts } from '../order/dialect.ts'
import { jsonBody } from '../order/calls.ts'
import { MissingFile } from '../order/multipart-body.ts'
import { whereOf } from '../order/where.ts'
import type { Address } from './addresses.ts'
import type { OtherSide } from './failures.ts'
import { answerContent, answerFileOf, dropAnswer, lookAtAnswer, orderAtOnce } from './at-once.ts'
import { createLooks, type Looks } from './looks.ts'
import { noteOf, offersOf, type Served, servedFor } from './offers.ts'
import { type Asked, askedOf, formOf } from './request-fields.ts'
import { createServerCalls, type ServerCalls } from './server-calls.ts'
import { survey } from './survey.ts'
import { cancelVideo, createFormMemory, type FormMemory, orderVideo, videoContent, wholeBody } from './video-orders.ts'

/** Orders that a server is given at once. It has a queue of its own; a cluster behind it works on several. */
const SLOTS = 4

/** Rejects with NOT_FOUND where a file is gone: before anything is sent. */
const checkFiles = async (asked: Asked): Promise<void> => {
  await formOf(asked).catch((cause: unknown) => {
    if (!(cause instanceof MissingFile)) throw cause
    const text = 'The file is gone from the data folder, or may not be read. Upload it again, then try again.'
    throw new RushesError('NOT_FOUND', `${text} Nothing was ordered.`, { cause, fields: { data: text } })
  })
}

/** One server, and how it is asked. */
type ConnectionParts = {
  address: Address
  side: OtherSide
  calls: ServerCalls
  memory: FormMemory
  looks: Looks
  onRefused: () => void
}

const openParts = (address: Address, key: string | null, deps: ConnectDeps): ConnectionParts => {
  const { base, url, host } = address
  const side: OtherSide = { host, free: whereOf(url) !== 'a third party' }
  const calls = createServerCalls({ base, key, limits: deps.limits })
  const looks = createLooks({ calls, side, everyMs: deps.pollMs, onRefused: deps.onRefused })
  return { address, side, calls, memory: createFormMemory(), looks, onRefused: deps.onRefused }
}

/** What the server serves, as it was last seen. */
const createServing = ({ side, calls, memory, looks }: ConnectionParts) => {
  let served: readonly Served[] | null = null
  const look = async (signal: AbortSignal): Promise<ServerFacts> => {
    const found = await survey(calls, side, memory.learned ?? memory.told, signal)
    if (found.state !== 'ready') return found
    served = found.served
    memory.told = found.form
    const makesClips = served.some(({ facts }) => facts?.tasks.some((task) => task.includes('video')))
    const busy = makesClips && side.free && found.form !== 'whole' ? await looks.busy(signal) : null
    signal.throwIfAborted()
    return { state: 'ready', note: noteOf(served), busy: busy ?? 0, offers: offersOf(served, side.free) }
  }
  return {
    look,
    forget: (): void => {
      served = null
    },
    /** What is served, asked for where nobody has yet. */
    current: async (signal: AbortSignal): Promise<readonly Served[]> => {
      if (served) return served
      const facts = await look(signal)
      if (facts.state === 'ready') return served ?? []
      const code = facts.state === 'unauthorized' ? 'INVALID_API_KEY' : 'UNREACHABLE'
      throw new RushesError(code, facts.note)
    },
  }
}

/** Pictures are made while one waits, and so are clips where the server is of that kind. */
const order = async (
  { calls, side, memory }: ConnectionParts,
  { model: { kind }, directory }: RenderTask,
  asked: Asked,
  model: string,
  sending: AbortSignal,
): Promise<Order> => {
  const atOnce = { calls, side, model, directory }
  if (kind === 'image') {
    const edits = asked.files.length > 0
    const body = edits ? await formOf(asked) : jsonBody(asked.fields)
    return orderAtOnce({ ...atOnce, path: edits ? '/v1/images/edits' : '/v1/images/generations' }, body, sending)
  }
  if (memory.told === 'whole') return orderAtOnce({ ...atOnce, path: '/v1/videos' }, await wholeBody(asked), sending)
  return orderVideo({ calls, side, memory, model }, asked, sending)
}

/** Finds who makes a task there, and reads its files. */
const prepareTask = async (
  parts: ConnectionParts,
  serving: ReturnType<typeof createServing>,
  task: RenderTask,
  signal: AbortSignal,
): Promise<Prepared> => {
  const { job, model } = task
  const found = servedFor(await serving.current(signal), model, job.engine?.name)
  if (!found) {
    const what = job.engine ? `${job.engine.name} any more` : `a model for ${model.title}`
    throw new RushesError(
      'MODEL_MISSING',
      `${parts.address.host} does not serve ${what}. Start a server with it, or choose another renderer. Nothing was ordered.`,
    )
  }
  const asked = askedOf(task, found)
  await checkFiles(asked)
  return {
    engine: { name: found.id },
    kind: model.kind,
    warnings: asked.warnings,
    send: (_id, sending) =>
      order(parts, task, asked, found.id, sending).catch((error: unknown) => {
        if (error instanceof RushesError && error.code === 'INVALID_API_KEY') parts.onRefused()
        // It may serve another model by now.
        if (error instanceof RushesError && error.code === 'MODEL_MISSING') serving.forget()
        throw error
      }),
  }
}

/** One server that speaks OpenAI's videos and images. The key goes to it alone. */
export const createConnection = (address: Address, key: string | null, deps: ConnectDeps): Connection => {
  const { url, host } = address
  const parts = openParts(address, key, deps)
  const { calls, side, looks } = parts
  const serving = createServing(parts)

  return {
    url,
    host,
    where: whereOf(url),
    paid: !side.free,
    slots: SLOTS,
    look: serving.look,
    prepare: (task, signal) => prepareTask(parts, serving, task, signal),
    lookAt: ({ id, details }, signal) => {
      const file = answerFileOf(details)
      return file === null ? looks.lookAt(id, signal) : lookAtAnswer(file)
    },
    content: async ({ id, details }, result, signal) => {
      const file = answerFileOf(details)
      if (file !== null) return answerContent(file)
      const link = result['url']
      return videoContent({ calls, server: url, host }, id, typeof link === 'string' ? link : null, signal)
    },
    cancel: async ({ id, details }, signal) => {
      looks.drop(id)
      // Its connection is closed already, or its answer is here.
      if (answerFileOf(details) !== null) return { billed: side.free ? 'no' : 'maybe', note: null }
      return cancelVideo(calls, side, id, signal)
    },
    done: async ({ id, details }) => {
      looks.drop(id)
      const file = answerFileOf(details)
      if (file !== null) await dropAnswer(file)
    },
    close: looks.close,
  }
}
