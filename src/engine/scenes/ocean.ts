import { createCanvas, ImageData } from '@napi-rs/canvas'
import { mix, ramp, shift } from './colour.ts'
import { sunSpot } from './sky.ts'
import type { Layer, Stage } from './stage.ts'
import { yAt } from './view.ts'

/** A cell of the painted water, in pixels of a 720 line frame. Enlarging it makes the water soft. */
const WIDE = 5
const TALL = 2.5

/** Adds one wave to a row. Along it the wave only turns by a fixed angle: a complex product instead of sine and cosine. */
const addWave = (
  phase: number,
  turn: number,
  push: number,
  facingX: number,
  facingZ: number,
  slopesX: Float32Array,
  slopesZ: Float32Array,
  lifts: Float32Array,
): void => {
  let cos = Math.cos(phase) * push
  let sin = Math.sin(phase) * push
  const stepCos = Math.cos(turn)
  const stepSin = Math.sin(turn)
  for (let column = 0; column < lifts.length; column++) {
    slopesX[column] = slopesX[column]! + cos * facingX
    slopesZ[column] = slopesZ[column]! + cos * facingZ
    lifts[column] = lifts[column]! + sin
    const next = cos * stepCos - sin * stepSin
    sin = sin * stepCos + cos * stepSin
    cos = next
  }
}

/**
 * Open water down to the lower edge: a sum of waves that travel with the speed of their length (deep water: faster the
 * longer), each point reflecting the sky that its slope faces and, below the sun, the sun itself.
 */
export const oceanLayer = (stage: Stage, line: { y: number; depth: number; rough: number; bottom?: number }): Layer => {
  const { light, width, height, unit } = stage
  const below = (line.bottom ?? height) - line.y + stage.reach.y + 8
  const columns = Math.ceil(width / (WIDE * unit))
  const rows = Math.ceil(below / (TALL * unit))
  const canvas = createCanvas(columns, rows)
  const small = canvas.getContext('2d')
  const image = new ImageData(columns, rows)
  const random = stage.random('ocean')
  const heading = (random() - 0.5) * 0.9
  const waves = Array.from({ length: 7 }, (_, index) => {
    const length = [38, 23, 14, 8.4, 5.1, 3, 1.9][index]!
    const angle = heading + (random() - 0.5) * 1.1
    const k = (Math.PI * 2) / length
    return {
      kx: Math.sin(angle) * k,
      kz: Math.cos(angle) * k,
      speed: Math.sqrt(9.8 * k) * 0.62,
      steep: 0.075 * (0.6 + random() * 0.7) * line.rough,
      phase: random() * 7,
      length,
    }
  })
  const facingX = waves.map((wave) => wave.kx * wave.length * 0.16)
  const facingZ = waves.map((wave) => wave.kz * wave.length * 0.16)
  const gusts = stage.noise('gusts')
  const deep = mix(mix(light.ambient, light.skyTop, 0.5), [4, 34, 46], light.dark > 0.5 ? 0.3 : 0.55)
  const clear = light.weather === 'clear' && light.dark < 0.2 ? mix(deep, [20, 140, 150], 0.45) : deep
  const sky = ramp(
    [
      [0, mix(clear, light.ambient, 0.12)],
      [0.35, mix(deep, light.skyMid, 0.38)],
      [0.7, mix(light.skyMid, light.skyLow, 0.4)],
      [1, shift(light.skyLow, 0.01)],
    ],
    256,
  )
  const spot = sunSpot(stage, line.y)
  const shine = light.sun.shown ? (light.sun.moon ? 0.65 : Math.min(1.2, light.sun.glow)) : 0
  const sunColour = shift(light.sun.colour, 0.02)
  const eye = 9
  const focal = 640
  const slopesX = new Float32Array(columns)
  const slopesZ = new Float32Array(columns)
  const lifts = new Float32Array(columns)
  return (ctx, view) => {
    const t = view.seconds
    const data = image.data
    for (let row = 0; row < rows; row++) {
      const drop = (row + 0.6) * TALL
      const z = (eye * focal) / drop
      const share = row / rows
      const near = Math.min(1, drop / 260)
      const span = (z * z * TALL) / (eye * focal)
      const stepX = ((width / unit) * z) / focal / columns
      const startX = -0.5 * (width / unit) * (z / focal) - view.x * 40
      slopesX.fill(0)
      slopesZ.fill(0)
      lifts.fill(0)
      for (let index = 0; index < waves.length; index++) {
        const wave = waves[index]!
        // Waves shorter than what a row spans would only shimmer: they fade out with distance.
        const push = wave.steep * (wave.length > span * 2 ? 1 : wave.length / (span * 2))
        addWave(
          wave.kx * startX + wave.kz * z + wave.speed * t + wave.phase,
          wave.kx * stepX,
          push,
          facingX[index]!,
          facingZ[index]!,
          slopesX,
          slopesZ,
          lifts,
        )
      }
      const wide = width * (0.018 + share * 0.11)
      let gust = 0
      let swell = 1
      let chop = 0
      const chopped = 0.05 * line.rough * Math.min(1, 3 / (span + 0.2))
      for (let column = 0; column < columns; column++) {
        const x = startX + column * stepX
        if ((column & 7) === 0) {
          gust = gusts(x * 0.02 + t * 0.05, z * 0.008)
          swell = 0.75 + gusts(x * 0.045 + 40, z * 0.03 - t * 0.06) * 0.6
        }
        if ((column & 1) === 0) chop = gusts(x * 0.7 + t * 0.5, z * 0.42 - t * 0.9)
        // Broken by slower noise and roughened by finer: waves alone make a pattern, not a sea.
        const slopeX = slopesX[column]! * swell
        const slopeZ = slopesZ[column]! * swell + chop * chopped
        const lift = lifts[column]! * swell
        const mirror = Math.min(1, Math.max(0, 0.8 - near * 0.52 + slopeZ * 2.4 + gust * 0.09 + lift * 0.3))
        const at = ((mirror * 255) | 0) * 3
        const off = ((column / columns) * width - spot.x + slopeX * width * 0.5) / wide
        const path = off > -3 && off < 3 ? Math.exp(-0.5 * off * off) : 0
        const spark = Math.min(1, shine * path * Math.min(1, Math.max(0, (slopeZ + 0.05 + lift * 0.4) * 5.2 + 0.12)))
        const foam = line.rough > 1.2 ? Math.min(0.7, Math.max(0, lift - 0.19 * line.rough) * 2.4 * near) : 0
        const index = (row * columns + column) * 4
        for (let channel = 0; channel < 3; channel++) {
          const base = sky[at + channel]!
          const value = base + (sunColour[channel]! - base) * spark
          data[index + channel] = value + (236 - value) * foam
        }
        // The far edge melts into the air.
        data[index + 3] = row < 2 ? 140 + row * 60 : 255
      }
    }
    small.putImageData(image, 0, 0)
    const top = yAt(view, line.y, line.depth)
    ctx.drawImage(canvas, 0, top, width, rows * TALL * unit)
  }
}
