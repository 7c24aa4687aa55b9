import { type ReactNode, useEffect, useRef } from 'react'
import type { Viewer } from '../viewer.ts'
import { useTimeKeys } from '../keys.ts'
import type { Source } from '../protocol.ts'
import type { TimeFormat } from '../time-format.ts'
import { classes } from '../../ui/classes.ts'
import { initialView, type View } from '../view.ts'
import { CanvasView } from './canvas-view.tsx'
import { CellMarks } from './cell-marks.tsx'
import { ExportMenu } from './export-menu.tsx'
import type { LinkOffer } from './export-panel.tsx'
import { ModeBar } from './mode-bar.tsx'
import { cellSideAt } from './room.ts'
import { SideTags } from './side-tags.tsx'
import { SimilarityBar } from './similarity-bar.tsx'
import { SimilarityStrip } from './similarity-strip.tsx'
import { Posters } from './posters.tsx'
import { TimeBar } from './time-bar.tsx'
import { useViewer } from './use-viewer.ts'
import { useChange } from './use-change.ts'
import type { Judging } from './use-choice.ts'
import type { Pick } from './use-gestures.ts'
import { useOpenViewer } from './use-open-viewer.ts'
import { measuredOf, useSimilarity } from './use-similarity.ts'
import { type ScreenViewport, useViewport } from './use-viewport.ts'
import { WipeEdge } from './wipe-edge.tsx'
import './compare.css'

/** Plays as soon as all sides are there, once. */
const Autoplay = ({ viewer }: { viewer: Viewer }) => {
  const ready = useViewer(
    viewer,
    ({ sides, duration }) => duration > 0 && sides.every(({ name }) => name !== 'opening'),
  )
  useEffect(() => {
    if (ready && !document.hidden) viewer.play()
  }, [viewer, ready])
  return null
}

/** Tells of every other way to look. */
const Watch = ({ viewer, onView }: { viewer: Viewer; onView: (view: View) => void }) => {
  const view = useViewer(viewer, (state) => state.view)
  const told = useRef(view)
  useEffect(() => {
    if (told.current !== view) onView(view)
    told.current = view
  }, [view, onView])
  return null
}

type Shared = {
  sources: readonly Source[]
  /** What each side is called, wherever it is named. */
  names: readonly string[]
  /** What each side is, where that is known before it is open. */
  kinds?: readonly ('image' | 'video')[]
  /** Names the mode that shows one side. */
  alone: string
  format: TimeFormat
  onFormat: (format: TimeFormat) => void
  /** A link that opens the same comparison, for the export's panel. */
  link: LinkOffer
  /** What stands at the end of the row of ways to look. */
  tools?: ReactNode
  /** Whether picture and controls are parts of the caller's grid, in the areas of these names. */
  inGrid?: boolean
}

/** A click on a picture keeps it, one with Alt rejects it; the same again takes that back. */
export const judgeAt =
  (viewer: Viewer, viewport: ScreenViewport, { verdicts, judge }: Judging): Pick =>
  (point, alternative) => {
    const side = cellSideAt(viewer, viewport, point)
    if (side === null) return false
    const verdict = alternative ? 'rejected' : 'kept'
    judge(side, verdicts[side] === verdict ? 'undecided' : verdict)
    return true
  }

/** What is under the pictures: ways to look, what changed, time. Where room is scarce, what is `fine` can be left out. */
const Controls = ({
  viewer,
  viewport,
  sources,
  names,
  kinds,
  alone,
  format,
  onFormat,
  link,
  tools,
  inGrid,
}: Shared & { viewer: Viewer; viewport: ScreenViewport }) => {
  // One number under more than two pictures would look as if it were about all of them.
  const isPair = useViewer(
    viewer,
    ({ view: { mode, order } }) => mode !== 'single' && (mode !== 'grid' || order.length < 3),
  )
  const similarity = useSimilarity(viewer, sources, isPair)
  const change = useChange(viewer, similarity)
  const pair = useViewer(viewer, ({ view }) => [names[view.reference], names[view.other]].join(' and '))
  const heat = measuredOf(similarity)?.heat ?? null
  return (
    <div
      className={classes(
        'flex shrink-0 flex-col gap-1 px-3 pt-1',
        inGrid === true && 'viewer-controls [grid-area:controls]',
      )}
    >
      <div className="fine contents">
        <ModeBar {...{ viewer, viewport, names, alone }} hasHeat={heat !== null}>
          <ExportMenu {...{ viewer, sources, names, heat, link }} screen={() => viewport} />
          {tools}
        </ModeBar>
      </div>
      <TimeBar
        {...{ viewer, names, format, onFormat, ...(kinds && { kinds }) }}
        above={similarity.name !== 'none' && <SimilarityStrip {...{ viewer, similarity, change }} />}
      />
      <div className="fine contents">
        <SimilarityBar {...{ viewer, similarity, change }} {...(sources.length > 2 && { pair })} />
      </div>
    </div>
  )
}

/**
 * The whole viewer: pictures, ways to look, what changed, time, taking away. Needs no server. One comparison is one array
 * of `sources`: another array is another comparison.
 */
export const CompareViewer = ({
  label,
  view,
  autoplay,
  judging,
  onView,
  onViewer,
  ...shared
}: Shared & {
  /** What the picture is called for those who cannot see it. */
  label: string
  /** What it opens with. */
  view?: Partial<View>
  autoplay: boolean
  /** While one chooses: what is said of the sides, shown on their pictures. */
  judging?: Judging | undefined
  onView?: (view: View) => void
  /** Told of the viewer once it is open, and `undefined` when it is closed. */
  onViewer?: (viewer: Viewer | undefined) => void
}) => {
  const { sources, names, inGrid = false } = shared
  const host = useRef<HTMLDivElement>(null)
  const viewport = useViewport(host)
  const viewer = useOpenViewer(host, sources, viewport, { ...initialView(sources.length), ...view })
  useTimeKeys(viewer ?? null)
  useEffect(() => {
    onViewer?.(viewer)
    return () => onViewer?.(undefined)
  }, [viewer, onViewer])
  return (
    <div className={inGrid ? 'contents' : 'flex h-full min-h-0 flex-col'}>
      <div className={classes('min-h-0 px-3 pt-3 pb-1', inGrid ? 'viewer-picture [grid-area:picture]' : 'flex-1')}>
        <CanvasView
          host={host}
          viewer={viewer}
          viewport={viewport}
          label={label}
          pick={viewer && viewport && judging && judgeAt(viewer, viewport, judging)}
        >
          {viewer && viewport && (
            <>
              <Posters viewer={viewer} viewport={viewport} sources={sources} />
              <SideTags viewer={viewer} viewport={viewport} names={names} />
              <CellMarks viewer={viewer} viewport={viewport} names={names} judging={judging} />
              <WipeEdge viewer={viewer} viewport={viewport} names={names} />
            </>
          )}
        </CanvasView>
      </div>
      {viewer && autoplay && <Autoplay viewer={viewer} />}
      {viewer && onView && <Watch viewer={viewer} onView={onView} />}
      {viewer && viewport && <Controls {...shared} viewer={viewer} viewport={viewport} />}
    </div>
  )
}
