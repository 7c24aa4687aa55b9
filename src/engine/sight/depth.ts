import { colourSteps, type Look, stepsOver } from './look.ts'
import { boxBlur, geodesic, guided, type Raster, softBlur } from './raster.ts'
import { regionsOf } from './regions.ts'

const clamp = (value: number): number => Math.min(1, Math.max(0, value))

/** Where the ground begins, as a share of the height: below the sky, or a little above the middle without one. */
export const horizonOf = ({ across, down }: Look, sky: Raster): number => {
  const ends: number[] = []
  for (let x = 0; x < across; x++) {
    let end = 0
    for (let y = 0; y < down; y++) if (sky[y * across + x]! > 0.5) end = y + 1
    if (end > 0) ends.push(end / down)
  }
  if (ends.length < across * 0.25) return 0.3
  ends.sort((a, b) => a - b)
  return Math.min(0.75, Math.max(0.15, ends[Math.floor(ends.length * 0.7)] ?? 0.3))
}

/**
 * What stands out from the picture's edges, 0 to 1: the distance in colour of the way there (geodesic saliency: Wei et
 * al., 2012). The lower edge is no background: a person reaches down to it.
 */
const standingOut = (look: Look, colours: ReturnType<typeof colourSteps>): Raster => {
  const { across, down } = look
  const start = new Float32Array(across * down).fill(1e6)
  for (let x = 0; x < across; x++) start[x] = 0
  for (let y = 0; y < down; y++) {
    start[y * across] = 0
    start[y * across + across - 1] = 0
  }
  const steps = stepsOver(look, colours, (change) => Math.max(0, change - 0.03) + 0.0004)
  const far = geodesic(start, across, down, steps)
  const sorted = Float32Array.from(far).sort()
  const most = Math.max(0.25, sorted[Math.floor(sorted.length * 0.97)] ?? 1)
  return far.map((way) => clamp(way / most))
}

/** How much of the picture's edge has one colour, 0 to 1: a plain backdrop is no ground that one could stand on. */
const plainness = ({ across, down, red, green, blue }: Look): number => {
  const edge: number[] = []
  for (let x = 0; x < across; x++) edge.push(x, (down - 1) * across + x)
  for (let y = 0; y < down; y++) edge.push(y * across, y * across + across - 1)
  const middle = (channel: Raster): number =>
    edge.map((cell) => channel[cell]!).sort((a, b) => a - b)[edge.length >> 1] ?? 0
  const [r, g, b] = [middle(red), middle(green), middle(blue)]
  const alike = edge.filter(
    (cell) => Math.abs(red[cell]! - r) + Math.abs(green[cell]! - g) + Math.abs(blue[cell]! - b) < 0.3,
  )
  return clamp((alike.length / edge.length - 0.6) / 0.25)
}

/** Detail in a neighbourhood, 0 to 1: what is in focus, and not veiled by air. */
const sharpness = ({ across, down, texture, luma }: Look): Raster => {
  const detail = new Float32Array(texture.length)
  for (let cell = 0; cell < detail.length; cell++) {
    const x = cell % across
    const right = x < across - 1 ? luma[cell + 1]! : luma[cell]!
    const below = cell + across < detail.length ? luma[cell + across]! : luma[cell]!
    detail[cell] = texture[cell]! + 0.5 * (Math.abs(right - luma[cell]!) + Math.abs(below - luma[cell]!))
  }
  const soft = softBlur(detail, across, down, 3)
  const sorted = Float32Array.from(soft).sort()
  const most = Math.max(0.02, sorted[Math.floor(sorted.length * 0.9)] ?? 1)
  return soft.map((value) => clamp(value / most))
}

/** How much a cell has to stand out to be part of a body, and how large one is, as shares of the picture. */
const BODY = 0.22
const SMALL = 0.004
const LARGE = 0.4
/** How much of a body's relief is taken from it. */
const FLAT = 0.9

/**
 * Lays bodies, which stand out from what is around them, as planes of one depth: a person who comes nearer at the feet
 * than at the head bulges in a dolly. What is as broad as the picture is ground, and stays as it is.
 */
const asPlanes = (near: Raster, subject: Raster, { across, down }: Look): Raster => {
  const out = Float32Array.from(near)
  const whole = boxBlur(subject, across, down, 2)
  for (const { cells, left, right } of regionsOf((cell) => whole[cell]! > BODY, across, down)) {
    const size = cells.length / near.length
    if (size < SMALL || size > LARGE || right - left > 0.7 * across) continue
    const mean = cells.reduce((sum, cell) => sum + near[cell]!, 0) / cells.length
    // Larger things have parts at depths of their own.
    const much = FLAT * Math.min(1, (LARGE - size) / (LARGE / 2))
    for (const cell of cells) out[cell] = near[cell]! + (mean - near[cell]!) * much
  }
  return out
}

/**
 * A guess of how near each cell is: 0 the sky, 1 next to the camera. Ground comes nearer downwards; what stands on it
 * is as near as its foot (nearness climbs up along like colours); what stands out from the edges, is in focus and has
 * deep colours is nearer than what is hazy. At last its edges are laid on those of the picture.
 */
export const findNear = (look: Look, sky: Raster): Raster => {
  const { across, down, luma, chroma } = look
  const horizon = horizonOf(look, sky)
  const colours = colourSteps(look)
  const subject = standingOut(look, colours)
  const sharp = sharpness(look)
  const plain = plainness(look)
  const focus = sharp.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / sharp.length
  const level = (cell: number): number => {
    const low = clamp((Math.floor(cell / across) / down - horizon) / (1 - horizon))
    return 0.12 + 0.62 * low ** 1.25 * (1 - plain)
  }
  // A way upwards costs little within one colour; so much is lost a row that a meadow does not become a wall.
  const lost = 0.2 / down
  const climbed = geodesic(
    luma.map((_, cell) => 1 - level(cell)),
    across,
    down,
    stepsOver(
      look,
      colours,
      (change, _into, up) => (up < 0 ? lost : up > 0 ? 0.06 : 0.012) + Math.max(0, change - 0.02) * 0.62,
    ),
  )
  const near = new Float32Array(luma.length)
  for (let cell = 0; cell < near.length; cell++) {
    const haze = clamp(1 - chroma[cell]! * 2.2) * luma[cell]!
    const ground = level(cell)
    const stands = 1 - climbed[cell]!
    const value =
      0.2 * ground +
      0.8 * stands +
      (0.34 + 0.4 * plain) * subject[cell]! * (0.4 + 0.6 * sharp[cell]!) +
      (sharp[cell]! - 0.5) * Math.min(0.3, focus * 2.4) -
      0.14 * (haze - 0.3)
    near[cell] = clamp(value) * (1 - sky[cell]!)
  }
  const radius = Math.max(2, Math.round(Math.max(across, down) / 26))
  const bodies = asPlanes(near, subject, look)
  const alongLight = guided(bodies, luma, across, down, { radius, epsilon: 0.003 })
  const laid = guided(alongLight, chroma, across, down, { radius, epsilon: 0.006 })
  return boxBlur(laid, across, down, 1).map((value, cell) => clamp(value) * (1 - sky[cell]! * 0.9))
}
