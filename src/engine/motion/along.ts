import { pathOf } from '../../shared/models/path.ts'
import type { TrajectoryPoint } from '../../shared/models/trajectory.ts'
import type { FrameSource, Pixels } from '../frames.ts'
import { cutOut, type CutOut } from '../sight/cut-out.ts'
import { findSubject } from '../sight/subject.ts'
import { createDrag } from './drag.ts'
import { holeFor, withoutHole } from './fill.ts'
import { createCutOutMover } from './move-cut-out.ts'
import { asWords, type Words32 } from '../sight/field.ts'

/** How far around something what lies behind it is looked for: a share of its longer side, and pixels. */
const AROUND = { share: 0.5, least: 60 }

/** The picture without what was cut out of it. */
const plateBehind = (source: Words32, thing: CutOut, seed: number): Words32 => {
  const { width, height } = source
  const { box } = thing
  const more = Math.round(AROUND.share * Math.max(box.width, box.height)) + AROUND.least
  const left = Math.max(0, box.left - more)
  const top = Math.max(0, box.top - more)
  const right = Math.min(width, box.left + box.width + more)
  const bottom = Math.min(height, box.top + box.height + more)
  const around = { left, top, width: right - left, height: bottom - top }
  return withoutHole(source, around, holeFor(thing, width, height), seed)
}

/**
 * Moves what stands at the start of a path along it, through a clip whose camera stands still: the thing itself where
 * there is one, before what is likely to lie behind it; or else the place, like a rubber sheet. Frames before it moves are
 * the picture itself, pixel by pixel.
 */
export const moveAlong = (options: {
  image: Pixels
  trajectory: readonly TrajectoryPoint[]
  seed: number
  fps: number
  seconds: number
}): FrameSource => {
  const { image, fps } = options
  const { width, height } = image
  const source = asWords(image)
  const count = Math.max(1, Math.round(options.seconds * fps))
  const path = pathOf(options.trajectory, count)
  const start = path(0)
  const wayAt = (frame: number): readonly [number, number] => {
    const { x, y } = path(frame)
    return [(x - start.x) * width, (y - start.y) * height]
  }
  const place = { x: Math.min(width - 1, start.x * width), y: Math.min(height - 1, start.y * height) }
  const clip = { width, height, fps, count }
  const subject = findSubject(source, place.x, place.y)
  if (!subject) {
    const drag = createDrag(source, place.x, place.y)
    return { ...clip, moved: 'place', draw: (index) => drag(...wayAt(index)) }
  }
  const thing = cutOut(source, subject)
  const move = createCutOutMover(source, plateBehind(source, thing, options.seed), thing, place)
  return { ...clip, moved: 'subject', draw: (index) => move(...wayAt(index)) }
}
