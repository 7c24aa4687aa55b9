import { readFile, writeFile } from 'node:fs/promises'

/**
 * One entry of an edit list, in seconds: what part of the clip is shown next, counted from where it begins without the
 * list, or for how long nothing is (`from: null`).
 */
export type Edit = { from: number | null; seconds: number }

type Box = { type: string; start: number; end: number }

/** The boxes of an MP4 that lie one after another. */
const boxesIn = (bytes: Buffer, from: number, to: number): Box[] => {
  const boxes: Box[] = []
  for (let start = from; start + 8 <= to;) {
    const end = start + bytes.readUInt32BE(start)
    boxes.push({ type: bytes.toString('latin1', start + 4, start + 8), start, end })
    start = end
  }
  return boxes
}

const child = (bytes: Buffer, parent: Box, type: string): Box => {
  const found = boxesIn(bytes, parent.start + 8, parent.end).find((box) => box.type === type)
  if (!found) throw new Error(`no ${type} in ${parent.type}`)
  return found
}

const box = (type: string, content: Buffer): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + content.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}

/** Time scale of a header of version 0 or 1 (mvhd, mdhd): units in a second. */
const scaleOf = (bytes: Buffer, { start }: Box): number =>
  bytes.readUInt32BE(start + (bytes[start + 8] === 1 ? 28 : 20))

/**
 * Gives the first track of an MP4 another edit list (ISO/IEC 14496-12, 8.6.6), as editors write it that cut without
 * encoding anew. The file's index must lie behind its pictures, as it does without `faststart`.
 */
export const writeEdits = async (path: string, edits: readonly Edit[]): Promise<string> => {
  const bytes = await readFile(path)
  const moov = boxesIn(bytes, 0, bytes.length).find(({ type }) => type === 'moov')
  if (!moov) throw new Error('no moov')
  const trak = child(bytes, moov, 'trak')
  const movieScale = scaleOf(bytes, child(bytes, moov, 'mvhd'))
  const mediaScale = scaleOf(bytes, child(bytes, child(bytes, trak, 'mdia'), 'mdhd'))
  const before = boxesIn(bytes, trak.start + 8, trak.end).find(({ type }) => type === 'edts')
  // Where frames refer to later ones, the first is shown some time after the beginning of its track.
  const begin = before ? bytes.readInt32BE(child(bytes, before, 'elst').start + 20) : 0
  const list = Buffer.alloc(8 + 12 * edits.length)
  list.writeUInt32BE(edits.length, 4)
  edits.forEach(({ from, seconds }, index) => {
    const at = 8 + 12 * index
    list.writeUInt32BE(Math.round(seconds * movieScale), at)
    list.writeInt32BE(from === null ? -1 : begin + Math.round(from * mediaScale), at + 4)
    list.writeUInt32BE(0x10000, at + 8)
  })
  const edts = box('edts', box('elst', list))
  const kept = boxesIn(bytes, trak.start + 8, trak.end).filter(({ type }) => type !== 'edts')
  const parts = kept.map(({ start, end }) => bytes.subarray(start, end))
  // Behind the track's header, before its media.
  const newTrak = box('trak', Buffer.concat([...parts.slice(0, 1), edts, ...parts.slice(1)]))
  const newMoov = box(
    'moov',
    Buffer.concat([bytes.subarray(moov.start + 8, trak.start), newTrak, bytes.subarray(trak.end, moov.end)]),
  )
  await writeFile(path, Buffer.concat([bytes.subarray(0, moov.start), newMoov, bytes.subarray(moov.end)]))
  return path
}
