import type { Canvas } from '@napi-rs/canvas'
import type { Rgb } from '../rgb.ts'
import { planesOfColour } from './colour.ts'
import { createFrameMemory, type FrameMemory, type Sheet } from './frame-memory.ts'
import { createCanvasContext } from './canvas-context.ts'
import type { DrawingContext } from './drawing-context.ts'
import { createLayerStack, type LayerStack, type Rectangle } from './layer-stack.ts'
import type { Picture } from './picture.ts'
import { createShapes } from './shapes.ts'
import { sheetOfCanvas } from './sprite-sheets.ts'

export type { Rectangle }

/** A sprite's picture that would be drawn smaller than by so many halvings is not seen. */
const MOST_HALVINGS = 6

/** A frame in the making. */
export type FrameCanvas = {
  width: number
  height: number
  /** 1 where chroma has half the size, else 0. */
  shift: 0 | 1
  memory: FrameMemory
  /** The frame's planes. Their rows have room on both sides, as a sprite's have. */
  frame: Sheet
  /** Draws over what has been laid so far. */
  ctx: DrawingContext
  /** Brings all that was drawn and laid into the frame, before anything reads it. */
  settle: () => void
  /** Begins a frame in one colour. */
  begin: (colour: Rgb) => void
  /** Lays a sheet, once all is settled, so that it fills a rectangle of the frame that is not smaller than it. */
  lay: (sheet: Sheet, place: Rectangle, alpha?: number) => void
  /** Adds light of one colour to all of the frame. */
  shine: (colour: Rgb, alpha: number) => void
  /** Lays small shapes, so many, of twelve numbers each; see assembly/dabs.ts. */
  dab: (list: Float32Array, count: number) => void
}

/**
 * The sheet of a sprite's canvas and the part of a place that it fills; null where that is too small to be seen, undefined
 * where the canvas is no sprite's.
 */
const placeSprite = (
  memory: FrameMemory,
  canvas: Canvas,
  place: Rectangle,
  light: boolean,
): readonly [Sheet, Rectangle] | null | undefined => {
  const sheetOf = sheetOfCanvas(canvas)
  if (!sheetOf) return undefined
  // Sheets are only enlarged: of one that is drawn smaller, one is made that is not larger.
  const smaller = Math.max(canvas.width / place.width, canvas.height / place.height)
  const halvings = Math.max(0, Math.ceil(Math.log2(smaller / 1.01)))
  if (halvings > MOST_HALVINGS) return null
  const { sheet, from, rows } = sheetOf(memory, { light, kept: true, halvings })
  return [sheet, { ...place, y: place.y + place.height * from, height: place.height * rows }]
}

/** Lays pictures that are not kept, of up to some size. */
const createPictureLayer = (memory: FrameMemory, stack: LayerStack, width: number, height: number) => {
  const sheet = memory.sheet(width, height)
  return (picture: Picture, place: Rectangle, light: boolean, share: number): void =>
    stack.draw(() => {
      memory.fill(sheet, picture.data, picture.width, picture.height, light)
      stack.put(sheet, place, share)
    })
}

/** Sets all of a frame to one colour. */
const flood = ({ kernels }: FrameMemory, { luma, chroma, u: uPlane, v: vPlane }: Sheet, colour: Rgb): void => {
  const [y, u, v] = planesOfColour(colour)
  kernels.flood(luma.plane, luma.stride * luma.height, Math.round(y))
  kernels.flood(uPlane, chroma.stride * chroma.height, Math.round(u))
  kernels.flood(vPlane, chroma.stride * chroma.height, Math.round(v))
}

/** Lays small shapes over a frame's planes. */
const drawDabs = (memory: FrameMemory, { luma, chroma, u, v }: Sheet, list: Uint8Array, count: number): void => {
  const place = memory.spare(list.length)
  memory.bytes(place, list.length).set(list)
  memory.kernels.dabs(place, count, luma.plane, 0, luma.stride, luma.width, luma.height, 1, 0)
  const scale = chroma.width === luma.width ? 1 : 0.5
  memory.kernels.dabs(place, count, u, v, chroma.stride, chroma.width, chroma.height, scale, 1)
}

/** Frames of planes, onto which sprites are laid by compiled kernels and figures are drawn on a canvas. */
export const createFrameCanvas = (width: number, height: number, shift: 0 | 1): FrameCanvas => {
  const memory = createFrameMemory(shift)
  const frame = memory.sheet(width, height)
  const shapes = createShapes(memory, frame, { width, height, shift })
  const stack = createLayerStack(memory, frame, shift)
  const layDrawn = createPictureLayer(memory, stack, width, height)
  // Small pictures that are drawn larger are laid as sprites are: far cheaper than on the canvas.
  const layEnlarged = createPictureLayer(memory, stack, width, Math.ceil(height / 2))
  const context = createCanvasContext(width, height, {
    lay: ({ bounds: { left, top, right, bottom }, data, mode }) => {
      const size = { width: right - left, height: bottom - top }
      layDrawn({ ...size, data }, { ...size, x: left, y: top }, mode === 'light', 255)
    },
    draw: (shape) => stack.draw(() => shapes.draw(shape)),
    enlarge: (picture, place, mode, alpha) => {
      context.gather()
      layEnlarged(picture, place, mode === 'light', Math.round(alpha * 255))
    },
    sprite: (canvas, place, mode, alpha) => {
      const placed = placeSprite(memory, canvas, place, mode === 'light')
      if (placed) lay(...placed, alpha)
      return placed !== undefined
    },
  })
  const { ctx, gather } = context
  const lay: FrameCanvas['lay'] = (sheet, place, alpha = 1) => {
    gather()
    stack.lay(sheet, place, Math.round(alpha * 255))
  }

  return {
    width,
    height,
    shift,
    memory,
    frame,
    ctx,
    settle: () => {
      gather()
      stack.flush()
    },
    begin: (colour) => {
      stack.flush()
      context.begin()
      flood(memory, frame, colour)
    },
    shine: ([red, green, blue], alpha) => {
      const data = Uint8ClampedArray.of(red, green, blue, alpha * 255)
      gather()
      layEnlarged({ width: 1, height: 1, data }, { x: 0, y: 0, width, height }, true, 255)
    },
    dab: (given, count) => {
      gather()
      const list = new Uint8Array(given.slice().buffer)
      stack.draw(() => drawDabs(memory, frame, list, count))
    },
    lay,
  }
}
