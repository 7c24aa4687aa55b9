import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { kill, type Launched } from '../../testing/launch.ts'

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export const seeded = (seed: number) => {
  let state = seed >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A process that is started again whenever it was ended. `current` changes, and is not there in between. */
export type Place = { name: string; current: () => Launched | null; replace: (how: Ending) => Promise<void> }
export type Ending = 'SIGKILL' | 'SIGTERM' | 'SIGSTOP'

/** `frozenMs`: how long a process stays frozen. */
export const createPlace = async (name: string, start: () => Promise<Launched>, frozenMs: number): Promise<Place> => {
  let current: Launched | null = await start()
  return {
    name,
    current: () => current,
    replace: async (how) => {
      const before = current
      if (!before) return
      if (how === 'SIGSTOP') {
        before.child.kill('SIGSTOP')
        await delay(frozenMs)
        before.child.kill('SIGCONT')
        return
      }
      current = null
      if (how === 'SIGKILL') await kill(before)
      else {
        const gone = once(before.child, 'exit')
        before.child.kill('SIGTERM')
        await gone
      }
      current = await start()
    },
  }
}
