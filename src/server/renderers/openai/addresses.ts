import { RushesError } from '../../../shared/errors.ts'
import { partsIn, isHttpAddress } from '../../outgoing/addresses.ts'
import type { Settings } from '../order/dialect.ts'

/** A server: `base` as it was set, `url` without user and password, both without `/v1` and slash at the end. */
export type Address = { base: string; url: string; host: string }

const WRONG = 'must be one or more http or https addresses with commas between them, as http://render-box:8000'

/**
 * The servers of a setting, each once. Throws a RushesError about the field `url` where one cannot be read; it repeats
 * nothing of it, as it may hold a password.
 */
export const addressesOf = ({ url: setting }: Pick<Settings, 'url'>): Address[] => {
  const found = new Map<string, Address>()
  for (const text of partsIn(setting ?? '')) {
    if (!isHttpAddress(text)) throw new RushesError('INVALID_INPUT', `url ${WRONG}.`, { fields: { url: WRONG } })
    const address = new URL(text)
    address.search = ''
    address.hash = ''
    address.pathname = address.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')
    const base = address.href.replace(/\/+$/, '')
    address.username = ''
    address.password = ''
    const url = address.href.replace(/\/+$/, '')
    found.set(url, { base, url, host: address.host })
  }
  return [...found.values()]
}
