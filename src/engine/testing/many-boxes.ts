import { readFile, writeFile } from 'node:fs/promises'

/** A box of an MP4. */
const box = (type: string, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

type Box = { type: string; start: number; end: number }

const boxesIn = (bytes: Buffer, start: number, end: number): Box[] => {
  const boxes: Box[] = []
  for (let at = start; at + 8 <= end;) {
    const length = bytes.readUInt32BE(at)
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at, end: at + length })
    at += length
  }
  return boxes
}

/** Copies boxes, those on the way to `path` by what is in them, and puts another in the place of the last. */
const replaced = (bytes: Buffer, start: number, end: number, path: readonly string[], by: Buffer): Buffer =>
  Buffer.concat(
    boxesIn(bytes, start, end).map((found) => {
      if (found.type !== path[0]) return bytes.subarray(found.start, found.end)
      if (path.length === 1) return by
      return box(found.type, replaced(bytes, found.start + 8, found.end, path.slice(1), by))
    }),
  )

/** A clip (MP4) again, with a million boxes behind it that say nothing. */
export const withManyBoxes = async (from: string, to: string, count = 1_000_000): Promise<void> => {
  const empty = box('free')
  const many = Buffer.alloc(count * empty.length)
  for (let index = 0; index < count; index++) empty.copy(many, index * empty.length)
  await writeFile(to, Buffer.concat([await readFile(from), many]))
}

/** A clip (MP4) again whose edit list has a million entries, each of one tick. */
export const withManyEdits = async (from: string, to: string, count = 1_000_000): Promise<void> => {
  const bytes = await readFile(from)
  const list = Buffer.alloc(8 + 12 * count)
  list.writeUInt32BE(count, 4)
  for (let at = 8; at < list.length; at += 12) {
    list.writeUInt32BE(1, at)
    list.writeUInt32BE(0x00010000, at + 8)
  }
  await writeFile(to, replaced(bytes, 0, bytes.length, ['moov', 'trak', 'edts'], box('edts', box('elst', list))))
}
