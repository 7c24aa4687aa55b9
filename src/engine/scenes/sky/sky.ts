import { css, mix, ramp, shift } from '../../canvas/colour.ts'
import { milkyWay } from './milky-way.ts'
import { createDabs } from '../../canvas/dabs.ts'
import { createNoise, fbm } from '../../canvas/noise.ts'
import { LANE, lane, paintMemory, paintRows } from '../../canvas/paint-memory.ts'
import { coverBox, type Layer, type SceneContext } from '../layers.ts'
import { paintSprite, pixelSprite, type Sprite } from '../../canvas/sprite.ts'
import { xAt, yAt } from '../../canvas/camera-view.ts'
import { fillRectangle } from '../../canvas/paths.ts'
import { fillCircle } from '../../canvas/curves.ts'

const STEPS = 1024
/** Pixels between places where the sky is worked out. */
const CELL = 8

/** Where the sun or moon stands in the frame. */
export const sunSpot = (scene: SceneContext, horizon: number): { x: number; y: number; size: number } => {
  const { sun } = scene.light
  const size = (sun.moon ? 26 : sun.height > 0.6 ? 34 : 24) * scene.unit
  return { x: sun.x * scene.width, y: Math.min(horizon * sun.height, horizon + size * 2), size }
}

/** The open sky down to the horizon, with the glow of the sun; below it goes on in the colour of the haze. */
export const skySprite = (scene: SceneContext, horizon: number): Sprite => {
  const depth = 0.06
  const { light } = scene
  const box = coverBox(scene, depth, 0, Math.min(scene.height, horizon + 70 * scene.unit))
  const table = ramp(
    [
      [0, light.skyTop],
      [0.55, light.skyMid],
      [0.94, light.skyLow],
      [1, mix(light.skyLow, light.haze, 0.4)],
    ],
    STEPS,
  )
  const spot = sunSpot(scene, horizon)
  const soft = scene.noise('sky')
  const reach = Math.max(scene.width, scene.height) * 0.55
  const glow = light.sun.glow * (light.sun.moon ? 0.5 : 1)
  const glowColour = light.sun.moon ? mix(light.skyLow, light.sun.colour, 0.5) : light.sun.colour
  const warm = light.sun.moon ? glowColour : mix(light.skyLow, light.key, 0.4)
  // The glow and the bent bands change slowly: they are worked out at every few pixels, and what lies between is between.
  const { width, height } = box
  const line = (y: number, into: Float32Array): void => {
    const base = Math.max(0, y / horizon)
    for (let cell = 0; cell * CELL < width + CELL; cell++) {
      const x = cell * CELL + box.x
      const bent = base + soft(x / (scene.width * 0.7), y / (scene.height * 0.4)) * 0.035
      const at = Math.min(STEPS - 1, Math.max(0, bent * (STEPS - 1))) | 0
      const dx = (x - spot.x) / reach
      const dy = (y - spot.y) / reach
      const far = Math.sqrt(dx * dx * 0.8 + dy * dy * 1.6)
      const near = far * 4.2
      const halo = ((glow * 0.55) / (1 + far * far * 14)) * Math.max(0, 1 - far * 0.9)
      const core = (glow * 0.5) / (1 + near * near * 4)
      for (let channel = 0; channel < 3; channel++) {
        const sky = table[at * 3 + channel]!
        const wide = sky + (warm[channel]! - sky) * Math.min(1, halo)
        into[cell * 3 + channel] = wide + (glowColour[channel]! - wide) * Math.min(1, core)
      }
    }
  }
  const { kernels } = paintMemory()
  const cells = lane(LANE.list)
  const data = paintRows(width, height, (row, to) => {
    line(row + box.y, cells)
    kernels.skyRow(to, width, cells.byteOffset, scene.seed(`sky grain ${row}`))
  })
  return pixelSprite(box, depth, { width, height, data })
}

