import ipaddr from 'ipaddr.js'
import type { Where } from '../../../shared/renderers.ts'

const PRIVATE: ReadonlySet<string> = new Set(['private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat'])
/** Names that only a network of one's own knows (RFC 6762, RFC 8375, and what routers use). */
const OWN_NAMES = /\.(local|lan|home|internal|intranet|home\.arpa)$/

/** Where material goes that is given to a host, as it stands in a URL: by its name alone, which is not looked up. */
export const whereIs = (hostname: string): Where => {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
  if (host === 'localhost' || host.endsWith('.localhost')) return 'this machine'
  if (ipaddr.isValid(host)) {
    const range = ipaddr.process(host).range()
    if (range === 'loopback' || range === 'unspecified') return 'this machine'
    return PRIVATE.has(range) ? 'your network' : 'a third party'
  }
  return !host.includes('.') || OWN_NAMES.test(host) ? 'your network' : 'a third party'
}

/** The same of a whole address. */
export const whereOf = (url: string): Where => whereIs(new URL(url).hostname)
