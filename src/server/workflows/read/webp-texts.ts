import { readingAhead, type ReadBytes } from '../../../shared/iso-boxes.ts'
import { MAX_JSON_BYTES } from './parse-text.ts'

/** An animated picture has some chunks a frame. */
const MAX_CHUNKS = 100_000
const MAX_TAGS = 200
/** TIFF 6.0: the type of texts, and the size of an entry. */
const ASCII = 2
const ENTRY = 12

const fourLetters = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((more) => view.getUint8(at + more)))

/** The chunk in which a WebP keeps its EXIF; null where it has none. */
const exifOf = async (read: ReadBytes): Promise<Buffer | null> => {
  const look = readingAhead(read)
  let at = 12
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = await look(at, 8)
    if (head.byteLength < 8) return null
    const length = head.getUint32(4, true)
    if (fourLetters(head, 0) === 'EXIF')
      return length > 2 * MAX_JSON_BYTES ? null : Buffer.from(await read(at + 8, length))
    // Chunks lie at even places.
    at += 8 + length + (length % 2)
  }
  return null
}

/** The texts of the first directory of a TIFF. */
const textsOf = (tiff: Buffer): string[] => {
  const order = tiff.toString('latin1', 0, 2)
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return []
  const u16 = (at: number): number => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const u32 = (at: number): number => (order === 'II' ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const directory = u32(4)
  if (directory + 2 > tiff.length) return []
  const count = Math.min(u16(directory), MAX_TAGS, Math.floor((tiff.length - directory - 2) / ENTRY))
  return Array.from({ length: count }, (_, index) => directory + 2 + index * ENTRY).flatMap((entry) => {
    const length = u32(entry + 4)
    const from = length <= 4 ? entry + 8 : u32(entry + 8)
    if (u16(entry + 2) !== ASCII || from + length > tiff.length) return []
    return [tiff.toString('utf8', from, from + length).replace(/\0+$/, '')]
  })
}

/**
 * The texts in the EXIF of a WebP, by name in lower case: ComfyUI writes `prompt:{…}` and `workflow:{…}` into tags that
 * are there for the make and model of a camera.
 */
export const webpTexts = async (read: ReadBytes): Promise<Map<string, string>> => {
  const exif = await exifOf(read)
  if (!exif) return new Map()
  // Some writers put the mark of JPEG's EXIF before it.
  const tiff = exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif
  return new Map(
    textsOf(tiff).flatMap((text) => {
      const named = /^([A-Za-z_]\w{0,60}):/.exec(text)
      return named?.[1] === undefined ? [] : [[named[1].toLowerCase(), text.slice(named[0].length)] as const]
    }),
  )
}
