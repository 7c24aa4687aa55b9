import { fileBox, findBox, readingAhead, type ReadBytes } from '../../../shared/iso-boxes.ts'
import { type Recipe, recipeSchema } from './recipe.ts'

/** A recipe is a prompt and some numbers. Bytes. */
const MAX_TEXT_BYTES = 256 * 1024
/** Chunks after which a picture is not looked into any further. */
const MAX_CHUNKS = 4000
const IMAGE_DESCRIPTION = 0x010e

const readerOf =
  (file: Blob): ReadBytes =>
  async (position, length) =>
    new Uint8Array(await file.slice(position, position + length).arrayBuffer())

const letters = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length))

/** The picture's description in a TIFF, which EXIF is; null where there is none. */
const descriptionIn = (exif: Uint8Array): string | null => {
  // Some writers put the mark of JPEG's EXIF before it.
  const tiff = letters(exif, 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif
  const order = letters(tiff, 0, 2)
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return null
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const isLittle = order === 'II'
  const directory = view.getUint32(4, isLittle)
  const entries = view.getUint16(directory, isLittle)
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12
    if (view.getUint16(entry, isLittle) !== IMAGE_DESCRIPTION) continue
    const length = view.getUint32(entry + 4, isLittle)
    const from = length <= 4 ? entry + 8 : view.getUint32(entry + 8, isLittle)
    return new TextDecoder().decode(tiff.subarray(from, from + length)).replace(/\0+$/, '')
  }
  return null
}

/** Where a picture's chunks begin, and how their heads are to be read. */
type Chunks = { from: number; typeAt: number; lengthAt: number; isLittle: boolean; after: number; wanted: string }
const PNG: Chunks = { from: 8, typeAt: 4, lengthAt: 0, isLittle: false, after: 4, wanted: 'eXIf' }
const WEBP: Chunks = { from: 12, typeAt: 0, lengthAt: 4, isLittle: true, after: 0, wanted: 'EXIF' }

const exifOf = async (read: ReadBytes, { from, typeAt, lengthAt, isLittle, after, wanted }: Chunks) => {
  const look = readingAhead(read)
  let at = from
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = await look(at, 8)
    if (head.byteLength < 8) return null
    const length = head.getUint32(lengthAt, isLittle)
    const type = String.fromCharCode(...[0, 1, 2, 3].map((byte) => head.getUint8(typeAt + byte)))
    if (type === wanted) return length > MAX_TEXT_BYTES ? null : read(at + 8, length)
    // Those of WebP lie at even places.
    at += 8 + length + after + (wanted === 'EXIF' ? length % 2 : 0)
  }
  return null
}

/** The comment of an MP4, as Apple's boxes keep it. */
const commentOf = async (read: ReadBytes, size: number): Promise<string | null> => {
  const look = readingAhead(read)
  const meta = await findBox(look, fileBox(size), 'moov', 'udta', 'meta')
  // An ISO `meta` box begins with its version.
  const data = meta && (await findBox(look, { ...meta, content: meta.content + 4 }, 'ilst', '\xa9cmt', 'data'))
  if (!data || data.end - data.content - 8 > MAX_TEXT_BYTES) return null
  return new TextDecoder().decode(await read(data.content + 8, data.end - data.content - 8))
}

const textOf = async (file: Blob): Promise<string | null> => {
  const read = readerOf(file)
  const head = await read(0, 12)
  if (letters(head, 0, 4) === '\x89PNG') {
    const exif = await exifOf(read, PNG)
    return exif && descriptionIn(exif)
  }
  if (letters(head, 0, 4) === 'RIFF' && letters(head, 8, 4) === 'WEBP') {
    const exif = await exifOf(read, WEBP)
    return exif && descriptionIn(exif)
  }
  return letters(head, 4, 4) === 'ftyp' ? commentOf(read, file.size) : null
}

/** The recipe in a picture or clip that was made here; null where there is none, or none that can be read. */
export const readRecipe = async (file: Blob): Promise<Recipe | null> => {
  try {
    const text = await textOf(file)
    return text === null ? null : (recipeSchema.safeParse(JSON.parse(text)).data ?? null)
  } catch {
    // Cut short, damaged, or somebody else's words.
    return null
  }
}
