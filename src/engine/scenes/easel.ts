import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../prompt/colours.ts'
import { createFrameMemory, type FrameMemory, type Part, type Sheet } from './frame-memory.ts'
import { createInk } from './ink.ts'
import { plateOf } from './plate.ts'

export type Rectangle = { x: number; y: number; width: number; height: number }

/** Full-range luma and chroma of a colour, bt709. */
export const planesOfColour = ([red, green, blue]: Rgb): readonly [number, number, number] => {
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return [luma, 128 + (blue - luma) / 1.8556, 128 + (red - luma) / 1.5748]
}

/** A frame in the making. */
export type Easel = {
  width: number
  height: number
  /** 1 where chroma has half the size, else 0. */
  shift: 0 | 1
  memory: FrameMemory
  /** The frame's planes. Their rows have room on both sides, as a plate's have. */
  frame: Sheet
  /** Draws over what has been laid so far. */
  ctx: SKRSContext2D
  /** Brings what was drawn by `ctx` into the frame: before anything reads or covers it. */
  settle: () => void
  /** Begins a frame in one colour. */
  begin: (colour: Rgb) => void
  /** Lays a sheet over the frame so that it fills a rectangle of it, not smaller than the sheet. */
  lay: (sheet: Sheet, place: Rectangle, alpha?: number) => void
  /** Adds light of one colour to all of the frame. */
  shine: (colour: Rgb, alpha: number) => void
  /** Lays small shapes, so many, of twelve numbers each; see assembly/dabs.ts. */
  dab: (list: Float32Array, count: number) => void
}

/** Frames of planes, onto which plates are laid by compiled kernels and figures are drawn on a canvas. */
export const createEasel = (width: number, height: number, shift: 0 | 1): Easel => {
  const memory = createFrameMemory(shift)
  const { kernels } = memory
  const frame = memory.sheet(width, height)
  const ink = createInk(width, height, {
    before: () => settle(),
    enlarge: (picture, place, mode, alpha) => {
      settle()
      memory.fill(enlarged, picture.data, picture.width, picture.height, mode === 'light')
      put(enlarged, place, Math.round(alpha * 255))
    },
    plate: (canvas, place, mode, alpha) => {
      const part = plateOf(canvas)?.sheet(easel, mode === 'light', true)
      if (!part) return false
      const { sheet, from, rows } = part
      const y = place.y + place.height * from
      easel.lay(sheet, { x: place.x, y, width: place.width, height: place.height * rows }, alpha)
      return true
    },
  })
  const inked = memory.sheet(width, height)
  // Small pictures that are drawn larger are laid as plates are: far cheaper than on the canvas.
  const enlarged = memory.sheet(width, Math.ceil(height / 2))
  const table = memory.keep((width + 32) * 4)

  const layPlane = (
    part: Part,
    plane: number,
    target: Part,
    targetPlane: number,
    place: Rectangle,
    cover: number,
    share: number,
    made: boolean,
  ): void => {
    const stepX = part.width / place.width
    const stepY = part.height / place.height
    const from = Math.max(0, Math.ceil(place.x - 0.5))
    const to = Math.min(target.width, Math.ceil(place.x + place.width - 0.5))
    const top = Math.max(0, Math.ceil(place.y - 0.5))
    const bottom = Math.min(target.height, Math.ceil(place.y + place.height - 0.5))
    if (from >= to || top >= bottom) return
    const firstX = (0.5 - place.x) * stepX - 0.5
    if (!made) kernels.steps(table, from, to, firstX, stepX)
    kernels.lay(
      plane,
      cover === 2 && share === 255 ? 0 : part.alpha,
      part.stride,
      part.height,
      part.spans,
      targetPlane,
      target.stride,
      top,
      bottom,
      (0.5 - place.y) * stepY - 0.5,
      stepY,
      from,
      to,
      firstX,
      stepX,
      table,
      share,
    )
  }

  const put = (sheet: Sheet, place: Rectangle, share = 255): void => {
    if (sheet.cover === 0 || share === 0) return
    const half = {
      x: place.x / (1 << shift),
      y: place.y / (1 << shift),
      // A row or column more than half of an odd size lies beyond the rectangle.
      width: (place.width * sheet.chroma.width) / sheet.width,
      height: (place.height * sheet.chroma.height) / sheet.height,
    }
    layPlane(sheet.luma, sheet.luma.plane, frame.luma, frame.luma.plane, place, sheet.cover, share, false)
    layPlane(sheet.chroma, sheet.u, frame.chroma, frame.u, half, sheet.cover, share, false)
    layPlane(sheet.chroma, sheet.v, frame.chroma, frame.v, half, sheet.cover, share, true)
  }

  const settle = (): void => {
    for (const { bounds, data, mode } of ink.take()) {
      const [wide, tall] = [bounds.right - bounds.left, bounds.bottom - bounds.top]
      memory.fill(inked, data, wide, tall, mode === 'light')
      put(inked, { x: bounds.left, y: bounds.top, width: wide, height: tall })
    }
  }

  const easel: Easel = {
    width,
    height,
    shift,
    memory,
    frame,
    ctx: ink.ctx,
    settle,
    begin: (colour) => {
      const [y, u, v] = planesOfColour(colour)
      const { luma, chroma } = frame
      kernels.flood(luma.plane, luma.stride * luma.height, Math.round(y))
      kernels.flood(frame.u, chroma.stride * chroma.height, Math.round(u))
      kernels.flood(frame.v, chroma.stride * chroma.height, Math.round(v))
    },
    shine: ([red, green, blue], alpha) => {
      settle()
      memory.fill(enlarged, Uint8ClampedArray.of(red, green, blue, alpha * 255), 1, 1, true)
      put(enlarged, { x: 0, y: 0, width, height })
    },
    dab: (list, count) => {
      settle()
      const place = memory.spare(list.byteLength)
      memory.bytes(place, list.byteLength).set(new Uint8Array(list.buffer, list.byteOffset, list.byteLength))
      const { luma, chroma } = frame
      kernels.dabs(place, count, luma.plane, 0, luma.stride, width, height, 1, 0)
      const scale = 1 / (1 << shift)
      kernels.dabs(place, count, frame.u, frame.v, chroma.stride, chroma.width, chroma.height, scale, 1)
    },
    lay: (sheet, place, alpha = 1) => {
      settle()
      put(sheet, place, Math.round(alpha * 255))
    },
  }
  return easel
}
