/** `29 Nov 2026, 10:18`, in the words of whoever reads it. */
export const whenWords = (time: string): string =>
  new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** `29 Nov 2026`. */
export const dayWords = (time: string): string => new Date(time).toLocaleDateString(undefined, { dateStyle: 'medium' })
