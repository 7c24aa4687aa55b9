import { vi } from 'vitest'

/**
 * How long a test waits for what must come: a second, which tools give by default, passes where renders and child
 * processes share two cores. It costs nothing where it comes.
 */
const PATIENCE = 60_000

const { waitFor, waitUntil } = vi
vi.waitFor = (callback, options = PATIENCE) => waitFor(callback, options)
vi.waitUntil = (callback, options = PATIENCE) => waitUntil(callback, options)

if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react')
  configure({ asyncUtilTimeout: PATIENCE })
}
