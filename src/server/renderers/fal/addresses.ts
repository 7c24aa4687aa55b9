import { RushesError } from '../../../shared/errors.ts'
import {
  bareHost,
  isLiteralAddress,
  isLoopbackAddress,
  isLoopbackUrl,
  isPublicAddress,
} from '../../outgoing/public-address.ts'
import type { Settings } from '../order/dialect.ts'

export const QUEUE_URL = 'https://queue.fal.run'
const REST_URL = 'https://rest.fal.ai'

/** The two hosts that are given the key. */
export type Addresses = { queue: URL; rest: URL; onLoopback: boolean }

const parse = (name: string, text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url
  const words = 'is no http or https address without user name and password.'
  throw new RushesError('INVALID_INPUT', `${name} ${words} Set it right, or leave it out.`, {
    fields: { [name]: words },
  })
}

/**
 * Where fal is. A queue on loopback (a test's) stands for the other host too where that is not set, so that nothing leaves
 * the machine then. Throws INVALID_INPUT whose field is the variable that cannot be read.
 */
export const addressesOf = ({ url, more }: Settings): Addresses => {
  const queue = parse('FAL_QUEUE_URL', more['FAL_QUEUE_URL'] || url || QUEUE_URL)
  const onLoopback = isLoopbackUrl(queue)
  const rest = more['FAL_REST_URL']
  return { queue, rest: rest ? parse('FAL_REST_URL', rest) : onLoopback ? queue : new URL(REST_URL), onLoopback }
}

/** An address with a path behind it, whether or not it ends with a slash. */
export const below = (base: URL, path: string): string => `${base.origin}${base.pathname.replace(/\/+$/, '')}/${path}`

const FALS_OWN = /(^|\.)fal\.(run|ai)$/

/** Whether a link that fal answered may be asked with the key: only what is fal's, or as local as the queue itself. */
export const mayHaveKey = (link: string, { queue, onLoopback }: Addresses): boolean => {
  const url = new URL(link)
  if (url.username || url.password) return false
  if (url.origin === queue.origin) return true
  if (onLoopback) return isLoopbackUrl(url)
  return url.protocol === 'https:' && FALS_OWN.test(queue.hostname) && FALS_OWN.test(url.hostname)
}

/** Whether a connection for a result or an upload may go there. */
export const isOpenAddress =
  ({ onLoopback }: Addresses) =>
  (address: string): boolean =>
    isPublicAddress(address) || (onLoopback && isLoopbackAddress(address))

/**
 * Whether a link of a result or an upload may be followed: https to a host that is not known to be private, or on loopback
 * where the queue is. What a name stands for is checked as the connection is made.
 */
export const mayBeFollowed = (link: string, addresses: Addresses): boolean => {
  if (!URL.canParse(link)) return false
  const url = new URL(link)
  if (url.username || url.password) return false
  if (addresses.onLoopback && isLoopbackUrl(url)) return /^https?:$/.test(url.protocol)
  const host = bareHost(url)
  return url.protocol === 'https:' && host !== 'localhost' && (!isLiteralAddress(host) || isPublicAddress(host))
}
