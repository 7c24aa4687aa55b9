import { ownRoom } from '../../kernels/wasm/kernels.ts'
import { panesAround } from '../../kernels/facets.ts'
import { noisePart } from '../../kernels/blend.ts'
import { step } from '../../kernels/noise.ts'
import { applyChroma, type Curve, curve, curveThrough, mapBytes, tabled } from '../../kernels/tone.ts'
import type { Planes } from '../../kernels/planes.ts'
import { exposed } from '../exposure.ts'
import { painted } from '../painting.ts'
import { bloom, darkCorners, inkLines, placedTile, sampleForChroma, steady } from '../passes.ts'
import type { Look, Pass, LookContext } from '../look-context.ts'

/** Side of a pane in pixels at 720p. */
const PANE = 46
/** How much of a new frame comes into a pane's colour: noise stays out, and what really changes is there at once. */
const CALM = 0.3
const SUDDEN = 24

/** Panes around scattered points, and how much light each pixel lets through: 0 in the lead, 255 in the glass. */
const panesOf = (context: LookContext) => {
  const { width, height, unit } = context
  const random = context.random('panes')
  const side = PANE * unit
  const columns = Math.ceil(width / side) + 2
  const rows = Math.ceil(height / side) + 2
  const points = new Float32Array(columns * rows * 2)
  for (let index = 0; index < columns * rows; index++) {
    points[2 * index] = ((index % columns) - 1 + 0.12 + random() * 0.76) * side
    points[2 * index + 1] = (Math.floor(index / columns) - 1 + 0.12 + random() * 0.76) * side
  }
  const { of, border } = panesAround(points, columns, side, width, height)
  // Glass is thinner at its rim: it gets lighter towards the middle of the pane.
  const light = curve((eighths) => {
    const far = eighths / 8 / unit
    return 255 * step(2, 5.5, far) * (0.8 + 0.2 * step(4, 26, far))
  })
  mapBytes(border, border, light)
  return { panes: columns * rows, of, light: border }
}

/**
 * The mean of a plane over each pane, calmed over time: from one pixel in 16, or from one of a sliver at the picture's rim
 * that has none of those.
 */
const createMeans = (of: Uint16Array, panes: number, width: number) => {
  const height = of.length / width
  const sums = new Float64Array(panes)
  const counts = new Uint32Array(panes)
  for (let y = 1; y < height; y += 4)
    for (let x = 1; x < width; x += 4) {
      const pane = of[y * width + x] ?? 0
      counts[pane] = (counts[pane] ?? 0) + 1
    }
  const missed = new Map<number, number>()
  for (let at = 0; at < of.length; at++) if (counts[of[at] ?? 0] === 0) missed.set(of[at] ?? 0, at)
  for (const pane of missed.keys()) counts[pane] = 1
  const means = new Float32Array(panes)
  let isFirst = true
  return (plane: Uint8Array): Float32Array => {
    sums.fill(0)
    for (const [pane, at] of missed) sums[pane] = plane[at] ?? 0
    for (let y = 1; y < height; y += 4)
      for (let x = 1; x < width; x += 4) {
        const pane = of[y * width + x] ?? 0
        sums[pane] = (sums[pane] ?? 0) + (plane[y * width + x] ?? 0)
      }
    for (let pane = 0; pane < panes; pane++) {
      const before = means[pane] ?? 0
      const now = (sums[pane] ?? 0) / Math.max(1, counts[pane] ?? 0)
      const part = isFirst ? 1 : Math.min(1, CALM + Math.abs(now - before) / SUDDEN)
      means[pane] = before + (now - before) * part
    }
    isFirst = false
    return means
  }
}

/**
 * Where glass is made: kernels with a memory of their own, in which its panes stay and all that is laid on the glass is
 * laid without being copied in and out each time.
 */
const openGlazing = (context: LookContext) => {
  const { panes, of, light } = panesOf(context)
  const { width, height, chromaWidth, chromaHeight, shift } = context
  const size = width * height
  const samples = chromaWidth * chromaHeight
  const chromaOf = sampleForChroma(context, of, new Uint16Array(samples))
  const streaks = placedTile(context, 'glass', { cells: 24, cellsDown: 6, octaves: 4, gain: 0.6 })
  const length = streaks.tile.data.length
  const { own, places } = ownRoom(size * 2, samples * 2, size, length, size, size, size, samples, 256, panes)
  const [pieces, chromaPieces, rims, tile, glass, other, parts, near, table, values] = places
  pieces.set(new Uint8Array(of.buffer, of.byteOffset, of.byteLength))
  chromaPieces.set(new Uint8Array(chromaOf.buffer, chromaOf.byteOffset, chromaOf.byteLength))
  tile.set(streaks.tile.data)
  const bend = (plane: Uint8Array, by: Curve): void => {
    const kernel = tabled(by, table) ? own.bend : own.curve
    kernel(plane.byteOffset, plane.byteOffset, plane.length, table.byteOffset)
  }
  return {
    panes,
    of,
    chromaOf,
    light,
    streaks,
    own,
    places: { pieces, chromaPieces, rims, tile, glass, other, near },
    /** Changes a plane by a curve. */
    bend,
    /** Gives each of `count` places the colour of its pane. */
    spread: (piece: Uint8Array, colours: Uint8Array, to: Uint8Array, count: number): void => {
      values.set(colours)
      own.spread(piece.byteOffset, values.byteOffset, to.byteOffset, count)
    },
    /** Moves a plane towards another, by parts that a curve has for how near skin is. */
    leanNear: (plane: Uint8Array, to: Uint8Array, skin: Uint8Array, by: Curve): void => {
      near.set(skin)
      bend(near, by)
      own.onLuma(near.byteOffset, parts.byteOffset, width, height, chromaWidth, shift)
      own.lean(plane.byteOffset, to.byteOffset, parts.byteOffset, size)
    },
  }
}
type Glazing = ReturnType<typeof openGlazing>

