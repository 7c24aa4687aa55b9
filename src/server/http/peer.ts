import ipaddr from 'ipaddr.js'
import type { Addresses } from '../people/settings.ts'
import type { AppContext } from './context.ts'

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

const networkOf = (text: string): Network | null => {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text)
    const address = ipaddr.process(text)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  } catch {
    return null
  }
}

/** Whether each is an IP address or a network. */
export const isAddresses = (all: readonly string[]): boolean => all.every((text) => networkOf(text) !== null)

/** Whether an address is among those. */
export const isAmong = (address: string, all: Addresses): boolean => {
  if (!ipaddr.isValid(address)) return false
  const found = ipaddr.process(address)
  return all.some((text) => {
    const network = networkOf(text)
    return network !== null && network[0].kind() === found.kind() && found.match(network)
  })
}

/** What stands in an Authorization header behind `Bearer`; null where it is another, or none. */
export const bearerIn = (header: string | undefined): string | null =>
  /^Bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1] ?? null

/** The address that a request came from, which may be a proxy's. Empty where it came over no socket. */
export const peerOf = (context: AppContext): string => context.env?.incoming?.socket.remoteAddress ?? ''

/** The address of whoever asked: that of the connection, and of a trusted proxy's the last one that it did not make up. */
export const clientAddress = (context: AppContext, proxies: Addresses): string => {
  const hops = (context.req.header('x-forwarded-for') ?? '').split(',').map((text) => text.trim())
  let address = peerOf(context)
  while (isAmong(address, proxies)) {
    const before = hops.pop()
    if (before === undefined || !ipaddr.isValid(before)) break
    address = before
  }
  // An IPv4 address comes as a part of IPv6 where the server listens on both.
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address
}
