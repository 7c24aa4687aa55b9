import type { Rgb } from '../../rgb.ts'
import { LANE, lane, paintMemory } from '../../canvas/paint-memory.ts'
import { coverBox, type SceneContext } from '../layers.ts'
import { pixelSprite, type Sprite } from '../../canvas/sprite.ts'

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
  /** The stretch of distance that is drawn. Pieces at other distances are sprites of their own, for parallax. */
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

/** Colours so many points between a dark and a bright one, as far as they shine (0 to 1). */
export const shade = (points: Points, count: number, dark: Rgb, bright: Rgb, shines: Float32Array): void => {
  for (const [channel, out] of [points.red, points.green, points.blue].entries()) {
    const from = dark[channel]!
    const by = bright[channel]! - from
    for (let at = 0; at < count; at++) out[at] = from + by * shines[at]!
  }
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

/** A painted ground and the height of its upper edge per column of the sprite, in frame pixels. */
export type Land = { sprite: Sprite; crest: Float32Array; focal: number }

/** Columns that are brought into a picture at once. */
const GROUP = 16
/** Each step into the distance is so many times as far off as the one before it. */
const RATIO = 1.007

/** Brings columns, one after the other from `first` to `last`, into the rows of a picture. */
const placeColumns = (
  columns: Uint32Array,
  picture: Uint32Array,
  first: number,
  last: number,
  { width, height }: { width: number; height: number },
): void => {
  for (let row = 0; row < height; row++)
    for (let x = first, at = row; x <= last; x++, at += height) picture[row * width + x] = columns[at]!
}

/** Distance in pixels of the picture plane: about a 60 degree view across the longer side. */
export const focalOf = (scene: SceneContext): number => Math.sqrt(scene.width * scene.height) * 1.1

/**
 * Paints a height field as the eye sees it: each column marches from near to far and fills what rises above what stands
 * before it (the "voxel space" of early flight games), with fractions of a pixel counted, so that edges are smooth.
 */
export const paintLand = (scene: SceneContext, ground: Ground, bottom = scene.height): Land => {
  const focal = focalOf(scene)
  const box = coverBox(scene, ground.depth, 0, bottom)
  const { width, height } = box
  const feet = (ground.eye * focal * 0.6) / Math.max(1, box.y + height - ground.horizon)
  const near = ground.nearest ? Math.min(ground.near, feet) : ground.near
  const count = Math.ceil(Math.log(ground.far / near) / Math.log(RATIO)) + 1
  const { kernels, row: pixels } = paintMemory()
  const columns = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length >> 2)
  // Some columns are brought into the picture at once: one by one each pixel would be a line of the cache.
  const group = Math.min(GROUP, Math.floor(columns.length / height))
  const [zs, xs] = [lane(LANE.zs), lane(LANE.xs)]
  const points = pointLanes()
  const data = new Uint8ClampedArray(width * height * 4)
  const crest = new Float32Array(width)
  const picture = new Uint32Array(data.buffer, data.byteOffset, width * height)
  for (let step = 0; step < count; step++) zs[step] = near * RATIO ** step
  const heightsAt = (px: number): Float32Array => {
    const ray = (px + box.x - scene.width / 2) / focal
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
      ground.horizon - box.y,
      ground.eye,
      height,
      places[0],
    )
    before = heights
    const from = (px % group) * height
    ground.colours(points, seen)
    kernels.fillColumn(
      places[0],
      seen,
      columns.byteOffset + from * 4,
      height,
      lane(LANE.sums).byteOffset,
      ...ground.hazeColour,
      scene.seed(`${ground.name} grain ${px}`),
    )
    const top = seen > 0 ? points.upper[seen - 1]! : height
    crest[px] = top + box.y
    columns.fill(0, from, from + Math.floor(top))
    if (px % group === group - 1 || px === width - 1) placeColumns(columns, picture, px - (px % group), px, box)
  }
  return { sprite: pixelSprite(box, ground.depth, { width, height, data }), crest, focal }
}
