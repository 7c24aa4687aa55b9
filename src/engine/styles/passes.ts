import { enter, inPlace, kernels, room } from '../kernels/wasm/kernels.ts'
import { blendIn } from '../kernels/mix.ts'
import { fractalTile, grainTile, step } from '../kernels/noise.ts'
import { multiplyBy, addNoise, vignette, type Where } from '../kernels/blend.ts'
import { curve } from '../kernels/tone.ts'
import type { Pass, LookContext } from './look-context.ts'

/**
 * Calms noise over time, so that what is drawn from a frame does not flicker: small changes of a pixel come in slowly,
 * large ones at once.
 */
export const steady = (context: LookContext, reach = 10): Pass => {
  const last = context.lumaPlane()
  // From 64 levels on, and from twice the reach on, a change comes in at once.
  const response = Uint8Array.from({ length: 64 }, (_, change) => {
    const part = 0.25 + 0.75 * step(reach / 2, reach * 2, change)
    return Math.round(change * part) || (change > 2 ? 1 : 0)
  })
  return ({ y }, _, index) => {
    if (index === 0) last.set(y)
    inPlace(last, [y, response], (before, now, table) => kernels().steady(now, before, y.length, table))
    y.set(last)
  }
}

/** Film grain: another place of one tile at each frame, most in the mid-tones. */
export const grain = (context: LookContext, strength: number): Pass => {
  const tile = grainTile(context.seed, 'grain')
  return ({ y, width }, _, index) => {
    const place = Math.imul(index + 1, 0x9e3779b1) ^ context.seed
    addNoise(y, width, tile, strength, 'middle', (place >>> 8) & 511, (place >>> 19) & 511)
  }
}

/** The tooth of a paper or canvas, standing still, of a seed. */
export const paper = (context: LookContext, strength: number, where: Where, cells = 96): Pass => {
  const random = context.random('paper')
  const tile = fractalTile(context.seed, 'paper', {
    cells,
    cellsDown: random() < 0.5 ? cells : cells * 0.75,
    octaves: 3,
    gain: 0.7,
  })
  const x = Math.floor(random() * 512)
  const y = Math.floor(random() * 512)
  return (planes) => addNoise(planes.y, planes.width, tile, strength, where, x, y)
}

type NoiseShape = Parameters<typeof fractalTile>[2]

/** A tile of noise over the whole byte, and the pixel of it that a picture begins at. */
export const placedTile = (context: LookContext, name: string, shape: NoiseShape) => {
  const tile = fractalTile(context.seed, name, shape)
  const random = context.random(`${name} place`)
  return { tile, left: Math.floor(random() * tile.side), top: Math.floor(random() * tile.side) }
}

/** Noise that stands still, up to `strength` levels either way, laid on luma by its tone through `where`. */
export const fixedNoise = (
  context: LookContext,
  name: string,
  shape: NoiseShape,
  strength: number,
  where: Where = 'everywhere',
): ((luma: Uint8Array) => void) => {
  const { tile, left, top } = placedTile(context, name, shape)
  return (luma) => addNoise(luma, context.width, tile, strength, where, left, top)
}

/** The same noise as a plane: levels to add at each pixel, up to `strength` (at most 127) either way. */
export const noisePlane = (context: LookContext, name: string, shape: NoiseShape, strength: number): Int8Array => {
  const { width, height } = context
  const { tile, left, top } = placedTile(context, name, shape)
  const { side } = tile
  const levels = Int8Array.from({ length: 256 }, (_, value) => Math.round(((value - 128) * strength) / 128))
  const scaled = new Int8Array(tile.data.length)
  for (let at = 0; at < scaled.length; at++) scaled[at] = levels[tile.data[at] ?? 128] ?? 0
  const plane = new Int8Array(width * height)
  for (let y = 0; y < height; y++) {
    const line = ((y + top) & (side - 1)) * side
    for (let x = 0, from = left; x < width; from = 0) {
      const run = Math.min(side - from, width - x)
      plane.set(scaled.subarray(line + from, line + from + run), y * width + x)
      x += run
    }
  }
  return plane
}

export const darkCorners = (context: LookContext, amount: number): Pass => {
  const luma = vignette(context.width, context.height, amount)
  const chroma = vignette(context.chromaWidth, context.chromaHeight, amount)
  return ({ y, u, v }) => {
    multiplyBy(y, luma)
    multiplyBy(u, chroma, 128)
    multiplyBy(v, chroma, 128)
  }
}

