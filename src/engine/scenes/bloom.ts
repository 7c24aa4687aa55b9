import { createCanvas, type Canvas } from '@napi-rs/canvas'
import type { Layer, Stage } from './stage.ts'

/** Light that spills over its edges: the bright parts of the frame, made small and laid over it again. */
export const bloomLayer = (stage: Stage, frame: Canvas, strength: number): Layer => {
  const { width, height } = stage
  const half = createCanvas(Math.ceil(width / 4), Math.ceil(height / 4))
  const small = createCanvas(Math.ceil(width / 16), Math.ceil(height / 16))
  const first = half.getContext('2d')
  const second = small.getContext('2d')
  return (ctx) => {
    first.globalCompositeOperation = 'copy'
    first.drawImage(frame, 0, 0, half.width, half.height)
    // A picture multiplied with itself keeps its lights and loses the rest.
    first.globalCompositeOperation = 'multiply'
    first.drawImage(half, 0, 0)
    second.globalCompositeOperation = 'copy'
    second.drawImage(half, 0, 0, small.width, small.height)
    ctx.globalCompositeOperation = 'screen'
    ctx.globalAlpha = strength
    ctx.drawImage(small, 0, 0, width, height)
    ctx.globalAlpha = 1
    ctx.globalCompositeOperation = 'source-over'
  }
}
