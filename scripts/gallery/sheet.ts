import { createRequire } from 'node:module'
import { createCanvas, GlobalFonts, ImageData } from '@napi-rs/canvas'
import sharp from 'sharp'
import type { Pixels } from '../../src/engine/frames.ts'

GlobalFonts.registerFromPath(
  createRequire(import.meta.url).resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
  'Inter',
)

/** A picture on a sheet, already of its size there. */
export type Tile = { pixels: Pixels; title?: string; note?: string }

const INK = { paper: '#111214', title: '#f2f1ee', note: '#8e9196' }

/** Makes a picture as wide as a tile; what is drawn for 720p shows as it does there. */
export const toTile = async ({ width, height, data }: Pixels, tileWidth: number): Promise<Pixels> => {
  const { data: small, info } = await sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
    raw: { width, height, channels: 4 },
  })
    .resize(tileWidth, Math.round((height * tileWidth) / width), { kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8Array(small) }
}

/** Lays tiles out in columns under their captions and writes a PNG. */
export const writeSheet = async (
  path: string,
  tiles: readonly Tile[],
  options: { columns: number; title?: string; gap?: number; colours?: number },
): Promise<void> => {
  const { columns, title, gap = 14, colours } = options
  const first = tiles[0]?.pixels
  if (!first) return
  const cell = { width: first.width, height: Math.max(...tiles.map(({ pixels }) => pixels.height)) }
  const caption = tiles.some((tile) => tile.title ?? tile.note) ? 34 : 0
  const head = title ? 72 : 0
  const rows = Math.ceil(tiles.length / columns)
  const width = columns * cell.width + (columns + 1) * gap
  const canvas = createCanvas(width, head + rows * (cell.height + caption + gap) + gap)
  const ctx = canvas.getContext('2d')
  ctx.fillStyle = INK.paper
  ctx.fillRect(0, 0, canvas.width, canvas.height)
  if (title) {
    ctx.fillStyle = INK.title
    ctx.font = '600 26px Inter'
    ctx.fillText(title, gap, 48)
  }
  tiles.forEach(({ pixels, title: name, note }, index) => {
    const x = gap + (index % columns) * (cell.width + gap)
    const y = head + gap + Math.floor(index / columns) * (cell.height + caption + gap)
    const image = new ImageData(new Uint8ClampedArray(pixels.data), pixels.width, pixels.height)
    ctx.putImageData(image, x, y)
    ctx.save()
    ctx.beginPath()
    ctx.rect(x, y + cell.height, cell.width, caption)
    ctx.clip()
    ctx.font = '500 14px Inter'
    ctx.fillStyle = INK.title
    const base = y + cell.height + 22
    ctx.fillText(name ?? '', x, base)
    const used = name ? ctx.measureText(name).width + 10 : 0
    ctx.font = '400 13px Inter'
    ctx.fillStyle = INK.note
    ctx.fillText(note ?? '', x + used, base)
    ctx.restore()
  })
  const image = sharp(canvas.toBuffer('image/png'))
  await image.png(colours ? { palette: true, colours, effort: 10 } : { compressionLevel: 8 }).toFile(path)
}
