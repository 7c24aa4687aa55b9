import { lookup as dnsLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Whether an address belongs to the public internet. Everything special (private, loopback, link-local, …) does not. */
export const isPublicAddress = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'

/** Whether an address is this machine's own loopback. */
export const isLoopbackAddress = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'

/** A URL's host without the brackets of IPv6. */
export const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

/** Whether a host is a literal address, which Node connects to without looking it up. */
export const isLiteralAddress = (host: string): boolean => ipaddr.isValid(host)

/** Whether a URL is one of this machine, by name or address. */
export const isLoopbackUrl = (url: URL): boolean => url.hostname === 'localhost' || isLoopbackAddress(bareHost(url))

/**
 * A connection's own name look-up that admits some addresses alone, so that the address checked is the address connected
 * to. `refused` makes the error that the connection fails with.
 */
export const createCheckedLookup =
  (isAllowed: (address: string) => boolean, refused: (host: string) => Error): LookupFunction =>
  (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      // One bad address among good ones is an attack or a mistake: neither is worth a connection.
      if (addresses.some(({ address }) => !isAllowed(address))) return callback(refused(hostname), '', 0)
      if (options.all) return callback(null, addresses)
      const [first] = addresses
      return first ? callback(null, first.address, first.family) : callback(refused(hostname), '', 0)
    })
  }
