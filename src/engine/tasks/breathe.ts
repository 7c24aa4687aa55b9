/** Told how much is done, 0 to 1. */
export type OnProgress = (progress: number) => void

/** What loading code and opening files are of the whole: told at the beginning, and there is more once a frame is done. */
export const BEGUN = 0.01

/** Lets messages in and out between two frames. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
