import { RushesError } from '../../../shared/errors.ts'
import type { RenderTask } from '../../../shared/renderer.ts'
import type { ConnectDeps, Connection, Order, Prepared, ServerFacts } from '../order/dialect.ts'
import { jsonBody } from '../order/calls.ts'
import { MissingFile } from '../order/multipart-body.ts'
import { whereOf } from '../order/where.ts'
import type { Address } from './addresses.ts'
import type { OtherSide } from './failures.ts'
import { answerContent, answerFileOf, dropAnswer, lookAtAnswer, orderAtOnce } from './at-once.ts'
import { createLooks } from './looks.ts'
import { noteOf, offersOf, type Served, servedFor } from './offers.ts'
import { type Asked, askedOf, formOf } from './request-fields.ts'
import { createServerCalls } from './server-calls.ts'
import { survey } from './survey.ts'
import { cancelVideo, createFormMemory, orderVideo, videoContent, wholeBody } from './video-orders.ts'

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

/** One server that speaks OpenAI's videos and images. The key goes to it alone. */
export const createConnection = (address: Address, key: string | null, deps: ConnectDeps): Connection => {
  const { base, url, host } = address
  const where = whereOf(url)
  const side: OtherSide = { host, free: where !== 'a third party' }
  const calls = createServerCalls({ base, key, limits: deps.limits })
  const memory = createFormMemory()
  const looks = createLooks({ calls, side, everyMs: deps.pollMs, onRefused: deps.onRefused })
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

  /** What is served, asked for where nobody has yet. */
  const servedNow = async (signal: AbortSignal): Promise<readonly Served[]> => {
    if (served) return served
    const facts = await look(signal)
    if (facts.state === 'ready') return served ?? []
    const code = facts.state === 'unauthorized' ? 'INVALID_API_KEY' : 'UNREACHABLE'
    throw new RushesError(code, facts.note)
  }

  const prepare = async (task: RenderTask, signal: AbortSignal): Promise<Prepared> => {
    const { job, model, directory } = task
    const found = servedFor(await servedNow(signal), model, job.engine?.name)
    if (!found) {
      const what = job.engine ? `${job.engine.name} any more` : `a model for ${model.title}`
      throw new RushesError(
        'MODEL_MISSING',
        `${host} does not serve ${what}. Start a server with it, or choose another renderer. Nothing was ordered.`,
      )
    }
    const asked = askedOf(task, found)
    await checkFiles(asked)
    const refusing = <T>(promise: Promise<T>): Promise<T> =>
      promise.catch((error: unknown) => {
        if (error instanceof RushesError && error.code === 'INVALID_API_KEY') deps.onRefused()
        // It may serve another model by now.
        if (error instanceof RushesError && error.code === 'MODEL_MISSING') served = null
        throw error
      })
    /** Pictures are made while one waits, and so are clips where the server is of that kind. */
    const order = async (sending: AbortSignal): Promise<Order> => {
      const atOnce = { calls, side, model: found.id, directory }
      if (model.kind === 'image') {
        const edits = asked.files.length > 0
        const body = edits ? await formOf(asked) : jsonBody(asked.fields)
        return orderAtOnce({ ...atOnce, path: edits ? '/v1/images/edits' : '/v1/images/generations' }, body, sending)
      }
      if (memory.told === 'whole')
        return orderAtOnce({ ...atOnce, path: '/v1/videos' }, await wholeBody(asked), sending)
      return orderVideo({ calls, side, memory, model: found.id }, asked, sending)
    }
    return {
      engine: { name: found.id },
      kind: model.kind,
      warnings: asked.warnings,
      send: (_id, sending) => refusing(order(sending)),
    }
  }

  return {
    url,
    host,
    where,
    paid: !side.free,
    slots: SLOTS,
    look,
    prepare,
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
