import type { Rgb } from '../../rgb.ts'
import { css, mix, ramp, shift } from '../../canvas/colour.ts'
import { wavesOf } from '../../canvas/noise-field.ts'
import { createNoise, type Noise } from '../../canvas/noise.ts'
import { drawSprite, paintSprite, pixelSprite, type Sprite } from '../../canvas/sprite.ts'
import type { Layer } from '../layers.ts'
import type { SceneContext } from '../context.ts'

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

/** A lit globe with bands or land, clouds, a soft edge between day and night, and a rim of air; rings go round it. */
export const globe = (scene: SceneContext, planet: Globe): Layer => {
  const { x, y, radius, depth } = planet
  const side = Math.ceil(radius * 2.24)
  const noise = createNoise(scene.random(planet.name)() * 4294967296, planet.name)
  const lx = scene.light.sun.x > 0.5 ? 0.72 : -0.72
  const ly = -0.42
  const lz = 0.55
  const tilt = 0.35
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
  const grain = scene.random(`${planet.name} grain`)
  const { levels, clouds } = groundOf(planet.kind, noise, side)
  // Of a row: how far to the right and towards the eye its points lie, and, with the globe upright, right and down.
  const [tx, ty, tz] = [new Float32Array(side), new Float32Array(side), new Float32Array(side)]
  for (let row = 0; row < side; row++) {
    const ny = (row - side / 2) / radius
    for (let column = 0; column < side; column++) {
      const nx = (column - side / 2) / radius
      ty[column] = ny * Math.cos(tilt) - nx * Math.sin(tilt)
      tx[column] = nx * Math.cos(tilt) + ny * Math.sin(tilt)
      tz[column] = Math.sqrt(Math.max(0, 1 - nx * nx - ny * ny))
    }
    const level = levels(tx, ty, tz)
    const cloudy = clouds(tx, ty, tz)
    for (let column = 0; column < side; column++) {
      const nx = (column - side / 2) / radius
      const distance = Math.sqrt(nx * nx + ny * ny)
      const index = (row * side + column) * 4
      if (distance > 1) {
        const facing = Math.max(0, (nx * lx + ny * ly) / distance + 0.25)
        const halo = Math.exp(-(distance - 1) * 30) * facing * 0.6
        data[index] = air[0]
        data[index + 1] = air[1]
        data[index + 2] = air[2]
        data[index + 3] = halo * 255
        continue
      }
      const nz = tz[column]!
      const at = (Math.min(255, Math.max(0, level[column]! * 255)) | 0) * 3
      const day = nx * lx + ny * ly + nz * lz
      const lightness = Math.min(1, Math.max(0, day * 1.25 + 0.12)) ** 1.1
      const rim = (1 - nz) ** 2.6 * Math.max(0, day + 0.25)
      const cloud = Math.min(0.92, cloudy[column]!)
      for (let channel = 0; channel < 3; channel++) {
        const ground = table[at + channel]!
        const clouded = ground + (250 - ground) * cloud
        const shaded = clouded * (0.02 + lightness * 1.04)
        data[index + channel] = shaded + (air[channel]! - shaded) * Math.min(0.85, rim * 1.3) + (grain() - 0.5) * 2
      }
      data[index + 3] = Math.min(1, (1 - distance) * radius) * 255
    }
  }
  const sprite = pixelSprite({ x: x - side / 2, y: y - side / 2, width: side, height: side }, depth, {
    width: side,
    height: side,
    data,
  })
  if (!planet.ring) return (ctx, view) => drawSprite(ctx, view, sprite)
  const reach = radius * 2.5
  const box = { x: x - reach, y: y - reach, width: reach * 2, height: reach * 2 }
  const rings = (front: boolean): Sprite =>
    paintSprite(box, depth, (ctx) => {
      ctx.translate(x, y)
      ctx.rotate(-tilt)
      ctx.scale(1, 0.26)
      for (let band = 0; band < 46; band++) {
        const r = radius * (1.34 + band * 0.0205)
        const gap = band > 27 && band < 31
        const alpha = gap
          ? 0.03
          : Math.max(0.03, 0.34 + createNoise(5, planet.name)(band * 0.43, 2) * 0.34) * (1 - Math.abs(band - 22) / 60)
        ctx.strokeStyle = css(mix(high, mid, (band % 7) / 9), alpha)
        ctx.lineWidth = radius * 0.0225
        ctx.beginPath()
        ctx.arc(0, 0, r, front ? 0 : Math.PI, front ? Math.PI : Math.PI * 2)
        ctx.stroke()
      }
    })
  const back = rings(false)
  const front = rings(true)
  return (ctx, view) => {
    drawSprite(ctx, view, back)
    drawSprite(ctx, view, sprite)
    drawSprite(ctx, view, front)
  }
}
