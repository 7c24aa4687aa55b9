import type { IncomingHttpHeaders } from 'node:http'
import { RushesError } from '../../../shared/errors.ts'
import { createCheckedLookup } from '../../outgoing/public-address.ts'
import { type Answer, LIMITS, type Limits, RequestFailed, send } from '../../outgoing/request.ts'
import { clauseOf } from '../../outgoing/words.ts'
import type { Body } from '../order/calls.ts'
import { type Addresses, isOpenAddress } from './addresses.ts'

/** An answer in words. Not `whole` where it went on beyond what words need: there is media in it. */
export type Reply = { status: number; headers: IncomingHttpHeaders; text: string; whole: boolean }

export type Asked = {
  method?: 'PUT' | undefined
  headers?: Readonly<Record<string, string>>
  body?: Body | undefined
  /** Whether the connection is the request's own, as for what must not be sent twice. */
  alone?: boolean
  limits?: Limits
  signal: AbortSignal
}

/** How fal is spoken to. Every call rejects like `send` of outgoing/request.ts. */
export type Calls = {
  /** With the key: for the queue and the rest host, and links that `mayHaveKey`. */
  withKey: (url: string, asked: Asked) => Promise<Reply>
  /** Without the key, and to open addresses alone: for uploads. */
  withoutKey: (url: string, asked: Asked) => Promise<Reply>
  /** The same, the answer's body still to come: for results. */
  open: (url: string, asked: Asked) => Promise<Answer>
}

/** Characters of an answer in words; what is longer carries media. */
const MAX_TEXT_CHARS = 256 * 1024

const read = async ({ body }: Answer): Promise<{ text: string; whole: boolean }> => {
  let text = ''
  body.setEncoding('utf8')
  try {
    for await (const chunk of body) {
      text += String(chunk)
      // Leaving the loop closes the connection.
      if (text.length > MAX_TEXT_CHARS) return { text, whole: false }
    }
  } catch (error) {
    throw error instanceof RequestFailed ? error : new RequestFailed(clauseOf(error), true, error)
  }
  return { text, whole: true }
}

/** Takes the key, and the secret half of it, out of what the other side says. */
const createRedact = (key: string) => {
  const secrets = [key, ...key.split(':')].filter((part) => part.length >= 8)
  return (text: string): string => secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text)
}

const refusedHost = (host: string): RushesError =>
  new RushesError('CLOUD_FAILED', `fal gave a link to ${host}, which is not a public address. It was not followed.`, {
    billed: 'maybe',
  })

export const createCalls = (options: { key: string; addresses: Addresses; limits?: Limits | undefined }): Calls => {
  const { key, addresses } = options
  const redact = createRedact(key)
  const lookup = createCheckedLookup(isOpenAddress(addresses), refusedHost)

  const request = async (url: string, asked: Asked, extra: { authorization?: string; checked: boolean }) => {
    const { body, method, signal, alone = false, limits = LIMITS } = asked
    return send(url, {
      method,
      headers: {
        ...asked.headers,
        ...(extra.authorization === undefined ? {} : { authorization: extra.authorization }),
        ...(body ? { 'content-type': body.contentType, 'content-length': body.length } : {}),
      },
      body: body?.stream(),
      // A connection that is kept was opened by whatever look-up it had then.
      alone: alone || extra.checked,
      ...(extra.checked ? { lookup } : {}),
      signal,
      limits: options.limits ?? limits,
    }).catch((error: unknown) => {
      throw error instanceof RequestFailed && error.cause instanceof RushesError ? error.cause : error
    })
  }
  const inWords = async (answer: Answer): Promise<Reply> => {
    const { text, whole } = await read(answer)
    return { status: answer.status, headers: answer.headers, text: redact(text), whole }
  }
  return {
    withKey: async (url, asked) => inWords(await request(url, asked, { authorization: `Key ${key}`, checked: false })),
    withoutKey: async (url, asked) => inWords(await request(url, asked, { checked: true })),
    open: (url, asked) => request(url, asked, { checked: true }),
  }
}
