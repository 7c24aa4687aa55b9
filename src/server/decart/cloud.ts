import { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import { routes } from '../../shared/routes.ts'
import type { MultipartBody } from './multipart-body.ts'
import { answerLost, keyRefused, orderFailedOnTheWay, orderRefused, secondsOf, systemCode } from './cloud-errors.ts'
import { postOnce } from './post-once.ts'

/** A GET that did not work out this time, and may the next. `retryAfter` is in seconds. */
export class PassingFailure extends Error {
  override readonly name = 'PassingFailure'
  readonly retryAfter: number
  constructor(message: string, options: { retryAfter?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.retryAfter = options.retryAfter ?? 0
  }
}

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
  /** One look at a job. Rejects with a PassingFailure, or with a RushesError where looking on is of no use. */
  look: (id: string, signal: AbortSignal) => Promise<Look>
  /** The result as a stream; rejects like `look`. */
  content: (id: string, signal: AbortSignal) => Promise<Response>
}

const LOOK_MS = 30_000
const MAX_HOPS = 5

const gone = () =>
  // The code that says that there is nothing to fetch any more.
  new RushesError('PROCESSING_ERROR', 'Decart no longer knows this order.', { billed: 'maybe' })

/** Decart's API over HTTP. The key goes to `baseUrl` alone, and into no error. */
export const createCloud = (options: { apiKey: string; baseUrl: string }): Cloud => {
  const { apiKey } = options
  const base = options.baseUrl.replace(/\/+$/, '')
  const { host, origin } = new URL(base)
  const headers = { 'x-api-key': apiKey }
  const redact = (text: string): string => text.replaceAll(apiKey, '…')

  const get = async (url: string, signal: AbortSignal, hops = 0): Promise<Response> => {
    const own = new URL(url).origin === origin
    let response: Response
    try {
      // Fetch would carry the key along to wherever a redirect points.
      response = await fetch(url, { headers: own ? headers : {}, redirect: 'manual', signal })
    } catch (cause) {
      throw new PassingFailure(`no answer (${systemCode(cause) ?? 'the connection broke'})`, { cause })
    }
    if (response.ok) return response
    await response.body?.cancel()
    const { status } = response
    const location = response.headers.get('location')
    if (status >= 300 && status < 400 && location !== null && URL.canParse(location, url) && hops < MAX_HOPS)
      return get(new URL(location, url).href, signal, hops + 1)
    if (own && (status === 401 || status === 403)) throw keyRefused('maybe')
    if (own && (status === 404 || status === 422)) throw gone()
    throw new PassingFailure(`the answer was ${status}`, { retryAfter: secondsOf(response.headers.get('retry-after')) })
  }

  return {
    order: async (model, form, signal) => {
      const answer = await postOnce(base + routes.submit(model), {
        headers: { ...headers, 'content-type': form.contentType, 'content-length': form.length },
        body: form.stream(),
        signal,
      }).catch((error: unknown) => {
        throw orderFailedOnTheWay(error, host)
      })
      const text = redact(answer.text)
      if (answer.status < 200 || answer.status > 299) throw orderRefused({ ...answer, text }, model)
      const ordered = parseJson(orderedSchema, text)
      if (!ordered) throw answerLost('the answer made no sense.')
      return ordered.job_id
    },

    look: async (id, signal) => {
      const patience = AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)])
      const response = await get(base + routes.job(id), patience)
      const text = await response.text().catch((cause: unknown) => {
        throw new PassingFailure('the connection broke', { cause })
      })
      const look = parseJson(lookSchema, redact(text))
      if (!look) throw new PassingFailure('the answer made no sense')
      return { word: look.status, why: look.error ?? look.message ?? look.detail }
    },

    content: (id, signal) => get(base + routes.jobContent(id), signal),
  }
}

const parseJson = <T>(schema: z.ZodType<T>, text: string): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
