import { create } from 'zustand'

/** What was just done, with its undo, or what could not be done and why. `message` is a sentence. */
export type Toast =
  { kind: 'done'; message: string; undo: (() => Promise<unknown>) | null } | { kind: 'problem'; message: string }

/** The message about the last act in the library; null once it was dismissed or is over. */
export const useToast = create<{ toast: Toast | null }>()(() => ({ toast: null }))

/** Milliseconds for which an undo is offered. */
const STANDS = 10_000

let over: ReturnType<typeof setTimeout> | undefined

const show = (toast: Toast | null) => {
  clearTimeout(over)
  useToast.setState({ toast })
}

/** Shows what was done, with its undo, for ten seconds. */
export const toastDone = (message: string, undo: (() => Promise<unknown>) | null = null): void => {
  show({ kind: 'done', message, undo })
  over = setTimeout(() => useToast.setState({ toast: null }), STANDS)
}

/** Shows what could not be done, until it is dismissed. */
export const toastProblem = (message: string): void => show({ kind: 'problem', message })

export const dismissToast = (): void => show(null)

/** The sentence of an error, whatever was thrown. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Undoes the last act where that is still offered. Returns whether it was. */
export const undoLast = (): boolean => {
  const { toast } = useToast.getState()
  if (toast?.kind !== 'done' || !toast.undo) return false
  dismissToast()
  toast.undo().catch((error: unknown) => toastProblem(`It could not be undone: ${sentenceOf(error)}`))
  return true
}
