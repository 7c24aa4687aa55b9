/**
 * Runs `work` and rejects with the signal's reason in the very tick of an abort, whatever `work` hangs in: a promise
 * of the platform may take its time to notice. `onAbort` is called once, also where the signal was aborted before.
 */
export const abortable = <T>(
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
  onAbort: () => void = () => {},
): Promise<T> => {
  if (!signal) return work()
  if (signal.aborted) {
    onAbort()
    return Promise.reject(signal.reason)
  }
  return new Promise<T>((resolve, reject) => {
    const abort = () => {
      reject(signal.reason)
      onAbort()
    }
    const settle = <V>(then: (value: V) => void) => {
      return (value: V) => {
        signal.removeEventListener('abort', abort)
        then(value)
      }
    }
    signal.addEventListener('abort', abort, { once: true })
    work().then(settle(resolve), settle(reject))
  })
}

/** Waits that many milliseconds; an abort ends it at once with the signal's reason and leaves no timer behind. */
export const sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  return abortable(
    signal,
    () =>
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms)
      }),
    () => clearTimeout(timer),
  )
}
