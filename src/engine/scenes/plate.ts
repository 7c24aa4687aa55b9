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

/** Clear rows kept above and below, for what is painted onto a plate later. */
const SPARE = 60

/** Rows of a picture that are not wholly clear, with some to spare: first, and one past the last. */
const filledRows = (data: Uint8ClampedArray, width: number, height: number): readonly [number, number] => {
  const clear = (row: number): boolean => {
    for (let index = row * width * 4 + 3, end = index + width * 4; index < end; index += 4)
      if (data[index]! > 0) return false
    return true
  }
  let first = 0
  while (first < height && clear(first)) first++
  let last = height
  while (last > first && clear(last - 1)) last--
  return [Math.max(0, first - SPARE), Math.min(height, last + SPARE)]
}

/** Cuts off clear rows above and below: drawing them costs as much as drawing what is seen. */
const cropped = (canvas: Canvas, box: Box, depth: number, data: Uint8ClampedArray): Plate => {
  const [first, last] = filledRows(data, canvas.width, canvas.height)
  const rows = Math.max(1, last - first)
  if (rows > canvas.height * 0.9) return { canvas, ...box, depth }
  const part = createCanvas(canvas.width, rows)
  part.getContext('2d').drawImage(canvas, 0, -first)
  settle(part)
  const scale = box.height / canvas.height
  return { canvas: part, x: box.x, width: box.width, y: box.y + first * scale, height: rows * scale, depth }
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
  ctx.save()
  ctx.scale(scale, scale)
  ctx.translate(-box.x, -box.y)
  paint(ctx, box)
  ctx.restore()
  return cropped(canvas, box, depth, ctx.getImageData(0, 0, canvas.width, canvas.height).data)
}

/** Makes a plate of RGBA bytes (straight alpha) that cover the box. */
export const pixelPlate = (
  box: Box,
  depth: number,
  pixels: { width: number; height: number; data: Uint8ClampedArray },
): Plate => {
  const { width, height, data } = pixels
  const [first, last] = filledRows(data, width, height)
  const rows = Math.max(1, last - first)
  const canvas = createCanvas(width, rows)
  canvas
    .getContext('2d')
    .putImageData(new ImageData(data.subarray(first * width * 4, (first + rows) * width * 4), width, rows), 0, 0)
  settle(canvas)
  const scale = box.height / height
  return { canvas, x: box.x, width: box.width, y: box.y + first * scale, height: rows * scale, depth }
}

/** Prints one plate onto another, for good; they then move as one. */
export const printPlate = (under: Plate, over: Plate): void => {
  const ctx = under.canvas.getContext('2d')
  ctx.drawImage(over.canvas, over.x - under.x, over.y - under.y, over.width, over.height)
  settle(under.canvas)
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
