import { rgb, type Rgb } from '../../../rgb.ts'
import { pick, type Random } from '../../../random.ts'
import type { DrawingContext, Paint } from '../../../canvas/drawing-context.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { faceAcross, faceAlong, type Projection } from '../../built/perspective.ts'
import type { SceneContext } from '../../layers.ts'

/**
 * A street in one-point perspective. `to` takes a place, half a street's width being 1, `y` up from the ground and `z`
 * away from the eye, to the frame.
 */
export type Street = { x: number; y: number; to: Projection }

export const streetOf = (scene: SceneContext, vanish: { x: number; y: number }): Street => {
  const reach = Math.max(scene.width * 0.52, scene.height * 0.42)
  const eye = 0.34
  return { ...vanish, to: (x, y, z) => [vanish.x + (x * reach) / z, vanish.y + ((eye - y) * reach) / z] }
}

export type StreetStyle = { night: boolean; futuristic: boolean; neon: readonly Rgb[] }

const STONES = [0xc4b29c, 0xa87058, 0x8e949e, 0xd2c6b4, 0x7c6056, 0x96a4b0].map(rgb)

/** Light in rooms; the last one is too cold for a shop. */
const ROOM_LIGHTS = [0xffd494, 0xffe8c4, 0xffbc6c, 0xcee2ff].map(rgb)

/** How much of the air lies before a place at a distance. */
const farAt = (scene: SceneContext, z: number): number =>
  Math.min(0.9, (1 - Math.exp(-z / 13)) * (0.75 + scene.light.air * 0.16))

/** Where a house stands: its side of the street, and its reach along and up it. */
type Plot = { side: number; from: number; to: number; tall: number }

/** What the houses of a street are painted with. */
type Painter = { ctx: DrawingContext; scene: SceneContext; random: Random; street: Street; style: StreetStyle }

type Pair = readonly [number, number]

/** A house as it is painted: how its stone looks at a shine and a distance, how much sun its front has, and its faces. */
const createHouse = ({ ctx, scene, random, street, style }: Painter, plot: Plot) => {
  const { light } = scene
  const { side } = plot
  const tone = toneOf(scene)
  const stone = shift(pick(random, STONES), (random() - 0.5) * 0.08)
  const base: Rgb = style.night
    ? mix([26, 28, 44], mix(stone, light.ambient, 0.6), 0.3)
    : style.futuristic
      ? mix(stone, light.skyMid, 0.6)
      : stone
  return {
    ...plot,
    tone,
    sunny: (light.sun.x - street.x / scene.width) * side < 0 ? 0.85 : 0.18,
    near: farAt(scene, plot.from),
    away: farAt(scene, plot.to),
    stone: (shine: number, far: number): Rgb =>
      style.night ? mix(shift(base, shine * 0.05), light.haze, far) : tone(base, shine, far),
    face: (ys: Pair, zs: Pair, fill: Paint, out = 1): void =>
      fillShape(ctx, faceAlong(street.to, [side * out, ys[0]], [side * out, ys[1]], zs), fill),
  }
}

type House = ReturnType<typeof createHouse>

/** Its wall along the street, and its end towards the viewer, where the next house is lower or stands back. */
const paintWalls = ({ ctx, street }: Painter, house: House): void => {
  const { side, from, to, tall, sunny, near, away, stone } = house
  const [[x1], [x2]] = [street.to(side, 0, from), street.to(side, 0, to)]
  const wall = linearGradient(ctx, [x1, 0, x2, 0], [0, stone(sunny, near)], [1, stone(sunny, away)])
  const end = css(stone(sunny > 0.5 ? 0.3 : 0.5, near))
  fillShape(ctx, faceAcross(street.to, [side, side * 3], [0, from], [tall, from]), end)
  house.face([0, tall], [from, to], wall)
}

/** What a window shows: lit or dark rooms at night, by day the sky and now and then the sun. */
const paneColour = (
  { scene: { light }, random, style }: Painter,
  far: number,
  { lively, glow }: { lively: number; glow: Rgb },
): string => {
  const roll = random()
  if (style.night && roll < lively)
    return css(mix(roll < 0.05 && style.neon[0] ? style.neon[0] : glow, light.haze, far * 0.8), 0.45 + roll)
  if (style.night) return css(mix([14, 16, 28], light.haze, far), 0.7)
  const seen = roll > 0.93 ? mix(light.skyLow, light.key, 0.4) : mix(light.skyMid, [34, 46, 66], 0.55 + roll * 0.25)
  return css(mix(seen, light.haze, far), 0.86)
}

