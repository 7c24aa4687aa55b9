import type { Readable } from 'node:stream'
import { RushesError } from '../shared/errors.ts'
import { bareHost, createCheckedLookup, isLiteralAddress, isPublicAddress } from './outgoing/public-address.ts'
import { type Answer, LIMITS, type Limits, RequestFailed, send } from './outgoing/request.ts'

const MAX_REDIRECTS = 5
const HEADERS = { accept: 'image/*, video/*, */*;q=0.5', 'user-agent': 'Rushes' }

export type Fetched = { stream: Readable; filename: string | null }
/** Opens a URL from the web as a stream. Rejects with a RushesError that says what the other side did. */
export type ImportUrl = (url: string, signal: AbortSignal) => Promise<Fetched>

const refused = (host: string): RushesError =>
  new RushesError(
    'INVALID_INPUT',
    `The host ${host} is not a public address. Only files from the public web can be imported.`,
  )

// Its sentences begin with a capital: what begins with a small letter is read as going on from a field's name.
const failed = (text: string, cause?: unknown): RushesError => new RushesError('INVALID_INPUT', text, { cause })

/**
 * Imports from public addresses alone. The check sits in the connection's own name look-up, so that the address checked
 * is the address connected to, on every redirect. `isAllowed` and `limits` are for tests, which have only loopback and no
 * time.
 */
export const createImportUrl = (
  options: { isAllowed?: (address: string) => boolean; limits?: Limits } = {},
): ImportUrl => {
  const { isAllowed = isPublicAddress, limits = LIMITS } = options

  const lookup = createCheckedLookup(isAllowed, refused)

  const request = async (url: URL, signal: AbortSignal): Promise<Answer> => {
    const host = bareHost(url)
    // Node connects to a literal address without looking it up.
    if (isLiteralAddress(host) && !isAllowed(host)) throw refused(host)
    return send(url, { headers: HEADERS, lookup, alone: true, signal, limits }).catch((error: unknown) => {
      if (!(error instanceof RequestFailed)) throw error
      if (error.cause instanceof RushesError) throw error.cause
      const what = error.reached ? 'gave no answer' : 'could not be reached'
      throw failed(`The host ${url.host} ${what}: ${error.message}.`, error)
    })
  }

  return async (text, signal) => {
    let url = new URL(text)
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:')
        throw failed('Only http and https addresses can be imported.')
      if (url.username || url.password) throw failed('An address with a user name or password cannot be imported.')
      const { status, headers, body } = await request(url, signal)
      const { location, 'content-type': type = '' } = headers
      if (status >= 300 && status < 400 && location !== undefined) {
        body.destroy()
        if (!URL.canParse(location, url.href))
          throw failed(`The host ${url.host} redirects to an address that cannot be read.`)
        url = new URL(location, url)
        continue
      }
      if (status !== 200) {
        body.destroy()
        throw failed(`The host ${url.host} answered ${status} instead of a file.`)
      }
      if (/^text\/html\b/i.test(type)) {
        body.destroy()
        const advice = 'Use the address of the image or video itself.'
        throw failed(`The host ${url.host} answered a web page, not a file. ${advice}`)
      }
      return { stream: body, filename: filenameOf(url) }
    }
    throw failed('The address redirects too many times.')
  }
}

const filenameOf = (url: URL): string | null => {
  const last = url.pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last) || null
  } catch {
    return last || null
  }
}
