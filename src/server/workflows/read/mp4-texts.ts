import {
  type Box,
  boxesIn,
  fileBox,
  findBox,
  type ReadView,
  readingAhead,
  type ReadBytes,
  typeAt,
} from '../../../shared/iso-boxes.ts'
import { MAX_JSON_BYTES } from './parse-text.ts'

const MAX_KEYS = 1000
const MAX_NAME_BYTES = 200

/** Apple's letters for what has no name of its own. */
const LETTERS: Record<string, string> = { '\xa9cmt': 'comment', '\xa9des': 'description', desc: 'description' }

/** The bytes of a `meta` box behind its head, with (ISO) or without (QuickTime) a version of four bytes. */
const insideMeta = async (look: ReadView, meta: Box): Promise<Box> => ({
  ...meta,
  content: meta.content + ((await typeAt(look, meta.content + 4)) === 'hdlr' ? 0 : 4),
})

/** The names that the items of the list refer to by number, from 1. */
const keysOf = async (look: ReadView, read: ReadBytes, meta: Box): Promise<string[]> => {
  const keys = await findBox(look, meta, 'keys')
  if (!keys) return []
  const names: string[] = []
  let at = keys.content + 8
  while (at + 8 <= keys.end && names.length < MAX_KEYS) {
    const head = await look(at, 4)
    const size = head.byteLength < 4 ? 0 : head.getUint32(0)
    if (size < 8 || at + size > keys.end) break
    names.push(Buffer.from(await read(at + 8, Math.min(size - 8, MAX_NAME_BYTES))).toString('utf8'))
    at += size
  }
  return names
}

const numberOf = (type: string): number =>
  [...type].reduce((sum, letter) => sum * 256 + (letter.codePointAt(0) ?? 0), 0)

const valueOf = async (look: ReadView, read: ReadBytes, item: Box): Promise<string | null> => {
  const data = await findBox(look, item, 'data')
  // Eight bytes say what kind of value it is, and in which language.
  if (!data || data.end - data.content - 8 > MAX_JSON_BYTES) return null
  return Buffer.from(await read(data.content + 8, Math.max(0, data.end - data.content - 8))).toString('utf8')
}

/** The texts of an MP4 or MOV by name in lower case: those with names of their own, and the comment. */
export const mp4Texts = async (read: ReadBytes, size: number): Promise<Map<string, string>> => {
  const look = readingAhead(read)
  const texts = new Map<string, string>()
  const moov = await findBox(look, fileBox(size), 'moov')
  if (!moov) return texts
  for (const found of [await findBox(look, moov, 'udta', 'meta'), await findBox(look, moov, 'meta')]) {
    if (!found) continue
    const meta = await insideMeta(look, found)
    const names = await keysOf(look, read, meta)
    const list = await findBox(look, meta, 'ilst')
    if (!list) continue
    for await (const item of boxesIn(look, list.content, list.end)) {
      const name = names[numberOf(item.type) - 1] ?? LETTERS[item.type]
      const text = name === undefined ? null : await valueOf(look, read, item)
      if (name !== undefined && text !== null) texts.set(name.toLowerCase(), text)
    }
  }
  return texts
}
