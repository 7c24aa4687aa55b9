import { intersection, placesOf, type Place, type Rect, wipeBand } from '../geometry.ts'
import type { Size, Stage } from '../protocol.ts'
import type { View } from '../view.ts'

type Context = OffscreenCanvasRenderingContext2D

const FAMILY = '"Inter Variable", system-ui, sans-serif'

const textSize = ({ cell }: Place): number => Math.min(32, Math.max(10, Math.round(cell.height / 40)))

const shorten = (context: Context, words: string, room: number): string => {
  if (context.measureText(words).width <= room) return words
  const letters = [...words]
  while (letters.length > 1 && context.measureText(`${letters.join('')}…`).width > room) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

/** A name on its picture, as the studio's tags look; nothing of it is drawn outside of `clip`. */
const drawLabel = (context: Context, words: string, place: Place, at: 'left' | 'right', clip: Rect) => {
  const size = textSize(place)
  const band = wipeBand(place)
  const [margin, inside] = [Math.round(size * 0.7), Math.round(size * 0.5)]
  context.save()
  context.beginPath()
  context.rect(clip.x, clip.y, clip.width, clip.height)
  context.clip()
  context.font = `400 ${size}px ${FAMILY}`
  context.textBaseline = 'middle'
  const room = (at === 'right' || band !== clip ? band.width : band.width) - 2 * (margin + inside)
  const text = shorten(context, words, room)
  const width = Math.ceil(context.measureText(text).width) + 2 * inside
  const height = Math.round(size * 1.6)
  const x = at === 'left' ? band.x + margin : band.x + band.width - margin - width
  const y = band.y + margin
  context.fillStyle = 'rgb(0 0 0 / 0.7)'
  context.beginPath()
  context.roundRect(x, y, width, height, Math.max(2, Math.round(size / 6)))
  context.fill()
  context.fillStyle = '#fff'
  context.fillText(text, x + inside, y + height / 2 + size * 0.05)
  context.restore()
}

/** The line between before and after, as on screen. */
const drawEdge = (context: Context, [first, second]: readonly Place[], view: View) => {
  const before = [first, second].find((place) => place?.side === view.reference)
  if (!before) return
  const band = wipeBand(before)
  const half = intersection(before.clip, band)
  const thick = Math.max(1, Math.round(before.cell.height / 480))
  const draw = (width: number, colour: string) => {
    context.fillStyle = colour
    if (view.edgeStands === 'upright') context.fillRect(half.x + half.width - width / 2, band.y, width, band.height)
    else context.fillRect(band.x, half.y + half.height - width / 2, band.width, width)
  }
  draw(thick * 2 + 2, 'rgb(0 0 0 / 0.35)')
  draw(thick * 2, '#fff')
}

/**
 * Draws what lies over the pictures: the wipe's edge, and the names where there are any. A name goes with its picture:
 * the wipe covers it, and blinking changes it.
 */
export const drawMarks = (
  context: Context,
  view: View,
  stage: Stage,
  sizes: readonly (Size | undefined)[],
  labels: readonly string[] | null,
): void => {
  const places = placesOf(view, stage, sizes, stage.gap)
  const isPair = places.length === 2 && view.mode !== 'grid' && view.mode !== 'single'
  if (view.mode === 'wipe' && isPair) drawEdge(context, places, view)
  if (!labels) return
  for (const place of places) {
    const words = labels[place.side]
    if (!words) continue
    const isReference = place.side === view.reference
    if (view.mode === 'blink' && isPair && isReference !== view.blinking) continue
    drawLabel(context, words, place, isPair && view.mode !== 'blink' && !isReference ? 'right' : 'left', place.clip)
  }
}
