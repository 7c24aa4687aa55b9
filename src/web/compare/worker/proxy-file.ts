import { ALL_FORMATS, BlobSource, Input } from 'mediabunny'
import { firstFrame, frameCount } from '../frames.ts'
import type { SideInfo } from '../protocol.ts'
import { createClipDecoder } from './clip-decoder.ts'
import { createOneFrame, type OneFrame } from './one-frame.ts'
import { timetableOf } from './timetable.ts'

/** A frame of a proxy may begin so much sooner or later than the clip's own. Seconds. */
const SAME = 2e-3

/** Whether a proxy has the frames of the clip that are ever seen, each at its time. */
export const isProxyOf = (starts: Float64Array, info: SideInfo): boolean => {
  const first = firstFrame(info)
  return (
    starts.length === frameCount(info) &&
    starts.every((start, index) => Math.abs(start - (info.starts[first + index] ?? Infinity)) < SAME)
  )
}

/**
 * Opens the proxy of a clip: the same frames, small, of which any is decoded at once. Null where there is none (yet), or
 * where it is not that clip's. `arrived` is called with each frame that has come.
 */
export const openProxyFile = async (
  url: string,
  info: SideInfo,
  arrived: () => void,
  signal: AbortSignal,
): Promise<OneFrame | null> => {
  const answer = await fetch(url, { signal })
  if (answer.status !== 200) return null
  const input = new Input({ formats: ALL_FORMATS, source: new BlobSource(await answer.blob()) })
  const track = await input.getPrimaryVideoTrack()
  const table = track && (await timetableOf(track, { from: 0, to: Infinity }))
  if (!table || signal.aborted || !isProxyOf(table.starts, info)) {
    input.dispose()
    return null
  }
  const frames = createOneFrame(createClipDecoder(track, table, 'draw'), firstFrame(info), arrived)
  return {
    ...frames,
    close: async () => {
      await frames.close()
      input.dispose()
    },
  }
}
