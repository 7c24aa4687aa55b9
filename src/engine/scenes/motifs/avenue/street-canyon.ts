import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import type { SceneContext } from '../../context.ts'

/**
 * A street in one-point perspective. `to` takes a place, half a street's width being 1, `y` up from the ground and `z`
 * away from the eye, to the frame.
 */
export type Street = { x: number; y: number; to: (x: number, y: number, z: number) => [number, number] }

export const streetOf = (scene: SceneContext, vanish: { x: number; y: number }): Street => {
  const reach = Math.max(scene.width * 0.52, scene.height * 0.42)
  const eye = 0.34
  return { ...vanish, to: (x, y, z) => [vanish.x + (x * reach) / z, vanish.y + ((eye - y) * reach) / z] }
}

export type StreetStyle = { night: boolean; futuristic: boolean; neon: readonly Rgb[] }

const STONES: readonly Rgb[] = [
  [196, 178, 156],
  [168, 112, 88],
  [142, 148, 158],
  [210, 198, 180],
  [124, 96, 86],
  [150, 164, 176],
]

const GLOWS: readonly Rgb[] = [
  [255, 212, 148],
  [255, 232, 196],
  [255, 188, 108],
  [206, 226, 255],
]

/** How much of the air lies before a place at a distance. */
const farAt = (scene: SceneContext, z: number): number =>
  Math.min(0.9, (1 - Math.exp(-z / 13)) * (0.75 + scene.light.air * 0.16))

