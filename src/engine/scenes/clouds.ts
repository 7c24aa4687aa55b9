import { mix, shift } from './colour.ts'
import { fbm } from './noise.ts'
import { coverBox, drawPlate, pixelPlate, type Plate } from './plate.ts'
import { sunSpot } from './sky.ts'
import type { Layer, Stage } from './stage.ts'

type Bank = { name: string; depth: number; speed: number; cover: number; size: number; soft: number }

/** One bank of clouds, painted at half size: noise stretched by perspective, lit from where the sun stands. */
const paintBank = (stage: Stage, horizon: number, bank: Bank): Plate => {
  const { light, width } = stage
  const travel = Math.abs(bank.speed) * Math.max(1, stage.seconds) * stage.width
  const sky = coverBox(stage, bank.depth, 0, horizon)
  const box = { ...sky, x: sky.x - travel, width: sky.width + travel * 2 }
  const scale = 0.5
  const columns = Math.ceil(box.width * scale)
  const rows = Math.ceil(box.height * scale)
  const noise = stage.noise(bank.name)
  const spot = sunSpot(stage, horizon)
  const bright =
    light.dark > 0.6
      ? mix(light.skyMid, light.key, 0.28)
      : mix(light.key, [255, 255, 255], light.time === 'sunset' ? 0.08 : 0.35)
  const shade = light.dark > 0.6 ? mix(light.skyTop, light.skyMid, 0.6) : mix(light.ambient, light.skyMid, 0.55)
  const under = light.weather === 'storm' || light.weather === 'rain' ? shift(shade, -0.16, 0.7) : shade
  const threshold = 0.34 - bank.cover * 0.62
  const density = (x: number, y: number, octaves: number): number => {
    // The further down, the further away: clouds grow flatter and closer together towards the horizon.
    const away = 1 / (1.14 - Math.min(1, Math.max(0, y / horizon)))
    const px = ((x - width / 2) * away) / (bank.size * stage.unit)
    const py = (away * 900) / bank.size
    const warp = noise(px * 0.5 + 40, py * 0.5) * 0.5
    return fbm(noise, px + warp, py * 1.7 + warp, octaves) - threshold
  }
  const data = stage.painting.rows(columns, rows, (first, end, data) => {
    const grain = stage.random(`${bank.name} grain ${first}`)
    for (let row = first; row < end; row++) {
      const y = row / scale + box.y
      const fadeLow = Math.min(1, Math.max(0, (horizon * 0.99 - y) / (horizon * 0.16)))
      for (let column = 0; column < columns; column++) {
        const x = column / scale + box.x
        const body = density(x, y, 5)
        if (body <= 0) continue
        const toward = Math.min(1, Math.hypot(spot.x - x, spot.y - y) / (width * 0.7))
        const dirX = (spot.x - x) / (Math.hypot(spot.x - x, spot.y - y) + 1)
        const dirY = (spot.y - y) / (Math.hypot(spot.x - x, spot.y - y) + 1)
        const ahead = density(x + dirX * 26 * stage.unit, y + dirY * 16 * stage.unit, 3)
        const facing = Math.min(1, Math.max(0, 0.58 + (body - ahead) * 1.9 - body * 0.55 + (1 - toward) * 0.25))
        const alpha = Math.min(1, body / bank.soft)
        const index = (row * columns + column) * 4
        for (let channel = 0; channel < 3; channel++) {
          const value = under[channel]! + (bright[channel]! - under[channel]!) * facing
          const hazed = value + (light.skyLow[channel]! - value) * (1 - fadeLow) * 0.5
          data[index + channel] = hazed + (grain() - 0.5) * 2
        }
        data[index + 3] =
          alpha * alpha * (3 - 2 * alpha) * 255 * (0.25 + 0.75 * fadeLow) * (light.dark > 0.6 ? 0.75 : 0.94) +
          grain() -
          0.5
      }
    }
  })
  return pixelPlate(box, bank.depth, { width: columns, height: rows, data })
}

const side = (stage: Stage): number => (stage.random('cloud side')() < 0.5 ? -1 : 1)

/** High, slow clouds that move with the sky. */
export const highClouds = (stage: Stage, horizon: number, amount: number): Plate =>
  paintBank(stage, horizon, {
    name: 'high clouds',
    depth: 0.06,
    speed: 0,
    cover: stage.light.cover * amount * 0.8,
    size: 520,
    soft: 0.5,
  })

/** Low clouds that drift, faster in a storm; how much of the sky they take follows the weather. */
export const cloudLayer = (stage: Stage, horizon: number, amount = 1): Layer => {
  const windy = stage.light.weather === 'storm' ? 2.4 : 1
  const speed = 0.009 * side(stage) * windy
  const size = 300 + stage.random('clouds')() * 90
  const plate = paintBank(stage, horizon, {
    name: 'low clouds',
    depth: 0.13,
    speed,
    cover: stage.light.cover * amount,
    size,
    soft: 0.26,
  })
  return (ctx, view) => drawPlate(ctx, view, plate, speed * view.seconds * stage.width)
}