/** The disc of the sun, or the moon with its seas. */
export const sunSprite = (scene: SceneContext, horizon: number): Sprite | undefined => {
  const { sun } = scene.light
  if (!sun.shown) return undefined
  const { x, y, size } = sunSpot(scene, horizon)
  const box = { x: x - size * 4, y: y - size * 4, width: size * 8, height: size * 8 }
  return paintSprite(box, 0.06, (ctx) => {
    const halo = ctx.createRadialGradient(x, y, size * 0.8, x, y, size * 4)
    halo.addColorStop(0, css(sun.colour, sun.moon ? 0.28 : 0.5))
    halo.addColorStop(0.3, css(sun.colour, sun.moon ? 0.1 : 0.2))
    halo.addColorStop(1, css(sun.colour, 0))
    fillRectangle(ctx, halo, [box.x, box.y, box.width, box.height])
    fillCircle(ctx, css(shift(sun.colour, sun.moon ? -0.02 : 0.02)), [x, y, size])
    if (!sun.moon) return
    ctx.clip()
    const seas = createNoise(7, 'moon')
    const step = Math.max(1, size / 24)
    for (let dy = -size; dy < size; dy += step)
      for (let dx = -size; dx < size; dx += step) {
        const depth = fbm(seas, dx / size + 3, dy / size, 4)
        if (depth < 0.02) continue
        fillRectangle(ctx, css([120, 132, 160], Math.min(0.5, depth * 1.3)), [x + dx, y + dy, step + 0.5, step + 0.5])
      }
  })
}

/** Fixed stars with the band of the Milky Way, and some that twinkle. */
export const starSprite = (scene: SceneContext, horizon: number): Sprite | undefined => {
  const amount = scene.light.stars
  if (amount <= 0.02) return undefined
  const random = scene.random('stars')
  const band = scene.noise('milky way')
  const { width, unit } = scene
  const slope = (random() - 0.5) * 1.4
  const middle = width * (0.3 + random() * 0.4)
  const box = coverBox(scene, 0.06, 0, horizon)
  const area = (box.width * box.height) / (unit * unit)
  const named = scene.brief.details.sky.hasMilkyWay
  return paintSprite(box, 0.06, (ctx) => {
    if (named) milkyWay(ctx, scene, horizon, { middle, slope, amount })
    for (let count = 0; count < area / (named ? 420 : 700); count++) {
      const x = box.x + random() * box.width
      const y = box.y + random() * box.height
      const off = Math.abs(x - middle - (y - horizon * 0.5) * slope) / (width * 0.2)
      const dense = Math.max(0, 1 - off) + band(x / 160 / unit, y / 160 / unit) * 0.35
      if (random() > 0.16 + Math.max(0, dense) * 0.8) continue
      const fade = Math.min(1, Math.max(0, (horizon - y) / (horizon * 0.5)))
      const bright = random() ** 3.2
      ctx.globalAlpha = Math.min(1, (0.16 + bright * 0.84) * fade * amount)
      const warm = random()
      ctx.fillStyle = warm < 0.2 ? '#ffe2c4' : warm < 0.5 ? '#cfdcff' : '#f4f6ff'
      const size = (0.45 + bright * 1.1) * unit
      ctx.beginPath()
      ctx.arc(x, y, size, 0, Math.PI * 2)
      ctx.fill()
    }
  })
}

/** Some stars more, which twinkle. */
export const twinkleLayer = (scene: SceneContext, horizon: number): Layer => {
  const amount = scene.light.stars
  if (amount <= 0.02) return () => {}
  const random = scene.random('twinkle')
  const { width, unit } = scene
  const twinkling = Array.from({ length: 46 }, () => ({
    x: random() * width,
    y: random() * horizon * 0.8,
    size: (0.9 + random() * 1.1) * unit,
    phase: random() * Math.PI * 2,
    speed: 1.2 + random() * 2.4,
  }))
  const dabs = createDabs(twinkling.length)
  return (_, view) => {
    for (const star of twinkling) {
      dabs.paint([242, 245, 255], amount * (0.45 + 0.4 * Math.sin(view.seconds * star.speed + star.phase)))
      dabs.disc(xAt(view, star.x, 0.06), yAt(view, star.y, 0.06), star.size)
    }
    dabs.lay(view.frameCanvas)
  }
}
