import type { Viewer } from '../viewer.ts'
import { firstFrame, frameCount } from '../frames.ts'
import { intersection, type Place, type Rect } from '../geometry.ts'
import type { SideInfo, SideState } from '../protocol.ts'
import { type Corner, cornerOf, isBlinkedAway, type View } from '../view.ts'
import { classes } from '../../ui/classes.ts'
import { CutInTheMiddle } from '../../ui/cut-in-the-middle.tsx'
import { boxStyle } from './box-style.ts'
import { usePlaces } from './room.ts'
import { useViewer } from './use-viewer.ts'
import type { ScreenViewport } from './use-viewport.ts'

const CORNERS: Record<Corner, string> = {
  start: 'top-2 left-2',
  end: 'top-2 right-2',
  below: 'bottom-2 left-2',
}

/** Where a side's tag has room: half of the picture where two names stand side by side in it. */
const roomFor = (view: View, side: number): string => {
  if (cornerOf(view, view.other) !== 'end') return 'inset-0'
  return cornerOf(view, side) === 'end' ? 'inset-y-0 right-0 left-1/2' : 'inset-y-0 right-1/2 left-0'
}

/** Which of the side's frames is on screen. Frames are counted from 0, as timecode does. */
const FrameOnScreen = ({ viewer, side, info }: { viewer: Viewer; side: number; info: SideInfo }) => {
  const frame = useViewer(viewer, (state) => state.shown.frames[side] ?? -1)
  if (info.kind === 'image' || frame < 0) return null
  return (
    <span data-tip="Frames are counted from 0, as in timecode" className="pointer-events-auto ml-1.5 text-white/80">
      <span className="hidden @min-[16rem]:inline">frame </span>
      {frame - firstFrame(info)}
      <span className="hidden @min-[11rem]:inline"> of {frameCount(info)}</span>
    </span>
  )
}

/** Says that the right frame is on screen, but not yet all of it. */
const Preview = ({ viewer, side }: { viewer: Viewer; side: number }) => {
  const isSmall = useViewer(viewer, ({ shown }) => shown.proxies.includes(side))
  return (
    isSmall && (
      <span title="A small copy of this frame, until the frame itself is decoded" className="ml-1.5 text-white/80">
        preview
      </span>
    )
  )
}

const text = ({ x, y, width, height }: Rect): string =>
  [x, y, width, height].map((number) => Math.round(number * 1000) / 1000).join(' ')

/** Why there is no picture, in the middle of where it would be. */
const Missing = ({ state, part, seen }: { state: Exclude<SideState, { name: 'ready' }>; part: Rect; seen: Rect }) => {
  return (
    <div className="absolute flex items-center justify-center p-4" style={boxStyle(part, seen)}>
      {state.name === 'opening' ? (
        <p className="side-tag px-1.5 text-xs leading-5">Opening…</p>
      ) : (
        <p role="alert" className="side-tag max-w-96 px-3 py-2 text-center">
          {state.reason}
        </p>
      )}
    </div>
  )
}

const Tag = ({
  viewer,
  place,
  name,
  view,
  seen,
}: {
  viewer: Viewer
  place: Place
  name: string
  view: View
  /** What is seen of the picture, or would be if the wipe's edge left all of it. */
  seen: Rect
}) => {
  const { side, picture } = place
  const state = useViewer(viewer, ({ sides }) => sides[side])
  const frame = useViewer(viewer, ({ shown }) => shown.frames[side] ?? -1)
  // Under the eye blinks one picture: the name is of the one that is seen.
  const isAlone = useViewer(viewer, ({ sides }) => sides.length === 1)
  const isHidden = isBlinkedAway(view, side)
  return (
    <div
      className="pointer-events-none absolute z-10"
      style={boxStyle(seen)}
      hidden={isHidden}
      data-side={side}
      data-alone={isAlone || undefined}
      data-frame={frame}
      data-picture={text(picture)}
    >
      <div className={classes('@container absolute', roomFor(view, side))}>
        <div
          className={classes(
            'side-tag side-name absolute flex max-w-[calc(100%-16px)] px-1.5 text-xs leading-5 whitespace-nowrap',
            CORNERS[cornerOf(view, side)],
          )}
        >
          <CutInTheMiddle name={name} />
          {state?.name === 'ready' && <FrameOnScreen viewer={viewer} side={side} info={state.info} />}
          <Preview viewer={viewer} side={side} />
          {state?.name === 'ready' &&
            state.info.notes.map(({ word, sentence }) => {
              const [short, ...rest] = word.split(' ')
              return (
                <span key={word} data-note data-tip={sentence} className="pointer-events-auto ml-1.5 text-white/80">
                  {short}
                  {rest.length > 0 && <span className="hidden @min-[16rem]:inline"> {rest.join(' ')}</span>}
                </span>
              )
            })}
        </div>
      </div>
      {state && state.name !== 'ready' && <Missing state={state} part={intersection(place.clip, seen)} seen={seen} />}
    </div>
  )
}

/**
 * What each picture is, on the picture itself: the name that the caller gives it, and the frame that is on screen.
 * For tests every tag carries `data-side`, `data-frame` (an index into the side's frames, -1 for none) and
 * `data-picture` (x, y, width and height in CSS pixels from the canvas' corner).
 */
export const SideTags = ({
  viewer,
  viewport,
  names,
}: {
  viewer: Viewer
  viewport: ScreenViewport
  names: readonly string[]
}) => {
  const view = useViewer(viewer, (state) => state.view)
  const places = usePlaces(viewer, viewport)
  return places.map((place) => {
    const uncut = view.mode === 'wipe' && view.fit === 'fill' ? (places[0] ?? place).picture : place.picture
    const seen = intersection(uncut, view.mode === 'wipe' ? place.cell : place.clip)
    return <Tag key={place.side} {...{ viewer, place, view, seen }} name={names[place.side] ?? ''} />
  })
}
