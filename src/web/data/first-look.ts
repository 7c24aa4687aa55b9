import { create } from 'zustand'

/** Milliseconds for which at most everything else waits for the first look: by then something keeps it from coming. */
const LONGEST = 1500

/** Whether what is seen first, the cards of the library, stands there with its pictures. */
const useLook = create<{ isOver: boolean }>()(() => ({ isOver: false }))

const isOver = (): boolean => useLook.getState().isOver

export const endFirstLook = (): void => {
  if (!isOver()) useLook.setState({ isOver: true })
}

export const useFirstLookOver = (): boolean => useLook((state) => state.isOver)

let over: Promise<void> | undefined

/** Resolves when the first look is over. */
const untilOver = (): Promise<void> =>
  (over ??= new Promise((resolve) => {
    if (isOver()) return resolve()
    const timer = setTimeout(endFirstLook, LONGEST)
    const stop = useLook.subscribe(() => {
      clearTimeout(timer)
      stop()
      resolve()
    })
  }))

/**
 * Fetches what the first look does without, once it is over. Before, it would be in the way: a browser asks a server for
 * six things at a time, and what has asked first comes first.
 */
export const afterFirstLook = async <T>(fetch: () => Promise<T>): Promise<T> => {
  await untilOver()
  return fetch()
}

/** Ends the first look as soon as those pictures have come, or are known not to. Returns the undoing. */
export const endFirstLookWith = (pictures: readonly HTMLImageElement[]): (() => void) => {
  const undo = new AbortController()
  const missing = new Set(pictures.filter(({ complete }) => !complete))
  if (missing.size === 0) endFirstLook()
  for (const picture of missing)
    for (const event of ['load', 'error'])
      picture.addEventListener(
        event,
        () => {
          missing.delete(picture)
          if (missing.size === 0) endFirstLook()
        },
        undo,
      )
  return () => undo.abort()
}
