/** Characters of a value that is no picture; what goes on is dropped. */
const MAX_VALUE_CHARS = 8192

/** What an answer held: bytes of media that were given away piece by piece, or where they lie, or why there are none. */
export type MediaAnswer = { bytes: number; url: string | null; error: string | null }

/** The value of a string in JSON that is read from the middle of it: `\/` and `\u002b` occur in base64 of some servers. */
const escaped: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** A piece of a string in JSON: as far as it goes without an escape, a whole escape, or a part of one. */
type Piece = {
  text: string
  /** Where what comes after it begins. */
  read: number
  /** What has come of an escape that goes on. */
  escape: string
  /** Whether the string ends here. */
  ended: boolean
}

const readPiece = (text: string, from: number, before: string): Piece => {
  const sign = text.charAt(from)
  const one = { text: '', read: from + 1, escape: '', ended: false }
  if (before !== '') {
    const escape = before + sign
    const isCode = escape.startsWith('\\u')
    if (isCode && escape.length < 6) return { ...one, escape }
    const code = isCode ? String.fromCharCode(parseInt(escape.slice(2), 16)) : undefined
    return { ...one, text: code ?? escaped[sign] ?? sign }
  }
  if (sign === '\\') return { ...one, escape: sign }
  if (sign === '"') return { ...one, ended: true }
  const stops = [text.indexOf('"', from), text.indexOf('\\', from), text.length].filter((stop) => stop >= 0)
  const read = Math.min(...stops)
  return { ...one, text: text.slice(from, read), read }
}

/** Characters that are waited for before anything is decoded: as long as the head of a data URI may be. */
const HEAD_CHARS = 256

/** Some servers write a data URI. */
const withoutHead = (text: string): string => (text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text)

/** Decodes base64 that comes in pieces. */
const createBase64Decoder = () => {
  let rest = ''
  let begun = false
  return {
    hasBegun: () => begun,
    /** The bytes that are whole with this piece. */
    add: ({ text, ended }: Piece): Buffer => {
      rest += text
      if (!begun && rest.length < HEAD_CHARS && !ended) return Buffer.alloc(0)
      if (!begun) rest = withoutHead(rest)
      begun ||= rest !== ''
      const cut = ended ? rest.length : rest.length - (rest.length % 4)
      const bytes = Buffer.from(rest.slice(0, cut), 'base64')
      rest = rest.slice(cut)
      return bytes
    },
  }
}

/**
 * Reads JSON that carries media as it comes, and hands out the decoded bytes of the first `b64_json` in pieces, so
 * that no more than a piece is held. `onEnd` is told what there was, once, when the answer is over.
 */
export async function* mediaOf(
  body: AsyncIterable<Uint8Array | string>,
  onEnd: (answer: MediaAnswer) => void,
): AsyncGenerator<Buffer> {
  const decoder = createBase64Decoder()
  let at: 'outside' | 'inside' | 'media' = 'outside'
  let key = ''
  let value = ''
  let last = ''
  let escape = ''
  const found: MediaAnswer = { bytes: 0, url: null, error: null }

  for await (const chunk of body) {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1')
    for (let read = 0; read < text.length;) {
      if (at === 'outside') {
        const sign = text.charAt(read++)
        if (sign === ':') key = last
        else if (sign === '"') {
          at = key === 'b64_json' && !decoder.hasBegun() ? 'media' : 'inside'
          value = ''
        } else if (sign === ',' || sign === '{') key = ''
        continue
      }
      const piece: Piece = readPiece(text, read, escape)
      read = piece.read
      escape = piece.escape
      if (at === 'media') {
        const bytes = decoder.add(piece)
        found.bytes += bytes.length
        if (bytes.length > 0) yield bytes
      } else if (value.length < MAX_VALUE_CHARS) value += piece.text
      if (!piece.ended) continue
      if (at === 'inside') {
        if (key === 'url' && value !== '') found.url ??= value
        if ((key === 'error' || key === 'message') && value !== '') found.error ??= value
        last = value
      }
      key = ''
      at = 'outside'
    }
  }
  onEnd(found)
}
