import { type ReadView, readingAhead, type ReadBytes } from '../../../shared/iso-boxes.ts'
import { MAX_JSON_BYTES } from './parse-text.ts'

/** The elements on the way to a file's texts (RFC 9559, 5.1). */
const ID = { segment: 0x18538067, tags: 0x1254c367, tag: 0x7373, simple: 0x67c8, name: 0x45a3, text: 0x4487 } as const

/** A clip of an hour has some thousand clusters. */
const MAX_ELEMENTS = 200_000
const MAX_NAME_BYTES = 200

type Element = { id: number; content: number; end: number }

/** A number of 1 to 8 bytes whose first bits say how many (RFC 8794, 4). `marked` keeps those bits, as ids do. */
const readNumber = async (
  look: ReadView,
  at: number,
  marked: boolean,
): Promise<{ value: number; length: number } | null> => {
  const bytes = await look(at, 8)
  if (bytes.byteLength === 0) return null
  const length = Math.clz32(bytes.getUint8(0)) - 23
  if (length > 8 || bytes.byteLength < length) return null
  let value = marked ? bytes.getUint8(0) : bytes.getUint8(0) & (0xff >> length)
  let isUnknown = !marked && value === 0xff >> length
  for (let index = 1; index < length; index++) {
    const byte = bytes.getUint8(index)
    isUnknown &&= byte === 0xff
    value = value * 256 + byte
  }
  // A size of all ones is one that nobody knew when it was written: the element goes on to the end of what it is in.
  return { value: isUnknown ? Infinity : value, length }
}

async function* elementsIn(look: ReadView, from: number, to: number): AsyncGenerator<Element> {
  let at = from
  for (let count = 0; at < to && count < MAX_ELEMENTS; count++) {
    const id = await readNumber(look, at, true)
    const size = id ? await readNumber(look, at + id.length, false) : null
    if (!id || !size) return
    const content = at + id.length + size.length
    const end = Math.min(to, content + size.value)
    yield { id: id.value, content, end }
    at = end
  }
}

const textOf = async (read: ReadBytes, { content, end }: Element, most: number): Promise<string | null> =>
  end - content > most
    ? null
    : Buffer.from(await read(content, end - content))
        .toString('utf8')
        .replace(/\0+$/, '')

const takeTag = async (look: ReadView, read: ReadBytes, simple: Element, texts: Map<string, string>): Promise<void> => {
  let name: string | null = null
  let text: string | null = null
  for await (const part of elementsIn(look, simple.content, simple.end)) {
    if (part.id === ID.name) name = await textOf(read, part, MAX_NAME_BYTES)
    if (part.id === ID.text) text = await textOf(read, part, MAX_JSON_BYTES)
  }
  if (name !== null && text !== null) texts.set(name.toLowerCase(), text)
}

/** The texts of a Matroska or WebM file by name in lower case: FFmpeg writes the names in capitals. */
export const matroskaTexts = async (read: ReadBytes, size: number): Promise<Map<string, string>> => {
  const look = readingAhead(read)
  const texts = new Map<string, string>()
  for await (const segment of elementsIn(look, 0, size)) {
    if (segment.id !== ID.segment) continue
    for await (const tags of elementsIn(look, segment.content, segment.end)) {
      if (tags.id !== ID.tags) continue
      for await (const tag of elementsIn(look, tags.content, tags.end))
        if (tag.id === ID.tag)
          for await (const simple of elementsIn(look, tag.content, tag.end))
            if (simple.id === ID.simple) await takeTag(look, read, simple, texts)
    }
  }
  return texts
}
