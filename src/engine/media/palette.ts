import { readPicture } from './pictures.ts'
import { fromRgba } from './planes-rgba.ts'
import { momentsOf, type Palette } from '../kernels/moments.ts'

const SIDE = 128

/** The palette of a reference picture. */
export const readPalette = async (path: string): Promise<Palette> => {
  const { y, u, v } = fromRgba(await readPicture(path, { width: SIDE, height: SIDE }))
  return { y: momentsOf(y), u: momentsOf(u), v: momentsOf(v) }
}
