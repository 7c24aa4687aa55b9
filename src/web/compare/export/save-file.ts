/** Browsers have taken the bytes over by then. Milliseconds. */
const TAKEN_OVER = 10_000

/** Hands a file to the browser's downloads. */
export const saveFile = (blob: Blob, fileName: string): void => {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), TAKEN_OVER)
}
