import { readPicture } from './pictures.ts'
import { fromRgba } from '../kernels/planes-rgba.ts'
import { type Palette, paletteOf } from '../kernels/palette.ts'

const SIDE = 128

/** The palette of a reference picture. */
export const readPalette = async (path: string): Promise<Palette> =>
  paletteOf(fromRgba(await readPicture(path, { width: SIDE, height: SIDE })))
