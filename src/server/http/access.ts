import ipaddr from 'ipaddr.js'
import { RushesError } from '../../shared/errors.ts'

/** By which names the server may be called, and whose pages may use it. X-Forwarded-* has no say in either. */
export type Access = {
  /** The address that the server listens on. */
  host: string
  /** The origin of its pages behind a reverse proxy, or null where there is none: `https://studio.example.com`. */
  publicUrl: string | null
  /** Other names of it, without a port. */
  hosts: readonly string[]
  /** The origins of other pages that may use it. */
  origins: readonly string[]
}

// URL.parse came with Node 22.
const parse = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)

const nameIn = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/** Whether only this machine reaches an address. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback')

/**
 * Whether a Host header may name this server. A name that an attacker's DNS points here (rebinding) must not pass: on a
 * loopback address only loopback names do; elsewhere the configured host and plain IP addresses; everywhere what the
 * settings name.
 */
export const isTrustedHost = (authority: string, { host, hosts, publicUrl }: Access): boolean => {
  const url = parse(`http://${authority}`)
  if (!url) return false
  const name = nameIn(url)
  if (isLoopback(name) || hosts.includes(name)) return true
  if (publicUrl !== null && name === nameIn(new URL(publicUrl))) return true
  return !isLoopback(host) && (name === host.toLowerCase() || ipaddr.isValid(name))
}

/** Whether browsers take pages under this Host header for safe from changes on their way: this machine's own, and https. */
export const isTrustworthy = (authority: string, { publicUrl }: Access): boolean => {
  const url = parse(`http://${authority}`)
  return url !== null && (isLoopback(nameIn(url)) || publicUrl === `https://${url.host}`)
}

/** Whether another page's origin is among those that the settings let in. */
export const isAllowedOrigin = (origin: string | null, { origins }: Access): origin is string =>
  origin !== null && origins.includes(origin)

/** Whether an origin is that of our own pages, called by that name. */
const isOwnOrigin = (origin: string, authority: string, { publicUrl }: Access): boolean => {
  if (origin === publicUrl) return true
  const url = parse(origin)
  const called = url && parse(`${url.protocol}//${authority}`)
  if (!url || !called || url.host !== called.host) return false
  // What is served over https is nobody's to change on the way: its http twin is another page.
  return publicUrl === null || url.host !== new URL(publicUrl).host
}

/** A link from elsewhere may open the studio; nothing else from elsewhere may load anything unasked. */
const isOwnLoad = (headers: Headers): boolean => {
  const site = headers.get('sec-fetch-site')
  if (site === null || site === 'same-origin' || site === 'none') return true
  return headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document'
}

/**
 * Why a request may not be answered, or null where it may: it must call the server by a name of its own, and come from
 * our own page (told by its Origin or, where browsers send none, by Sec-Fetch-Site), an allowed one, or a program.
 */
export const refusalOf = (headers: Headers, authority: string, access: Access): RushesError | null => {
  const refuse = (text: string) => new RushesError('FORBIDDEN', text)
  if (!isTrustedHost(authority, access)) return refuse(unknownName(authority))
  const origin = headers.get('origin')
  if (origin === null) return isOwnLoad(headers) ? null : refuse(FOREIGN_LOAD)
  if (isAllowedOrigin(origin, access) || isOwnOrigin(origin, authority, access)) return null
  return refuse(parse(origin) ? foreignPage(origin, authority) : NAMELESS_PAGE)
}

const cut = (text: string): string => text.slice(0, 120)

const unknownName = (authority: string): string => {
  const url = parse(`http://${authority}`)
  if (!url) return 'The request does not say in its Host header which server it means.'
  const name = cut(nameIn(url))
  return `This server does not go by the name ${name}. If that is its name, start it with ALLOWED_HOSTS=${name}, or behind a reverse proxy with PUBLIC_URL=https://${name}.`
}

const foreignPage = (origin: string, authority: string): string =>
  `A page of ${cut(origin)} may not use this server, which it called ${cut(authority)}. If the page is yours, start the server with ALLOWED_ORIGINS=${cut(origin)}. Where a proxy stands between, it may have changed the Host header: let it pass on as it came (Vite: changeOrigin: false; nginx: proxy_set_header Host $http_host).`

const NAMELESS_PAGE =
  'A page without an address of its own (a local file, or a frame in a sandbox) may not use this server. Serve it from a web server, and name that in ALLOWED_ORIGINS.'

const FOREIGN_LOAD =
  'Another page may not load this. If it is yours, start the server with its origin in ALLOWED_ORIGINS, and give the picture or video the attribute crossorigin.'
