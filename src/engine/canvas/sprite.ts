import { createCanvas, ImageData, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../rgb.ts'
import type { DrawingContext } from './drawing-context.ts'
import { css } from './colour.ts'
import { scaleAt, type CameraView, xAt, yAt } from './camera-view.ts'
import { filledRows, halved, type Picture, rowsOf } from './picture.ts'
import type { Specks } from './specks.ts'
import { rememberSprite, type SheetOf, type SpriteSheet } from './sprite-sheets.ts'

/** Pixels to a side of a glow's picture. */
const GLOW = 96

/** A picture that is painted once and then only moved: its place in the frame, and its depth (see camera-view.ts). */
export type Sprite = {
  x: number
  y: number
  width: number
  height: number
  depth: number
  /** To print more onto it, before it is first drawn. */
  readonly canvas: Canvas
  sheet: SheetOf
}

export type Box = { x: number; y: number; width: number; height: number }

/** Drawing is recorded and replayed by Skia; reading one pixel makes it happen now and once. */
const settle = (canvas: Canvas): void => {
  canvas.getContext('2d').getImageData(0, 0, 1, 1)
}

/** The rows of a picture that are not clear, `skip` rows below its upper edge, of so many rows in all. */
type Filled = { part: Picture; skip: number; rows: number }

const filledPart = (picture: Picture): Filled => {
  const [first, last] = filledRows(picture)
  const skip = Math.min(first, picture.height - 1)
  return { part: rowsOf(picture, skip, last), skip, rows: picture.height }
}

const smaller = (picture: Picture, halvings: number): Picture =>
  halvings === 0 ? picture : smaller(halved(picture), halvings - 1)

/** A sprite of what has been drawn on a canvas, or of pixels, which become a canvas only where more is printed onto them. */
const createSprite = (
  box: Box,
  depth: number,
  canvas: Canvas | undefined,
  filled: Filled | undefined,
  /** Paints what is still missing on the canvas onto its pixels. */
  strew?: (picture: Picture) => void,
): Sprite => {
  const made: SpriteSheet[] = []
  const drawn = (): Canvas => {
    if (canvas) return canvas
    if (!filled) throw new Error('a sprite whose canvas was let go')
    const { part, skip, rows } = filled
    canvas = createCanvas(part.width, rows)
    canvas.getContext('2d').putImageData(new ImageData(part.data, part.width, part.height), 0, skip)
    filled = undefined
    return canvas
  }
  const whole = (): Picture => {
    const { width, height } = drawn()
    const all = { width, height, data: drawn().getContext('2d').getImageData(0, 0, width, height).data }
    strew?.(all)
    return all
  }
  const sprite: Sprite = {
    ...box,
    depth,
    get canvas() {
      const own = drawn()
      if (strew) {
        const { data, width, height } = whole()
        own.getContext('2d').putImageData(new ImageData(data, width, height), 0, 0)
        strew = undefined
      }
      rememberSprite(own, sprite.sheet)
      return own
    },
    sheet: (memory, { light, kept = false, halvings = 0 }) => {
      const which = (kept && light ? 1 : 0) + halvings * 2
      const before = made[which]
      if (before) return before
      const { part, skip, rows } = !canvas && filled && halvings === 0 ? filled : filledPart(smaller(whole(), halvings))
      const sheet = memory.sheetOf(part.data, part.width, part.height, light)
      if (canvas && !kept) {
        // Its pixels are given free now, not when the collector comes to it.
        canvas.width = 1
        canvas.height = 1
        canvas = undefined
      }
      filled = undefined
      const now = { sheet, from: skip / rows, rows: part.height / rows }
      made[which] = now
      return now
    },
  }
  return sprite
}

/**
 * Paints a sprite by drawing. `scale` below 1 paints soft things (mist, glows) small and cheap. Specks that it answers are
 * painted over what is drawn.
 */
export const paintSprite = (
  box: Box,
  depth: number,
  paint: (ctx: SKRSContext2D, box: Box) => void | Specks,
  scale = 1,
): Sprite => {
  const canvas = createCanvas(Math.max(1, Math.ceil(box.width * scale)), Math.max(1, Math.ceil(box.height * scale)))
  const ctx = canvas.getContext('2d')
  ctx.save()
  ctx.scale(scale, scale)
  ctx.translate(-box.x, -box.y)
  const specks = paint(ctx, box)
  const strew = specks ? (picture: Picture) => specks.onto(picture, { ...box, scale }) : undefined
  ctx.restore()
  settle(canvas)
  return createSprite(box, depth, canvas, undefined, strew)
}

/** Makes a sprite of RGBA bytes (straight alpha) that cover the box. */
export const pixelSprite = (box: Box, depth: number, pixels: Picture): Sprite =>
  createSprite(box, depth, undefined, filledPart(pixels))

/** Prints one sprite onto another, for good; they then move as one. What lies beyond the lower one's box is cut off. */
export const printSprite = (under: Sprite, over: Sprite): void => {
  const ctx = under.canvas.getContext('2d')
  ctx.drawImage(over.canvas, over.x - under.x, over.y - under.y, over.width, over.height)
  settle(under.canvas)
}

/** Lays a sprite where a view sees it, moved by some pixels of its own depth; as light, where `ctx` draws light. */
export const drawSprite = (ctx: DrawingContext, view: CameraView, sprite: Sprite, dx = 0, dy = 0): void => {
  const { frameCanvas } = view
  const scale = scaleAt(view, sprite.depth)
  const { sheet, from, rows } = sprite.sheet(frameCanvas.memory, { light: ctx.globalCompositeOperation === 'screen' })
  frameCanvas.lay(
    sheet,
    {
      x: xAt(view, sprite.x + dx, sprite.depth),
      y: yAt(view, sprite.y + dy + sprite.height * from, sprite.depth),
      width: sprite.width * scale,
      height: sprite.height * rows * scale,
    },
    ctx.globalAlpha,
  )
}

/** A round glow that fades out, painted small: its middle and reach in pixels, its colours and alphas from within. */
export const glowSprite = (
  at: { x: number; y: number; reach: number },
  depth: number,
  stops: readonly (readonly [at: number, colour: Rgb, alpha: number])[],
): Sprite => {
  const { x, y, reach } = at
  const box = { x: x - reach, y: y - reach, width: reach * 2, height: reach * 2 }
  return paintSprite(
    box,
    depth,
    (ctx) => {
      const fall = ctx.createRadialGradient(x, y, 0, x, y, reach)
      for (const [share, colour, alpha] of stops) fall.addColorStop(share, css(colour, alpha))
      ctx.fillStyle = fall
      ctx.fillRect(box.x, box.y, box.width, box.height)
    },
    GLOW / (reach * 2),
  )
}
