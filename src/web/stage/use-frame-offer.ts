import { useEffect } from 'react'
import type { Viewer } from '../compare/viewer.ts'
import { infosOf } from '../compare/viewer-state.ts'
import { runExport } from '../compare/export/run-export.ts'
import { sideTime } from '../compare/frames.ts'
import type { Source } from '../compare/protocol.ts'
import { formatTime, scaleOf } from '../compare/time-format.ts'
import { initialView, sidesIn } from '../compare/view.ts'
import { showFrameOnStage } from '../state/frame-on-stage.ts'

/** Names of files are no longer than that. */
const MAX_NAME_LENGTH = 60

/** Which of the sides is meant: one of them, or the first clip that is seen. */
type Side = number | 'first'

/** The frame of one side that stands on screen, as a picture of its own size. */
const pictureOf = async (viewer: Viewer, wanted: Side, sources: readonly Source[], names: readonly string[]) => {
  const state = viewer.state()
  const infos = infosOf(state)
  const side = wanted === 'first' ? sidesIn(state.view).find((each) => infos[each]?.kind === 'video') : wanted
  const info = infos[side ?? -1]
  const source = sources[side ?? -1]
  if (side === undefined || !info || !source) throw new Error('No clip stands there, or it is still being opened.')
  const time = sideTime(info, state.shown.time, state.offsets[side] ?? 0)
  const { blob } = await runExport(
    {
      sources: [source],
      layout: 'seen',
      format: 'png',
      view: initialView(1),
      screen: { width: info.width, height: info.height, gap: 0 },
      offsets: [0],
      range: null,
      time,
      labels: null,
      sound: null,
      heat: null,
      gifWidth: 0,
    },
    { signal: new AbortController().signal, onProgress: () => undefined },
  )
  const called = `${(names[side] ?? '').slice(0, MAX_NAME_LENGTH).trim()} frame ${formatTime(time, 'timecode', scaleOf(info, 0))}.png`
  return new File([blob], called, { type: 'image/png' })
}

/**
 * Offers the frame of a clip on the viewer as an input, for as long as it stands there; `names` are those of the sides.
 * `side` is null where there is none to be offered.
 */
export const useFrameOffer = (
  viewer: Viewer | undefined,
  sources: readonly Source[],
  { side, names, job }: { side: Side | null; names: readonly string[]; job: string | null },
): void =>
  useEffect(() => {
    if (!viewer || side === null) return
    return showFrameOnStage({ job, picture: () => pictureOf(viewer, side, sources, names) })
  }, [viewer, side, sources, names, job])
