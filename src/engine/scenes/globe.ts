import type { Rgb } from '../prompt/colours.ts'
import { css, mix, ramp, shift } from './colour.ts'
import { createNoise, fbm } from './noise.ts'
import { drawPlate, paintPlate, pixelPlate, type Plate } from './plate.ts'
import type { Layer, Stage } from './stage.ts'

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

/** A lit globe with bands or land, clouds, a soft edge between day and night, and a rim of air; rings go round it. */
export const globe = (stage: Stage, planet: Globe): Layer => {
  const { x, y, radius, depth } = planet
  const side = Math.ceil(radius * 2.24)
  const noise = createNoise(stage.random(planet.name)() * 4294967296, planet.name)
  const lx = stage.light.sun.x > 0.5 ? 0.72 : -0.72
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
  const grain = stage.random(`${planet.name} grain`)
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const nx = (column - side / 2) / radius
      const ny = (row - side / 2) / radius
      const distance = Math.hypot(nx, ny)
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
      const nz = Math.sqrt(1 - distance * distance)
      const ty = ny * Math.cos(tilt) - nx * Math.sin(tilt)
      const tx = nx * Math.cos(tilt) + ny * Math.sin(tilt)
      let level: number
      if (planet.kind === 'gas') {
        const swirl = fbm(noise, tx * 2.2, ty * 5, 4) * 0.16
        level = 0.5 + fbm(noise, 3, (ty + swirl) * 7, 4) * 0.95 + fbm(noise, tx * 3, ty * 22 + swirl * 9, 3) * 0.13
      } else {
        const land = fbm(noise, tx * 1.9 + nz * 0.6, ty * 1.9 + nz * 0.8, 6)
        level = planet.kind === 'water' ? (land > 0.04 ? 0.62 + land * 0.6 : 0.18 + land * 0.4) : 0.5 + land * 0.9
      }
      const at = (Math.min(255, Math.max(0, level * 255)) | 0) * 3
      const day = nx * lx + ny * ly + nz * lz
      const lightness = Math.min(1, Math.max(0, day * 1.25 + 0.12)) ** 1.1
      const rim = (1 - nz) ** 2.6 * Math.max(0, day + 0.25)
      const cloud = planet.kind === 'water' ? Math.max(0, fbm(noise, tx * 2.6 + 30 + nz, ty * 4.4, 5) - 0.02) * 2.1 : 0
      for (let channel = 0; channel < 3; channel++) {
        const ground = table[at + channel]!
        const clouded = ground + (250 - ground) * Math.min(0.92, cloud)
        const shaded = clouded * (0.02 + lightness * 1.04)
        data[index + channel] = shaded + (air[channel]! - shaded) * Math.min(0.85, rim * 1.3) + (grain() - 0.5) * 2
      }
      data[index + 3] = Math.min(1, (1 - distance) * radius) * 255
    }
  const plate = pixelPlate({ x: x - side / 2, y: y - side / 2, width: side, height: side }, depth, {
    width: side,
    height: side,
    data,
  })
  if (!planet.ring) return (ctx, view) => drawPlate(ctx, view, plate)
  const reach = radius * 2.5
  const box = { x: x - reach, y: y - reach, width: reach * 2, height: reach * 2 }
  const rings = (front: boolean): Plate =>
    paintPlate(box, depth, (ctx) => {
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
    drawPlate(ctx, view, back)
    drawPlate(ctx, view, plate)
    drawPlate(ctx, view, front)
  }
}
