/**
 * The boxes of an MP4 or MOV (ISO/IEC 14496-12), as far as the page and the engine look into them themselves:
 * what their libraries keep to themselves.
 */

/** Reads bytes of a file; fewer than asked for at its end. */
export type ReadBytes = (position: number, length: number) => Promise<Uint8Array>

/** So much is read at once. */
const WINDOW = 1 << 16
/** A file with more boxes than this beside its index is not looked through. */
const MAX_BOXES = 1000

/** Where a box lies in its file: from its head, from what is in it, to its end. */
export type Box = { type: string; start: number; content: number; end: number }
/** Reads bytes of a file as a view; fewer than asked for at its end. */
export type ReadView = (position: number, length: number) => Promise<DataView>

/** Reads a window at a time: what is looked for lies close together. */
export const readingAhead = (read: ReadBytes): ReadView => {
  let from = 0
  let bytes = new Uint8Array()
  return async (position, length) => {
    if (position < from || position + length > from + bytes.length) {
      from = position
      bytes = new Uint8Array(await read(position, Math.max(length, WINDOW)))
    }
    const at = position - from
    return new DataView(bytes.buffer, bytes.byteOffset + at, Math.max(0, Math.min(length, bytes.length - at)))
  }
}

const readBox = async (look: ReadView, start: number, limit: number): Promise<Box | null> => {
  const head = await look(start, 16)
  if (head.byteLength < 8) return null
  const type = String.fromCharCode(...[4, 5, 6, 7].map((at) => head.getUint8(at)))
  const short = head.getUint32(0)
  const isLong = short === 1 && head.byteLength === 16
  const length = short === 0 ? limit - start : isLong ? Number(head.getBigUint64(8)) : short
  return length < 8 ? null : { type, start, content: start + (isLong ? 16 : 8), end: start + length }
}

/** Boxes that lie one after another. */
export async function* boxesIn(look: ReadView, from: number, to: number): AsyncGenerator<Box> {
  let start = from
  for (let count = 0; start + 8 <= to && count < MAX_BOXES; count++) {
    const box = await readBox(look, start, to)
    if (!box) return
    yield box
    start = box.end
  }
}

/** The first box along a path of types; null where there is none. */
export const findBox = async (look: ReadView, within: Box | null, ...path: string[]): Promise<Box | null> => {
  const [type, ...rest] = path
  if (!within || type === undefined) return within
  for await (const box of boxesIn(look, within.content, within.end))
    if (box.type === type) return findBox(look, box, ...rest)
  return null
}

/** Units in a second, from a header of version 0 or 1 (mvhd, mdhd). */
export const scaleOf = async (look: ReadView, header: Box): Promise<number> => {
  const bytes = await look(header.content, 32)
  return bytes.byteLength < 24 ? NaN : bytes.getUint32(bytes.getUint8(0) === 1 ? 20 : 12)
}

/** The whole of a file, as a box to look for others in. */
export const fileBox = (size: number): Box => ({ type: 'file', start: 0, content: 0, end: size })

/** The picture tracks of a file, by their `trak`. */
export async function* pictureTracks(look: ReadView, moov: Box): AsyncGenerator<Box> {
  for await (const trak of boxesIn(look, moov.content, moov.end)) {
    if (trak.type !== 'trak') continue
    const handler = await findBox(look, trak, 'mdia', 'hdlr')
    if (handler && (await typeAt(look, handler.content + 8)) === 'vide') yield trak
  }
}

/** Four letters. */
export const typeAt = async (look: ReadView, position: number): Promise<string> => {
  const bytes = await look(position, 4)
  return Array.from({ length: bytes.byteLength }, (_, at) => String.fromCharCode(bytes.getUint8(at))).join('')
}
