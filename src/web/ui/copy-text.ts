/** Copies by what was there before the clipboard had an interface of its own: by marking a text and copying that. */
const copyMarked = (text: string): boolean => {
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.setAttribute('style', 'position: fixed; opacity: 0')
  // Beside what has the focus: what is outside of an open dialog cannot be marked.
  ;(before?.parentElement ?? document.body).append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  return copied
}

/** Copies a text. Rejects where the browser does not allow it. Pages that came by plain http have no clipboard of their own. */
export const copyText = async (text: string): Promise<void> => {
  if ('clipboard' in navigator) await navigator.clipboard.writeText(text)
  else if (!copyMarked(text)) throw new Error('The browser did not let it be copied')
}
