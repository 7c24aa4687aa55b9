import type { Rgb } from '../../../rgb.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { cloudSprite, padSprite, rocketSprite } from './rocket-parts.ts'
import { grassLayer } from '../../land/foreground.ts'
import { mistLayer } from '../../sky/mist.ts'
import { heavens, weatherLayers } from '../../sky/outdoors.ts'
import { type ScenePainter, coverBox, still, type Layer } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { growthColour } from '../../land/relief.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'
import { mirrorLayer } from '../../water/water.ts'

/** Where the rocket's foot stands, in shares of its height above the pad, at a time since it began to rise. */
const risen = (since: number): number => (since <= 0 ? 0 : 0.055 * since * since + 0.05 * since)

const ascent = (scene: SceneContext, x: number, line: number, tall: number): Layer => {
  const { light, unit } = scene
  const random = scene.random('exhaust')
  const rocket = rocketSprite(scene, tall)
  const fire = glowImage([255, 176, 84], 128)
  const hot = glowImage([255, 238, 200], 64)
  const tone = toneOf(scene)
  const white = mix(tone([252, 248, 244], 0.95), [255, 214, 160], 0.12)
  const smokes = [0, 1, 2].map((index) =>
    cloudSprite(scene.random(`cloud ${index}`), white, mix(tone([150, 146, 156], 0.3), light.haze, 0.3)),
  )
  // Lit two seconds before the clip begins, so that it stands in its smoke from the first frame.
  const begun = -2.4
  const ahead = 0.6 - scene.random('flight')() * 1.2
  // At the end of five seconds it is about to leave the picture, however near it stands.
  const lift = Math.min(1, Math.max(0.3, (line / tall - 1) / 2.2))
  const every = 0.085
  const puffs = Array.from({ length: Math.ceil((Math.max(scene.seconds, 0.1) - begun) / every) }, (_, index) => ({
    born: begun + index * every,
    side: random() * 2 - 1,
    size: 0.6 + random() * 0.7,
    lift: random(),
  }))
  const foot = line - tall * 0.1
  return (ctx, view) => {
    const now = view.seconds - begun - 1.2 - ahead
    const base = foot - risen(now) * tall * lift
    lookAt(ctx, view, 0.4)
    for (const puff of puffs) {
      const age = view.seconds - puff.born
      if (age < 0) continue
      const from = foot - risen(puff.born - begun - 1.2 - ahead) * tall * lift
      // Near the ground the smoke is thrown to the sides; higher up it hangs in a column.
      const low = Math.max(0, 1 - (foot - from) / (tall * 0.9))
      const spread = 1 - Math.exp(-age * 0.8)
      const radius = tall * (0.06 + spread * (0.17 + low * 0.16)) * puff.size
      ctx.globalAlpha = Math.min(0.95, age * 4) * Math.max(0.16, 1 - age * 0.075)
      ctx.drawImage(
        smokes[Math.floor(puff.lift * 3)]!,
        x + puff.side * tall * (0.05 + spread * (0.08 + low * 1.15)) - radius * 1.5,
        Math.min(line - radius * 0.2, from + tall * 0.2 * (1 - low) - low * puff.lift * spread * tall * 0.24) - radius,
        radius * 3,
        radius * 2,
      )
    }
    ctx.globalAlpha = 1
    const beat = 1 + Math.sin(view.seconds * 31) * 0.04 + Math.sin(view.seconds * 47) * 0.03
    drawGlow(ctx, fire, x, base + tall * 0.16, tall * 0.95 * beat, 0.8)
    ctx.globalCompositeOperation = 'screen'
    for (const [wide, long, colour, alpha] of [
      [0.075, 0.62, [255, 140, 50], 0.75],
      [0.05, 0.46, [255, 206, 110], 0.9],
      [0.028, 0.3, [255, 250, 230], 1],
    ] as const) {
      ctx.fillStyle = css(colour, alpha)
      ctx.beginPath()
      ctx.moveTo(x - tall * wide * 0.7, base)
      ctx.bezierCurveTo(
        x - tall * wide * 1.3,
        base + tall * long * 0.35 * beat,
        x - tall * wide * 0.3,
        base + tall * long * 0.8,
        x,
        base + tall * long * beat,
      )
      ctx.bezierCurveTo(
        x + tall * wide * 0.3,
        base + tall * long * 0.8,
        x + tall * wide * 1.3,
        base + tall * long * 0.35 * beat,
        x + tall * wide * 0.7,
        base,
      )
      ctx.fill()
    }
    drawGlow(ctx, hot, x, base + tall * 0.05, tall * 0.2, 1)
    const shake = now < 2 ? Math.sin(view.seconds * 63) * 0.6 * unit : 0
    ctx.drawImage(rocket.canvas, x + rocket.x + shake, base + rocket.y, rocket.width, rocket.height)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

/** Flat land before the pad, lit by the fire, with grass at the feet of whoever watches. */
const plain = (scene: SceneContext, line: number, x: number, tall: number): Layer[] => {
  const { width, height, unit, light } = scene
  const random = scene.random('plain')
  const tone = toneOf(scene)
  const sand: Rgb = random() < 0.5 ? [176, 146, 104] : growthColour(light)
  const ground = paintSprite(coverBox(scene, 0.5, line), 0.5, (ctx, box) => {
    const wash = ctx.createLinearGradient(0, line, 0, height)
    wash.addColorStop(0, css(mix(tone(sand, 0.6), light.haze, 0.4)))
    wash.addColorStop(0.3, css(tone(sand, 0.5)))
    wash.addColorStop(1, css(tone(shift(sand, -0.14), 0.25)))
    ctx.fillStyle = wash
    ctx.fillRect(box.x, line, box.width, box.height)
    for (let tuft = 0; tuft < 1500; tuft++) {
      const down = random() ** 1.7
      ctx.fillStyle = css(tone(shift(sand, (random() - 0.65) * 0.2), 0.2 + random() * 0.5), 0.5)
      ctx.fillRect(random() * width, line + down * (height - line), (4 + down * 60) * unit, (0.7 + down * 3) * unit)
    }
    drawGlow(ctx, glowImage([255, 160, 80], 128), x, line + tall * 0.1, tall * 2.2, 0.5)
  })
  const tones = [0.1, 0.25, 0.45].map((shine) => tone(shift(sand, -0.12), shine))
  return [
    still(ground),
    grassLayer(scene, { y: height * 0.93, tall: 90 * unit, count: 200, depth: 1, tones, flowers: [] }),
  ]
}

/** A rocket that lifts off over the water: fire, smoke that rolls to both sides, the light of it on everything. */
export const paintRocket: ScenePainter = (scene) => {
  const { light, width, height, unit } = scene
  const random = scene.random('launch')
  // Seen close from below, or far off over the water or the plain.
  const line = height * (0.66 + random() * 0.22)
  const x = width * (0.24 + random() * 0.52)
  const tall = Math.min(height * 0.46, width * 0.6) * (0.42 + random() * 0.62)
  const water = random() < 0.55 || scene.brief.details.rocket.isOverWater
  const hilly = random()
  return {
    horizon: line,
    layers: [
      ...heavens(scene, line),
      ...(hilly < 0.25
        ? []
        : mountainRanges(scene, {
            horizon: line,
            tall: 0.14 + hilly * 0.7,
            snowy: false,
            bottom: line + 2 * unit,
          })),
      mistLayer(scene, {
        name: 'launch',
        y: line - 10 * unit,
        thick: 60 * unit,
        depth: 0.3,
        strength: Math.min(0.8, 0.3 * light.air),
        colour: mix(light.haze, light.skyLow, 0.5),
      }),
      still(padSprite(scene, x, line, tall)),
      ascent(scene, x, line, tall),
      ...(water
        ? [mirrorLayer(scene, { y: line + 3 * unit, depth: 0.4, calm: 0.9, tall: 1.3 })]
        : plain(scene, line, x, tall)),
      ...weatherLayers(scene),
    ],
  }
}