/** Light that spills from what is brighter than `from` over `radius` pixels (at 720p). */
export const bloom = (context: LookContext, strength: number, from: number, radius: number): Pass => {
  const { width, height } = context
  const free = 3 * (((width + 3) >> 2) * ((height + 3) >> 2) + 96) + 4 * width + 512
  const bright = curve((value) => 255 * step(from, 255, value))
  const reach = Math.max(1, Math.round((radius * context.unit) / 4))
  const part = Math.round(strength * 257)
  return ({ y }) => {
    inPlace(y, [bright, free], (luma, table, work) => kernels().bloom(luma, width, height, reach, part, table, work))
  }
}

/** A soft lens: `part` (0 to 1) of the light is spread over `radius` pixels (at 720p), what is sharp shows through it. */
export const softFocus = (context: LookContext, part: number, radius: number): Pass => {
  const soft = context.lumaPlane()
  const reach = Math.max(1, Math.round(radius * context.unit))
  return ({ y }) => {
    context.blurLuma(y, soft, reach)
    blendIn(y, soft, part)
  }
}

/** Answers, through `response`, to how much darker each pixel is than its surroundings; 0 beyond the table's end. */
export const darkSides = (context: LookContext, reach: number, response: Uint8Array) => {
  const { width, height } = context
  const answer = context.lumaPlane()
  return (luma: Uint8Array): Uint8Array => {
    const size = luma.length
    const [place, around, across, sums, table] = room(size, size, size, width * 2 + 64, response.length)
    const own = enter(luma, place)
    table.set(response)
    const [from, to] = [own.byteOffset, around.byteOffset]
    kernels().blur(from, to, across.byteOffset, sums.byteOffset, width, height, reach)
    kernels().darker(from, to, to, size, table.byteOffset, response.length >> 4)
    answer.set(around)
    return answer
  }
}

/**
 * Draws dark lines where a pixel is darker than its surroundings, as a pen follows forms (difference of a picture and
 * its blur with a soft threshold, after Winnemöller's XDoG, 2011). Answers the ink: 255 is none.
 */
export const inkLines = (context: LookContext, options: { radius: number; threshold: number; softness: number }) => {
  const reach = Math.max(1, Math.round(options.radius * context.unit))
  const end = options.threshold + options.softness
  const length = 16 * Math.min(16, Math.ceil((end + 1) / 16))
  return darkSides(
    context,
    reach,
    Uint8Array.from({ length }, (_, away) => 255 * (1 - step(options.threshold, end, away))),
  )
}

/** Writes into `samples` what a plane of luma's size has at each of chroma's. */
export const sampleForChroma = <Samples extends Uint8Array | Uint16Array>(
  { width, chromaWidth, chromaHeight, shift }: LookContext,
  plane: Samples,
  samples: Samples,
): Samples => {
  for (let row = 0; row < chromaHeight; row++)
    for (let x = 0; x < chromaWidth; x++)
      samples[row * chromaWidth + x] = plane[(row << shift) * width + (x << shift)] ?? 0
  return samples
}

/** A plane of luma's size on the grid of the chroma planes. */
export const onChroma = (context: LookContext, plane: Uint8Array): Uint8Array =>
  sampleForChroma(context, plane, context.chromaPlane())

/** How an edge of paint runs: where it fades, and by how much noise of a shape moves that, in parts of the margin. */
type Edge = { shape: NoiseShape; from: number; to: number; ragged: number }
const RAGGED: Edge = { shape: { cells: 6, octaves: 6, gain: 0.62 }, from: 0.35, to: 0.75, ragged: 1.1 }
/** What a strip of tape leaves. */
export const TAPED: Edge = { shape: { cells: 24, octaves: 3, gain: 0.6 }, from: 0.95, to: 1.05, ragged: 0.16 }

/** Where paint is on paper: 255 inside, falling to 0 at edges that a seed makes, `margin` pixels at 720p inside. */
export const raggedMask = (context: LookContext, margin: number, edge: Edge = RAGGED): Uint8Array => {
  const { width, height, unit } = context
  const { data } = fractalTile(context.seed, 'edge', edge.shape)
  const mask = new Uint8Array(width * height).fill(255)
  const reach = margin * unit
  const band = Math.ceil(reach * (edge.to + edge.ragged / 2))
  for (let y = 0; y < height; y++) {
    const inBand = y < band || y >= height - band
    for (let x = 0; x < width; x++) {
      if (!inBand && x === band) x = Math.max(x, width - band)
      const inside = Math.min(x, y, width - 1 - x, height - 1 - y)
      const noise = (data[(Math.floor(y / unit) & 511) * 512 + (Math.floor(x / unit) & 511)] ?? 0) / 255
      mask[y * width + x] = 255 * step(edge.from, edge.to, inside / reach - (noise - 0.5) * edge.ragged)
    }
  }
  return mask
}
