import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../rgb.ts'
import { mentions } from '../../prompt/words.ts'
import { drawBeast } from './beasts.ts'
import { type Beast, BUILDS } from './builds.ts'
import { css, lit, mix } from '../../canvas/colour.ts'
import type { Layer } from '../layers.ts'
import type { SceneContext } from '../context.ts'
import { lookAt } from '../../canvas/camera-view.ts'
import { drawPerson, type Person } from './walkers.ts'

/** The ground that people and animals stand on. Frame pixels; `metre` is how long one is at `y`. */
type Ground = {
  horizon: number
  y: number
  metre: number
  depth: number
  /** Where across the frame, 0 to 1; free where it is not given. */
  x?: number
  /** Share of the air between: 0 near to 1 lost in haze. */
  haze?: number
  /** How far down it goes from `y` for those who stand nearer. */
  spread?: number
}

type Being = { x: number; y: number; metre: number; side: number; speed: number; phase: number; draw: Draw }
type Draw = (ctx: SKRSContext2D, seconds: number, being: Being) => void

const HERDS = {
  horses: ['horse', 5],
  deer: ['deer', 3],
  sheep: ['sheep', 11],
  cows: ['cow', 6],
  camels: ['camel', 6],
  dogs: ['dog', 1],
  wolves: ['wolf', 2],
  giraffes: ['giraffe', 3],
  elephants: ['elephant', 4],
} as const satisfies Partial<Record<string, readonly [Beast, number]>>

const COATS: readonly Rgb[] = [
  [158, 62, 48],
  [52, 74, 104],
  [188, 142, 70],
  [72, 88, 72],
  [96, 72, 92],
]

/** Seen against a low sun, all that stands before it is nearly black. */
const backlight = (scene: SceneContext): number => {
  const { light } = scene
  if (light.dark > 0.6) return 0.72
  return { dawn: 0.55, sunset: 0.62, dusk: 0.66, golden: 0.4, morning: 0.2, noon: 0.12, night: 0.72 }[light.time]
}

/** Whether words ask for a single one: "a deer", "the horse". */
const isSingle = (scene: SceneContext, beast: Beast): boolean =>
  mentions(
    scene.brief.words,
    ['a', 'the', 'one', 'lone', 'single'].flatMap((word) => [`${word} ${beast}`, `${word} lone ${beast}`]),
  )

/**
 * People and land animals that the words ask for, small in the distance: walkers, a dog beside them, herds that graze and
 * wander. They cast a soft shadow away from the sun.
 */
