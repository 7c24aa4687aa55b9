/** What Node, undici and others call a Blob that has no name. */
const PLACEHOLDERS = new Set(['', 'blob', 'file'])

/** Longer names are cut: no file system takes more. Characters. */
const MAX_NAME_CHARS = 255

/**
 * A file's name as a multipart part tells it, or null where that says nothing. Browsers, undici and requests write a
 * quote as %22 and line ends as %0D and %0A (RFC 7578, 4.2; HTML, "multipart/form-data"), and nothing else so: another
 * percent sign is the name's own. A backslash belongs to the name. Folders are left out, and so are control characters,
 * which no name needs. Some clients send the field's own name for want of another.
 */
export const fileNameOf = (sent: string | undefined, field: string): string | null => {
  const name = withoutControls((sent ?? '').replace(/%22/g, '"').replace(/%0[AD]/gi, ''))
  const last = name.split('/').at(-1)?.trim() ?? ''
  return PLACEHOLDERS.has(last) || last === field ? null : last.slice(0, MAX_NAME_CHARS)
}

/** The text without control characters (C0, DEL, C1). */
export const withoutControls = (text: string): string => text.replace(/\p{Cc}/gu, '')
