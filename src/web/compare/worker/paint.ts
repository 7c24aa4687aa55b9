import { intersection, type Place, type Rect } from '../geometry.ts'
import type { HeatMap, Size, Viewport } from '../protocol.ts'
import { isBlinkedAway, isPair, type View } from '../view.ts'
import type { Rotation } from './open-side.ts'

/** A picture to draw: its pixels, by how much they have to be turned, and its size when upright. */
export type Drawable = { image: CanvasImageSource; rotation: Rotation; size: Size }

/** All that a drawing depends on. `sides` by index; undefined where a side has nothing to show. */
export type Scene = {
  view: View
  viewport: Viewport
  sides: readonly (Drawable | undefined)[]
  /** Where the sides of the view stand on the viewport, as `placesOf` has it. */
  places: readonly Place[]
  /** The map of changes for the reference's frame on screen. */
  heat: CanvasImageSource | undefined
  /** Scales down as well as can be, which takes longer: for what stands still. */
  fine: boolean
}

type Context = OffscreenCanvasRenderingContext2D

/** From this many viewport units a pixel on, pixels are shown as squares. */
const SQUARES = 2

const within = (context: Context, { x, y, width, height }: Rect, draw: () => void) => {
  if (width <= 0 || height <= 0) return
  context.save()
  context.beginPath()
  context.rect(x, y, width, height)
  context.clip()
  draw()
  context.restore()
}

const covers = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

const drawTurned = (context: Context, { image, rotation }: Drawable, { x, y, width, height }: Rect) => {
  if (rotation === 0) {
    context.drawImage(image, x, y, width, height)
    return
  }
  const lies = rotation === 90 || rotation === 270
  context.save()
  context.translate(x + width / 2, y + height / 2)
  context.rotate((rotation * Math.PI) / 180)
  if (lies) context.drawImage(image, -height / 2, -width / 2, height, width)
  else context.drawImage(image, -width / 2, -height / 2, width, height)
  context.restore()
}

const drawAt = (
  context: Context,
  drawable: Drawable,
  { picture, clip }: Pick<Place, 'picture' | 'clip'>,
  fine: boolean,
) => {
  const scale = picture.width / drawable.size.width
  context.imageSmoothingEnabled = scale < SQUARES
  context.imageSmoothingQuality = fine && scale < 0.75 ? 'high' : 'low'
  if (covers(clip, picture)) drawTurned(context, drawable, picture)
  else within(context, clip, () => drawTurned(context, drawable, picture))
}

/** Doubles what stands in a rectangle, in place: exact, for it only adds. */
const brighten = (context: Context, { x, y, width, height }: Rect, doublings: number) => {
  context.globalCompositeOperation = 'lighter'
  for (let times = 0; times < doublings; times++)
    context.drawImage(context.canvas, x, y, width, height, x, y, width, height)
  context.globalCompositeOperation = 'source-over'
}

const drawDifference = (context: Context, scene: Scene, [under, over]: readonly Place[]) => {
  const [first, second] = [under && scene.sides[under.side], over && scene.sides[over.side]]
  if (!under || !over || !first || !second) return
  const cut = intersection(intersection(under.picture, over.picture), intersection(under.clip, over.clip))
  // Whole pixels, for brightening copies them.
  const both = {
    x: Math.ceil(cut.x),
    y: Math.ceil(cut.y),
    width: Math.floor(cut.x + cut.width) - Math.ceil(cut.x),
    height: Math.floor(cut.y + cut.height) - Math.ceil(cut.y),
  }
  within(context, both, () => {
    drawAt(context, first, { picture: under.picture, clip: both }, scene.fine)
    context.globalCompositeOperation = 'difference'
    drawAt(context, second, { picture: over.picture, clip: both }, scene.fine)
    brighten(context, both, Math.log2(scene.view.gain))
  })
}

/** The map lies over the other side, in the box that the reference's shape gives its cell. */
const drawHeat = (context: Context, { heat, view }: Scene, places: readonly Place[]) => {
  const over = places.find(({ side }) => side === view.other)
  if (!heat || !view.heat || view.mode === 'difference' || !over) return
  const { cell, picture } = places.find(({ side }) => side === view.reference) ?? over
  const [x, y] = [picture.x + over.cell.x - cell.x, picture.y + over.cell.y - cell.y]
  context.imageSmoothingEnabled = true
  context.imageSmoothingQuality = 'low'
  within(context, view.mode === 'wipe' ? over.cell : over.clip, () =>
    context.drawImage(heat, x, y, picture.width, picture.height),
  )
}

/** What has changed a little, and what is nothing alike: red, green and blue. */
const [WARM, HOT] = [
  [242, 163, 58],
  [214, 40, 28],
] as const
/** The hottest still lets the picture be seen. 0 to 255. */
const DENSEST = 190

/** Turns one frame of a map into a picture of one pixel a block: what is alike stays clear. */
export const heatPicture = (
  { columns, rows }: Pick<HeatMap, 'columns' | 'rows'>,
  blocks: Uint8Array,
): OffscreenCanvas => {
  const canvas = new OffscreenCanvas(columns, rows)
  const context = canvas.getContext('2d')
  const data = new ImageData(columns, rows)
  blocks.forEach((block, index) => {
    const change = block / 255
    const mixed = WARM.map((warm, channel) => warm + ((HOT[channel] ?? 0) - warm) * change)
    data.data.set([...mixed, DENSEST * change ** 1.6], index * 4)
  })
  context?.putImageData(data, 0, 0)
  return canvas
}

/**
 * Draws a comparison. `changed` names the sides whose picture is another than at the last drawing of the same view and
 * viewport: only their places are drawn anew where places lie apart. Null draws everything.
 */
export const paint = (context: Context, scene: Scene, changed: ReadonlySet<number> | null): void => {
  const { view, viewport, sides, places } = scene
  if (view.mode === 'difference') {
    context.clearRect(0, 0, viewport.width, viewport.height)
    drawDifference(context, scene, places)
    return
  }
  const apart = view.mode === 'grid' || view.mode === 'single' || view.mode === 'wipe'
  const drawn = apart && changed && !view.heat ? places.filter(({ side }) => changed.has(side)) : places
  if (drawn === places) context.clearRect(0, 0, viewport.width, viewport.height)
  for (const place of drawn) {
    const drawable = sides[place.side]
    if (drawn !== places) context.clearRect(place.clip.x, place.clip.y, place.clip.width, place.clip.height)
    if (!drawable) continue
    if (isBlinkedAway(view, place.side)) continue
    if (view.mode === 'overlay' && isPair(view) && place.side === view.other) context.globalAlpha = view.opacity
    drawAt(context, drawable, place, scene.fine)
    context.globalAlpha = 1
  }
  drawHeat(context, scene, places)
}
