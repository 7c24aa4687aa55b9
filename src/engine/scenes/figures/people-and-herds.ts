import { rgb, type Rgb } from '../../rgb.ts'
import type { Figure } from '../../prompt/figures.ts'
import { pick, type Random } from '../../random.ts'
import type { DrawingContext, Paint } from '../../canvas/drawing-context.ts'
import { drawBeast } from './beasts.ts'
import { type Beast, type Build, BUILDS } from './builds.ts'
import { css, lit, mix } from '../../canvas/colour.ts'
import { type Layer, layerAt, type SceneContext } from '../layers.ts'
import { drawPerson, type Person } from './walkers.ts'
import { radialGradient } from '../../canvas/gradients.ts'
import { fillRectangle } from '../../canvas/paths.ts'
import { drawAt } from '../../canvas/curves.ts'

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

/** One that stands or goes, at `metre` pixels a metre. `speed` is in metres a second; `draw` begins at their feet, in pixels. */
type Being = {
  x: number
  y: number
  metre: number
  side: number
  speed: number
  draw: (ctx: DrawingContext, seconds: number) => void
}

/** What all of a group share. */
type Group = {
  scene: SceneContext
  ground: Ground
  random: Random
  /** Where across the frame, 0 to 1, and the way that most of them go, 1 to the right. */
  middle: number
  heading: number
  spread: number
  /** Pixels a metre at a height of the frame. */
  metreAt: (y: number) => number
  /** The fill of a surface that reaches from `top`, in units of what is drawn, down to the feet. */
  paint: (ctx: DrawingContext, colour: Rgb, top: number) => Paint
}

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
} as const satisfies Partial<Record<Figure, readonly [Beast, number]>>

const isHerd = (name: string): name is keyof typeof HERDS => name in HERDS

const COATS: readonly Rgb[] = [0x9e3e30, 0x344a68, 0xbc8e46, 0x485848, 0x60485c].map(rgb)

/** Seen against a low sun, all that stands before it is nearly black. */
const backlight = (scene: SceneContext): number => {
  const { light } = scene
  if (light.dark > 0.6) return 0.72
  return { dawn: 0.55, sunset: 0.62, dusk: 0.66, golden: 0.4, morning: 0.2, noon: 0.12, night: 0.72 }[light.time]
}

/** How the surfaces of a group are filled: lit from above, dark against a low sun, paler far away. */
const paintIn = (scene: SceneContext, far: number): Group['paint'] => {
  const { light } = scene
  const dim = backlight(scene)
  const strength = light.dark > 0.6 ? 0.5 : 1
  const shade: Rgb = mix(light.ambient, [8, 8, 14], 0.8)
  const tone = (colour: Rgb, lightness: number): string =>
    css(mix(mix(lit(colour, mix(light.key, light.ambient, 1 - lightness), strength), shade, dim), light.haze, far))
  return (ctx, colour, top) => {
    const fill = ctx.createLinearGradient(0, top, 0, 0)
    fill.addColorStop(0, tone(colour, 0.9))
    fill.addColorStop(0.55, tone(mix(colour, [20, 18, 24], 0.12), 0.66))
    fill.addColorStop(1, tone(mix(colour, [20, 18, 24], 0.24), 0.4))
    return fill
  }
}

/** Animals that graze and wander, a caravan in its row, a dog beside its people. `aside` is a share of the frame. */
const herd = (group: Group, figure: keyof typeof HERDS, aside: number): Being[] => {
  const { scene, ground, random, middle, heading, spread, metreAt, paint } = group
  const { brief, unit, width } = scene
  const [beast, count] = HERDS[figure]
  const build: Build = BUILDS[beast]
  const single = count === 1 || brief.details.figures.single.has(figure)
  const isCaravan = beast === 'camel'
  const isBesidePeople = beast === 'dog' && brief.figures.has('people')
  const beings: Being[] = []
  for (let index = 0; index < (single ? 1 : Math.round(count * (0.7 + random() * 0.5))); index++) {
    const y = isCaravan ? ground.y + (random() - 0.5) * 3 * unit : ground.y + random() ** 1.4 * spread
    const metre = metreAt(y)
    const row = isCaravan
      ? (index - count / 2) * 3.1 + random() * 0.5
      : (random() - 0.5) * (single ? 1 : count * 2.2 * Math.max(1, build.tall / 1.5))
    const goes = isCaravan || beast === 'dog' || beast === 'wolf' || random() < (beast === 'sheep' ? 0.25 : 0.45)
    const grazes = !goes && !single && random() < 0.72
    const side = goes || random() < 0.6 ? heading : -heading
    const variety = random()
    const phase = random() * 10
    const other: Rgb = variety < 0.4 ? [40, 30, 28] : [216, 196, 168]
    const coat = mix(build.coat, other, beast === 'sheep' ? 0.06 : 0.34 * Math.abs(variety - 0.4))
    const size = build.tall * (single || variety > 0.2 ? 1 : 0.8)
    const speed = goes ? build.tall * (beast === 'dog' ? 1.35 / 0.6 : 0.62) : 0
    const x = width * (middle + aside) + row * metre + (isBesidePeople ? heading * metre * 1.5 : 0)
    beings.push({
      x,
      y,
      metre,
      side,
      speed,
      draw: (ctx, seconds) => {
        ctx.scale(metre * size, metre * size)
        const fill = paint(ctx, coat, -1.4)
        const nibble = 0.5 + 0.5 * Math.sin(seconds * 0.5 + phase)
        const pose = {
          stride: (seconds * speed) / (size * build.step * 2) + phase,
          walking: goes ? 1 : 0,
          graze: grazes ? 0.82 + 0.18 * nibble : 0,
          sway: Math.sin(seconds * 1.7 + phase),
        }
        drawBeast(ctx, build, pose, fill, build.points ? paint(ctx, build.points, -1.2) : fill)
      },
    })
  }
  return beings
}

