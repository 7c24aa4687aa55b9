import { type Path, pathOf } from '../../shared/models/path.ts'
import type { TrajectoryPoint } from '../../shared/models/trajectory.ts'
import type { Place, Sides } from './path-points.ts'

/** A line over a picture: dark beneath light, to be seen on both. */
const Line = ({ places }: { places: readonly Place[] }) => {
  const points = places.map(({ x, y }) => `${x * 1000},${y * 1000}`).join(' ')
  const shared = { points, fill: 'none', vectorEffect: 'non-scaling-stroke', strokeLinejoin: 'round' } as const
  return (
    <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" className="absolute inset-0 size-full" aria-hidden>
      <polyline {...shared} className="stroke-black/60" strokeWidth={5} strokeLinecap="round" />
      <polyline {...shared} className="stroke-white" strokeWidth={2} strokeLinecap="round" />
    </svg>
  )
}

const at = ({ x, y }: Place) => ({ left: `${x * 100}%`, top: `${y * 100}%` })
const MARK = 'absolute -translate-1/2 rounded-full'

/** Where a number stands beside its dot: off the line, and inside the picture. */
const besideOf = (place: Place, isLevel: boolean): string => {
  if (isLevel) return place.y > 0.85 ? 'bottom-2 left-1/2 -translate-x-1/2' : 'top-2 left-1/2 -translate-x-1/2'
  return place.x > 0.85 ? 'top-1/2 right-2.5 -translate-y-1/2' : 'top-1/2 left-2.5 -translate-y-1/2'
}

/** A whole second of the way, with its number beside it where there is room; `isLevel` where it goes more across than down. */
type Mark = { second: number; place: Place; isLevel: boolean; isNamed: boolean }

const Second = ({ place, second, isLevel, isNamed }: Mark) => (
  <span className={`${MARK} size-1.5 bg-white ring-1 ring-black/60`} style={at(place)}>
    {isNamed && (
      <span
        className={`absolute rounded-sm bg-black/65 px-1 text-[10px] leading-3.5 whitespace-nowrap text-white ${besideOf(place, isLevel)}`}
      >
        {second} s
      </span>
    )}
  </span>
)

/** Numbers nearer to each other than this, as a share of the picture's width, would lie over one another. */
const NUMBER = 0.1

/** The seconds of a path between two of its frames. */
const marksOf = (path: Path, from: number, to: number, fps: number, { width, height }: Sides): Mark[] => {
  const marks: Mark[] = []
  let named: Place | undefined
  for (let second = Math.floor(from / fps) + 1; second * fps <= to; second++) {
    const frame = second * fps
    const [before, place, after] = [path(frame - 1), path(frame), path(frame + 1)]
    const isLevel = Math.abs(after.x - before.x) * width > Math.abs(after.y - before.y) * height
    const isNamed = !named || Math.hypot(place.x - named.x, ((place.y - named.y) * height) / width) > NUMBER
    if (isNamed) named = place
    marks.push({ second, place, isLevel, isNamed })
  }
  return marks
}

/**
 * A path as the clip will go along it: a ring where it begins, a dot where it ends, and where it is at each second. `frames`
 * and `fps` are the clip's, `sides` the picture's.
 */
export const PathDrawing = ({
  points,
  frames,
  fps,
  sides,
}: {
  points: readonly TrajectoryPoint[]
  frames: number
  fps: number
  sides: Sides
}) => {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return null
  const ring = <span className={`${MARK} size-3.5 border-2 border-white ring-1 ring-black/60`} style={at(first)} />
  if (last.frame <= first.frame) return ring
  const path = pathOf(points, frames)
  const end = Math.min(last.frame, frames - 1)
  const steps = Math.max(1, Math.ceil(end - first.frame))
  const places = Array.from({ length: steps + 1 }, (_, step) => path(Math.min(end, first.frame + step)))
  return (
    <>
      <Line places={places} />
      {marksOf(path, first.frame, end, fps, sides).map((mark) => (
        <Second key={mark.second} {...mark} />
      ))}
      {ring}
      <span className={`${MARK} size-2.5 bg-white ring-1 ring-black/60`} style={at(path(end))} />
    </>
  )
}

/** What is being drawn, before the pointer is let go. */
export const StrokeDrawing = ({ places }: { places: readonly Place[] }) => <Line places={places} />

/** Where Enter sets the next point. */
export const Crosshair = ({ place }: { place: Place }) => (
  <span className="absolute size-6 -translate-1/2" style={at(place)}>
    <span className="absolute top-1/2 h-0.5 w-full -translate-y-1/2 bg-amber ring-1 ring-black/60" />
    <span className="absolute left-1/2 h-full w-0.5 -translate-x-1/2 bg-amber ring-1 ring-black/60" />
  </span>
)
