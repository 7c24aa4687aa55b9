import { ownRoom } from './wasm/kernels.ts'
import type { Planes } from './planes.ts'
import { type Curve, tabled } from './tone.ts'

/**
 * A drum of ink: its share (0 to 255) by luma, the dots that it is screened with, and `warm` or `cold` levels that move
 * the share for each level that a colour is warm or cold. A share below `least` leaves nothing.
 */
export type Drum = {
  share: Curve
  screen: Uint8Array
  warm: number
  cold: number
  least: number
}

/** What moves both inks at each pixel: patches where a roller lies unevenly, and specks of the paper. */
type Paper = { patches: Int8Array; specks: Int8Array }

/** Colours of two inks on each other, by 16 steps of the first and 16 of the second. */
type Inks = { y: Curve; u: Curve; v: Curve }

/**
 * A press of two drums for pictures of one size: the second's sheet lies `away` pixels off. What stands still, screens and
 * paper, stays in its memory. Prints on the planes.
 */
export const createPress = (
  { width, height, chromaWidth, chromaHeight, shift }: Omit<Planes, 'y' | 'u' | 'v' | 'bytes'>,
  drums: readonly [dark: Drum, bright: Drum],
  paper: Paper,
  away: number,
  inks: Inks,
): ((planes: Planes) => void) => {
  const size = width * height
  const samples = chromaWidth * chromaHeight
  const plane = (size + 15) & ~15
  const { own, places } = ownRoom(size, samples, samples, 2 * plane, size, size, 2 * plane, 256, chromaWidth + 48)
  const [luma, first, second, screens, patches, specks, pressed, table, row] = places
  for (const [index, drum] of drums.entries()) screens.set(drum.screen, index * plane)
  patches.set(paper.patches)
  specks.set(paper.specks)
  return ({ y, u, v }) => {
    luma.set(y)
    first.set(u)
    second.set(v)
    for (const [index, { share, warm, cold, least }] of drums.entries()) {
      const picture = [luma.byteOffset, first.byteOffset, second.byteOffset, width, height, chromaWidth, shift] as const
      const curve = [table.byteOffset, tabled(share, table)] as const
      const inked = [screens.byteOffset + index * plane, patches.byteOffset, specks.byteOffset] as const
      const print = [row.byteOffset, pressed.byteOffset + index * plane] as const
      own.drum(...picture, ...curve, ...inked, warm, cold, least, ...print)
    }
    own.overprint(pressed.byteOffset, pressed.byteOffset + plane, luma.byteOffset, away, size)
    for (const [from, to, by] of [
      [first, u, inks.u],
      [second, v, inks.v],
    ] as const) {
      const curve = [table.byteOffset, tabled(by, table)] as const
      own.atChroma(luma.byteOffset, from.byteOffset, width, chromaWidth, chromaHeight, shift, ...curve)
      to.set(from)
    }
    const print = tabled(inks.y, table) ? own.bend : own.curve
    print(luma.byteOffset, luma.byteOffset, size, table.byteOffset)
    y.set(luma)
  }
}
