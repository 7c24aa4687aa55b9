import type { SKRSContext2D } from '@napi-rs/canvas'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { pick, type Random } from '../../../random.ts'
import type { Rgb } from '../../../rgb.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { css, lit, mix, shift } from '../../../canvas/colour.ts'
import { fillRectangle } from '../../../canvas/paths.ts'
import { rainLayer, snowLayer } from '../../sky/falling.ts'
import { drawSittingCat } from '../../figures/cat.ts'
import { neonOf } from '../../built/neon.ts'
import { skyLayers } from '../../sky/outdoors.ts'
import { coverBox, type Layer, layerAt, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { skyline } from '../../built/skyline.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { drawAt, fillCurve } from '../../../canvas/curves.ts'

const FURS = {
  black: [26, 24, 30],
  white: [236, 230, 222],
  ginger: [206, 122, 56],
  grey: [120, 122, 130],
} as const satisfies Record<string, Rgb>

/** The window seat in frame pixels. */
type Seat = { left: number; right: number; top: number; sill: number; wall: Rgb; wood: Rgb }

const paintFrame = (ctx: SKRSContext2D, unit: number, { left, right, top, sill, wood }: Seat): void => {
  const [wide, tall, bar] = [right - left, sill - top, 13 * unit]
  ctx.clearRect(left, top, wide, tall)
  fillRectangle(ctx, css(wood), [left - bar, top - bar, wide + bar * 2, bar])
  ctx.fillRect(left - bar, top, bar, tall)
  ctx.fillRect(right, top, bar, tall)
  ctx.fillRect((left + right) / 2 - bar * 0.35, top, bar * 0.7, tall)
  ctx.fillRect(left, top + tall * 0.34, wide, bar * 0.6)
}

/** Pots on the sill, with long leaves. */
const paintPlants = (ctx: DrawingContext, random: Random, { light, unit }: SceneContext, seat: Seat): void => {
  const { left, right, sill, wall } = seat
  const day = mix(light.key, light.ambient, 0.5)
  const leaf = lit([70, 112, 72], day, light.dark > 0.5 ? 0.5 : 0.9)
  const clay = css(mix(lit([192, 110, 76], day), wall, 0.3))
  for (const x of [left + 70 * unit, left + 140 * unit, right - 84 * unit]) {
    const size = (58 + random() * 26) * unit
    fillCurve(
      ctx,
      clay,
      [x - size * 0.34, sill - size * 0.56],
      [x + size * 0.34, sill - size * 0.56],
      [x + size * 0.25, sill + 6 * unit],
      [x - size * 0.25, sill + 6 * unit],
    )
    for (let blade = 0; blade < 13; blade++) {
      const angle = -Math.PI / 2 + (random() - 0.5) * 2.4
      const long = size * (0.6 + random() * 0.9)
      const [tipX, tipY] = [x + Math.cos(angle) * long, sill - size * 0.5 + Math.sin(angle) * long]
      const [midX, midY] = [(x + tipX) / 2, (sill - size * 0.5 + tipY) / 2]
      fillCurve(
        ctx,
        css(shift(leaf, (random() - 0.5) * 0.12)),
        [x, sill - size * 0.52],
        [midX - size * 0.16, midY, tipX, tipY],
        [midX + size * 0.16, midY + size * 0.08, x, sill - size * 0.52],
      )
    }
  }
}

const paintCurtains = (ctx: DrawingContext, { light, unit }: SceneContext, seat: Seat, top: number): void => {
  const { left, right, sill, wall } = seat
  for (const side of [-1, 1])
    for (let fold = 0; fold < 6; fold++) {
      const edge = side < 0 ? left - 30 * unit : right + 30 * unit
      const x = edge - side * (fold * 17 - 30) * unit
      fillCurve(
        ctx,
        css(mix(shift(wall, fold % 2 ? 0.1 : 0.04), light.skyLow, 0.12)),
        [x - 20 * unit, top],
        [x + 20 * unit, top],
        [x + (18 + side * 8) * unit, sill * 0.6, x + (18 + side * 26) * unit, sill + 60 * unit],
        [x + (-18 + side * 26) * unit, sill + 60 * unit],
        [x + (-18 + side * 8) * unit, sill * 0.6, x - 20 * unit, top],
      )
    }
}

/** The window seat: frame, sill with plants, and curtains, dark against what is outside. */
const seatLayer = (scene: SceneContext, sill: number, wall: Rgb): Layer => {
  const { width, height, unit } = scene
  const random = scene.random('window seat')
  const wood = mix(wall, [236, 226, 210], 0.4)
  const left = width * (width > height ? 0.14 : 0.05)
  const seat: Seat = { left, right: width - left, top: height * 0.05, sill, wall, wood }
  return still(
    paintSprite(coverBox(scene, 0.7), 0.7, (ctx, box) => {
      fillRectangle(ctx, css(wall), [box.x, box.y, box.width, box.height])
      paintFrame(ctx, unit, seat)
      const board = ctx.createLinearGradient(0, sill, 0, height)
      board.addColorStop(0, css(shift(wood, 0.06)))
      board.addColorStop(0.12, css(shift(wood, -0.04)))
      board.addColorStop(0.14, css(shift(wall, -0.1)))
      board.addColorStop(1, css(shift(wall, -0.18)))
      fillRectangle(ctx, board, [box.x, sill, box.width, box.height])
      paintPlants(ctx, random, scene, seat)
      paintCurtains(ctx, scene, seat, box.y)
    }),
  )
}

/** The cat in its colour before a bright edge, which flicks its tail and turns its head. */
const catLayer = (scene: SceneContext, { x, y, size }: { x: number; y: number; size: number }, fur: Rgb): Layer => {
  const { light, unit } = scene
  const rim = mix(light.skyLow, light.key, 0.4)
  const body = css(mix(lit(fur, mix(light.ambient, light.skyLow, 0.3)), [10, 9, 14], 0.42))
  const edge = css(mix(rim, fur, 0.3))
  const glow = glowImage(rim, 96)
  return layerAt(0.75, (ctx, view) => {
    const t = view.seconds
    const flick = Math.sin(t * 1.5) * 0.7 + Math.sin(t * 3.7) * Math.max(0, Math.sin(t * 0.7)) * 0.8
    const turn = Math.sin(t * 0.6) * 0.9
    drawGlow(ctx, glow, [x, y - size * 0.6, size * 0.8], 0.22)
    const draw = (fill: string, dx: number, dy: number): void => {
      drawAt(ctx, { x: x + dx, y: y + 12 * unit + dy, scale: [size, size * (1 + Math.sin(t * 1.8) * 0.006)] }, () =>
        drawSittingCat(ctx, fill, flick, turn),
      )
    }
    draw(edge, (light.sun.x > 0.5 ? 3 : -3) * unit, -3 * unit)
    draw(body, 0, 0)
  })
}

const outsideLayers = (scene: SceneContext, sill: number, hasTown: boolean): Layer[] => {
  const { light, height, unit } = scene
  const view = hasTown
    ? skyline(scene, sill + 10 * unit, light.dark > 0.35, false, neonOf(scene)).slice(2, 7)
    : mountainRanges(scene, { horizon: sill - 60 * unit, tall: 0.6, count: 3, pines: true, bottom: height })
  return [
    ...skyLayers(scene, sill),
    ...view,
    ...(light.weather === 'rain' || light.weather === 'storm' ? [rainLayer(scene)] : []),
    ...(light.weather === 'snow' ? [snowLayer(scene, 0.8)] : []),
  ]
}

/** A cat on a window sill that looks out: at a town, or hills, in whatever weather. */
export const paintCatWindow: ScenePainter = (scene) => {
  const { light, brief, width, height } = scene
  const asked = brief.details.catWindow
  const random = scene.random('cat window')
  const sill = height * 0.8
  const isNight = light.dark > 0.35
  const wall = isNight
    ? mix(lit([176, 128, 96], mix(light.ambient, [190, 130, 80], 0.55)), [10, 8, 14], 0.45)
    : mix(lit([190, 168, 150], mix(light.ambient, light.key, 0.3)), [16, 14, 24], 0.3)
  const fur = asked.fur ? FURS[asked.fur] : pick(random, Object.values(FURS))
  const size = Math.min(height * 0.46, width * 0.5) * (0.9 + random() * 0.2)
  const x = width * (random() < 0.5 ? 0.38 + random() * 0.06 : 0.58 + random() * 0.06)
  const hasTown = asked.hasTown || isNight || random() < 0.4
  return {
    horizon: height * 0.6,
    layers: [
      ...outsideLayers(scene, sill, hasTown),
      seatLayer(scene, sill, wall),
      catLayer(scene, { x, y: sill, size }, fur),
    ],
  }
}
