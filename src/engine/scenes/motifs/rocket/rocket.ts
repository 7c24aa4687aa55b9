import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import type { Rgb } from '../../../rgb.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { cloudSprite, padSprite, rocketSprite } from './rocket-parts.ts'
import { grassLayer } from '../../land/foreground.ts'
import { airLayer } from '../../sky/mist.ts'
import { skyLayers, weatherLayers } from '../../sky/outdoors.ts'
import { coverBox, type Layer, layerAt, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { growthColour } from '../../land/relief.ts'
import { mirrorLayer } from '../../water/water.ts'
import { fillCurve } from '../../../canvas/curves.ts'
import { linearGradient } from '../../../canvas/gradients.ts'

/** Where the rocket's foot stands, in shares of its height above the pad, at a time since it began to rise. */
const risen = (since: number): number => (since <= 0 ? 0 : 0.055 * since * since + 0.05 * since)

/** Where the rocket stands: the middle of its pad, the line of the horizon, and how tall it is. Pixels. */
type Pad = { x: number; line: number; tall: number }

/** Lit before the clip begins, so that it stands in its smoke from the first frame. Seconds. */
const BEGUN = -2.4
/** Seconds from one puff of smoke to the next. */
const EVERY = 0.085

/** Where the rocket's foot is at a time since its engines were lit, in pixels down the frame. */
const createFlight = (scene: SceneContext, { line, tall }: Pad) => {
  const ahead = 0.6 - scene.random('flight')() * 1.2
  // At the end of five seconds it is about to leave the picture, however near it stands.
  const lift = Math.min(1, Math.max(0.3, (line / tall - 1) / 2.2))
  const foot = line - tall * 0.1
  const since = (seconds: number): number => seconds - BEGUN - 1.2 - ahead
  return { foot, since, at: (seconds: number): number => foot - risen(since(seconds)) * tall * lift }
}

type Flight = ReturnType<typeof createFlight>

/** The smoke that the rocket leaves: puffs that grow and thin out where they were born. */
const createSmoke = (scene: SceneContext, { x, line, tall }: Pad, flight: Flight) => {
  const random = scene.random('exhaust')
  const tone = toneOf(scene)
  const white = mix(tone([252, 248, 244], 0.95), [255, 214, 160], 0.12)
  const shade = mix(tone([150, 146, 156], 0.3), scene.light.haze, 0.3)
  const clouds = [0, 1, 2].map((index) => cloudSprite(scene.random(`cloud ${index}`), white, shade))
  const puffs = Array.from({ length: Math.ceil((Math.max(scene.seconds, 0.1) - BEGUN) / EVERY) }, (_, index) => ({
    born: BEGUN + index * EVERY,
    side: random() * 2 - 1,
    size: 0.6 + random() * 0.7,
    lift: random(),
  }))
  return (ctx: DrawingContext, seconds: number): void => {
    for (const puff of puffs) {
      const age = seconds - puff.born
      if (age < 0) continue
      const from = flight.at(puff.born)
      // Near the ground the smoke is thrown to the sides; higher up it hangs in a column.
      const low = Math.max(0, 1 - (flight.foot - from) / (tall * 0.9))
      const spread = 1 - Math.exp(-age * 0.8)
      const radius = tall * (0.06 + spread * (0.17 + low * 0.16)) * puff.size
      const left = x + puff.side * tall * (0.05 + spread * (0.08 + low * 1.15)) - radius * 1.5
      const sunk = from + tall * 0.2 * (1 - low) - low * puff.lift * spread * tall * 0.24
      ctx.globalAlpha = Math.min(0.95, age * 4) * Math.max(0.16, 1 - age * 0.075)
      ctx.drawImage(
        clouds[Math.floor(puff.lift * 3)]!,
        left,
        Math.min(line - radius * 0.2, sunk) - radius,
        radius * 3,
        radius * 2,
      )
    }
    ctx.globalAlpha = 1
  }
}

/** Tongues of flame, one in another: half their breadth and their length in shares of the rocket's height. */
const FLAMES = [
  { wide: 0.075, long: 0.62, colour: [255, 140, 50], alpha: 0.75 },
  { wide: 0.05, long: 0.46, colour: [255, 206, 110], alpha: 0.9 },
  { wide: 0.028, long: 0.3, colour: [255, 250, 230], alpha: 1 },
] as const

const drawFlames = (ctx: DrawingContext, x: number, base: number, tall: number, beat: number): void => {
  ctx.globalCompositeOperation = 'screen'
  for (const { wide, long, colour, alpha } of FLAMES) {
    const [belly, taper, tip] = [base + tall * long * 0.35 * beat, base + tall * long * 0.8, base + tall * long * beat]
    const [near, far] = [tall * wide * 0.3, tall * wide * 1.3]
    fillCurve(
      ctx,
      css(colour, alpha),
      [x - tall * wide * 0.7, base],
      [x - far, belly, x - near, taper, x, tip],
      [x + near, taper, x + far, belly, x + tall * wide * 0.7, base],
    )
  }
}

/** The rocket on its fire, and its smoke. */
const ascentLayer = (scene: SceneContext, pad: Pad): Layer => {
  const { x, tall } = pad
  const rocket = rocketSprite(scene, tall)
  const fire = glowImage([255, 176, 84], 128)
  const hot = glowImage([255, 238, 200], 64)
  const flight = createFlight(scene, pad)
  const drawSmoke = createSmoke(scene, pad, flight)
  return layerAt(0.4, (ctx, view) => {
    const { seconds } = view
    const base = flight.at(seconds)
    drawSmoke(ctx, seconds)
    const beat = 1 + Math.sin(seconds * 31) * 0.04 + Math.sin(seconds * 47) * 0.03
    drawGlow(ctx, fire, [x, base + tall * 0.16, tall * 0.95 * beat], 0.8)
    drawFlames(ctx, x, base, tall, beat)
    drawGlow(ctx, hot, [x, base + tall * 0.05, tall * 0.2], 1)
    const shake = flight.since(seconds) < 2 ? Math.sin(seconds * 63) * 0.6 * scene.unit : 0
    ctx.drawImage(rocket.canvas, x + rocket.x + shake, base + rocket.y, rocket.width, rocket.height)
  })
}

/** Flat land before the pad, lit by the fire, with grass at the feet of whoever watches. */
const plainLayers = (scene: SceneContext, { x, line, tall }: Pad): Layer[] => {
  const { width, height, unit, light } = scene
  const random = scene.random('plain')
  const tone = toneOf(scene)
  const sand: Rgb = random() < 0.5 ? [176, 146, 104] : growthColour(light)
  const ground = paintSprite(coverBox(scene, 0.5, line), 0.5, (ctx, box) => {
    ctx.fillStyle = linearGradient(
      ctx,
      [0, line, 0, height],
      [0, mix(tone(sand, 0.6), light.haze, 0.4)],
      [0.3, tone(sand, 0.5)],
      [1, tone(shift(sand, -0.14), 0.25)],
    )
    ctx.fillRect(box.x, line, box.width, box.height)
    for (let tuft = 0; tuft < 1500; tuft++) {
      const down = random() ** 1.7
      ctx.fillStyle = css(tone(shift(sand, (random() - 0.65) * 0.2), 0.2 + random() * 0.5), 0.5)
      ctx.fillRect(random() * width, line + down * (height - line), (4 + down * 60) * unit, (0.7 + down * 3) * unit)
    }
    drawGlow(ctx, glowImage([255, 160, 80], 128), [x, line + tall * 0.1, tall * 2.2], 0.5)
  })
  const tones = [0.1, 0.25, 0.45].map((shine) => tone(shift(sand, -0.12), shine))
  return [
    still(ground),
    grassLayer(scene, { y: height * 0.93, tall: 90 * unit, count: 200, depth: 1, tones, flowers: [] }),
  ]
}

/** A rocket that lifts off over the water: fire, smoke that rolls to both sides, the light of it on everything. */
export const paintRocket: ScenePainter = (scene) => {
  const { width, height, unit } = scene
  const random = scene.random('launch')
  // Seen close from below, or far off over the water or the plain.
  const line = height * (0.66 + random() * 0.22)
  const x = width * (0.24 + random() * 0.52)
  const tall = Math.min(height * 0.46, width * 0.6) * (0.42 + random() * 0.62)
  const water = random() < 0.55 || scene.brief.details.rocket.isOverWater
  const hilly = random()
  const range = { horizon: line, tall: 0.14 + hilly * 0.7, snowy: false, bottom: line + 2 * unit }
  const pad: Pad = { x, line, tall }
  return {
    horizon: line,
    layers: [
      ...skyLayers(scene, line),
      ...(hilly < 0.25 ? [] : mountainRanges(scene, range)),
      airLayer(scene, { name: 'launch', y: line - 10 * unit, thick: 60, depth: 0.3, strength: 0.3, most: 0.8 }),
      still(padSprite(scene, x, line, tall)),
      ascentLayer(scene, pad),
      ...(water
        ? [mirrorLayer(scene, { y: line + 3 * unit, depth: 0.4, calm: 0.9, tall: 1.3 })]
        : plainLayers(scene, pad)),
      ...weatherLayers(scene),
    ],
  }
}
