/** The end of a name for each type that a browser puts into an address; what it does not know, the server tells. */
const ENDINGS: Partial<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'video/quicktime': 'mov',
}

export const isDataUrl = (text: string): boolean => /^data:[^\s,]*,/i.test(text)

/** The type that a `data:` address says it holds: `image/png`; text where it says nothing. */
export const dataUrlType = (url: string): string => /^data:([^;,]*)/i.exec(url)?.[1]?.toLowerCase() || 'text/plain'

const bytesOf = (url: string): Uint8Array<ArrayBuffer> => {
  const comma = url.indexOf(',')
  const body = url.slice(comma + 1)
  if (!/;\s*base64$/i.test(url.slice(0, comma))) return new TextEncoder().encode(decodeURIComponent(body))
  return Uint8Array.from(atob(decodeURIComponent(body)), (letter) => letter.charCodeAt(0))
}

/**
 * The picture or clip inside of a `data:` address, as a file; `name` goes without its ending. Null where it holds
 * something else, or is cut short. Decoded by hand: the page's own policy lets it fetch from its server alone.
 */
export const fileOfDataUrl = (url: string, name: string): File | null => {
  const type = dataUrlType(url)
  if (!/^(image|video)\//.test(type)) return null
  try {
    return new File([bytesOf(url)], `${name}.${ENDINGS[type] ?? type.split('/')[1]}`, { type })
  } catch {
    // Neither base64 nor percent signs as they should be.
    return null
  }
}
