import { create } from 'zustand'

/** What was just done and can be taken back, or what could not be done and why. A sentence. */
export type Said =
  { kind: 'done'; message: string; undo: (() => Promise<unknown>) | null } | { kind: 'problem'; message: string }

/** What there is to say about the last act in the library. */
export const useSaid = create<{ said: Said | null }>()(() => ({ said: null }))

/** Milliseconds in which something can be taken back by one press. */
const STANDS = 10_000

let over: ReturnType<typeof setTimeout> | undefined

const say = (said: Said | null) => {
  clearTimeout(over)
  useSaid.setState({ said })
}

/** Says for ten seconds what was done, with the way back. */
export const sayDone = (message: string, undo: (() => Promise<unknown>) | null = null): void => {
  say({ kind: 'done', message, undo })
  over = setTimeout(() => useSaid.setState({ said: null }), STANDS)
}

/** Says what could not be done, until it is put away. */
export const sayProblem = (message: string): void => say({ kind: 'problem', message })

export const sayNothing = (): void => say(null)

/** The sentence of an error, whatever was thrown. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Takes the last act back, where that is still offered. Tells whether it was. */
export const undoLast = (): boolean => {
  const { said } = useSaid.getState()
  if (said?.kind !== 'done' || !said.undo) return false
  sayNothing()
  said.undo().catch((error: unknown) => sayProblem(`It could not be undone: ${sentenceOf(error)}`))
  return true
}
