import { GIFEncoder, type Palette, quantize } from 'gifenc'
import type { Size } from '../protocol.ts'
import { createIndexer, onlyChanged } from './gif-colours.ts'
import type { Rate } from './rate.ts'

/** One place of the palette says that a pixel is as it was. */
const COLOURS = 255

/** The colours that tell all of the given pictures (RGBA) best. */
export const paletteOf = (pictures: readonly Uint8ClampedArray[]): Palette => {
  const all = new Uint8ClampedArray(pictures.reduce((length, picture) => length + picture.length, 0))
  let at = 0
  for (const picture of pictures) {
    all.set(picture, at)
    at += picture.length
  }
  return quantize(all, COLOURS)
}

export type GifWriter = { add: (rgba: Uint8ClampedArray) => void; finish: () => Blob }

/** Writes pictures (RGBA) into a GIF of one palette that plays for ever. */
export const createGifWriter = ({ width, height }: Size, rate: Rate, colours: Palette): GifWriter => {
  const encoder = GIFEncoder()
  const palette: Palette = [...colours]
  while (palette.length < 256) palette.push([0, 0, 0])
  const indexOf = createIndexer(colours)
  const delay = (1000 * rate.den) / rate.num
  let before: Uint8Array | undefined
  return {
    add: (rgba) => {
      const indices = indexOf(rgba, width)
      if (!before) {
        before = indices.slice()
        return encoder.writeFrame(indices, width, height, { palette, delay, repeat: 0, dispose: 1 })
      }
      encoder.writeFrame(onlyChanged(indices, rgba, { palette: colours, before, same: COLOURS }), width, height, {
        delay,
        transparent: true,
        transparentIndex: COLOURS,
        dispose: 1,
      })
    },
    finish: () => {
      encoder.finish()
      return new Blob([encoder.bytes()], { type: 'image/gif' })
    },
  }
}
