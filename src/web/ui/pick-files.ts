/**
 * Asks for files by the browser's own dialog, or for one of a phone's camera. `accept` is as an input's; nothing is called
 * where nothing is picked.
 */
export const pickFiles = (
  accept: string,
  onPick: (files: readonly File[]) => void,
  from: 'files' | 'camera' = 'files',
) => {
  const input = document.createElement('input')
  Object.assign(input, { type: 'file', multiple: from === 'files', accept, hidden: true })
  if (from === 'camera') input.setAttribute('capture', 'environment')
  input.addEventListener('change', () => {
    input.remove()
    onPick([...(input.files ?? [])])
  })
  input.addEventListener('cancel', () => input.remove())
  // Some browsers forget an input that is not in the page before anything was picked.
  document.body.append(input)
  input.click()
}
