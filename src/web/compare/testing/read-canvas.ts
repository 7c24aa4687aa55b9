import { CELLS, differenceOf, numberOf, tileBoxes } from '../../../engine/testing/tiles.ts'
import { intersection, type Place, placesOf, type Rect } from '../geometry.ts'
import type { Size, Viewport } from '../protocol.ts'
import { sidesIn, type View } from '../view.ts'

/**
 * What the canvas says. `numbers` are by side: null where the side is not seen or no whole tile of it is; NaN where
 * tiles are seen that are no mark or contradict each other. `difference` is the exclusive-or of the two numbers.
 */
export type Reading = { numbers: (number | null)[]; difference: number | null }

/** The levels of a cell's two kinds on screen, as planeFrames in the engine paints them. */
const DARK = 19
const BRIGHT = 236

type Levels = (box: Rect) => number[]

const wholePixels = (box: Rect): Rect => {
  const [x, y] = [Math.floor(box.x), Math.floor(box.y)]
  return { x, y, width: Math.ceil(box.x + box.width) - x, height: Math.ceil(box.y + box.height) - y }
}

/** The green of the middle of each cell of a tile. */
const levelsFrom =
  (context: CanvasRenderingContext2D): Levels =>
  (box) => {
    const { x: left, y: top, width, height } = wholePixels(box)
    const { data } = context.getImageData(left, top, width, height)
    return Array.from({ length: CELLS * CELLS }, (_, index) => {
      const x = Math.floor(box.x + ((index % CELLS) + 0.5) * (box.width / CELLS)) - left
      const y = Math.floor(box.y + (Math.floor(index / CELLS) + 0.5) * (box.height / CELLS)) - top
      // What is drawn on has no colour of its own where nothing stands.
      return ((data[(y * width + x) * 4 + 1] ?? 0) * (data[(y * width + x) * 4 + 3] ?? 0)) / 255
    })
  }

const bright = (levels: readonly number[]) => levels.map((level) => (level > (DARK + BRIGHT) / 2 ? 1 : 0))

const isInside = (box: Rect, clip: Rect): boolean => {
  const { width, height } = intersection(box, clip)
  return box.width > 0 && width >= box.width - 1e-6 && height >= box.height - 1e-6
}

/** All that tiles say in one word: null without tiles, NaN without agreement. */
const agreed = (numbers: readonly (number | null)[]): number | null => {
  const [first] = numbers
  if (first === undefined) return null
  return first !== null && numbers.every((number) => number === first) ? first : NaN
}

/** Both numbers of tiles that lie over each other, told apart by their four levels. */
const mixed = (levels: readonly number[], opacity: number): [number | null, number | null] => {
  const level = (under: number, over: number) =>
    (1 - opacity) * (under ? BRIGHT : DARK) + opacity * (over ? BRIGHT : DARK)
  const pairs = [0, 1].flatMap((under) => [0, 1].map((over) => ({ under, over, level: level(under, over) })))
  const nearest = levels.map((each) =>
    pairs.reduce((best, pair) => (Math.abs(pair.level - each) < Math.abs(best.level - each) ? pair : best)),
  )
  return [numberOf(nearest.map(({ under }) => under)), numberOf(nearest.map(({ over }) => over))]
}

/** Reads marks (engine/testing/tiles.ts) off a viewer's canvas: what a user sees, not what the viewer says. */
export const createCanvasReader = (canvas: HTMLCanvasElement) => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')

  /** `most` is how many tiles of each side are read: fewer are quicker. */
  return (view: View, viewport: Viewport, sizes: readonly (Size | undefined)[], most = Infinity): Reading => {
    if (context.canvas.width !== viewport.width || context.canvas.height !== viewport.height)
      Object.assign(context.canvas, { width: viewport.width, height: viewport.height })
    const levels = levelsFrom(context)
    const whole = { x: 0, y: 0, width: viewport.width, height: viewport.height }
    const places = placesOf(view, viewport, sizes, viewport.gap)
    const tilesOf = ({ picture, clip }: Place) =>
      tileBoxes(picture)
        .filter((box) => isInside(box, intersection(clip, whole)))
        .slice(0, most)
    const reading: Reading = { numbers: sizes.map(() => null), difference: null }
    // In one go, so that all that is read stood on screen together. Little is copied where little is read.
    context.save()
    context.beginPath()
    for (const { x, y, width, height } of places.flatMap(tilesOf).map(wholePixels)) context.rect(x, y, width, height)
    context.clip()
    context.clearRect(0, 0, viewport.width, viewport.height)
    context.drawImage(canvas, 0, 0, viewport.width, viewport.height)
    context.restore()
    const [under, over] = places
    const isPair = sidesIn(view).length === 2

    if (view.mode === 'difference' && isPair && under) {
      reading.difference = agreed(tilesOf(under).map((box) => differenceOf(bright(levels(box)))))
    } else if (view.mode === 'overlay' && isPair && under && over) {
      const pairs = tilesOf(under).map((box) => mixed(levels(box), view.opacity))
      reading.numbers[under.side] = agreed(pairs.map(([number]) => number))
      reading.numbers[over.side] = agreed(pairs.map(([, number]) => number))
    } else
      for (const place of places) {
        const isHidden = view.mode === 'blink' && isPair && (place.side === view.reference) !== view.blinking
        if (!isHidden) reading.numbers[place.side] = agreed(tilesOf(place).map((box) => numberOf(bright(levels(box)))))
      }
    return reading
  }
}
