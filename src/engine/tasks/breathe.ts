/** Lets messages in and out between two frames. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
