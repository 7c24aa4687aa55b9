import { inPlace, kernels } from './wasm/kernels.ts'
import type { Planes } from './planes.ts'
import { createRandom } from '../random.ts'
import { DIRECTIONS, type Flow } from './flow.ts'
import { step } from './noise.ts'

/** A brush. Lengths in pixels of the picture, `relief` and `uneven` in levels. */
type Brush = {
  length: number
  width: number
  /** From stroke to stroke. */
  spacing: number
  /** How much thick paint catches the light. */
  relief: number
  /** How much strokes differ in luma, half of it in chroma. */
  uneven: number
  /** How far bristles part: 0 is a full brush, 1 a dry one. */
  dry: number
}

const VARIANTS = 4
const KINDS = DIRECTIONS * VARIANTS
const BYTES = 10
/** Where light falls from, over the picture: from above and the left. */
const LIGHT = { x: -0.6, y: -0.8 }

/** Bristles across a brush, from -1 to 1, and how deep each goes. */
const bristlesOf = (random: () => number): ((across: number) => number) => {
  const deep = Float32Array.from({ length: 24 }, random)
  return (across) => {
    const place = Math.min(22.99, Math.max(0, (across + 1) * 11.5))
    const first = Math.floor(place)
    const part = place - first
    return (deep[first] ?? 0) * (1 - part) + (deep[first + 1] ?? 0) * part
  }
}

/** The shapes of a brush's strokes by direction and variant: how much they cover, and their relief around 128. */
const shapesOf = (brush: Brush, seed: number, size: number, scale: number, name: string) => {
  const cover = new Uint8Array(KINDS * size * size)
  const relief = new Uint8Array(cover.length).fill(128)
  const half = { along: (brush.length * scale) / 2, across: (brush.width * scale) / 2 }
  for (let kind = 0; kind < KINDS; kind++) {
    const random = createRandom(seed + (kind % VARIANTS), name)
    const bristles = bristlesOf(random)
    const ends = bristlesOf(random)
    const bend = (random() - 0.5) * 0.5
    const angle = (Math.floor(kind / VARIANTS) * Math.PI) / DIRECTIONS
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const facing = LIGHT.y * cos - LIGHT.x * sin
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) {
        const dx = x - size / 2 + 0.5
        const dy = y - size / 2 + 0.5
        const along = (dx * cos + dy * sin) / half.along
        const across = (dy * cos - dx * sin) / half.across + bend * (along * along - 0.4)
        if (Math.abs(along) > 1 || Math.abs(across) > 1) continue
        const deep = bristles(across)
        // Bristles leave the canvas one by one at the end of a stroke, and the rim of it is round.
        const end = 1 - Math.abs(along) - 0.3 * ends(across) * (along > 0 ? 1 : 0.5)
        const rim = (1 - Math.abs(across)) * half.across
        const dryness = 1 - brush.dry * step(0.3, 0.8, deep) * step(-0.8, 0.8, along)
        const at = (kind * size + y) * size + x
        cover[at] = 255 * step(0, 0.22, end) * step(0, 1.2, rim) * dryness
        // The slope of the paint: ridges of bristles, and the rim that it is pushed up to.
        const slope = (bristles(across + 0.09) - bristles(across - 0.09)) * 2.2 + across ** 3 * 0.9
        relief[at] = Math.min(
          255,
          Math.max(0, 128 - brush.relief * slope * facing + brush.relief * 0.35 * (deep - 0.5)),
        )
      }
  }
  return { cover, relief }
}

/**
 * Shapes, after them for each of their rows where there is any of it: the first pixel, and where steps of so many pixels
 * from there end. After those, for each shape its first row of any and the one after the last. All in 16 bits.
 */
