import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { readingAhead, type ReadBytes } from '../../../shared/iso-boxes.ts'
import { MAX_JSON_BYTES } from './parse-text.ts'

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A picture of 200 MB in the small chunks that most encoders write has a quarter of this. */
const MAX_CHUNKS = 100_000

const inflateText = promisify(inflate)

/** The bytes up to the next zero, and those behind it; null where there is none. */
const split = (bytes: Buffer): [Buffer, Buffer] | null => {
  const at = bytes.indexOf(0)
  return at === -1 ? null : [bytes.subarray(0, at), bytes.subarray(at + 1)]
}

/** Unpacks a text, which may not become longer than any that is read; empty where it cannot be. */
const unpacked = (bytes: Buffer): Promise<Buffer> =>
  inflateText(bytes, { maxOutputLength: MAX_JSON_BYTES }).catch(() => Buffer.alloc(0))

/** The text of a chunk of each kind (PNG, third edition, 11.3.3); null where the chunk is malformed. */
const TEXT_OF: Record<string, (rest: Buffer) => Promise<string | null>> = {
  tEXt: (rest) => Promise.resolve(rest.toString('latin1')),
  // The first byte names the method, of which there is one.
  zTXt: async (rest) => (await unpacked(rest.subarray(1))).toString('latin1'),
  iTXt: async (rest) => {
    const isPacked = rest[0] === 1
    const text = split(split(rest.subarray(2))?.[1] ?? Buffer.alloc(0))?.[1]
    if (!text) return null
    return (isPacked ? await unpacked(text) : text).toString('utf8')
  },
  // ComfyUI's own, in animated pictures.
  comf: (rest) => Promise.resolve(rest.toString('utf8')),
}

/** The texts of a PNG by their keywords in lower case. A damaged end is no failure: what stood before it counts. */
export const pngTexts = async (read: ReadBytes): Promise<Map<string, string>> => {
  const texts = new Map<string, string>()
  const look = readingAhead(read)
  let at = PNG_SIGNATURE.length
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = await look(at, 8)
    if (head.byteLength < 8) break
    const length = head.getUint32(0)
    const type = String.fromCharCode(...[4, 5, 6, 7].map((byte) => head.getUint8(byte)))
    if (type === 'IEND') break
    const textOf = Object.hasOwn(TEXT_OF, type) ? TEXT_OF[type] : undefined
    if (textOf && length <= MAX_JSON_BYTES) {
      const parts = split(Buffer.from(await read(at + 8, length)))
      const text = parts ? await textOf(parts[1]) : null
      if (parts && text !== null) texts.set(parts[0].toString('latin1').toLowerCase(), text)
    }
    at += length + 12
  }
  return texts
}
