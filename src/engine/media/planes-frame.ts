import { AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV444P, AVCOL_RANGE_JPEG, AVCOL_SPC_BT709 } from 'node-av/constants'
import { Frame } from 'node-av/lib'
import { type Planes, planesIn } from './planes.ts'

/** The filters that bring any upright frame to planes of that size. */
export const toPlanes = (width: number, height: number, shift: 0 | 1): string =>
  `scale=${width}:${height}:flags=bicubic+accurate_rnd:out_color_matrix=bt709:out_range=pc,setsar=1,format=yuv${shift ? '420' : '444'}p`

/** A frame that {@link toPlanes} made; the bytes are a copy. */
export const planesOf = (frame: Frame, shift: 0 | 1): Planes =>
  planesIn(frame.width, frame.height, shift, frame.toBuffer())

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
