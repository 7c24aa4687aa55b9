type Listener = (jobIds: readonly string[]) => void

const listeners = new Set<Listener>()

/** Calls back with the jobs that were removed for good. Returns the undoing. */
export const listenRemoved = (listener: Listener): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Tells all listeners that jobs were removed for good. */
export const publishRemoved = (jobIds: readonly string[]): void => {
  for (const listener of listeners) listener(jobIds)
}
