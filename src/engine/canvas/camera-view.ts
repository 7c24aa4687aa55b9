import type { DrawingContext } from './drawing-context.ts'
import type { FrameCanvas } from './frame-canvas.ts'

/** Where the camera stands: shifts in frames at depth 1 (positive x shows more of the right), and magnification from 1. */
export type Shot = { x: number; y: number; zoom: number }

/** One moment of a scene, as its layers see it. */
export type CameraView = Shot & {
  /** Seconds from the start, and the share of the clip that has passed. */
  seconds: number
  progress: number
  width: number
  height: number
  /** The line that a zoom leaves in place, as a share of the height. */
  centre: number
  /** What it is drawn on. */
  frameCanvas: FrameCanvas
}

/** Magnification at a depth: 0 is infinitely far and does not move, 1 is the subject, above 1 stands before it. */
export const scaleAt = (view: CameraView, depth: number): number => 1 + (view.zoom - 1) * depth

/** A frame position as a view at some depth shows it. */
export const xAt = (view: CameraView, x: number, depth: number): number =>
  (x - view.width / 2) * scaleAt(view, depth) + view.width / 2 - view.x * depth * view.width

export const yAt = (view: CameraView, y: number, depth: number): number => {
  const centre = view.centre * view.height
  return (y - centre) * scaleAt(view, depth) + centre - view.y * depth * view.height
}

/** Sets the context's transform so that frame positions are drawn as a view at some depth shows them. */
export const lookAt = (ctx: DrawingContext, view: CameraView, depth: number): void => {
  const scale = scaleAt(view, depth)
  ctx.setTransform(scale, 0, 0, scale, xAt(view, 0, depth), yAt(view, 0, depth))
}