const withSpans = (cover: Uint8Array, size: number, step: 8 | 16): Uint8Array => {
  const rows = cover.length / size
  const spans = new Uint16Array(rows * 2)
  const bands = new Uint16Array((rows / size) * 2)
  for (let row = 0; row < rows; row++) {
    const line = cover.subarray(row * size, (row + 1) * size)
    const first = line.findIndex((value) => value > 0)
    if (first < 0) continue
    const length = Math.ceil((line.findLastIndex((value) => value > 0) + 1 - first) / step) * step
    // Steps end inside of the row: beyond it lies the next one.
    spans.set([Math.min(first, size - length), Math.min(first, size - length) + length], row * 2)
    const band = 2 * Math.floor(row / size)
    if (bands[band + 1] === 0) bands[band] = row % size
    bands[band + 1] = (row % size) + 1
  }
  const all = new Uint8Array(cover.length + spans.byteLength + bands.byteLength)
  all.set(cover)
  all.set(new Uint8Array(spans.buffer), cover.length)
  all.set(new Uint8Array(bands.buffer), cover.length + spans.byteLength)
  return all
}

/** In how many rows of strokes any may lie over any other. */
const MINGLED = 4

/**
 * Places of strokes, jittered: they stand still. They are painted from above downwards but mingled over a few rows: in
 * any order at all the picture would not stay in the processor's cache.
 */
const placesOf = (brush: Brush, width: number, height: number, seed: number, name: string): Uint8Array => {
  const random = createRandom(seed, `${name} places`)
  const columns = Math.ceil(width / brush.spacing)
  const rows = Math.ceil(height / brush.spacing)
  const turns = Array.from({ length: rows + MINGLED }, (): number[] => [])
  for (let place = 0; place < columns * rows; place++)
    turns[Math.floor(place / columns + random() * MINGLED)]?.push(place)
  const order = turns.flat()
  const bytes = new Uint8Array(order.length * BYTES)
  const view = new DataView(bytes.buffer)
  order.forEach((place, index) => {
    const at = index * BYTES
    const x = ((place % columns) + random()) * brush.spacing
    const y = (Math.floor(place / columns) + random()) * brush.spacing
    view.setUint16(at, Math.min(width - 1, Math.floor(x)), true)
    view.setUint16(at + 2, Math.min(height - 1, Math.floor(y)), true)
    bytes[at + 4] = Math.floor(random() * VARIANTS)
    for (const [channel, part] of [1, 0.4, 0.4].entries())
      view.setInt8(at + 5 + channel, Math.round((random() - 0.5) * 2 * brush.uneven * part))
  })
  return bytes
}

const sixteens = (size: number): number => Math.max(16, Math.ceil(size / 16) * 16)

/** A brush for planes of one size. */
export const createBrush = (
  picture: { width: number; height: number; chromaWidth: number; chromaHeight: number; shift: 0 | 1; seed: number },
  name: string,
  brush: Brush,
) => {
  const { width, height, chromaWidth, chromaHeight, shift, seed } = picture
  const size = sixteens(Math.hypot(brush.length, brush.width))
  const small = sixteens(size >> shift)
  const { cover, relief } = shapesOf(brush, seed, size, 1, name)
  const shape = withSpans(cover, size, 16)
  const chroma = withSpans(shapesOf(brush, seed, small, 1 / (1 << shift), name).cover, small, 8)
  const places = placesOf(brush, width, height, seed, name)
  const work = (width + 2 * size) * (height + 2 * size) + 2 * (chromaWidth + 2 * size) * (chromaHeight + 2 * size) + 64

  /**
   * Paints strokes over the planes in the colours that a picture (its planes' bytes) has there, along a flow, as thick (0
   * to 255) as its cells say.
   */
  return (planes: Planes, picture: Uint8Array, flow: Flow, thick: Uint8Array): void => {
    const { bytes } = planes
    inPlace(
      bytes,
      [picture, places, flow.pick, thick, shape, relief, chroma, work],
      (y, from, strokes, pick, cells, shapes, reliefs, flat, free) => {
        const u = y + width * height
        kernels().brush(
          y,
          u,
          u + chromaWidth * chromaHeight,
          from,
          width,
          height,
          shift,
          strokes,
          places.length / BYTES,
          pick,
          cells,
          flow.across,
          shapes,
          reliefs,
          flat,
          VARIANTS,
          KINDS,
          size,
          small,
          free,
        )
      },
    )
  }
}
