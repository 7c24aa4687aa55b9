import type { Rotation } from '../worker/open-side.ts'
import type { Size } from '../protocol.ts'
import type { Rect } from '../geometry.ts'
import type { Luma } from './ssim.ts'

/** A picture turned clockwise. */
export const turned = (luma: Luma, rotation: Rotation): Luma => {
  if (rotation === 0) return luma
  const { width, height, data } = luma
  const lies = rotation !== 180
  const to = { width: lies ? height : width, height: lies ? width : height, data: new Uint8Array(data.length) }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const left = rotation === 90 ? height - 1 - y : rotation === 180 ? width - 1 - x : y
      const top = rotation === 90 ? x : rotation === 180 ? height - 1 - y : width - 1 - x
      to.data[top * to.width + left] = data[y * width + x] ?? 0
    }
  return to
}

/** Where a part of a turned picture lies in the picture before it was turned; `whole` is the turned one's size. */
export const turnedBack = ({ x, y, width, height }: Rect, whole: Size, rotation: Rotation): Rect => {
  const right = whole.width - x - width
  const below = whole.height - y - height
  switch (rotation) {
    case 0:
      return { x, y, width, height }
    case 90:
      return { x: y, y: right, width: height, height: width }
    case 180:
      return { x: right, y: below, width, height }
    case 270:
      return { x: below, y: x, width: height, height: width }
    default:
      return rotation satisfies never
  }
}