/** The walkers that are asked for: one, a pair, or a few. */
const walkers = (group: Group): Being[] => {
  const { scene, ground, random, middle, heading, spread, metreAt, paint } = group
  const { isAlone, isPair, isStanding, isYoung, isHiking } = scene.brief.details.figures
  const count = isAlone ? 1 : isPair ? 2 : 3 + Math.floor(random() * 2)
  return Array.from({ length: count }, (_, index): Being => {
    const y = ground.y + (index % 2) * 2 * scene.unit + random() * spread * 0.12
    const metre = metreAt(y)
    const speed = isStanding ? 0 : 1.05 + (isPair ? 0 : random() * 0.2)
    const phase = random()
    const size = (isYoung ? 1.1 : 1.6) + random() * 0.22
    const skirt = isHiking || random() < 0.6 ? 0.06 : 0.5 + random() * 0.5
    const coat = pick(random, COATS)
    const pack = isHiking || random() < 0.15
    const hat = isHiking ? random() < 0.5 : random() < 0.2
    return {
      x: scene.width * middle + (index - (count - 1) / 2) * metre * (isPair ? 0.75 : 1.3 + random() * 0.7),
      y,
      metre,
      side: heading,
      speed,
      draw: (ctx, seconds) => {
        ctx.scale(metre * size, metre * size)
        const person: Person = {
          coat: paint(ctx, coat, -1),
          legs: paint(ctx, [54, 52, 62], -0.6),
          skin: paint(ctx, [206, 158, 128], -1),
          hair: paint(ctx, [62, 44, 36], -1),
          skirt,
          pack,
          staff: isHiking,
          hat,
        }
        drawPerson(ctx, person, (seconds * speed) / 1.35 + phase, isStanding ? 0 : 1)
      },
    }
  })
}

/**
 * People and land animals that the words ask for, small in the distance: walkers, a dog beside them, herds that graze and
 * wander. They cast a soft shadow away from the sun.
 */
export const peopleAndHerds = (scene: SceneContext, ground: Ground): Layer[] => {
  const { brief, light, unit } = scene
  const random = scene.random(`company ${ground.depth}`)
  const group: Group = {
    scene,
    ground,
    random,
    middle: ground.x ?? (light.sun.x > 0.5 ? 0.28 + random() * 0.2 : 0.52 + random() * 0.2),
    heading: random() < 0.5 ? -1 : 1,
    spread: ground.spread ?? 26 * unit,
    metreAt: (y) => (ground.metre * (y - ground.horizon)) / Math.max(1, ground.y - ground.horizon),
    paint: paintIn(scene, ground.haze ?? 0.14),
  }
  const herds = Object.keys(HERDS)
    .filter(isHerd)
    .filter((figure) => brief.figures.has(figure))
  // Two kinds graze apart, one to each side of the middle.
  const beings = herds.flatMap((figure, index) => herd(group, figure, (index - (herds.length - 1) / 2) * 0.3))
  if (brief.figures.has('people')) beings.push(...walkers(group))
  if (beings.length === 0) return []
  beings.sort((a, b) => a.y - b.y)
  const away = light.sun.x > 0.5 ? -1 : 1
  const long = light.sun.moon || light.time === 'noon' ? 0.5 : 1.5
  const dark = light.weather === 'clear' || light.weather === 'cloudy' ? 0.26 : 0.14
  const half = scene.seconds / 2
  return [
    layerAt(ground.depth, (ctx, view) => {
      for (const being of beings) {
        // Where it stands in the middle of the clip is where it was placed.
        const x = being.x + being.side * being.speed * being.metre * (view.seconds - half)
        drawAt(ctx, { x, y: being.y }, () => {
          ctx.save()
          ctx.scale(being.metre, being.metre * 0.16)
          ctx.translate(away * long * 0.5, 0)
          const fall = radialGradient(ctx, [0, 0, 0.6 + long], [0, [10, 12, 20], dark], [1, [10, 12, 20], 0])
          fillRectangle(ctx, fall, [-3, -3, 6, 6])
          ctx.restore()
          ctx.scale(being.side, 1)
          being.draw(ctx, view.seconds)
        })
      }
    }),
  ]
}
