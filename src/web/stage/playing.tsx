import { Download } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { routes } from '../../shared/routes.ts'
import type { Viewer } from '../compare/viewer.ts'
import { CompareViewer } from '../compare/ui/compare-viewer.tsx'
import type { View } from '../compare/view.ts'
import type { Take } from '../data/take.ts'
import { takeName } from '../data/take-title.ts'
import { lookAt, useStudio } from '../state/studio.ts'
import { IconLink } from '../ui/button-link.tsx'
import { linkOffer } from './comparison/link-offer.ts'
import { canDecodeClips } from './plain-media.tsx'
import { useFrameOffer } from './use-frame-offer.ts'
import { PlainPlayer } from './plain-player.tsx'
import type { Side } from './sides.ts'

/** A viewer that loops as the studio does, and tells it when that is changed there; `onOpen` hears of it. */
const useLoopingViewer = (onOpen: (viewer: Viewer | undefined) => void) => {
  const [viewer, setViewer] = useState<Viewer>()
  const follow = useCallback(
    (opened: Viewer | undefined) => {
      setViewer(opened)
      onOpen(opened)
      opened?.setLoop(useStudio.getState().loop)
      opened?.subscribe(() => {
        const { loop } = opened.state()
        if (loop !== useStudio.getState().loop) useStudio.getState().setLoop(loop)
      })
    },
    [onOpen],
  )
  return { viewer, follow }
}

const DownloadTake = ({ take: { jobId, state } }: { take: Take }) =>
  jobId !== null &&
  state.name === 'done' && (
    <IconLink label="Download" href={routes.jobContent(jobId)} download={state.output.filename}>
      <Download size={16} aria-hidden />
    </IconLink>
  )

/** The result, alone or with what it was made from. `result` is its index among the sides. */
export const Playing = ({
  take,
  sides,
  result,
  onViewer,
}: {
  take: Take
  sides: readonly Side[]
  result: number
  onViewer: (viewer: Viewer | undefined) => void
}) => {
  const task = take.model?.task
  const format = useStudio((state) => state.timeFormat)
  const setFormat = useStudio((state) => state.setTimeFormat)
  const sources = useMemo(() => sides.map(({ source }) => source), [sides])
  const names = useMemo(() => sides.map(({ name }) => name), [sides])
  const kinds = useMemo(() => sides.map(({ kind }) => kind), [sides])
  const { viewer, follow } = useLoopingViewer(onViewer)
  // One remembers for each task how its results are looked at.
  const remember = useCallback(
    ({ mode }: View) => task !== undefined && useStudio.getState().setCompare(task, mode),
    [task],
  )
  const shown = sides[result]
  const isClip = shown?.kind === 'video' && canDecodeClips()
  useFrameOffer(viewer, sources, {
    side: isClip ? result : null,
    names: sides.map(() => takeName(take)),
    job: take.jobId,
  })
  const download = <DownloadTake take={take} />
  if (shown?.kind === 'video' && !canDecodeClips()) return <PlainPlayer side={shown} tools={download} />
  const entries = sides.map(({ source }, side) => ({
    kind: side === result ? ('take' as const) : ('file' as const),
    id: source.id,
  }))
  const mode = sides.length > 1 ? lookAt(useStudio.getState().compare, task) : 'single'
  return (
    <CompareViewer
      label={names[result] ?? ''}
      sources={sources}
      names={names}
      kinds={kinds}
      alone="Result alone"
      view={{ mode, reference: result === 0 ? Math.min(1, sides.length - 1) : 0, other: result }}
      autoplay={!matchMedia('(prefers-reduced-motion: reduce)').matches}
      format={format}
      onFormat={setFormat}
      {...(sides.length > 1 && { onView: remember })}
      inGrid
      onViewer={follow}
      link={linkOffer(entries, viewer)}
      tools={download}
    />
  )
}
