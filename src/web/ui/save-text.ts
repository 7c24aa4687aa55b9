/** Gives a text to the person as a file of that name and MIME type. */
export const saveText = (name: string, type: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  Object.assign(link, { href: url, download: name, hidden: true })
  document.body.append(link)
  link.click()
  link.remove()
  // The download has begun by the time that this turn is over.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
