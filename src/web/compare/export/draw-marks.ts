import { intersection, type Place, wipeBand } from '../geometry.ts'
import type { Size } from '../protocol.ts'
import { type Corner, cornerOf, isBlinkedAway, isPair, type View } from '../view.ts'

type Context = OffscreenCanvasRenderingContext2D

const textSize = ({ width, height }: Size): number => Math.max(10, Math.round(Math.min(width, height) / 40))

/** The words, or as much of them as has room. */
export const shorten = (words: string, room: number, measure: (words: string) => number): string => {
  if (measure(words) <= room) return words
  const letters = [...words]
  while (letters.length > 1 && measure(`${letters.join('').trimEnd()}…`) > room) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

/** A name on its picture, as the studio's tags look. The wipe covers it as it covers the picture. */
const drawName = (context: Context, words: string, place: Place, corner: Corner, share: number) => {
  const band = wipeBand(place)
  const size = textSize(place.cell)
  const [margin, inside] = [Math.round(size * 0.7), Math.round(size * 0.5)]
  context.save()
  context.beginPath()
  context.rect(place.clip.x, place.clip.y, place.clip.width, place.clip.height)
  context.clip()
  context.font = `400 ${size}px "Inter Variable", system-ui, sans-serif`
  context.textBaseline = 'middle'
  const room = band.width * share - 2 * margin - 2 * inside
  const text = shorten(words, room, (some) => context.measureText(some).width)
  const width = Math.ceil(context.measureText(text).width) + 2 * inside
  const height = Math.round(size * 1.65)
  const x = corner === 'end' ? band.x + band.width - margin - width : band.x + margin
  const y = corner === 'below' ? band.y + band.height - margin - height : band.y + margin
  context.fillStyle = 'rgb(0 0 0 / 0.7)'
  context.beginPath()
  context.roundRect(x, y, width, height, Math.max(2, Math.round(size / 6)))
  context.fill()
  context.fillStyle = '#fff'
  context.fillText(text, x + inside, y + height / 2 + size * 0.05)
  context.restore()
}

/** The line between before and after, as on screen. */
const drawEdge = (context: Context, reference: Place, { edgeStands }: View) => {
  const band = wipeBand(reference)
  const before = intersection(reference.clip, band)
  const draw = (thick: number, colour: string) => {
    context.fillStyle = colour
    if (edgeStands === 'upright') context.fillRect(before.x + before.width - thick / 2, band.y, thick, band.height)
    else context.fillRect(band.x, before.y + before.height - thick / 2, band.width, thick)
  }
  const thick = 2 * Math.max(1, Math.round(reference.cell.height / 720))
  draw(thick + 2, 'rgb(0 0 0 / 0.35)')
  draw(thick, '#fff')
}

/**
 * Draws what lies over the pictures: the wipe's edge, and the names where there are any. A name goes with its picture:
 * the wipe covers it, and blinking changes it.
 */
export const drawMarks = (
  context: Context,
  view: View,
  places: readonly Place[],
  labels: readonly string[] | null,
): void => {
  const reference = places.find(({ side }) => side === view.reference)
  if (view.mode === 'wipe' && isPair(view) && reference) drawEdge(context, reference, view)
  for (const place of places) {
    const words = labels?.[place.side]
    if (!words || isBlinkedAway(view, place.side)) continue
    drawName(context, words, place, cornerOf(view, place.side), isPair(view) && view.mode !== 'blink' ? 0.5 : 1)
  }
}