export const companyLayer = (scene: SceneContext, ground: Ground): Layer[] => {
  const { brief, light, width, unit } = scene
  const random = scene.random(`company ${ground.depth}`)
  const dim = backlight(scene)
  const far = ground.haze ?? 0.14
  const strength = light.dark > 0.6 ? 0.5 : 1
  const shade: Rgb = mix(light.ambient, [8, 8, 14], 0.8)
  const tone = (colour: Rgb, lightness: number): string =>
    css(mix(mix(lit(colour, mix(light.key, light.ambient, 1 - lightness), strength), shade, dim), light.haze, far))
  const painted = (ctx: SKRSContext2D, colour: Rgb, top: number): SKRSContext2D['fillStyle'] => {
    const fill = ctx.createLinearGradient(0, top, 0, 0)
    fill.addColorStop(0, tone(colour, 0.9))
    fill.addColorStop(0.55, tone(mix(colour, [20, 18, 24], 0.12), 0.66))
    fill.addColorStop(1, tone(mix(colour, [20, 18, 24], 0.24), 0.4))
    return fill
  }
  const beings: Being[] = []
  const spread = ground.spread ?? 26 * unit
  const perspective = (y: number): number =>
    (ground.metre * (y - ground.horizon)) / Math.max(1, ground.y - ground.horizon)
  const middle = ground.x ?? (light.sun.x > 0.5 ? 0.28 + random() * 0.2 : 0.52 + random() * 0.2)
  const people = brief.figures.has('people')
  const heading = random() < 0.5 ? -1 : 1

  const herd = (beast: Beast, count: number, aside: number): void => {
    const build = BUILDS[beast]
    const single = count === 1 || isSingle(scene, beast)
    const isCaravan = beast === 'camel'
    for (let index = 0; index < (single ? 1 : Math.round(count * (0.7 + random() * 0.5))); index++) {
      const y = isCaravan ? ground.y + (random() - 0.5) * 3 * unit : ground.y + random() ** 1.4 * spread
      const metre = perspective(y)
      const row = isCaravan
        ? (index - count / 2) * 3.1 + random() * 0.5
        : (random() - 0.5) * (single ? 1 : count * 2.2 * Math.max(1, build.tall / 1.5))
      const goes = isCaravan || beast === 'dog' || beast === 'wolf' || random() < (beast === 'sheep' ? 0.25 : 0.45)
      const grazes = !goes && !single && random() < 0.72
      const side = goes || random() < 0.6 ? heading : -heading
      const variety = random()
      const phase = random() * 10
      const coat: Rgb = mix(
        build.coat,
        variety < 0.4 ? [40, 30, 28] : [216, 196, 168],
        beast === 'sheep' ? 0.06 : 0.34 * Math.abs(variety - 0.4),
      )
      const size = build.tall * (single || variety > 0.2 ? 1 : 0.8)
      beings.push({
        x: width * (middle + aside) + row * metre + (people && beast === 'dog' ? heading * metre * 1.5 : 0),
        y,
        metre,
        side,
        speed: goes ? build.tall * (beast === 'dog' ? 1.35 / 0.6 : 0.62) : 0,
        phase,
        draw: (ctx, seconds, being) => {
          const scale = being.metre * size
          ctx.scale(scale, scale)
          const fill = painted(ctx, coat, -1.4)
          const nibble = 0.5 + 0.5 * Math.sin(seconds * 0.5 + phase)
          drawBeast(
            ctx,
            build,
            {
              stride: (seconds * being.speed) / (size * build.step * 2) + phase,
              walking: goes ? 1 : 0,
              graze: grazes ? 0.82 + 0.18 * nibble : 0,
              sway: Math.sin(seconds * 1.7 + phase),
            },
            fill,
            'points' in build ? painted(ctx, build.points, -1.2) : fill,
          )
        },
      })
    }
  }
  const herds = Object.entries(HERDS).filter(([name]) => brief.figures.has(name as keyof typeof HERDS))
  // Two kinds graze apart, one to each side of the middle.
  herds.forEach(([, [beast, count]], index) => herd(beast, count, (index - (herds.length - 1) / 2) * 0.3))

  if (people) {
    const words = brief.words
    const alone = mentions(words, [
      'lone',
      'alone',
      'lonely',
      'solitary',
      'a hiker',
      'a walker',
      'a man',
      'a woman',
      'a person',
      'a girl',
      'a boy',
      'a monk',
      'a knight',
      'a figure',
      'a wanderer',
      'a traveller',
      'a traveler',
      'hiker',
    ])
    const pair = mentions(words, ['couple', 'two', 'lovers'])
    const stands = mentions(words, ['stand*', 'looking', 'watching', 'waiting', 'meditat*'])
    const young = mentions(words, ['child', 'children', 'kid', 'girl', 'boy'])
    const hikes = mentions(words, ['hiker', 'hiking', 'traveller', 'traveler', 'wanderer', 'mountaineer'])
    const count = alone ? 1 : pair ? 2 : 3 + Math.floor(random() * 2)
    for (let index = 0; index < count; index++) {
      const y = ground.y + (index % 2) * 2 * unit + random() * spread * 0.12
      const metre = perspective(y)
      const speed = stands ? 0 : 1.05 + (pair ? 0 : random() * 0.2)
      const phase = random()
      const size = (young ? 1.1 : 1.6) + random() * 0.22
      const skirt = hikes || random() < 0.6 ? 0.06 : 0.5 + random() * 0.5
      const coat = COATS[Math.floor(random() * COATS.length)]!
      const pack = hikes || random() < 0.15
      const hat = hikes ? random() < 0.5 : random() < 0.2
      beings.push({
        x: width * middle + (index - (count - 1) / 2) * metre * (pair ? 0.75 : 1.3 + random() * 0.7),
        y,
        metre,
        side: heading,
        speed,
        phase,
        draw: (ctx, seconds, being) => {
          const scale = being.metre * size
          ctx.scale(scale, scale)
          const person: Person = {
            coat: painted(ctx, coat, -1),
            legs: painted(ctx, [54, 52, 62], -0.6),
            skin: painted(ctx, [206, 158, 128], -1),
            hair: painted(ctx, [62, 44, 36], -1),
            skirt,
            pack,
            staff: hikes,
            hat,
          }
          drawPerson(ctx, person, (seconds * speed) / 1.35 + phase, stands ? 0 : 1)
        },
      })
    }
  }
  if (beings.length === 0) return []
  beings.sort((a, b) => a.y - b.y)
  const away = light.sun.x > 0.5 ? -1 : 1
  const long = light.sun.moon || light.time === 'noon' ? 0.5 : 1.5
  const dark = light.weather === 'clear' || light.weather === 'cloudy' ? 0.26 : 0.14
  const half = scene.seconds / 2
  return [
    (ctx, view) => {
      for (const being of beings) {
        // Where it stands in the middle of the clip is where it was placed.
        const x = being.x + being.side * being.speed * being.metre * (view.seconds - half)
        lookAt(ctx, view, ground.depth)
        ctx.save()
        ctx.translate(x, being.y)
        ctx.save()
        ctx.scale(being.metre, being.metre * 0.16)
        ctx.translate(away * long * 0.5, 0)
        const fall = ctx.createRadialGradient(0, 0, 0, 0, 0, 0.6 + long)
        fall.addColorStop(0, css([10, 12, 20], dark))
        fall.addColorStop(1, css([10, 12, 20], 0))
        ctx.fillStyle = fall
        ctx.fillRect(-3, -3, 6, 6)
        ctx.restore()
        ctx.scale(being.side, 1)
        being.draw(ctx, view.seconds, being)
        ctx.restore()
      }
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    },
  ]
}
