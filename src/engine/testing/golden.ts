import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { Pixels } from '../frames.ts'
import { shrink, type Small } from './likeness.ts'

const ACROSS = 96
const FOLDER = fileURLToPath(new URL('../golden/thumbnails/', import.meta.url))

const pathOf = (name: string): string => `${FOLDER}${name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}.webp`

/** The picture as small as thumbnails are kept. */
export const thumbnailOf = (pixels: Pixels): Small =>
  shrink(pixels, ACROSS, Math.round((pixels.height * ACROSS) / pixels.width))

const write = async (name: string, { width, height, rgb }: Small): Promise<void> => {
  mkdirSync(FOLDER, { recursive: true })
  await sharp(Uint8Array.from(rgb, Math.round), { raw: { width, height, channels: 3 } })
    .webp({ quality: 90, smartSubsample: true, effort: 6 })
    .toFile(pathOf(name))
}

/**
 * The thumbnail that is kept under a name. With `UPDATE_GOLDEN=1` in the environment what was made now is kept first:
 * look at the changed files before committing them.
 *
 * @throws where none is kept.
 */
export const goldenOf = async (name: string, made: Small): Promise<Small> => {
  if (process.env['UPDATE_GOLDEN'] === '1') await write(name, made)
  const { data, info } = await sharp(pathOf(name)).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, rgb: Float32Array.from(data) }
}
