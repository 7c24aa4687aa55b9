import type { Notice, NoticeCode } from '../shared/routes.ts'

export type Notices = {
  /** Says something to everybody who uses the studio, in the place of what was said under that code before. */
  say: (code: NoticeCode, message: string) => void
  clear: (code: NoticeCode) => void
  list: () => Notice[]
  /** Calls back after every change, until the returned function is called. */
  subscribe: (listener: () => void) => () => void
}

/** What the server has to say about itself, beside what it says of jobs. */
export const createNotices = (): Notices => {
  const said = new Map<NoticeCode, string>()
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  return {
    say: (code, message) => {
      if (said.get(code) === message) return
      said.set(code, message)
      tell()
    },
    clear: (code) => {
      if (said.delete(code)) tell()
    },
    list: () => [...said].map(([code, message]) => ({ code, message })),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