/** One house: its wall along the street, its end towards the viewer, its windows and its shop. */
const paintHouse = (
  ctx: SKRSContext2D,
  scene: SceneContext,
  random: Random,
  street: Street,
  house: { side: number; from: number; to: number; tall: number },
  style: StreetStyle,
): void => {
  const { side, from, to, tall } = house
  const { light } = scene
  const tone = toneOf(scene)
  const stone = shift(STONES[Math.floor(random() * STONES.length)]!, (random() - 0.5) * 0.08)
  const base: Rgb = style.night
    ? mix([26, 28, 44], mix(stone, light.ambient, 0.6), 0.3)
    : style.futuristic
      ? mix(stone, light.skyMid, 0.6)
      : stone
  const sunny = (light.sun.x - street.x / scene.width) * side < 0 ? 0.85 : 0.18
  const near = farAt(scene, from)
  const away = farAt(scene, to)
  const night = style.night
  const face = (shine: number, far: number): Rgb =>
    night ? mix(shift(base, shine * 0.05), light.haze, far) : tone(base, shine, far)
  const wall = (y1: number, y2: number, z1: number, z2: number, fill: SKRSContext2D['fillStyle'], out = 1): void =>
    fillShape(
      ctx,
      [
        street.to(side * out, y1, z1),
        street.to(side * out, y1, z2),
        street.to(side * out, y2, z2),
        street.to(side * out, y2, z1),
      ],
      fill,
    )
  const [x1] = street.to(side, 0, from)
  const [x2] = street.to(side, 0, to)
  const long = ctx.createLinearGradient(x1, 0, x2, 0)
  long.addColorStop(0, css(face(sunny, near)))
  long.addColorStop(1, css(face(sunny, away)))
  // The end that looks at the viewer, where the next house is lower or stands back.
  fillShape(
    ctx,
    [
      street.to(side, 0, from),
      street.to(side * 3, 0, from),
      street.to(side * 3, tall, from),
      street.to(side, tall, from),
    ],
    css(face(sunny > 0.5 ? 0.3 : 0.5, near)),
  )
  wall(0, tall, from, to, long)
  const floor = 0.11 + random() * 0.06
  const floors = Math.floor((tall - 0.3) / floor)
  const pane = (0.08 + random() * 0.1) * (style.futuristic ? 0.8 : 1)
  const bands = random() < (style.futuristic ? 0.5 : 0.22)
  const lively = 0.24 + random() * 0.4
  const own = GLOWS[Math.floor(random() * GLOWS.length)]!
  const columns = Math.max(1, Math.floor((to - from) / (pane * 1.9)))
  const step = (to - from) / columns
  for (let level = 0; level < floors; level++) {
    const y = 0.27 + level * floor
    if (bands && !night) {
      wall(
        y,
        y + floor * 0.55,
        from + 0.03,
        to - 0.03,
        css(mix(mix(light.skyMid, [40, 56, 80], 0.5), light.haze, (near + away) / 2), 0.8),
      )
      continue
    }
    for (let column = 0; column < columns; column++) {
      const z = from + (column + 0.2) * step
      if (street.to(side, 0, z)[0] < -scene.width * 0.2 || street.to(side, 0, z)[0] > scene.width * 1.2) continue
      const far = farAt(scene, z)
      const roll = random()
      const fill = night
        ? roll < lively
          ? css(mix(roll < 0.05 && style.neon[0] ? style.neon[0] : own, light.haze, far * 0.8), 0.45 + roll)
          : css(mix([14, 16, 28], light.haze, far), 0.7)
        : css(
            mix(
              roll > 0.93 ? mix(light.skyLow, light.key, 0.4) : mix(light.skyMid, [34, 46, 66], 0.55 + roll * 0.25),
              light.haze,
              far,
            ),
            0.86,
          )
      wall(y, y + floor * 0.6, z, z + step * 0.58, fill, 0.998)
    }
  }
  // Cornice, and at street level a row of shops.
  wall(tall - 0.05, tall, from, to, css(mix(face(Math.min(1, sunny + 0.15), near), light.haze, 0.04)), 0.985)
  const shops = Math.max(1, Math.round((to - from) / 0.42))
  for (let shop = 0; shop < shops; shop++) {
    const z = from + ((to - from) * (shop + 0.08)) / shops
    const end = from + ((to - from) * (shop + 0.92)) / shops
    const far = farAt(scene, z)
    const bright = night || light.weather === 'rain' || light.dark > 0.2
    const glass: Rgb = bright ? GLOWS[Math.floor(random() * 3)]! : mix(light.skyMid, [30, 38, 52], 0.62)
    wall(0.015, 0.17, z, end, css(mix(glass, light.haze, far * 0.8), bright ? 0.9 : 0.85), 0.996)
    const awning = style.neon[Math.floor(random() * style.neon.length)] ?? ([172, 58, 52] as const)
    const cloth = night
      ? mix(awning, [10, 10, 20], 0.35)
      : tone(mix(awning, [200, 120, 90], 0.4), sunny * 0.6 + 0.3, far)
    fillShape(
      ctx,
      [
        street.to(side, 0.225, z),
        street.to(side, 0.225, end),
        street.to(side * 0.9, 0.175, end),
        street.to(side * 0.9, 0.175, z),
      ],
      css(mix(cloth, light.haze, night ? far : 0)),
    )
  }
}

/** The houses at both sides from far to near; those nearest stand beyond the frame's edges. */
export const paintCanyon = (ctx: SKRSContext2D, scene: SceneContext, street: Street, style: StreetStyle): void => {
  const random = scene.random('canyon')
  const grown = style.futuristic ? 1.7 : 1
  const houses: { side: number; from: number; to: number; tall: number }[] = []
  for (const side of [-1, 1]) {
    let z = 0.75 + random() * 0.3
    while (z < 26) {
      const long = (0.7 + random() * 0.9) * (1 + z * 0.06)
      houses.push({ side, from: z, to: z + long, tall: (0.8 + random() ** 1.4 * 2.4) * grown * (z > 9 ? 1.3 : 1) })
      z += long + (random() < 0.14 ? 0.34 : 0.01)
    }
  }
  houses.sort((a, b) => b.from - a.from)
  for (const house of houses) paintHouse(ctx, scene, random, street, house, style)
}
