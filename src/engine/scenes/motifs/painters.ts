import type { Motif } from '../../prompt/motif.ts'
import type { PlacePainter } from '../places/painter.ts'
import { paintIcebergs } from './icebergs.ts'
import { paintLibrary } from './library.ts'
import { paintPond } from './pond.ts'
import { paintShapes } from './shapes.ts'

/** Who paints each motif. */
export const motifPainters: Readonly<Record<Motif, PlacePainter>> = {
  pond: paintPond,
  icebergs: paintIcebergs,
  library: paintLibrary,
  shapes: paintShapes,
}
