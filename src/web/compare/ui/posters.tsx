import type { Place } from '../geometry.ts'
import type { Source } from '../protocol.ts'
import type { Mode } from '../view.ts'
import type { Viewer } from '../viewer.ts'
import { boxStyle } from './box-style.ts'
import { usePlaces } from './room.ts'
import { useViewer } from './use-viewer.ts'
import type { ScreenViewport } from './use-viewport.ts'

/** In the other ways to look the picture is made of two, which no two posters laid over each other are. */
const MODES: readonly Mode[] = ['single', 'grid', 'wipe']

const Poster = ({ viewer, place: { side, cell, clip }, url }: { viewer: Viewer; place: Place; url: string }) => {
  // Open is not yet on screen: without the poster it would be dark for a moment.
  const isAwaited = useViewer(
    viewer,
    ({ sides, shown }) => sides[side]?.name !== 'failed' && (shown.frames[side] ?? -1) < 0,
  )
  return (
    isAwaited && (
      <div className="pointer-events-none absolute overflow-hidden" style={boxStyle(clip)}>
        <img
          data-poster={side}
          src={url}
          alt=""
          draggable={false}
          // It is mostly here already, for the library shows it: then it is on screen at once.
          decoding="sync"
          className="absolute max-w-none object-contain"
          style={boxStyle(cell, clip)}
        />
      </div>
    )
  )
}

/** Small pictures of sides that are not on screen yet, where their pictures will be; none where one has zoomed in. */
export const Posters = ({
  viewer,
  viewport,
  sources,
}: {
  viewer: Viewer
  viewport: ScreenViewport
  sources: readonly Source[]
}) => {
  const hasRoom = useViewer(
    viewer,
    ({ view: { mode, fit, zoom } }) => MODES.includes(mode) && fit === 'fit' && zoom === 1,
  )
  const places = usePlaces(viewer, viewport)
  return (
    hasRoom &&
    places.map((place) => {
      const url = sources[place.side]?.poster ?? null
      return url !== null && <Poster key={place.side} viewer={viewer} place={place} url={url} />
    })
  )
}
