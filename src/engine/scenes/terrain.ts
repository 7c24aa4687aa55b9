import type { Rgb } from '../prompt/colours.ts'
import { LANE, lane, paintMemory } from './paint-memory.ts'
import { coverBox, pixelPlate, type Plate } from './plate.ts'
import type { Stage } from './stage.ts'

/**
 * The visible points of a column of ground: where they are, how they lie, and what colour (sRGB) and haze (0 none to 1
 * nothing else) they get. Lengths are metres, more or less.
 */
type Points = Readonly<
  Record<'x' | 'z' | 'height' | 'slopeX' | 'slopeZ' | 'red' | 'green' | 'blue' | 'haze', Float32Array<ArrayBuffer>>
>

export type Ground = {
  name: string
  /** Depth for the camera, see view.ts. */
  depth: number
  /** The stretch of distance that is drawn. Pieces at other distances are plates of their own, for parallax. */
  near: number
  far: number
  /** Nothing stands before it: it is drawn down to the feet of the viewer. */
  nearest?: boolean
  /** Height of the eye above 0, and of the horizon in the frame (pixels). */
  eye: number
  horizon: number
  /** Heights of so many points that lie on one ray from the eye. */
  heights: (xs: Float32Array, zs: Float32Array, out: Float32Array, count: number) => void
  /** Gives so many points their colours before the air, and their haze. */
  colours: (points: Points, count: number) => void
  hazeColour: Rgb
}

/** The lanes of points, in the order of assembly/land.ts. */
const pointLanes = (): Points & { upper: Float32Array<ArrayBuffer> } => {
  const at = (index: number) => lane(LANE.points + index)
  return {
    x: at(0),
    z: at(1),
    height: at(2),
    slopeX: at(3),
    slopeZ: at(4),
    upper: at(5),
    red: at(7),
    green: at(8),
    blue: at(9),
    haze: at(10),
  }
}

/** A painted ground and the height of its upper edge per column of the plate, in frame pixels. */
export type Land = { plate: Plate; crest: Float32Array; focal: number }

/** Distance in pixels of the picture plane: about a 60 degree view across the longer side. */
export const focalOf = (stage: Stage): number => Math.sqrt(stage.width * stage.height) * 1.1

/**
 * Paints a height field as the eye sees it: each column marches from near to far and fills what rises above what stands
 * before it (the "voxel space" of early flight games), with fractions of a pixel counted, so that edges are smooth.
 */
export const paintLand = (stage: Stage, ground: Ground, bottom = stage.height): Land => {
  const focal = focalOf(stage)
  const box = coverBox(stage, ground.depth, 0, bottom)
  const { width, height } = box
  const ratio = 1.007
  const feet = (ground.eye * focal * 0.6) / Math.max(1, box.y + height - ground.horizon)
  const near = ground.nearest ? Math.min(ground.near, feet) : ground.near
  const steps = Math.ceil(Math.log(ground.far / near) / Math.log(ratio))
  const count = steps + 1
  const middle = stage.width / 2
  const level = ground.horizon - box.y
  const { kernels, row: pixels } = paintMemory()
  const column = new Uint32Array(pixels.buffer, pixels.byteOffset, height)
  const [zs, xs] = [lane(LANE.zs), lane(LANE.xs)]
  const points = pointLanes()
  const data = new Uint8ClampedArray(width * height * 4)
  const crest = new Float32Array(width)
  const picture = new Uint32Array(data.buffer, data.byteOffset, width * height)
  for (let step = 0; step < count; step++) zs[step] = near * ratio ** step
  const heightsAt = (px: number): Float32Array => {
    const ray = (px + box.x - middle) / focal
    for (let step = 0; step < count; step++) xs[step] = ray * zs[step]!
    const heights = lane(px & 1 ? LANE.heights : LANE.before)
    ground.heights(xs, zs, heights, count)
    return heights
  }
  const places = [points.x.byteOffset, xs.byteOffset, zs.byteOffset] as const
  // The column before the first is only for its slope.
  let before = heightsAt(-1)
  for (let px = 0; px < width; px++) {
    const heights = heightsAt(px)
    const seen = kernels.march(
      places[1],
      places[2],
      heights.byteOffset,
      before.byteOffset,
      count,
      focal,
      level,
      ground.eye,
      height,
      places[0],
    )
    before = heights
    ground.colours(points, seen)
    kernels.fillColumn(
      places[0],
      seen,
      column.byteOffset,
      height,
      lane(LANE.sums).byteOffset,
      ...ground.hazeColour,
      stage.seed(`${ground.name} grain ${px}`),
    )
    const top = seen > 0 ? points.upper[seen - 1]! : height
    crest[px] = top + box.y
    for (let row = Math.floor(top), at = row * width + px; row < height; row++, at += width) picture[at] = column[row]!
  }
  return { plate: pixelPlate(box, ground.depth, { width, height, data }), crest, focal }
}
