import { partsIn } from '../../outgoing/addresses.ts'
import { whereOf } from '../order/where.ts'
import type { Dialect } from '../order/dialect.ts'
import { addressesOf } from './addresses.ts'
import { createConnection } from './connection.ts'

/** Servers of OpenAI's `/v1/videos` and `/v1/images`, as vLLM-Omni and SGLang are: how one renders on a cluster. */
export const createOpenaiDialect = (): Dialect => ({
  name: 'openai',
  title: 'Generation server',
  asks: ['url', 'key'],
  variables: { GENERATION_URL: 'url', GENERATION_KEY: 'key' },
  defaultUrl: null,
  isSet: ({ url }) => url !== null && url.trim() !== '',
  howToSet: 'Set GENERATION_URL to the address of a server with /v1/videos or /v1/images, as http://render-box:8000.',
  offCode: 'UNREACHABLE',
  ownIds: false,
  timeoutMs: null,
  // Of an address that cannot be read nothing runs, so nothing is to be chosen.
  chosenOnly: ({ url }) => partsIn(url ?? '').some((part) => URL.canParse(part) && whereOf(part) === 'a third party'),
  connect: (settings, deps) => addressesOf(settings).map((address) => createConnection(address, settings.key, deps)),
})
