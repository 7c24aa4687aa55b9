export type Tasks = {
  track: (running: Promise<void>) => void
  /** Resolves when all that was tracked until now has ended. */
  settled: () => Promise<unknown>
}

/** Work behind answers, which a process that stops waits for. */
export const createTasks = (): Tasks => {
  const tasks = new Set<Promise<void>>()
  return {
    track: (running) => {
      tasks.add(running)
      void running.finally(() => tasks.delete(running))
    },
    settled: () => Promise.allSettled(tasks),
  }
}
