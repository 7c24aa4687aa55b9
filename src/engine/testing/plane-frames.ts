import { AV_PIX_FMT_YUV420P, AVCOL_RANGE_MPEG, AVCOL_SPC_BT709 } from 'node-av/constants'
import { Frame, type IRational } from 'node-av/lib'
import { createRandom } from '../random.ts'
import { paintTiles } from './tiles.ts'

/** By how much the texture moves from frame to frame, at most: its planes are larger than the picture by this. */
const MARGIN = 256
const LEVELS = { dark: 32, bright: 219 }

/** A plane with large soft shapes and fine grain, about as hard to encode as a film. */
const texturePlane = (width: number, height: number, grain: number, seed: number): Uint8Array => {
  const random = createRandom(seed)
  const plane = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const shapes = 34 * Math.sin(x / 37 + 2 * Math.sin(y / 61)) + 22 * Math.sin(y / 23 + x / 90)
      const detail = 12 * Math.sin(x / 3.1) * Math.sin(y / 4.3)
      plane[y * width + x] = 120 + (grain > 0 ? shapes + detail : shapes / 3) + grain * (random() - 0.5)
    }
  return plane
}

/** Copies a window of a larger plane. */
const copyWindow = (from: Uint8Array, stride: number, left: number, top: number, to: Uint8Array, width: number) => {
  for (let y = 0; y * width < to.length; y++) {
    const start = (top + y) * stride + left
    to.set(from.subarray(start, start + width), y * width)
  }
}

/** Where the texture is at a frame: it wanders to and fro. */
const wander = (number: number, speed: number): number => {
  const way = (number * speed) % (2 * MARGIN)
  return way < MARGIN ? way : 2 * MARGIN - way
}

/** Turns a plane so that a player that turns it clockwise by `degrees` shows it as it was. Sizes are of the result. */
const unturn = (plane: Uint8Array, width: number, height: number, degrees: number): Uint8Array => {
  if (degrees === 0) return plane
  const turned = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from =
        degrees === 90
          ? x * height + (height - 1 - y)
          : degrees === 180
            ? (height - 1 - y) * width + (width - 1 - x)
            : (width - 1 - x) * height + y
      turned[y * width + x] = plane[from] ?? 0
    }
  return turned
}

/**
 * Frames whose numbers stand in tiles (see tiles.ts), upright on screen also where the player turns the picture. With
 * `texture` the rest of the picture moves, so that decoding costs what a film costs. Straight in YUV: 60 s of 720p take
 * seconds to make. Frames belong to the caller.
 */
export const planeFrames = (options: {
  width: number
  height: number
  rotate: number
  texture: boolean
  timeBase: IRational
}): ((number: number) => Frame) => {
  const { width, height, rotate, texture, timeBase } = options
  const [shownWidth, shownHeight] = rotate % 180 === 0 ? [width, height] : [height, width]
  const [halfWidth, halfHeight] = [width >> 1, height >> 1]
  const rich = texture ? texturePlane(shownWidth + MARGIN, shownHeight + MARGIN, 14, 1) : null
  const tint = texture ? texturePlane(halfWidth + MARGIN, halfHeight + MARGIN, 0, 2) : null

  return (number) => {
    const picture = new Uint8Array(width * height + 2 * halfWidth * halfHeight)
    const luma = picture.subarray(0, width * height)
    const u = picture.subarray(luma.length, luma.length + halfWidth * halfHeight)
    const v = picture.subarray(luma.length + u.length)
    const upright = rotate === 0 ? luma : new Uint8Array(luma.length)
    upright.fill(110)
    u.fill(128)
    v.fill(128)
    if (rich && tint) {
      copyWindow(rich, shownWidth + MARGIN, wander(number, 3), wander(number, 1), upright, shownWidth)
      copyWindow(tint, halfWidth + MARGIN, wander(number, 2), wander(number, 1), u, halfWidth)
      copyWindow(tint, halfWidth + MARGIN, wander(number, 1), wander(number, 2), v, halfWidth)
    }
    paintTiles(upright, shownWidth, shownHeight, number, LEVELS)
    if (rotate !== 0) luma.set(unturn(upright, width, height, rotate))
    const frame = Frame.fromVideoBuffer(Buffer.from(picture.buffer), {
      width,
      height,
      format: AV_PIX_FMT_YUV420P,
      timeBase,
    })
    frame.colorSpace = AVCOL_SPC_BT709
    frame.colorRange = AVCOL_RANGE_MPEG
    return frame
  }
}
