/** Where the worker can be held: before it takes an order, while it loads a model, or while it makes pixels. */
export type Stage = 'waiting' | 'loading' | 'running'

/** Holds the worker at stages until it is let go. */
export const createGate = () => {
  const held = new Set<Stage>()
  const waiting = new Set<() => void>()
  let at: Stage | null = null
  const wake = (): void => {
    for (const go of waiting) go()
    waiting.clear()
  }
  return {
    hold: (stage: Stage): void => void held.add(stage),
    release: (): void => {
      held.clear()
      wake()
    },
    /** Lets whoever stands there look whether to go on. */
    wake,
    /** Where the worker stands, held. */
    at: (): Stage | null => at,
    /** Resolves once nothing holds there any more, or `isOver` says so. */
    pass: async (stage: Stage, isOver: () => boolean, changed: () => void): Promise<void> => {
      while (held.has(stage) && !isOver()) {
        at = stage
        changed()
        await new Promise<void>((resolve) => waiting.add(resolve))
      }
      at = null
    },
  }
}
export type Gate = ReturnType<typeof createGate>
