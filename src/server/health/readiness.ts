import { setTimeout as delay } from 'node:timers/promises'
import type { Ready } from '../../shared/routes.ts'

/** Says why something that jobs need is not well, as a sentence; null where it is. A rejection counts as not well. */
export type Check = () => string | null | Promise<string | null>

/** Milliseconds that one check may take: whoever asks waits for the answer. */
const CHECK_TIMEOUT_MS = 2000

const outcomeOf = async (check: Check, patience: number): Promise<string | null> => {
  const controller = new AbortController()
  const late = delay(patience, `It did not answer within ${patience / 1000} seconds.`, { signal: controller.signal })
  // It is ended below where the check was quicker.
  late.catch(() => undefined)
  try {
    return await Promise.race([check(), late])
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    controller.abort()
  }
}

/** Tells whether the server takes jobs now, by checks under their names, which run side by side. */
export const createReadiness =
  (checks: Readonly<Record<string, Check>>, patience = CHECK_TIMEOUT_MS) =>
  async (): Promise<Ready> => {
    const outcomes = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        const why = await outcomeOf(check, patience)
        return { name, ok: why === null, why }
      }),
    )
    return { ready: outcomes.every(({ ok }) => ok), checks: outcomes }
  }

export type Readiness = ReturnType<typeof createReadiness>
