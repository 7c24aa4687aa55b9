import { AV_PIX_FMT_NONE, AVCOL_SPC_UNSPECIFIED, AVERROR_EOF, type AVPixelFormat } from 'node-av/constants'
import { FilterGraph, type FilterContext, Frame } from 'node-av/lib'
import { check, isDry } from './check.ts'

/**
 * A filter graph with one input and one output, which is what does not crash. It is built at the first frame and again
 * when a frame's size, format or colour changes in the middle. Frames given by `push` belong to the caller, frames
 * answered are the caller's to free.
 */
export type FilterChain = {
  push: (frame: Frame) => Frame[]
  /** What is still inside, after the last frame. */
  drain: () => Frame[]
  close: () => void
}

type Ends = { graph: FilterGraph; source: FilterContext; sink: FilterContext }

/** A name after an @ is what a filter can be found by. */
const SOURCE = 'buffer@in'
const SINK = 'buffersink@out'

const describe = (graph: FilterGraph, text: string): Ends => {
  // The frame threads' slices are put together in order, so their number never shows in the pixels.
  graph.nbThreads = 2
  check(graph.parse2(text), `filter graph ${text}`)
  check(graph.configSync(), `filter graph ${text}`)
  const source = graph.getFilter(SOURCE) ?? graph.getFilter(`a${SOURCE}`)
  const sink = graph.getFilter(SINK) ?? graph.getFilter(`a${SINK}`)
  if (!source || !sink) throw new Error(`filter graph without ends: ${graph.dump() ?? text}`)
  return { graph, source, sink }
}

const open = (text: string): Ends => {
  const graph = new FilterGraph()
  graph.alloc()
  return describe(graph, text)
}

const pull = (sink: FilterContext): Frame[] => {
  const frames: Frame[] = []
  for (;;) {
    const frame = new Frame()
    frame.alloc()
    const code = sink.buffersinkGetFrameSync(frame)
    if (code >= 0) {
      frames.push(frame)
      continue
    }
    frame.free()
    if (!isDry(code)) check(code, 'reading a filtered frame')
    return frames
  }
}

const chain = (keyOf: (frame: Frame) => string, textOf: (frame: Frame) => string): FilterChain => {
  let ends: Ends | undefined
  let key = ''
  const drain = (): Frame[] => {
    if (!ends) return []
    check(ends.source.buffersrcAddFrameSync(null), 'ending a filter graph')
    const rest = pull(ends.sink)
    ends.graph.free()
    ends = undefined
    return rest
  }
  return {
    push: (frame) => {
      const now = keyOf(frame)
      const rest = ends && now !== key ? drain() : []
      key = now
      ends ??= open(textOf(frame))
      const copy = frame.clone()
      if (!copy) throw new Error('out of memory for a frame')
      const code = ends.source.buffersrcAddFrameSync(copy)
      copy.free()
      // A filter that cuts takes no more after its end.
      if (code !== AVERROR_EOF) check(code, 'filtering a frame')
      return [...rest, ...pull(ends.sink)]
    },
    drain,
    close: () => {
      ends?.graph.free()
      ends = undefined
    },
  }
}

/** A chain of video filters, `timeBase` being that of the frames' timestamps. */
export const videoChain = (filters: string, timeBase: { num: number; den: number }): FilterChain => {
  const source = (frame: Frame): string =>
    [
      `${SOURCE}=video_size=${frame.width}x${frame.height}`,
      `pix_fmt=${frame.format as AVPixelFormat}`,
      `time_base=${timeBase.num}/${timeBase.den}`,
      `pixel_aspect=${frame.sampleAspectRatio.num}/${Math.max(1, frame.sampleAspectRatio.den)}`,
      `colorspace=${frame.colorSpace ?? AVCOL_SPC_UNSPECIFIED}`,
      `range=${frame.colorRange}`,
    ].join(':')
  return chain(source, (frame) => {
    if (frame.format === AV_PIX_FMT_NONE) throw new Error('a frame without pixels')
    return `${source(frame)},${filters},${SINK}`
  })
}

/** A chain of audio filters. */
export const audioChain = (filters: string, timeBase: { num: number; den: number }, layout: string): FilterChain => {
  const source = (frame: Frame): string =>
    [
      `a${SOURCE}=sample_rate=${frame.sampleRate}`,
      `sample_fmt=${frame.format}`,
      `time_base=${timeBase.num}/${timeBase.den}`,
      `channel_layout=${layout}`,
    ].join(':')
  return chain(source, (frame) => `${source(frame)},${filters},a${SINK}`)
}
