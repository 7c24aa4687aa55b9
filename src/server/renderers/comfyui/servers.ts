import { RushesError } from '../../../shared/errors.ts'
import type { Where } from '../../../shared/renderers.ts'
import { partsIn, withScheme } from '../../outgoing/addresses.ts'
import type { Settings } from '../order/dialect.ts'
import { whereIs } from '../order/where.ts'

/** One ComfyUI as the settings name it. `headers` hold secrets; `url` and `host` may be shown. */
export type Server = {
  /** Without user, password, query and a slash at the end. */
  url: string
  /** As it is called in words. */
  host: string
  where: Where
  headers: Readonly<Record<string, string>>
}

const refused = (message: string): RushesError =>
  new RushesError('INVALID_INPUT', `url: ${message}`, { fields: { url: message } })

const parse = (text: string): URL => {
  const address = withScheme(text)
  if (!URL.canParse(address)) throw refused('This is no address. Write it like http://127.0.0.1:8188.')
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused(`ComfyUI is reached by http or https, not by ${url.protocol.slice(0, -1)}.`)
  return url
}

/** User and password of an address as the header that says the same. */
const basicOf = ({ username, password }: URL): Record<string, string> => {
  if (username === '' && password === '') return {}
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
}

/**
 * The servers of a pool, in the order in which they are set, each once. Rejects with a RushesError whose fields name
 * `url` where one is no address.
 */
export const serversOf = ({ url, headers }: Settings): readonly Server[] => {
  const urls = partsIn(url ?? '').map(parse)
  const shown = ({ origin, pathname }: URL): string => `${origin}${pathname}`.replace(/\/+$/, '')
  const each = urls.filter((url, index) => urls.findIndex((other) => shown(other) === shown(url)) === index)
  return each.map((url): Server => {
    const isAlone = each.filter(({ hostname }) => hostname === url.hostname).length === 1
    return {
      url: shown(url),
      host: isAlone ? url.hostname : url.host,
      where: whereIs(url.hostname),
      headers: { ...basicOf(url), ...headers },
    }
  })
}
