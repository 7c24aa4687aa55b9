import type { SKRSContext2D } from '@napi-rs/canvas'
import { type Box, drawPlate, type Plate } from '../canvas/sprite.ts'
import type { Stage } from './context.ts'
import type { View } from '../canvas/camera-view.ts'

/** A part of a scene: draws itself as it looks at one moment. Draws nothing that depends on another moment. */
export type Layer = (ctx: SKRSContext2D, view: View) => void

/** A scene's layers, back to front, and the line (frame pixels) that a zoom leaves in place. */
type Painted = { layers: Layer[]; horizon: number }

/** Builds the layers of a scene: of one kind of place, or of a motif. */
export type ScenePainter = (stage: Stage) => Painted

/** The box that a layer at a depth must fill so that the camera never sees past its sides. */
export const coverBox = (stage: Stage, depth: number, top = 0, bottom = stage.height): Box => {
  const padX = Math.ceil(stage.reach.x * depth) + 2
  const padY = Math.ceil(stage.reach.y * depth) + 2
  const y = Math.floor(top - (top <= 0 ? padY : 0))
  return {
    x: -padX,
    y,
    width: stage.width + padX * 2,
    height: Math.ceil(bottom + (bottom >= stage.height ? padY : 0)) - y,
  }
}

/** A layer that is one still plate. */
export const still =
  (plate: Plate): Layer =>
  (ctx, view) =>
    drawPlate(ctx, view, plate)

/** A layer that is the light of one still plate. */
export const shining =
  (plate: Plate): Layer =>
  (ctx, view) => {
    ctx.globalCompositeOperation = 'screen'
    drawPlate(ctx, view, plate)
    ctx.globalCompositeOperation = 'source-over'
  }
