/** Asks for files by the browser's own dialog. `accept` is as an input's; nothing is called where nothing is picked. */
export const pickFiles = (accept: string, onPick: (files: readonly File[]) => void) => {
  const input = document.createElement('input')
  Object.assign(input, { type: 'file', multiple: true, accept, hidden: true })
  input.addEventListener('change', () => {
    input.remove()
    onPick([...(input.files ?? [])])
  })
  input.addEventListener('cancel', () => input.remove())
  // Some browsers forget an input that is not in the page before anything was picked.
  document.body.append(input)
  input.click()
}
