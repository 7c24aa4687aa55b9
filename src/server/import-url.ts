import { lookup as dnsLookup } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import ipaddr from 'ipaddr.js'
import { RushesError } from '../shared/errors.ts'

const MAX_REDIRECTS = 5
const ANSWER_TIMEOUT_MS = 20_000
const IDLE_TIMEOUT_MS = 30_000

/** Whether an address belongs to the public internet. Everything special (private, loopback, link-local, …) does not. */
export const isPublicAddress = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'

export type Fetched = { stream: Readable; filename: string | null }
/** Opens a URL from the web as a stream. Rejects with a RushesError that says what the other side did. */
export type ImportUrl = (url: string, signal: AbortSignal) => Promise<Fetched>

const refused = (host: string): RushesError =>
  new RushesError('INVALID_INPUT', `${host} is not a public address. Only files from the public web can be imported.`)

const failed = (text: string, cause?: unknown): RushesError => new RushesError('INVALID_INPUT', text, { cause })

/**
 * Imports from public addresses alone. The check sits in the connection's own name look-up, so that the address checked
 * is the address connected to, on every redirect. `isAllowed` is for tests, which have only loopback.
 */
export const createImportUrl = (options: { isAllowed?: (address: string) => boolean } = {}): ImportUrl => {
  const isAllowed = options.isAllowed ?? isPublicAddress

  const lookup: LookupFunction = (hostname, lookupOptions, callback) => {
    dnsLookup(hostname, { ...lookupOptions, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      // One bad address among good ones is an attack or a mistake: neither is worth a connection.
      if (addresses.some(({ address }) => !isAllowed(address))) return callback(refused(hostname), '', 0)
      if (lookupOptions.all) return callback(null, addresses)
      const [first] = addresses
      return first ? callback(null, first.address, first.family) : callback(refused(hostname), '', 0)
    })
  }

  const request = (url: URL, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const host = url.hostname.replace(/^\[|\]$/g, '')
      // Node connects to a literal address without looking it up.
      if (ipaddr.isValid(host) && !isAllowed(host)) return reject(refused(host))
      const outgoing = (url.protocol === 'https:' ? https : http).get(
        url,
        { lookup, signal, headers: { accept: 'image/*, video/*, */*;q=0.5', 'user-agent': 'Rushes' }, agent: false },
        resolve,
      )
      const timer = setTimeout(
        () => outgoing.destroy(failed(`${url.host} did not answer within ${ANSWER_TIMEOUT_MS / 1000} seconds.`)),
        ANSWER_TIMEOUT_MS,
      )
      outgoing.once('response', () => clearTimeout(timer))
      outgoing.once('close', () => clearTimeout(timer))
      outgoing.once('error', (error) => {
        clearTimeout(timer)
        if (signal.aborted || error instanceof RushesError) return reject(signal.aborted ? signal.reason : error)
        const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
        reject(failed(`${url.host} could not be reached${code}.`, error))
      })
    })

  return async (text, signal) => {
    let url = new URL(text)
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:')
        throw failed('Only http and https addresses can be imported.')
      if (url.username || url.password) throw failed('An address with a user name or password cannot be imported.')
      const response = await request(url, signal)
      const status = response.statusCode ?? 0
      const { location } = response.headers
      if (status >= 300 && status < 400 && location !== undefined) {
        response.destroy()
        if (!URL.canParse(location, url.href)) throw failed(`${url.host} redirects to an address that cannot be read.`)
        url = new URL(location, url)
        continue
      }
      if (status !== 200) {
        response.destroy()
        throw failed(`${url.host} answered ${status} instead of a file.`)
      }
      if (/^text\/html\b/i.test(response.headers['content-type'] ?? '')) {
        response.destroy()
        throw failed(`${url.host} answered a web page, not a file. Use the address of the image or video itself.`)
      }
      response.setTimeout(IDLE_TIMEOUT_MS, () => response.destroy(failed(`${url.host} stopped sending.`)))
      return { stream: response, filename: filenameOf(url) }
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
