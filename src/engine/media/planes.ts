import { AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV444P, AVCOL_RANGE_JPEG, AVCOL_SPC_BT709 } from 'node-av/constants'
import { Frame } from 'node-av/lib'

/**
 * A picture as luma and two chroma planes, bt709 at full range (0 to 255, chroma's zero at 128), rows without padding.
 * `shift` is 1 where the chroma planes have half the size (a clip's 4:2:0) and 0 where they have all of it. Styles work
 * on this: half the bytes of RGBA, and tone and colour come apart by themselves.
 */
export type Planes = {
  width: number
  height: number
  shift: 0 | 1
  chromaWidth: number
  chromaHeight: number
  y: Uint8Array
  u: Uint8Array
  v: Uint8Array
  /** The three planes, one after the other. */
  bytes: Uint8Array
}

const wrap = (width: number, height: number, shift: 0 | 1, bytes: Uint8Array): Planes => {
  const chromaWidth = (width + shift) >> shift
  const chromaHeight = (height + shift) >> shift
  const luma = width * height
  const chroma = chromaWidth * chromaHeight
  return {
    width,
    height,
    shift,
    chromaWidth,
    chromaHeight,
    y: bytes.subarray(0, luma),
    u: bytes.subarray(luma, luma + chroma),
    v: bytes.subarray(luma + chroma, luma + 2 * chroma),
    bytes,
  }
}

export const createPlanes = (width: number, height: number, shift: 0 | 1): Planes => {
  const chroma = ((width + shift) >> shift) * ((height + shift) >> shift)
  return wrap(width, height, shift, new Uint8Array(width * height + 2 * chroma))
}

/** The filters that bring any upright frame to planes of that size. */
export const toPlanes = (width: number, height: number, shift: 0 | 1): string =>
  `scale=${width}:${height}:flags=bicubic+accurate_rnd:out_color_matrix=bt709:out_range=pc,setsar=1,format=yuv${shift ? '420' : '444'}p`

/** A frame that {@link toPlanes} made; the bytes are a copy. */
export const planesOf = (frame: Frame, shift: 0 | 1): Planes => wrap(frame.width, frame.height, shift, frame.toBuffer())

export const planesToFrame = (planes: Planes, timeBase: { num: number; den: number }): Frame => {
  const { bytes } = planes
  const frame = Frame.fromVideoBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    width: planes.width,
    height: planes.height,
    format: planes.shift ? AV_PIX_FMT_YUV420P : AV_PIX_FMT_YUV444P,
    timeBase,
    sampleAspectRatio: { num: 1, den: 1 },
  })
  frame.colorSpace = AVCOL_SPC_BT709
  frame.colorRange = AVCOL_RANGE_JPEG
  return frame
}