/** Makes luma, painted already, into glass of a colour to each pane, where `ink` (255 is none) is drawn on it. */
const glaze = (
  glazing: Glazing,
  { y, width, height }: Planes,
  colours: Uint8Array,
  skin: Uint8Array,
  ink: Uint8Array,
) => {
  const { own, streaks, light, bend, spread, leanNear } = glazing
  const { pieces, glass, other, tile, rims } = glazing.places
  const size = width * height
  spread(pieces, colours, glass, size)
  other.set(y)
  bend(other, few)
  leanNear(glass, other, skin, through)
  bend(glass, jewel)
  const { left, top } = streaks
  own.layNoise(glass.byteOffset, width, height, tile.byteOffset, streaks.tile.side, noisePart(16), 0, left, top)
  rims.set(light)
  leanNear(rims, other.fill(255), skin, passing)
  own.layMask(glass.byteOffset, rims.byteOffset, size, 0)
  other.set(ink)
  own.inked(glass.byteOffset, other.byteOffset, size, 70, 187)
  bend(glass, glow)
  y.set(glass)
}

/** Lays the colours of panes over a plane of chroma. */
const stain = ({ own, spread, places }: Glazing, plane: Uint8Array, colours: Uint8Array): void => {
  const { chromaPieces, near, other } = places
  spread(chromaPieces, colours, near, plane.length)
  other.set(plane)
  own.blendIn(other.byteOffset, near.byteOffset, Math.round(0.7 * 256), plane.length)
  plane.set(other.subarray(0, plane.length))
}

/** Panes of glowing glass in lead: one colour to a pane, with the drawing of the picture leaded over it. */
export const stainedGlass: Look = (context) => {
  const glazing = openGlazing(context)
  const { panes, of, chromaOf } = glazing
  const meanOf = [
    createMeans(of, panes, context.width),
    ...[0, 1].map(() => createMeans(chromaOf, panes, context.chromaWidth)),
  ] as const
  const random = context.random('glass')
  const tone = Float32Array.from({ length: panes }, () => 0.84 + random() * 0.32)
  const turn = Float32Array.from({ length: panes }, () => (random() - 0.5) * 14)
  const lines = inkLines(context, { radius: 4, threshold: 16, softness: 14 })
  const paint = painted(context, 3, 1)
  const colours = new Uint8Array(panes)
  const lead: Pass = (planes) => {
    const ink = lines(planes.y)
    const means = [planes.y, planes.u, planes.v].map((plane, index) => meanOf[index]?.(plane))
    const skin = paint(planes)
    for (let pane = 0; pane < panes; pane++) colours[pane] = Math.min(255, (means[0]?.[pane] ?? 0) * (tone[pane] ?? 1))
    glaze(glazing, planes, colours, skin, ink)
    for (const [index, plane] of [planes.u, planes.v].entries()) {
      for (let pane = 0; pane < panes; pane++)
        colours[pane] = (means[index + 1]?.[pane] ?? 128) + (index === 0 ? 1 : -1) * (turn[pane] ?? 0)
      stain(glazing, plane, colours)
    }
    applyChroma(planes, { saturation: 2.3 })
  }
  return [steady(context, 14), exposed(138, 1.9), lead, bloom(context, 0.4, 150, 40), darkCorners(context, 0.4)]
}

// Much of the picture itself shines through, most of it near skin, where leads all but end: a face is not much larger
// than a pane, and is painted on the glass, in a few tones.
const through = curve((near) => 72 + (near * 150) / 256)
const passing = curve((near) => (near * 205) / 256)

const jewel = curveThrough([0, 26], [60, 72], [128, 142], [200, 222], [255, 250])

/** Tones of glass paint, with soft steps between them. */
const few = curve((value) => 36 * (Math.floor(value / 36) + step(0.25, 0.75, (value % 36) / 36)))

const glow = curveThrough([0, 12], [40, 34], [140, 152], [255, 255])
