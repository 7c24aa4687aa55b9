/** Told how much is done, 0 to 1. */
export type OnProgress = (progress: number) => void

/** Lets messages in and out between two frames. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
