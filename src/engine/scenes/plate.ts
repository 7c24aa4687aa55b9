import { createCanvas, ImageData, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import type { Layer, Stage } from './stage.ts'
import { lookAt, type View } from './view.ts'

/** A picture that is painted once and then only moved: its place in the frame, and its depth (see view.ts). */
export type Plate = { canvas: Canvas; x: number; y: number; width: number; height: number; depth: number }

export type Box = { x: number; y: number; width: number; height: number }

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

/** Drawing is recorded and replayed by Skia; reading one pixel makes it happen now and once. */
const settle = (canvas: Canvas): void => {
  canvas.getContext('2d').getImageData(0, 0, 1, 1)
}

/** Paints a plate by drawing. `scale` below 1 paints soft things (mist, glows) small and cheap. */
export const paintPlate = (
  box: Box,
  depth: number,
  paint: (ctx: SKRSContext2D, box: Box) => void,
  scale = 1,
): Plate => {
  const canvas = createCanvas(Math.max(1, Math.ceil(box.width * scale)), Math.max(1, Math.ceil(box.height * scale)))
  const ctx = canvas.getContext('2d')
  ctx.scale(scale, scale)
  ctx.translate(-box.x, -box.y)
  paint(ctx, box)
  settle(canvas)
  return { canvas, ...box, depth }
}

/** Makes a plate of RGBA bytes (straight alpha) that cover the box. */
export const pixelPlate = (
  box: Box,
  depth: number,
  pixels: { width: number; height: number; data: Uint8ClampedArray },
): Plate => {
  const canvas = createCanvas(pixels.width, pixels.height)
  canvas.getContext('2d').putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0)
  settle(canvas)
  return { canvas, ...box, depth }
}

/** Draws a plate where a view sees it, moved by some pixels of its own depth. */
export const drawPlate = (ctx: SKRSContext2D, view: View, plate: Plate, dx = 0, dy = 0): void => {
  lookAt(ctx, view, plate.depth)
  ctx.drawImage(plate.canvas, plate.x + dx, plate.y + dy, plate.width, plate.height)
  ctx.setTransform(1, 0, 0, 1, 0, 0)
}

/** A layer that is one still plate. */
export const still =
  (plate: Plate): Layer =>
  (ctx, view) =>
    drawPlate(ctx, view, plate)
