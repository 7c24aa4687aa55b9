import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** Files that carry texts as ComfyUI's save nodes write them, by name. */
type Texts = Readonly<Record<string, string>>

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const picture = () => sharp({ create: { width: 16, height: 12, channels: 3, background: '#357' } })

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([u32(data.length), body, u32(crc32(body))])
}

/** How a PNG's chunk holds a text: `tEXt`, `zTXt`, `iTXt`, packed `iTXt`, or ComfyUI's own of animated pictures. */
const CHUNKS = {
  plain: (name: string, text: string) => chunk('tEXt', Buffer.from(`${name}\0${text}`, 'latin1')),
  packed: (name: string, text: string) =>
    chunk('zTXt', Buffer.concat([Buffer.from(`${name}\0\0`), deflateSync(Buffer.from(text, 'latin1'))])),
  international: (name: string, text: string) => chunk('iTXt', Buffer.from(`${name}\0\0\0\0\0${text}`)),
  internationalPacked: (name: string, text: string) =>
    chunk('iTXt', Buffer.concat([Buffer.from(`${name}\0\x01\0\0\0`, 'latin1'), deflateSync(Buffer.from(text))])),
  animated: (name: string, text: string) => chunk('comf', Buffer.from(`${name}\0${text}`)),
}
export const PNG_TEXTS = Object.keys(CHUNKS) as (keyof typeof CHUNKS)[]

/** A PNG with texts, behind its pixels for animated ones. */
export const pngWith = async (texts: Texts, kind: keyof typeof CHUNKS = 'plain'): Promise<Buffer> => {
  const png = await picture().png().toBuffer()
  // The signature and the header; the end is the last twelve bytes.
  const at = kind === 'animated' ? png.length - 12 : 33
  const chunks = Object.entries(texts).map(([name, text]) => CHUNKS[kind](name, text))
  return Buffer.concat([png.subarray(0, at), ...chunks, png.subarray(at)])
}

/** A WebP with `prompt:{…}` and `workflow:{…}` in the tags of its EXIF that are there for a camera's model and make. */
export const webpWith = (texts: Texts): Promise<Buffer> => {
  const [first, second] = Object.entries(texts).map(([name, text]) => `${name}:${text}`)
  return picture()
    .webp({ lossless: true })
    .withExif({ IFD0: { ...(first ? { Model: first } : {}), ...(second ? { Make: second } : {}) } })
    .toBuffer()
}

const box = (type: string | Buffer, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([u32(body.length + 8), typeof type === 'string' ? Buffer.from(type, 'latin1') : type, body])
}
const HANDLER = box('hdlr', Buffer.alloc(8), Buffer.from('mdta'), Buffer.alloc(13))
const dataOf = (text: string): Buffer => box('data', u32(1), u32(0), Buffer.from(text))
/** Some picture data that has to be passed over. */
const PIXELS = box('mdat', Buffer.alloc(200_000))
const FILE_TYPE = box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1'))

/** An MP4 whose index has texts by names of their own, at its end, as FFmpeg writes them with `use_metadata_tags`. */
export const mp4With = (texts: Texts): Buffer => {
  const names = Object.keys(texts)
  const keys = box('keys', u32(0), u32(names.length), ...names.map((name) => box('mdta', Buffer.from(name))))
  const items = Object.values(texts).map((text, index) => box(u32(index + 1), dataOf(text)))
  return Buffer.concat([FILE_TYPE, PIXELS, box('moov', box('meta', u32(0), HANDLER, keys, box('ilst', ...items)))])
}

/** An MP4 with a comment in its user data, as players write and read it. */
export const mp4WithComment = (comment: string): Buffer => {
  const list = box('ilst', box('\xa9cmt', dataOf(comment)))
  return Buffer.concat([FILE_TYPE, PIXELS, box('moov', box('udta', box('meta', u32(0), HANDLER, list)))])
}

const element = (id: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE((1n << 56n) | BigInt(body.length))
  const name = u32(id)
  return Buffer.concat([name.subarray(name.findIndex((byte) => byte !== 0)), size, body])
}

/** A WebM with texts among its tags, their names in capitals, as FFmpeg writes them. */
export const webmWith = (texts: Texts): Buffer => {
  const tags = Object.entries(texts).map(([name, text]) =>
    element(0x67c8, element(0x45a3, Buffer.from(name.toUpperCase())), element(0x4487, Buffer.from(text))),
  )
  const cluster = element(0x1f43b675, Buffer.alloc(200_000))
  return Buffer.concat([
    element(0x1a45dfa3, element(0x4282, Buffer.from('webm'))),
    element(0x18538067, cluster, element(0x1254c367, element(0x7373, ...tags))),
  ])
}
