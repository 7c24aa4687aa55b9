import { AV_PIX_FMT_RGBA, AVCOL_RANGE_JPEG, AVCOL_SPC_RGB } from 'node-av/constants'
import { Frame, type IRational } from 'node-av/lib'
import { videoChain } from '../media/filter-chain.ts'
import { drawBars } from './bar-colours.ts'
import type { ClipOptions } from './messages.ts'

type Bars = NonNullable<ClipOptions['bars']>

/** Frames of colour bars by a matrix and range, tagged as the options say. They belong to the caller. */
export const barFrames = (
  width: number,
  height: number,
  { matrix, range, tags }: Bars,
  timeBase: IRational,
): (() => Frame[]) => {
  const chain = videoChain(
    `scale=out_color_matrix=${matrix}:out_range=${range}:flags=accurate_rnd+full_chroma_inp,format=yuv420p`,
    timeBase,
  )
  const pixels = Buffer.from(drawBars(width, height))
  let count = 0n
  return () => {
    const frame = Frame.fromVideoBuffer(pixels, { width, height, format: AV_PIX_FMT_RGBA, timeBase })
    frame.colorSpace = AVCOL_SPC_RGB
    frame.colorRange = AVCOL_RANGE_JPEG
    frame.pts = count++
    const ready = chain.push(frame)
    frame.free()
    for (const each of ready)
      Object.assign(each, {
        colorSpace: tags.space,
        colorPrimaries: tags.primaries,
        colorTrc: tags.transfer,
        colorRange: tags.range,
      })
    return ready
  }
}
