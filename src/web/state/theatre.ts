import { useLayout } from './layout.ts'
import { useStudio } from './studio.ts'

/** Gives the stage the whole window. */
const enterTheatre = (): void => {
  useLayout.getState().setTheatre(true)
  useStudio.getState().showTab('stage')
}

/** Gives the rest of the studio its place again, and leaves full screen. */
export const leaveTheatre = (): void => {
  useLayout.getState().setTheatre(false)
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined)
}

export const toggleTheatre = (): void => (useLayout.getState().theatre ? leaveTheatre() : enterTheatre())

/** The stage on the whole screen. The page as a whole is what goes there: dialogs and menus must be seen over it. */
export const toggleFullScreen = (): void => {
  if (document.fullscreenElement) return leaveTheatre()
  enterTheatre()
  // Where the browser does not allow it, the window is what there is.
  void document.documentElement.requestFullscreen?.().catch(() => undefined)
}

/** The browser's own way out of full screen, and Escape, lead out of the theatre too. Gives the undoing. */
export const hearTheatreEnd = (): (() => void) => {
  const listening = new AbortController()
  const { signal } = listening
  const change = () => {
    if (!document.fullscreenElement) useLayout.getState().setTheatre(false)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !useLayout.getState().theatre) return
    if (event.target instanceof Element && event.target.closest('dialog, [popover], select')) return
    leaveTheatre()
  }
  document.addEventListener('fullscreenchange', change, { signal })
  document.addEventListener('keydown', press, { signal })
  return () => listening.abort()
}
