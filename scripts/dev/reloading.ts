/** Something that runs until it is closed, and is then made anew. */
export type Closable = { close: () => Promise<void> }

export type Reloading<T extends Closable> = {
  /** What runs now, or, while it is made anew, what will; null where it could not be made. */
  current: () => Promise<T | null>
  /** Closes what runs and makes it anew. What is asked for while that waits its turn is the same. */
  reload: () => void
  close: () => Promise<void>
}

/**
 * Keeps one of a thing running, made by `make`. The first one's failure is the caller's; later ones are told to
 * `onFailure`, and the next reload tries again.
 */
export const createReloading = async <T extends Closable>(
  make: () => Promise<T>,
  onFailure: (error: unknown) => void,
): Promise<Reloading<T>> => {
  let current: Promise<T | null> = Promise.resolve(await make())
  let isWaiting = false

  const again = async (last: T | null): Promise<T | null> => {
    isWaiting = false
    try {
      await last?.close()
      return await make()
    } catch (error) {
      onFailure(error)
      return null
    }
  }
  return {
    current: () => current,
    reload: () => {
      if (isWaiting) return
      isWaiting = true
      current = current.then(again)
    },
    close: async () => {
      // Nothing is made any more once this waits its turn.
      isWaiting = true
      await (await current)?.close()
    },
  }
}
