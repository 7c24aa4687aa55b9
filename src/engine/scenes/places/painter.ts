import type { Layer, Stage } from '../stage.ts'

/** A scene's layers, back to front, and the line (frame pixels) that a zoom leaves in place. */
type Painted = { layers: Layer[]; horizon: number }

/** Builds the layers of one kind of place. */
export type PlacePainter = (stage: Stage) => Painted
