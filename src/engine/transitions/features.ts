import type { Words32 } from '../sight/field.ts'
import { boxBlur, type Raster } from '../sight/raster.ts'

/** Cells around a picture that repeat its edge, for patches at the edge. */
const PAD = 4

/** What pictures are compared by: four bytes a cell, {@link PAD} cells repeated around it. */
export type Features = { across: number; down: number; bytes: Uint8Array }

/** A picture made small: channels of 0 to 255. */
export type Tiny = { across: number; down: number; red: Raster; green: Raster; blue: Raster }

/** Shrinks a picture by the mean of at most 3 by 3 pixels for each cell. */
export const shrinkTo = ({ width, height, words }: Words32, across: number, down: number): Tiny => {
  const size = across * down
  const [red, green, blue] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)]
  const taps = Math.max(1, Math.min(3, Math.round(width / across)))
  const share = 1 / (taps * taps)
  const places = Uint32Array.from({ length: across * taps }, (_, tap) => ((tap + 0.5) * width) / taps / across)
  for (let row = 0, cell = 0; row < down; row++)
    for (let column = 0; column < across; column++, cell++) {
      let r = 0
      let g = 0
      let b = 0
      for (let j = 0; j < taps; j++) {
        const line = Math.floor(((row + (j + 0.5) / taps) * height) / down) * width
        for (let tap = column * taps; tap < (column + 1) * taps; tap++) {
          const word = words[line + places[tap]!]!
          r += word & 255
          g += (word >>> 8) & 255
          b += (word >>> 16) & 255
        }
      }
      red[cell] = r * share
      green[cell] = g * share
      blue[cell] = b * share
    }
  return { across, down, red, green, blue }
}

/** Halves each side, which have to be even. */
export const halveTiny = ({ across, down, red, green, blue }: Tiny): Tiny => {
  const wide = across >> 1
  const high = down >> 1
  const half = (from: Raster): Raster =>
    new Float32Array(wide * high).map((_, cell) => {
      const at = Math.floor(cell / wide) * 2 * across + (cell % wide) * 2
      return (from[at]! + from[at + 1]! + from[at + across]! + from[at + across + 1]!) / 4
    })
  return { across: wide, down: high, red: half(red), green: half(green), blue: half(blue) }
}

const byte = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value)

/**
 * What a picture is recognised by: its detail (luma against the mean around it, so that other light does not matter
 * much), then luma, and two differences of colour with less weight.
 */
export const featuresOf = ({ across, down, red, green, blue }: Tiny): Features => {
  const luma = red.map((value, cell) => 0.2126 * value + 0.7152 * green[cell]! + 0.0722 * blue[cell]!)
  const around = boxBlur(luma, across, down, 5)
  const pitch = across + 2 * PAD
  const bytes = new Uint8Array(pitch * (down + 2 * PAD) * 4)
  for (let y = -PAD, at = 0; y < down + PAD; y++)
    for (let x = -PAD; x < across + PAD; x++, at += 4) {
      const cell = Math.min(down - 1, Math.max(0, y)) * across + Math.min(across - 1, Math.max(0, x))
      const light = luma[cell]!
      bytes[at] = byte(128 + (light - around[cell]!) * 1.7)
      bytes[at + 1] = light * 0.6
      bytes[at + 2] = byte(128 + (blue[cell]! - light) * 0.55)
      bytes[at + 3] = byte(128 + (red[cell]! - light) * 0.55)
    }
  return { across, down, bytes }
}
