import { RushesError } from '../../../shared/errors.ts'
import type { Dialect } from '../order/dialect.ts'
import { addressesOf, QUEUE_URL } from './addresses.ts'
import { createFalConnection } from './connection.ts'

/** What a header may carry. */
const KEY = /^[\x21-\x7e]+$/

const keyOf = (key: string | null): string => {
  if (key !== null && KEY.test(key)) return key
  const words = key === null ? 'is required.' : 'holds characters that no key has. Copy it again.'
  throw new RushesError('INVALID_INPUT', `The key for fal ${words}`, { fields: { key: words } })
}

/** fal.ai's queue: open models and Decart's own edits, paid by use, so that it runs only when it is chosen. */
export const createFalDialect = (): Dialect => ({
  name: 'fal',
  title: 'fal',
  asks: ['key'],
  variables: { FAL_KEY: 'key', FAL_QUEUE_URL: 'more', FAL_REST_URL: 'more' },
  defaultUrl: QUEUE_URL,
  isSet: ({ key }) => key !== null,
  howToSet:
    'Make a key at fal.ai/dashboard/keys and set it here, or as FAL_KEY in .env, to render at fal. It costs money.',
  offCode: 'INVALID_API_KEY',
  ownIds: false,
  timeoutMs: null,
  chosenOnly: () => true,
  connect: (settings, deps) => [
    createFalConnection({ key: keyOf(settings.key), addresses: addressesOf(settings) }, deps),
  ],
})
