import type { Rgb } from '../../rgb.ts'
import { css, mix, ramp, shift } from '../../canvas/colour.ts'
import { wavesOf } from '../../canvas/noise-field.ts'
import { createNoise, type Noise } from '../../canvas/noise.ts'
import { drawSprite, paintSprite, pixelSprite, type Sprite } from '../../canvas/sprite.ts'
import type { Layer, SceneContext } from '../layers.ts'
import { setPen } from '../../canvas/curves.ts'

export type Globe = {
  x: number
  y: number
  radius: number
  kind: 'rock' | 'gas' | 'water'
  colours: readonly Rgb[]
  ring: boolean
  depth: number
  name: string
}

/** Something of each point of a row of an upright globe, by how far to the right, down and towards the eye they lie. */
type Row = (xs: Float32Array, ys: Float32Array, zs: Float32Array) => Float32Array

/** Sums of octaves at places that a row's points are taken to. */
const rowOf = (
  noise: Noise,
  side: number,
  octaves: number,
  place: (x: number, y: number, z: number) => readonly [number, number],
): Row => {
  const field = wavesOf(noise, { x: 1, z: 1, octaves })
  const [across, down] = [new Float32Array(side), new Float32Array(side)]
  return (xs, ys, zs) => {
    for (let at = 0; at < side; at++) {
      const [x, y] = place(xs[at]!, ys[at]!, zs[at]!)
      across[at] = x
      down[at] = y
    }
    return field(across, down, side)
  }
}

/** How high a globe's ground is, 0 to 1, and how thick its clouds are. */
const groundOf = (kind: Globe['kind'], noise: Noise, side: number): { levels: Row; clouds: Row } => {
  const none = new Float32Array(side)
  if (kind === 'gas') {
    const swirls = rowOf(noise, side, 4, (x, y) => [x * 2.2, y * 5])
    const bands = rowOf(noise, side, 4, (_, y, swirl) => [3, (y + swirl * 0.16) * 7])
    const threads = rowOf(noise, side, 3, (x, y, swirl) => [x * 3, y * 22 + swirl * 1.44])
    const levels: Row = (xs, ys, zs) => {
      const swirl = swirls(xs, ys, zs)
      const band = bands(xs, ys, swirl)
      const thread = threads(xs, ys, swirl)
      for (let at = 0; at < side; at++) band[at] = 0.5 + band[at]! * 0.95 + thread[at]! * 0.13
      return band
    }
    return { levels, clouds: () => none }
  }
  const lands = rowOf(noise, side, 6, (x, y, z) => [x * 1.9 + z * 0.6, y * 1.9 + z * 0.8])
  const rising = (land: number): number =>
    kind === 'rock' ? 0.5 + land * 0.9 : land > 0.04 ? 0.62 + land * 0.6 : 0.18 + land * 0.4
  const levels: Row = (xs, ys, zs) => lands(xs, ys, zs).map(rising)
  if (kind === 'rock') return { levels, clouds: () => none }
  const banks = rowOf(noise, side, 5, (x, y, z) => [x * 2.6 + 30 + z, y * 4.4])
  return { levels, clouds: (xs, ys, zs) => banks(xs, ys, zs).map((bank) => Math.max(0, bank - 0.02) * 2.1) }
}

/** The tilt of a globe's axis, radians. */
const TILT = 0.35

/** Side of the picture of a globe, pixels: its air needs room around it. */
const sideOf = ({ radius }: Globe): number => Math.ceil(radius * 2.24)

/** The globe without its rings, lit from the side of the sun. */
const globeSprite = (scene: SceneContext, planet: Globe): Sprite => {
  const { x, y, radius, depth } = planet
  const side = sideOf(planet)
  const noise = createNoise(scene.random(planet.name)() * 4294967296, planet.name)
  const [low, mid, high] = [planet.colours[0]!, planet.colours[1]!, planet.colours[2]!]
  const table = ramp(
    [
      [0, shift(low, -0.12)],
      [0.38, low],
      [0.62, mid],
      [1, high],
    ],
    256,
  )
  const air = planet.kind === 'water' ? ([120, 180, 255] as const) : mix(mid, [255, 255, 255], 0.35)
  const data = new Uint8ClampedArray(side * side * 4)
  const { levels, clouds } = groundOf(planet.kind, noise, side)
  const paintPoint = pointPainter(scene, planet, { data, table, air })
  // Of a row: how far to the right and towards the eye its points lie, and, with the globe upright, right and down.
  const [tx, ty, tz] = [new Float32Array(side), new Float32Array(side), new Float32Array(side)]
  for (let row = 0; row < side; row++) {
    const ny = (row - side / 2) / radius
    for (let column = 0; column < side; column++) {
      const nx = (column - side / 2) / radius
      ty[column] = ny * Math.cos(TILT) - nx * Math.sin(TILT)
      tx[column] = nx * Math.cos(TILT) + ny * Math.sin(TILT)
      tz[column] = Math.sqrt(Math.max(0, 1 - nx * nx - ny * ny))
    }
    const level = levels(tx, ty, tz)
    const cloudy = clouds(tx, ty, tz)
    for (let column = 0; column < side; column++) {
      const nx = (column - side / 2) / radius
      const point = { nx, ny, nz: tz[column]!, level: level[column]!, cloud: Math.min(0.92, cloudy[column]!) }
      paintPoint((row * side + column) * 4, point)
    }
  }
  const box = { x: x - side / 2, y: y - side / 2, width: side, height: side }
  return pixelSprite(box, depth, { width: side, height: side, data })
}

