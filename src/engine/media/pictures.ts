import sharp from 'sharp'
import { RushesError } from '../../shared/errors.ts'
import { MAX_PIXELS } from '../../shared/media.ts'
import type { Size } from '../../shared/models/size.ts'
import { unsupported } from '../failure.ts'
import type { Pixels } from '../frames.ts'

// Drawings can name other files and addresses, and PDFs run programs.
sharp.block({ operation: ['VipsForeignLoadSvg', 'VipsForeignLoadPdf'] })
sharp.cache(false)
sharp.concurrency(2)

export type PictureFacts = { width: number; height: number; format: string; pages: number }

const damaged = (): RushesError =>
  unsupported('This picture is damaged or cut short and cannot be decoded. Export it again as JPEG or PNG.')

export const tooManyPixels = (width: number, height: number): RushesError =>
  new RushesError(
    'TOO_LARGE',
    `This is ${width} x ${height} pixels, and ${MAX_PIXELS.toLocaleString('en')} are the most that can be taken. Scale it down first.`,
  )

/** Opens a picture; its damages reject, whatever they are. */
const openPicture = (path: string) =>
  sharp(path, { limitInputPixels: MAX_PIXELS, failOn: 'truncated', autoOrient: true })

/** Reads the head only: size as shown, format, number of frames. */
export const pictureFacts = async (path: string): Promise<PictureFacts> => {
  const meta = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw damaged()
    })
  const height = meta.pageHeight ?? meta.height
  if (meta.width * height > MAX_PIXELS) throw tooManyPixels(meta.width, height)
  const turned = (meta.orientation ?? 1) >= 5
  return {
    width: turned ? height : meta.width,
    height: turned ? meta.width : height,
    format: meta.format === 'heif' && meta.compression === 'av1' ? 'avif' : meta.format,
    pages: meta.pages ?? 1,
  }
}

/** Decodes every pixel of a picture, to be sure that it can be. */
export const checkDecodes = async (path: string): Promise<void> => {
  await openPicture(path)
    .resize(64, 64, { fit: 'fill', fastShrinkOnLoad: true })
    .raw()
    .toBuffer()
    .catch(() => {
      throw damaged()
    })
}

/** Neutral black, what transparent parts are shown on. */
const BACKDROP = '#000000'

/**
 * Reads a picture upright as sRGB RGBA of exactly that size, covering it: where the shapes differ, the middle is kept.
 */
export const readPicture = async (path: string, size: Size): Promise<Pixels> => {
  const { data, info } = await openPicture(path)
    .flatten({ background: BACKDROP })
    .toColourspace('srgb')
    .resize(size.width, size.height, { fit: 'cover', kernel: 'lanczos3' })
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(() => {
      throw damaged()
    })
  return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }
}

/** EXIF text is ASCII: other characters travel as JSON's escapes. */
const toAscii = (json: string): string =>
  json.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Writes RGBA as a PNG that carries the recipe in its EXIF ImageDescription. */
export const writePng = async (pixels: Pixels, path: string, recipe: string): Promise<void> => {
  const { width, height, data } = pixels
  await sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .withExif({ IFD0: { ImageDescription: toAscii(recipe) } })
    .png({ compressionLevel: 6 })
    .toFile(path)
}

/** Writes a WebP still whose long side is at most `side`. */
export const writeStill = async (path: string, output: string, side: number): Promise<void> => {
  await openPicture(path)
    .flatten({ background: BACKDROP })
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toFile(output)
}

export const writeStillOf = async (pixels: Pixels, output: string): Promise<void> => {
  const { width, height, data } = pixels
  await sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .webp({ quality: 80 })
    .toFile(output)
}
