import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../rgb.ts'
import { planesOfColour } from './colour.ts'
import { createFrameMemory, type FrameMemory, type Sheet } from './frame-memory.ts'
import { createCanvasContext } from './canvas-context.ts'
import { createLayerStack, type Rectangle } from './layer-stack.ts'
import { spriteOf } from './sprite.ts'
import { createShapes } from './shapes.ts'

export type { Rectangle }

/** A sprite's picture that would be drawn smaller than by so many halvings is not seen. */
const MOST_HALVINGS = 6

type Pixels = { width: number; height: number; data: Uint8ClampedArray }

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
  ctx: SKRSContext2D
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

/** Frames of planes, onto which sprites are laid by compiled kernels and figures are drawn on a canvas. */
export const createFrameCanvas = (width: number, height: number, shift: 0 | 1): FrameCanvas => {
  const memory = createFrameMemory(shift)
  const { kernels } = memory
  const frame = memory.sheet(width, height)
  const shapes = createShapes(memory, frame, { width, height, shift })
  const context = createCanvasContext(width, height, {
    before: () => gather(),
    draw: (shape) => stack.draw(() => shapes.draw(shape)),
    enlarge: (picture, place, mode, alpha) => enlarge(picture, place, mode === 'light', Math.round(alpha * 255)),
    sprite: (canvas, place, mode, alpha) => {
      const known = spriteOf(canvas)
      if (!known) return false
      // Sheets are only enlarged: of one that is drawn smaller, one is made that is not larger.
      const smaller = Math.max(canvas.width / place.width, canvas.height / place.height)
      const halvings = Math.max(0, Math.ceil(Math.log2(smaller / 1.01)))
      if (halvings > MOST_HALVINGS) return true
      const part = known.sheet(frameCanvas, mode === 'light', true, halvings)
      const { sheet, from, rows } = part
      const y = place.y + place.height * from
      frameCanvas.lay(sheet, { x: place.x, y, width: place.width, height: place.height * rows }, alpha)
      return true
    },
  })
  const drawn = memory.sheet(width, height)
  // Small pictures that are drawn larger are laid as sprites are: far cheaper than on the canvas.
  const enlarged = memory.sheet(width, Math.ceil(height / 2))
  const stack = createLayerStack(memory, frame, shift)

  const gather = (): void => {
    for (const { bounds, data, mode } of context.take()) {
      const { left, top, right, bottom } = bounds
      const [wide, tall] = [right - left, bottom - top]
      stack.draw(() => {
        memory.fill(drawn, data, wide, tall, mode === 'light')
        stack.put(drawn, { x: left, y: top, width: wide, height: tall }, 255)
      })
    }
  }
  /** Lays a small picture that is not kept. */
  const enlarge = (picture: Pixels, place: Rectangle, light: boolean, share: number): void => {
    gather()
    stack.draw(() => {
      memory.fill(enlarged, picture.data, picture.width, picture.height, light)
      stack.put(enlarged, place, share)
    })
  }

  const frameCanvas: FrameCanvas = {
    width,
    height,
    shift,
    memory,
    frame,
    ctx: context.ctx,
    settle: () => {
      gather()
      stack.flush()
    },
    begin: (colour) => {
      stack.flush()
      context.begin()
      const [y, u, v] = planesOfColour(colour)
      const { luma, chroma } = frame
      kernels.flood(luma.plane, luma.stride * luma.height, Math.round(y))
      kernels.flood(frame.u, chroma.stride * chroma.height, Math.round(u))
      kernels.flood(frame.v, chroma.stride * chroma.height, Math.round(v))
    },
    shine: ([red, green, blue], alpha) => {
      const data = Uint8ClampedArray.of(red, green, blue, alpha * 255)
      enlarge({ width: 1, height: 1, data }, { x: 0, y: 0, width, height }, true, 255)
    },
    dab: (given, count) => {
      gather()
      const list = new Uint8Array(given.slice().buffer)
      stack.draw(() => {
        const place = memory.spare(list.length)
        memory.bytes(place, list.length).set(list)
        const { luma, chroma } = frame
        kernels.dabs(place, count, luma.plane, 0, luma.stride, width, height, 1, 0)
        const scale = 1 / (1 << shift)
        kernels.dabs(place, count, frame.u, frame.v, chroma.stride, chroma.width, chroma.height, scale, 1)
      })
    },
    lay: (sheet, place, alpha = 1) => {
      gather()
      stack.lay(sheet, place, Math.round(alpha * 255))
    },
  }
  return frameCanvas
}
