import { useSyncExternalStore } from 'react'

const thisSecond = () => Math.floor(Date.now() / 1000) * 1000

const everySecond = (changed: () => void) => {
  const timer = setInterval(changed, 1000)
  return () => clearInterval(timer)
}

const never = () => () => {}

/** The time to the second, in milliseconds since 1970, ticking while `running`. */
export const useNow = (running: boolean): number => useSyncExternalStore(running ? everySecond : never, thisSecond)
