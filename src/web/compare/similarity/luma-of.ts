import type { VideoSample } from 'mediabunny'
import { BT709 } from '../colour-matrix.ts'
import type { Size } from '../protocol.ts'
import type { Rect } from '../geometry.ts'
import { type Channel, scaleArea } from './area-scale.ts'
import { lumaWeights } from './luma-weights.ts'
import type { Luma } from './ssim.ts'
import { turned, turnedBack } from './turn.ts'

/** Turns pictures into luma of one size: that part of them that is compared. Holds memory, and gives none of it out. */
export type LumaReader = {
  ofSample: (sample: VideoSample) => Promise<Luma>
  ofImage: (image: ImageBitmap) => Luma
}

/** Drawing goes by way of a picture so many times as large as is measured: the rest of the scaling is ours, by area. */
const DRAWN = 4

const toBytes = (values: Float32Array): Uint8Array => {
  const bytes = new Uint8ClampedArray(values.length)
  bytes.set(values)
  return new Uint8Array(bytes.buffer)
}

const add = (sum: Float32Array, weight: number, values: Float32Array) => {
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + weight * (values[at] ?? 0)
}

/** `whole` is the displayed size of the picture, `part` what of it is compared. */
export const createLumaReader = (whole: Size, part: Rect, size: Size): LumaReader => {
  let bytes = new Uint8Array(0)
  let canvas: OffscreenCanvasRenderingContext2D | undefined

  const ofDrawing = (draw: (context: OffscreenCanvasRenderingContext2D, width: number, height: number) => void) => {
    const scale = Math.min(1, (DRAWN * size.width) / part.width, (DRAWN * size.height) / part.height)
    const [width, height] = [
      Math.max(1, Math.round(whole.width * scale)),
      Math.max(1, Math.round(whole.height * scale)),
    ]
    canvas ??= new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true }) ?? undefined
    if (!canvas) throw new Error('this browser gave no canvas to draw on')
    canvas.imageSmoothingQuality = 'high'
    // What is transparent is black here as on the viewport: whatever lies under it is the same on both sides.
    canvas.fillRect(0, 0, width, height)
    draw(canvas, width, height)
    const { data } = canvas.getImageData(0, 0, width, height)
    const [across, down] = [width / whole.width, height / whole.height]
    const drawn = { x: part.x * across, y: part.y * down, width: part.width * across, height: part.height * down }
    const luma = new Float32Array(size.width * size.height)
    const channel = (offset: number): Channel => ({ data, offset, step: 4, stride: width * 4 })
    add(luma, BT709.red, scaleArea(channel(0), drawn, size))
    add(luma, BT709.green, scaleArea(channel(1), drawn, size))
    add(luma, BT709.blue, scaleArea(channel(2), drawn, size))
    return { ...size, data: toBytes(luma) }
  }

  /** The planes as they were decoded: no drawing and no conversion, a third of the time. Null where it takes both. */
  const ofPlanes = async (sample: VideoSample): Promise<Luma | null> => {
    const { format, colorSpace, rotation, flip, visibleRect } = sample
    const weights = lumaWeights(colorSpace)
    if (!weights || flip || (format !== 'I420' && format !== 'NV12')) return null
    const needed = sample.allocationSize()
    if (bytes.length < needed) bytes = new Uint8Array(needed)
    const [y, u, v] = await sample.copyTo(bytes)
    if (!y || !u) return null
    const upright = turnedBack(part, whole, rotation)
    const lying = rotation % 180 === 0 ? whole : { width: whole.height, height: whole.width }
    const scaledSize = rotation % 180 === 0 ? size : { width: size.height, height: size.width }
    // The displayed size may have other pixels than the decoded one: such that are not square.
    const inPlane = (width: number, height: number): Rect => ({
      x: (upright.x * width) / lying.width,
      y: (upright.y * height) / lying.height,
      width: (upright.width * width) / lying.width,
      height: (upright.height * height) / lying.height,
    })
    const { width, height } = visibleRect
    const scaled = new Float32Array(size.width * size.height).fill(weights.constant)
    const plane = (offset: number, step: number, stride: number): Channel => ({ data: bytes, offset, step, stride })
    add(scaled, weights.y, scaleArea(plane(y.offset, 1, y.stride), inPlane(width, height), scaledSize))
    if (weights.u !== 0) {
      const half = inPlane(width / 2, height / 2)
      const [step, offsetV, strideV] = v ? [1, v.offset, v.stride] : [2, u.offset + 1, u.stride]
      add(scaled, weights.u, scaleArea(plane(u.offset, step, u.stride), half, scaledSize))
      add(scaled, weights.v, scaleArea(plane(offsetV, step, strideV), half, scaledSize))
    }
    return turned({ ...scaledSize, data: toBytes(scaled) }, rotation)
  }

  return {
    ofSample: async (sample) =>
      (await ofPlanes(sample)) ?? ofDrawing((context, width, height) => sample.draw(context, 0, 0, width, height)),
    ofImage: (image) => ofDrawing((context, width, height) => context.drawImage(image, 0, 0, width, height)),
  }
}
