import type { CSSProperties } from 'react'
import type { Rect } from '../geometry.ts'

/** Where an absolute element stands in one whose corner is at `from`. CSS pixels, both from the canvas' corner. */
export const boxStyle = ({ x, y, width, height }: Rect, from = { x: 0, y: 0 }): CSSProperties => ({
  left: x - from.x,
  top: y - from.y,
  width,
  height,
})
