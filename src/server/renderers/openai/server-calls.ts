import { LIMITS, type Limits, send, type Answer } from '../../outgoing/request.ts'
import { type Body, call, type CallOptions, type Reply } from '../order/calls.ts'
import type { MultipartBody } from '../order/multipart-body.ts'

/** The calls of one server. The key goes to it alone, and out of every text that it answers. */
export type ServerCalls = {
  /** A path below the server's root, as `/v1/models`. Rejects like `send`. */
  get: (path: string, signal: AbortSignal) => Promise<Reply>
  forget: (path: string, signal: AbortSignal) => Promise<Reply>
  /** An order, on a connection of its own. `patience`: milliseconds until the head of the answer must be there. */
  order: (path: string, body: Body | MultipartBody, patience: number, signal: AbortSignal) => Promise<Answer>
  /** A path below the root, or an address elsewhere, which the key does not go to. */
  stream: (url: string, signal: AbortSignal) => Promise<Answer>
  /** A text without the key. */
  redact: (text: string) => string
}

export const createServerCalls = (options: {
  base: string
  key: string | null
  limits?: Limits | undefined
}): ServerCalls => {
  const { base, key } = options
  const limits = options.limits ?? LIMITS
  const { origin, username, password } = new URL(base)
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const basic = username === '' ? undefined : `Basic ${Buffer.from(login).toString('base64')}`
  const admission = key === null ? basic : `Bearer ${key}`
  const headers: Record<string, string> = admission === undefined ? {} : { authorization: admission }
  const secrets = [key, decodeURIComponent(password)].filter((secret) => secret !== null && secret !== '')
  const redact = (text: string): string =>
    secrets.reduce<string>((rest, secret) => rest.replaceAll(String(secret), '…'), text)
  const root = (() => {
    const url = new URL(base)
    url.username = ''
    url.password = ''
    return url.href.replace(/\/+$/, '')
  })()

  const say = async (path: string, more: Pick<CallOptions, 'method' | 'signal'>): Promise<Reply> => {
    const reply = await call(root + path, { ...more, headers, limits })
    return { ...reply, text: redact(reply.text) }
  }
  return {
    redact,
    get: (path, signal) => say(path, { signal }),
    forget: (path, signal) => say(path, { method: 'DELETE', signal }),
    order: (path, body, patience, signal) =>
      send(root + path, {
        headers: { ...headers, 'content-type': body.contentType, 'content-length': body.length },
        body: body.stream(),
        alone: true,
        signal,
        limits: options.limits ?? { ...LIMITS, answer: patience },
      }),
    stream: (url, signal) => {
      const at = new URL(url.startsWith('/') ? root + url : url)
      return send(at, { headers: at.origin === origin ? headers : {}, alone: false, signal, limits })
    },
  }
}