/** Rows of windows, or bands of glass from end to end. */
const paintWindows = (painter: Painter, house: House): void => {
  const { scene, random, street, style } = painter
  const { light, width } = scene
  const { side, from, to, tall, near, away } = house
  const floor = 0.11 + random() * 0.06
  const floors = Math.floor((tall - 0.3) / floor)
  const pane = (0.08 + random() * 0.1) * (style.futuristic ? 0.8 : 1)
  const bands = random() < (style.futuristic ? 0.5 : 0.22)
  const lively = 0.24 + random() * 0.4
  const rooms = { lively, glow: pick(random, ROOM_LIGHTS) }
  const columns = Math.max(1, Math.floor((to - from) / (pane * 1.9)))
  const step = (to - from) / columns
  const glass = css(mix(mix(light.skyMid, [40, 56, 80], 0.5), light.haze, (near + away) / 2), 0.8)
  for (let level = 0; level < floors; level++) {
    const y = 0.27 + level * floor
    if (bands && !style.night) {
      house.face([y, y + floor * 0.55], [from + 0.03, to - 0.03], glass)
      continue
    }
    for (let column = 0; column < columns; column++) {
      const z = from + (column + 0.2) * step
      const [x] = street.to(side, 0, z)
      if (x < -width * 0.2 || x > width * 1.2) continue
      const fill = paneColour(painter, farAt(scene, z), rooms)
      house.face([y, y + floor * 0.6], [z, z + step * 0.58], fill, 0.998)
    }
  }
}

/** At street level a row of shops under awnings. */
const paintShops = ({ ctx, scene, random, street, style }: Painter, house: House): void => {
  const { light } = scene
  const { side, from, to, sunny, tone } = house
  const shops = Math.max(1, Math.round((to - from) / 0.42))
  const bright = style.night || light.weather === 'rain' || light.dark > 0.2
  for (let shop = 0; shop < shops; shop++) {
    const z = from + ((to - from) * (shop + 0.08)) / shops
    const end = from + ((to - from) * (shop + 0.92)) / shops
    const far = farAt(scene, z)
    const glass = bright ? pick(random, ROOM_LIGHTS.slice(0, 3)) : mix(light.skyMid, [30, 38, 52], 0.62)
    house.face([0.015, 0.17], [z, end], css(mix(glass, light.haze, far * 0.8), bright ? 0.9 : 0.85), 0.996)
    const awning = style.neon[Math.floor(random() * style.neon.length)] ?? ([172, 58, 52] as const)
    const cloth = style.night
      ? mix(awning, [10, 10, 20], 0.35)
      : tone(mix(awning, [200, 120, 90], 0.4), sunny * 0.6 + 0.3, far)
    fillShape(
      ctx,
      faceAlong(street.to, [side, 0.225], [side * 0.9, 0.175], [z, end]),
      css(mix(cloth, light.haze, style.night ? far : 0)),
    )
  }
}

const paintHouse = (painter: Painter, plot: Plot): void => {
  const house = createHouse(painter, plot)
  paintWalls(painter, house)
  paintWindows(painter, house)
  const cornice = css(mix(house.stone(Math.min(1, house.sunny + 0.15), house.near), painter.scene.light.haze, 0.04))
  house.face([plot.tall - 0.05, plot.tall], [plot.from, plot.to], cornice, 0.985)
  paintShops(painter, house)
}

/** The houses at both sides from far to near; those nearest stand beyond the frame's edges. */
export const paintCanyon = (ctx: DrawingContext, scene: SceneContext, street: Street, style: StreetStyle): void => {
  const random = scene.random('canyon')
  const grown = style.futuristic ? 1.7 : 1
  const plots: Plot[] = []
  for (const side of [-1, 1]) {
    let z = 0.75 + random() * 0.3
    while (z < 26) {
      const long = (0.7 + random() * 0.9) * (1 + z * 0.06)
      plots.push({ side, from: z, to: z + long, tall: (0.8 + random() ** 1.4 * 2.4) * grown * (z > 9 ? 1.3 : 1) })
      z += long + (random() < 0.14 ? 0.34 : 0.01)
    }
  }
  plots.sort((a, b) => b.from - a.from)
  for (const plot of plots) paintHouse({ ctx, scene, random, street, style }, plot)
}