/** A point of the picture: right, down and towards the eye in radii, how high its ground is and how thick its clouds are. */
type Point = { nx: number; ny: number; nz: number; level: number; cloud: number }

/** Paints points at their place in the picture's bytes: lit ground under clouds, or the air beyond the edge. */
const pointPainter = (
  scene: SceneContext,
  { name, radius }: Globe,
  { data, table, air }: { data: Uint8ClampedArray; table: ReturnType<typeof ramp>; air: Rgb },
): ((index: number, point: Point) => void) => {
  const lx = scene.light.sun.x > 0.5 ? 0.72 : -0.72
  const ly = -0.42
  const lz = 0.55
  const grain = scene.random(`${name} grain`)
  return (index, { nx, ny, nz, level, cloud }) => {
    const distance = Math.sqrt(nx * nx + ny * ny)
    if (distance > 1) {
      const facing = Math.max(0, (nx * lx + ny * ly) / distance + 0.25)
      data.set(air, index)
      data[index + 3] = Math.exp(-(distance - 1) * 30) * facing * 0.6 * 255
      return
    }
    const at = (Math.min(255, Math.max(0, level * 255)) | 0) * 3
    const day = nx * lx + ny * ly + nz * lz
    const lightness = Math.min(1, Math.max(0, day * 1.25 + 0.12)) ** 1.1
    const rim = (1 - nz) ** 2.6 * Math.max(0, day + 0.25)
    for (let channel = 0; channel < 3; channel++) {
      const ground = table[at + channel]!
      const clouded = ground + (250 - ground) * cloud
      const shaded = clouded * (0.02 + lightness * 1.04)
      data[index + channel] = shaded + (air[channel]! - shaded) * Math.min(0.85, rim * 1.3) + (grain() - 0.5) * 2
    }
    data[index + 3] = Math.min(1, (1 - distance) * radius) * 255
  }
}

/** The half of the rings that lies before or behind the globe. */
const ringSprite = ({ x, y, radius, depth, name, colours }: Globe, isFront: boolean): Sprite => {
  const reach = radius * 2.5
  const [, mid, high] = colours
  return paintSprite({ x: x - reach, y: y - reach, width: reach * 2, height: reach * 2 }, depth, (ctx) => {
    ctx.translate(x, y)
    ctx.rotate(-TILT)
    ctx.scale(1, 0.26)
    const noise = createNoise(5, name)
    for (let band = 0; band < 46; band++) {
      const isGap = band > 27 && band < 31
      const alpha = isGap ? 0.03 : Math.max(0.03, 0.34 + noise(band * 0.43, 2) * 0.34) * (1 - Math.abs(band - 22) / 60)
      setPen(ctx, css(mix(high!, mid!, (band % 7) / 9), alpha), radius * 0.0225)
      ctx.beginPath()
      const [from, to] = isFront ? [0, Math.PI] : [Math.PI, Math.PI * 2]
      ctx.arc(0, 0, radius * (1.34 + band * 0.0205), from, to)
      ctx.stroke()
    }
  })
}

/** A lit globe with bands or land, clouds, a soft edge between day and night, and a rim of air; rings go round it. */
export const globe = (scene: SceneContext, planet: Globe): Layer => {
  const sprite = globeSprite(scene, planet)
  const sprites = planet.ring ? [ringSprite(planet, false), sprite, ringSprite(planet, true)] : [sprite]
  return (ctx, view) => {
    for (const part of sprites) drawSprite(ctx, view, part)
  }
}
