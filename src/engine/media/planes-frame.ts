import { AV_PIX_FMT_YUV420P, AVCOL_RANGE_MPEG, AVCOL_RANGE_UNSPECIFIED, AVCOL_SPC_BT709 } from 'node-av/constants'
import { Frame } from 'node-av/lib'

/** The filters that bring any upright frame to what the encoder takes: 4:2:0 planes, bt709 at television range. */
export const toVideoPlanes = (width: number, height: number): string =>
  `scale=${width}:${height}:flags=bicubic+accurate_rnd:out_color_matrix=bt709:out_range=tv,setsar=1,format=yuv420p`

/** Whether a frame, shown as it is, has such planes of that size already. */
export const isPlain = (frame: Frame, width: number, height: number): boolean =>
  frame.format === AV_PIX_FMT_YUV420P &&
  frame.width === width &&
  frame.height === height &&
  frame.colorSpace === AVCOL_SPC_BT709 &&
  (frame.colorRange === AVCOL_RANGE_MPEG || frame.colorRange === AVCOL_RANGE_UNSPECIFIED)

/** Such planes of a frame, one after the other, in memory of that size, its own where none is given. */
export const videoPlanesOf = (frame: Frame, into?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  const bytes = frame.toBuffer()
  if (!into) return new Uint8Array(bytes)
  into.set(bytes)
  return into
}

/** Makes frames for the encoder of such planes. Width and height must be even. */
export const createToFrame = (width: number, height: number, timeBase: { num: number; den: number }) => {
  const size = (width * height * 3) / 2
  const target = Buffer.alloc(size)
  return (video: Uint8Array): Frame => {
    if (video.length !== size) throw new Error('planes of another size')
    target.set(video)
    const frame = Frame.fromVideoBuffer(target, {
      width,
      height,
      format: AV_PIX_FMT_YUV420P,
      timeBase,
      sampleAspectRatio: { num: 1, den: 1 },
    })
    frame.colorSpace = AVCOL_SPC_BT709
    frame.colorRange = AVCOL_RANGE_MPEG
    return frame
  }
}
