import { Readable } from 'node:stream'

/** The most bytes that an id or an address takes. What is longer is media. */
const MAX_TEXT_BYTES = 8 * 1024

/** What a part of a file field turned out to be. */
export type PartContent = { kind: 'nothing' } | { kind: 'text'; text: string } | { kind: 'bytes'; stream: Readable }

/**
 * Looks at a part that has no file name: nothing at all, a short text (an id or an address), or the bytes of a file,
 * whose stream then still gives all of them. Rejects when the part breaks off.
 */
export const contentOf = (part: Readable, mayBeText: boolean): Promise<PartContent> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const settle = (): void => {
      part.off('readable', read)
      part.off('end', ended)
      part.off('error', reject)
    }
    const read = (): void => {
      for (let chunk: unknown = part.read(); Buffer.isBuffer(chunk); chunk = part.read()) {
        chunks.push(chunk)
        length += chunk.length
        if (length <= MAX_TEXT_BYTES) continue
        settle()
        part.unshift(Buffer.concat(chunks))
        return resolve({ kind: 'bytes', stream: part })
      }
    }
    const ended = (): void => {
      settle()
      const bytes = Buffer.concat(chunks)
      if (length === 0) return resolve({ kind: 'nothing' })
      const text = mayBeText ? textOf(bytes) : null
      resolve(text === null ? { kind: 'bytes', stream: Readable.from([bytes]) } : { kind: 'text', text })
    }
    part.on('readable', read)
    part.on('end', ended)
    part.on('error', reject)
  })

/** Bytes as UTF-8; null where they are none, or hold control characters, as every picture and clip does. */
const textOf = (bytes: Buffer): string | null => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return /[^\P{Cc}\t\r\n]/u.test(text) ? null : text
  } catch {
    return null
  }
}
