import { mix, shift } from '../../canvas/colour.ts'
import { LANE, lane, paintMemory, paintRows, placeOf } from '../../canvas/paint-memory.ts'
import { coverBox, type Layer, type SceneContext } from '../layers.ts'
import { drawSprite, pixelSprite, type Sprite } from '../../canvas/sprite.ts'
import { sunSpot } from './sky.ts'

type Bank = { name: string; depth: number; speed: number; cover: number; size: number; soft: number }

/** One bank of clouds, painted at half size: noise stretched by perspective, lit from where the sun stands. */
const paintBank = (scene: SceneContext, horizon: number, bank: Bank): Sprite => {
  const { light, width } = scene
  const travel = Math.abs(bank.speed) * Math.max(1, scene.seconds) * scene.width
  const sky = coverBox(scene, bank.depth, 0, horizon)
  const box = { ...sky, x: sky.x - travel, width: sky.width + travel * 2 }
  const scale = 0.5
  const columns = Math.ceil(box.width * scale)
  const rows = Math.ceil(box.height * scale)
  const noise = scene.noise(bank.name)
  const spot = sunSpot(scene, horizon)
  const bright =
    light.dark > 0.6
      ? mix(light.skyMid, light.key, 0.28)
      : mix(light.key, [255, 255, 255], light.time === 'sunset' ? 0.08 : 0.35)
  const shade = light.dark > 0.6 ? mix(light.skyTop, light.skyMid, 0.6) : mix(light.ambient, light.skyMid, 0.55)
  const under = light.weather === 'storm' || light.weather === 'rain' ? shift(shade, -0.16, 0.7) : shade
  const threshold = 0.34 - bank.cover * 0.62
  const strong = 255 * (light.dark > 0.6 ? 0.75 : 0.94)
  const { kernels } = paintMemory()
  const list = lane(LANE.list)
  list.set([box.x, 1 / scale, width / 2, 1 / horizon, 1 / (bank.size * scene.unit), 900 / bank.size, threshold])
  list.set([spot.x, spot.y, 1 / (width * 0.7), 26 * scene.unit, 16 * scene.unit, 1 / bank.soft], 7)
  list.set([...under, ...bright, ...light.skyLow], 13)
  const table = placeOf(noise.table)
  const data = paintRows(columns, rows, (row, to) => {
    const y = row / scale + box.y
    const fadeLow = Math.min(1, Math.max(0, (horizon * 0.99 - y) / (horizon * 0.16)))
    list[22] = (1 - fadeLow) * 0.5
    list[23] = strong * (0.25 + 0.75 * fadeLow)
    kernels.cloudRow(to, columns, table, list.byteOffset, y, scene.seed(`${bank.name} grain ${row}`))
  })
  return pixelSprite(box, bank.depth, { width: columns, height: rows, data })
}

const side = (scene: SceneContext): number => (scene.random('cloud side')() < 0.5 ? -1 : 1)

/** High, slow clouds that move with the sky. */
export const highClouds = (scene: SceneContext, horizon: number, amount: number): Sprite =>
  paintBank(scene, horizon, {
    name: 'high clouds',
    depth: 0.06,
    speed: 0,
    cover: scene.light.cover * amount * 0.8,
    size: 520,
    soft: 0.5,
  })

/** Low clouds that drift, faster in a storm; how much of the sky they take follows the weather. */
export const cloudLayer = (scene: SceneContext, horizon: number, amount = 1): Layer => {
  const windy = scene.light.weather === 'storm' ? 2.4 : 1
  const speed = 0.009 * side(scene) * windy
  const size = 300 + scene.random('clouds')() * 90
  const sprite = paintBank(scene, horizon, {
    name: 'low clouds',
    depth: 0.13,
    speed,
    cover: scene.light.cover * amount,
    size,
    soft: 0.26,
  })
  return (ctx, view) => drawSprite(ctx, view, sprite, speed * view.seconds * scene.width)
}
