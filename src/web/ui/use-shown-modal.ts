import { type RefObject, useLayoutEffect } from 'react'
import './modal.css'

/** Shows a dialog over the page for as long as its component stands; `first` has the focus then. */
export const useShownModal = (
  dialog: RefObject<HTMLDialogElement | null>,
  first?: RefObject<HTMLElement | null>,
): void => {
  // Before the page's next look: what is taken out of the page can give no focus back.
  useLayoutEffect(() => {
    const shown = dialog.current
    if (shown && !shown.open) shown.showModal()
    first?.current?.focus()
    return () => shown?.close()
  }, [dialog, first])
}
