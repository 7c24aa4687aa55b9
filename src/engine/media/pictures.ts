import sharp from 'sharp'
import { MAX_PIXELS } from '../../shared/media.ts'
import type { Size } from '../../shared/models/size.ts'
import { unsupported } from '../process/failure.ts'
import type { Pixels } from '../frames.ts'
import { requirePixels } from './pixels.ts'
import { pictureIsWhole } from './wholeness.ts'

// Drawings can name other files and addresses, and PDFs run programs.
sharp.block({ operation: ['VipsForeignLoadSvg', 'VipsForeignLoadPdf'] })
sharp.cache(false)
sharp.concurrency(2)

type PictureFacts = {
  width: number
  height: number
  format: string
  pages: number
  /** As libvips names it: `srgb`, `cmyk`, `b-w`, `rgb16`, … */
  space: string
  hasAlpha: boolean
}

/** What libvips and the libraries beneath it say of a file whose end is missing, and of what they do not know. */
const CUT_SHORT = /premature|truncat|end of (file|image|input|data)|too short/i
const UNKNOWN = /unsupported|not supported|no decoder|not implemented/i

/** Answers a failure with why a picture cannot be read. */
const refuse =
  (path: string) =>
  async (error: unknown): Promise<never> => {
    const words = error instanceof Error ? error.message : String(error)
    if (CUT_SHORT.test(words) || !(await pictureIsWhole(path).catch(() => true)))
      throw unsupported('This picture is cut short: the end of the file is missing. Copy or download it again.')
    if (UNKNOWN.test(words))
      throw unsupported(
        'This picture uses a part of its format that cannot be read here. Export it as ordinary JPEG or PNG.',
      )
    throw unsupported('This picture is damaged and cannot be decoded. Export it again as JPEG or PNG.')
  }

/** Opens a picture; its damages reject, whatever they are. */
const openPicture = (path: string) =>
  sharp(path, { limitInputPixels: MAX_PIXELS, failOn: 'truncated', autoOrient: true })

/** Reads the head only: size as shown, format, number of frames. */
export const pictureFacts = async (path: string): Promise<PictureFacts> => {
  const meta = await sharp(path, { limitInputPixels: false }).metadata().catch(refuse(path))
  const height = meta.pageHeight ?? meta.height
  const format = meta.format === 'heif' && meta.compression === 'av1' ? 'avif' : meta.format
  requirePixels(meta.width, height, format === 'avif' ? 'avif' : 'picture')
  const turned = (meta.orientation ?? 1) >= 5
  return {
    width: turned ? height : meta.width,
    height: turned ? meta.width : height,
    format,
    pages: meta.pages ?? 1,
    space: meta.space,
    hasAlpha: meta.hasAlpha,
  }
}

/** Decodes every pixel of a picture, to be sure that it can be; answers whether one of them is transparent. */
export const decodesWithAlpha = async (path: string, hasAlpha: boolean): Promise<boolean> => {
  const picture = openPicture(path)
  if (!hasAlpha) {
    await picture.resize(64, 64, { fit: 'fill', fastShrinkOnLoad: true }).raw().toBuffer().catch(refuse(path))
    return false
  }
  // Averages would miss a small hole.
  const alpha = await picture.extractChannel('alpha').raw({ depth: 'uchar' }).toBuffer().catch(refuse(path))
  return alpha.some((value) => value < 255)
}

/** What transparent parts are shown on: paper. */
const BACKDROP = '#ffffff'

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
    .catch(refuse(path))
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

/** Writes a PNG of all its pixels as they are used: upright, sRGB, on white. */
export const writeFlat = async (path: string, output: string): Promise<void> => {
  await openPicture(path)
    .flatten({ background: BACKDROP })
    .toColourspace('srgb')
    .png({ compressionLevel: 3 })
    .toFile(output)
    .catch(refuse(path))
}

/** Writes a WebP still whose long side is at most `side`, transparent where the picture is. */
export const writeStill = async (path: string, output: string, side: number): Promise<void> => {
  await openPicture(path)
    .toColourspace('srgb')
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toFile(output)
}

/** Bytes that a sheet should have at most; one that has more is written coarser. */
const SHEET_BYTES = 150_000

/** Writes RGB, without alpha, as the WebP of many small pictures: made in a hurry, and looked at while it moves. */
export const writeSheet = async ({ width, height, data }: Pixels, output: string): Promise<void> => {
  const write = (quality: number) =>
    sharp(data, { raw: { width, height, channels: 3 } })
      .webp({ quality, effort: 2 })
      .toFile(output)
  const { size } = await write(70)
  if (size > SHEET_BYTES) await write(50)
}

export const writeStillOf = async (pixels: Pixels, output: string): Promise<void> => {
  const { width, height, data } = pixels
  await sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .webp({ quality: 80 })
    .toFile(output)
}
