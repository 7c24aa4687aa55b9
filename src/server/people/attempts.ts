import { RateLimiterMemory } from 'rate-limiter-flexible'
import { RushesError } from '../../shared/errors.ts'

/** Links that are not good, which one address may try in a minute. */
const MAX_FAILED_LINKS = 10
const WINDOW_SECONDS = 60

export type Attempts = {
  /** Rejects with RATE_LIMITED where an address has failed too often. */
  require: (address: string) => Promise<void>
  failed: (address: string) => Promise<void>
}

/** Counts what fails to sign in, by address. What succeeds counts nothing, so that a whole office may come at once. */
export const createAttempts = (): Attempts => {
  const limiter = new RateLimiterMemory({ points: MAX_FAILED_LINKS, duration: WINDOW_SECONDS })
  return {
    require: async (address) => {
      const found = await limiter.get(address)
      if (found === null || found.consumedPoints < MAX_FAILED_LINKS) return
      const retryAfter = Math.max(1, Math.ceil(found.msBeforeNext / 1000))
      throw new RushesError(
        'RATE_LIMITED',
        `Too many links that are not good came from your address. Try again in ${retryAfter} seconds.`,
        { retryAfter },
      )
    },
    failed: async (address) => void (await limiter.penalty(address)),
  }
}
