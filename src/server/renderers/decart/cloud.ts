import { z } from 'zod'
import { RushesError } from '../../../shared/errors.ts'
import { routes } from '../../../shared/routes.ts'
import { type Answer, LIMITS, type Limits, PACE, send, textOf } from '../../outgoing/request.ts'
import { parseJson, secondsOf } from '../order/answers.ts'
import type { MultipartBody } from '../order/multipart-body.ts'
import { transient, TransientError } from '../order/transient-error.ts'
import { answerLost, keyRefused, orderFailedOnTheWay, orderRefused } from './cloud-errors.ts'

const orderedSchema = z.object({ job_id: z.string().min(1) })

const whySchema = z.union([z.string().min(1), z.object({ message: z.string().min(1) }).transform((why) => why.message)])
const lookSchema = z.object({
  status: z.string(),
  error: whySchema.optional().catch(undefined),
  message: whySchema.optional().catch(undefined),
  detail: whySchema.optional().catch(undefined),
})

export type Look = { word: string; why: string | undefined }

export type Cloud = {
  /** Orders a job and gives its id. Never repeated; every failure says whether it may have been billed. */
  order: (model: string, form: MultipartBody, signal: AbortSignal) => Promise<string>
  /** One look at a job. Rejects with a TransientError, or with a RushesError where looking on is of no use. */
  look: (id: string, signal: AbortSignal) => Promise<Look>
  /** The result as a stream; rejects like `look`. */
  content: (id: string, signal: AbortSignal) => Promise<Answer>
}

export type CloudOptions = {
  apiKey: string
  baseUrl: string
  /** Called where a call was refused because of the key, with the answer's status. */
  onKeyRefused?: (status: number) => void
  /** For tests, in the place of those of every call. */
  limits?: Limits
}

/** An order given up may be billed: its line may falter for longer, and the cloud may take its time with the answer. */
const ORDER: Limits = { ...LIMITS, answer: 5 * 60_000, pace: { bytes: 4 * PACE.bytes, within: 4 * PACE.within } }
const MAX_HOPS = 5

const gone = () =>
  // The code that says that there is nothing to fetch any more.
  new RushesError('PROCESSING_ERROR', 'Decart no longer knows this order.', { billed: 'maybe' })

/** Where a redirect points that may be followed; null for any other answer. */
const redirectOf = (url: string, { status, headers: { location } }: Answer, hops: number): string | null =>
  status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url) && hops < MAX_HOPS
    ? new URL(location, url).href
    : null

/** Fetches from the cloud, and from where it redirects to. Rejects like `Cloud.look`. */
const createGet = (base: string, { apiKey, limits = LIMITS, onKeyRefused }: CloudOptions) => {
  const { origin } = new URL(base)
  const get = async (url: string, signal: AbortSignal, hops = 0): Promise<Answer> => {
    const own = new URL(url).origin === origin
    const answer = await send(url, {
      // Not to wherever a redirect points.
      headers: own ? { 'x-api-key': apiKey } : {},
      alone: false,
      signal,
      limits,
    }).catch((cause: unknown) => {
      throw transient(cause)
    })
    const { status } = answer
    if (status >= 200 && status < 300) return answer
    answer.body.destroy()
    const next = redirectOf(url, answer, hops)
    if (next !== null) return get(next, signal, hops + 1)
    if (own && (status === 401 || status === 403)) {
      onKeyRefused?.(status)
      throw keyRefused('maybe')
    }
    if (own && (status === 404 || status === 422)) throw gone()
    throw new TransientError(`the answer was ${status}`, { retryAfter: secondsOf(answer.headers['retry-after']) })
  }
  return get
}

/** Decart's API over HTTP. The key goes to `baseUrl` alone, and into no error. */
export const createCloud = (options: CloudOptions): Cloud => {
  const { apiKey, limits, onKeyRefused } = options
  const base = options.baseUrl.replace(/\/+$/, '')
  const { host } = new URL(base)
  const get = createGet(base, options)
  const headers = { 'x-api-key': apiKey }
  const redact = (text: string): string => text.replaceAll(apiKey, '…')

  return {
    order: async (model, form, signal) => {
      const ordered = async () => {
        const answer = await send(base + routes.submit(model), {
          headers: { ...headers, 'content-type': form.contentType, 'content-length': form.length },
          body: form.stream(),
          alone: true,
          signal,
          limits: limits ?? ORDER,
        })
        return { status: answer.status, retryAfter: answer.headers['retry-after'], text: redact(await textOf(answer)) }
      }
      const answer = await ordered().catch((error: unknown) => {
        throw orderFailedOnTheWay(error, host)
      })
      if (answer.status === 401 || answer.status === 403) onKeyRefused?.(answer.status)
      if (answer.status < 200 || answer.status > 299) throw orderRefused(answer, model)
      const taken = parseJson(orderedSchema, answer.text)
      if (!taken) throw answerLost('the answer made no sense.')
      return taken.job_id
    },

    look: async (id, signal) => {
      const answer = await get(base + routes.job(id), signal)
      const text = await textOf(answer).catch((cause: unknown) => {
        throw transient(cause)
      })
      const look = parseJson(lookSchema, redact(text))
      if (!look) throw new TransientError('the answer made no sense')
      return { word: look.status, why: look.error ?? look.message ?? look.detail }
    },

    content: (id, signal) => get(base + routes.jobContent(id), signal),
  }
}
