import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, lit, mix, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillRectangle } from '../../../canvas/paths.ts'
import { coverBox, type Layer, type SceneContext, still } from '../../layers.ts'
import { type Box, drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import { createSpecks, type Specks } from '../../../canvas/specks.ts'
import type { Light } from '../../light.ts'

/** Sixteen tones from one colour to another. */
const tonesOf = (from: Rgb, to: Rgb): Rgb[] => Array.from({ length: 16 }, (_, step) => mix(from, to, step / 15))

/** Between two colours that are near to each other: thousands of them. */
const between = (from: Rgb, to: Rgb, share: number): Rgb => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
]

/** Where the path leaves the wood, as a share of the frame's width. */
export const pathAt = (scene: SceneContext): number => (scene.random('path')() < 0.5 ? 0.42 : 0.6)

/** A path that winds towards the light. */
const paintTrail = (
  ctx: DrawingContext,
  { width, height, unit }: SceneContext,
  floor: number,
  path: number,
  trail: Rgb,
): void => {
  for (let row = 0; row < 120; row++) {
    const u = row / 119
    const y = floor + 2 * unit + u * u * (height - floor + 40 * unit)
    const wide = (10 + u * u * 250) * unit
    const x = width * path + Math.sin(u * 3.1 + 0.4) * 90 * unit * u + (0.5 - path) * width * 0.3 * u
    const middle = 0.2 * (1 - u * 0.5)
    const across = [x - wide, 0, x + wide, 0] as const
    const band = linearGradient(ctx, across, [0, trail, 0], [0.3, trail, middle], [0.7, trail, middle], [1, trail, 0])
    fillRectangle(ctx, band, [x - wide, y - 3 * unit, wide * 2, (4 + u * 10) * unit])
  }
}

const litterTones = (season: Light['season']): Rgb[] => {
  if (season === 'autumn') return tonesOf([200, 90, 30], [226, 168, 60])
  if (season === 'winter') return tonesOf([240, 244, 252], [240, 244, 252])
  return tonesOf([70, 92, 40], [132, 120, 60])
}

/** Leaves that lie on the floor within a box, larger towards the eye. */
const strewLitter = (scene: SceneContext, floor: number, box: Box, strength: number): Specks => {
  const { light, height, unit } = scene
  const random = scene.random('floor')
  const tones = litterTones(light.season)
  const specks = createSpecks()
  for (let count = 0; count < 5200; count++) {
    const u = random() ** 1.4
    const y = floor + u * (height + 20 - floor)
    const x = box.x + random() * box.width
    const size = (0.8 + u * 4.2) * unit
    const tone = tones[Math.floor(random() * tones.length)]!
    const shown = lit(tone, random() < 0.4 ? light.key : light.ambient, strength)
    specks.paint(between(shown, light.haze, 0.6 * (1 - u)), 0.55)
    specks.ellipse(x, y, size, size * 0.4, random() * 3)
  }
  return specks
}

/** The forest floor: earth and leaves, a path of light. */
export const floorLayer = (scene: SceneContext, floor: number): Layer => {
  const { light, height, unit } = scene
  const noise = scene.noise('floor')
  const strength = light.dark > 0.6 ? 0.5 : 1
  const winter = light.season === 'winter'
  const soil: Rgb = winter ? [214, 220, 232] : light.season === 'autumn' ? [150, 92, 44] : [84, 96, 48]
  const near = lit(shift(soil, -0.14), light.ambient, strength)
  const far = mix(lit(soil, light.ambient, strength), light.haze, 0.72)
  const path = pathAt(scene)
  const gravel = lit(winter ? [236, 240, 248] : [178, 150, 110], mix(light.key, light.ambient, 0.4), strength)
  const sprite = paintSprite(coverBox(scene, 0.6, floor - 30 * unit), 0.6, (ctx, box) => {
    ctx.fillStyle = linearGradient(ctx, [0, floor, 0, height], [0, far], [0.35, mix(far, near, 0.6)], [1, near])
    ctx.beginPath()
    ctx.moveTo(box.x, box.y + box.height)
    for (let x = box.x; x <= box.x + box.width; x += 6) ctx.lineTo(x, floor + noise(x / (160 * unit), 2) * 9 * unit)
    ctx.lineTo(box.x + box.width, box.y + box.height)
    ctx.fill()
    paintTrail(ctx, scene, floor, path, mix(gravel, light.haze, 0.2))
    return strewLitter(scene, floor, box, strength)
  })
  return still(sprite)
}

type Fern = { x: number; y: number; size: number; phase: number }

/** A fern by its foot, in the context's own fill. */
const paintFern = (ctx: DrawingContext, { x, y, size, phase }: Fern, unit: number): void => {
  for (let frond = -3; frond <= 3; frond++) {
    const lean = frond * 0.36 + Math.sin(phase + frond) * 0.03
    const long = size * (1 - Math.abs(frond) * 0.09)
    ctx.beginPath()
    for (let step = 0; step <= 14; step++) {
      const u = step / 14
      const bx = x + Math.sin(lean * (0.5 + u)) * long * u
      const by = y - Math.cos(lean * (0.5 + u)) * long * u * 0.9
      const leaf = long * 0.15 * Math.sin((0.12 + u * 0.88) * Math.PI) * (1 - u * 0.4)
      const tip = by - leaf * 0.4 + leaf * Math.abs(lean) * 0.5
      ctx.moveTo(bx - 0.8 * unit, by)
      ctx.lineTo(bx - leaf, tip)
      ctx.lineTo(bx + 0.5 * unit, by - long * 0.034)
      ctx.lineTo(bx + leaf, tip)
      ctx.lineTo(bx + 0.8 * unit, by)
    }
    ctx.fill()
  }
}

/**
 * Ferns that lean into the lower edge and stir. Each is a picture that is moved to and fro: their roots are below the
 * edge, and drawn anew they would take as long as all of the wood.
 */
export const fernLayer = (scene: SceneContext): Layer => {
  const { light, width, height, unit } = scene
  if (light.season === 'winter') return () => {}
  const random = scene.random('ferns')
  const strength = light.dark > 0.6 ? 0.4 : 0.85
  const green: Rgb = light.season === 'autumn' ? [150, 104, 44] : [74, 112, 50]
  const plants = Array.from({ length: 13 }, (_, index) => ({
    x: width * ((index + random()) / 13),
    y: height * (1.0 + random() * 0.06),
    size: (90 + random() * 90) * unit,
    phase: random() * 6,
    tone: mix(lit(shift(green, -0.1), light.ambient, strength), lit(green, light.key, strength), random() * 0.5),
  })).filter((plant) => Math.abs(plant.x / width - 0.5) > 0.14)
  const stirring = plants.map((plant) => {
    const { x, y, size, phase } = plant
    const box = {
      x: Math.floor(x - size * 1.15),
      y: Math.floor(y - size),
      width: Math.ceil(size * 2.3),
      height: Math.ceil(size * 1.04),
    }
    const sprite = paintSprite(box, 1.2, (ctx) => {
      ctx.fillStyle = css(plant.tone)
      paintFern(ctx, plant, unit)
    })
    return { sprite, phase, sway: size * 0.02 }
  })
  return (ctx, view) => {
    for (const { sprite, phase, sway } of stirring) {
      const wave = view.seconds * 1.1 + phase
      drawSprite(ctx, view, sprite, Math.sin(wave) * sway, Math.cos(wave * 1.3) * sway * 0.3)
    }
  }
}
