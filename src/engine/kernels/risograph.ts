import { kernels, room } from '../compiled/kernels.ts'
import type { Planes } from '../media/planes.ts'
import { type Curve, tabled } from './tone.ts'

/**
 * A drum of ink: its share (0 to 255) by luma, the dots that it is screened with, and what moves it: patches where the
 * roller lies unevenly, specks of paper, and `warm` or `cold` levels for each level that a colour is warm or cold. A
 * share below `least` leaves nothing.
 */
export type Drum = {
  share: Curve
  screen: Uint8Array
  patches: Int8Array
  specks: Int8Array
  warm: number
  cold: number
  least: number
}

/** How much of its ink a drum leaves at each pixel, 0 to 255. */
export const inkOf = (planes: Planes, drum: Drum): Uint8Array => {
  const { y, u, v, width, height, chromaWidth, shift } = planes
  const [luma, first, second, table, screen, patches, specks, row, ink] = room(
    y.length,
    u.length,
    v.length,
    256,
    y.length,
    y.length,
    y.length,
    chromaWidth + 48,
    y.length,
  )
  luma.set(y)
  first.set(u)
  second.set(v)
  const straight = tabled(drum.share, table)
  screen.set(drum.screen)
  patches.set(drum.patches)
  specks.set(drum.specks)
  kernels().drum(
    luma.byteOffset,
    first.byteOffset,
    second.byteOffset,
    width,
    height,
    chromaWidth,
    shift,
    table.byteOffset,
    straight,
    screen.byteOffset,
    patches.byteOffset,
    specks.byteOffset,
    drum.warm,
    drum.cold,
    drum.least,
    row.byteOffset,
    ink.byteOffset,
  )
  return ink.slice()
}

/** Two inks on each other, as one number a pixel: 16 steps of the first, 16 of the second, which lies `away` pixels off. */
export const overprint = (dark: Uint8Array, bright: Uint8Array, away: number): Uint8Array => {
  const [first, second, both] = room(dark.length, bright.length, dark.length)
  first.set(dark)
  second.set(bright)
  kernels().overprint(first.byteOffset, second.byteOffset, both.byteOffset, away, dark.length)
  return both.slice()
}
