/** Characters of a value that is no picture; what goes on is dropped. */
const MAX_VALUE_CHARS = 8192

/** What an answer held: bytes of media that were given away piece by piece, or where they lie, or why there are none. */
export type MediaAnswer = { bytes: number; url: string | null; error: string | null }

/** The value of a string in JSON that is read from the middle of it: `\/` and `\u002b` occur in base64 of some servers. */
const escaped: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

type At = { state: 'outside' } | { state: 'inside'; value: string } | { state: 'pixels'; rest: string }

/**
 * Reads JSON that carries media as it comes, and hands out the decoded bytes of the first `b64_json` in pieces, so
 * that no more than a piece is held. `onEnd` is told what there was, once, when the answer is over.
 */
export async function* mediaOf(
  body: AsyncIterable<Uint8Array | string>,
  onEnd: (answer: MediaAnswer) => void,
): AsyncGenerator<Buffer> {
  let at: At = { state: 'outside' }
  let key = ''
  let last = ''
  let escape = ''
  let url: string | null = null
  let error: string | null = null
  let bytes = 0
  let begun = false

  const decode = (text: string, whole: boolean): [Buffer, string] => {
    const cut = whole ? text.length : text.length - (text.length % 4)
    return [Buffer.from(text.slice(0, cut), 'base64'), text.slice(cut)]
  }
  /** Some servers write a data URI. */
  const withoutHead = (text: string): string => (text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text)

  for await (const chunk of body) {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1')
    let read = 0
    while (read < text.length) {
      const sign = text.charAt(read)
      if (at.state === 'outside') {
        read++
        if (sign === ':') key = last
        else if (sign === '"') {
          const pixels: boolean = key === 'b64_json' && !begun
          at = pixels ? { state: 'pixels', rest: '' } : { state: 'inside', value: '' }
        } else if (sign === ',' || sign === '{') key = ''
        continue
      }
      let piece = ''
      let ended = false
      if (escape !== '') {
        escape += sign
        read++
        if (escape.startsWith('\\u') && escape.length < 6) continue
        const code = escape.startsWith('\\u') ? String.fromCharCode(parseInt(escape.slice(2), 16)) : undefined
        piece = code ?? escaped[sign] ?? sign
        escape = ''
      } else if (sign === '\\') {
        escape = sign
        read++
        continue
      } else if (sign === '"') {
        ended = true
        read++
      } else {
        const quote = text.indexOf('"', read)
        const slash = text.indexOf('\\', read)
        const stops = [quote, slash, text.length].filter((stop) => stop >= 0)
        const stop = Math.min(...stops)
        piece = text.slice(read, stop)
        read = stop
      }
      if (at.state === 'inside') {
        if (at.value.length < MAX_VALUE_CHARS) at.value += piece
        if (!ended) continue
        if (key === 'url' && at.value !== '') url ??= at.value
        if ((key === 'error' || key === 'message') && at.value !== '') error ??= at.value
        last = at.value
        key = ''
        at = { state: 'outside' }
        continue
      }
      at.rest += piece
      if (!begun && at.rest.length < 256 && !ended) continue
      if (!begun) at.rest = withoutHead(at.rest)
      begun ||= at.rest !== ''
      const [pixels, rest]: [Buffer, string] = decode(at.rest, ended)
      at.rest = rest
      if (pixels.length > 0) {
        bytes += pixels.length
        yield pixels
      }
      if (ended) {
        key = ''
        at = { state: 'outside' }
      }
    }
  }
  onEnd({ bytes, url, error })
}
