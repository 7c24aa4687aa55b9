import { open } from 'node:fs/promises'

/** What a file's first bytes say it is. `demuxer` is FFmpeg's name of the format. */
type Sniffed =
  | { kind: 'image'; format: 'jpeg' | 'png' | 'webp' | 'avif'; mime: string }
  | { kind: 'gif' }
  | { kind: 'video'; demuxer: string; mime: string }
  | { kind: 'refused'; what: string }
  | { kind: 'unknown' }

const HEAD = 4096

const image = (format: Extract<Sniffed, { kind: 'image' }>['format']): Sniffed => ({
  kind: 'image',
  format,
  mime: `image/${format}`,
})
const video = (demuxer: string, mime: string): Sniffed => ({ kind: 'video', demuxer, mime })

/** Brands of the ISO base media format that are pictures. */
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']

const isoMedia = (head: Buffer): Sniffed => {
  const brand = head.toString('latin1', 8, 12)
  if (brand === 'avif') return image('avif')
  // An animated one is a clip.
  if (brand === 'avis') return video('mov', 'image/avif')
  // A picture's main brand may be the general one, with its own among the compatible brands.
  const brands = head.toString('latin1', 8, Math.min(head.length, head.readUInt32BE(0)))
  if (HEIC.includes(brand)) return brands.includes('avif') ? image('avif') : { kind: 'refused', what: 'a HEIC picture' }
  if (/^M4[AB]/.test(brand)) return { kind: 'refused', what: 'sound without a picture' }
  if (brand === 'qt  ') return video('mov', 'video/quicktime')
  return video('mov', 'video/mp4')
}

const looksLikeText = (head: Buffer): boolean =>
  !head.includes(0) && !/[^\t\n\f\r -~\u0080-\uffff]/.test(head.toString('utf8'))

/** Judges by content alone; names lie. */
export const sniff = (head: Buffer): Sniffed => {
  const ascii = (from: number, to: number): string => head.toString('latin1', from, to)
  if (head.length < 12) return { kind: 'unknown' }
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return image('jpeg')
  if (head.readUInt32BE(0) === 0x89504e47) return image('png')
  if (/^GIF8[79]a/.test(ascii(0, 6))) return { kind: 'gif' }
  if (ascii(0, 4) === 'RIFF') {
    if (ascii(8, 12) === 'WEBP') return image('webp')
    if (ascii(8, 12) === 'AVI ') return video('avi', 'video/x-msvideo')
    if (ascii(8, 12) === 'WAVE') return { kind: 'refused', what: 'sound without a picture' }
  }
  if (ascii(0, 4) === 'II*\0' || ascii(0, 4) === 'MM\0*') return { kind: 'refused', what: 'a TIFF picture' }
  if (ascii(4, 8) === 'ftyp') return isoMedia(head)
  if (['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'].includes(ascii(4, 8))) return video('mov', 'video/quicktime')
  if (head.readUInt32BE(0) === 0x1a45dfa3)
    return video('matroska', head.includes('webm') ? 'video/webm' : 'video/x-matroska')
  if (head[0] === 0x47 && head[188] === 0x47 && head[376] === 0x47) return video('mpegts', 'video/mp2t')
  if (head.readUInt32BE(0) === 0x000001ba) return video('mpeg', 'video/mpeg')
  if (ascii(0, 4) === 'FLV\x01') return video('flv', 'video/x-flv')
  if (head.readUInt32BE(0) === 0x3026b275) return video('asf', 'video/x-ms-asf')
  if (ascii(0, 4) === 'OggS') return video('ogg', 'video/ogg')
  if (/^(ID3|fLaC)/.test(ascii(0, 4)) || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0))
    return { kind: 'refused', what: 'sound without a picture' }
  if (ascii(0, 5) === '%PDF-') return { kind: 'refused', what: 'a PDF document' }
  if (ascii(0, 4) === '8BPS') return { kind: 'refused', what: 'a Photoshop document' }
  if (/^\s*(<\?xml|<!--|<!DOCTYPE|<svg)/i.test(head.toString('utf8')) && /<svg[\s>]/i.test(head.toString('utf8')))
    return { kind: 'refused', what: 'an SVG drawing' }
  if (looksLikeText(head)) return { kind: 'refused', what: 'text' }
  return { kind: 'unknown' }
}

export const sniffFile = async (path: string): Promise<Sniffed> => {
  const file = await open(path)
  try {
    const head = Buffer.alloc(HEAD)
    const { bytesRead } = await file.read(head, 0, HEAD, 0)
    return sniff(head.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}
