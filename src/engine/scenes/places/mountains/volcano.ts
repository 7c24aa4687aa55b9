import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, lit, mix } from '../../../canvas/colour.ts'
import { linearGradient, radialGradient } from '../../../canvas/gradients.ts'
import { fbm, type Noise } from '../../../canvas/noise.ts'
import { fillRectangle } from '../../../canvas/paths.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import type { Random } from '../../../random.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import { setPen } from '../../../canvas/curves.ts'

/** A cone by the middle of its crater: its height, and half its width at the foot and at the crater. */
type Cone = { x: number; top: number; tall: number; half: number; mouth: number; noise: Noise }

/** Half the width of the cone at a share of its height, from the top. */
const halfAt = ({ mouth, half }: Cone, share: number): number => mouth + (half - mouth) * share ** 1.5

/** Fills the cone, lit from one side, and clips to it. */
const paintCone = (ctx: DrawingContext, cone: Cone, side: number, shade: Rgb, bright: Rgb): void => {
  const { x, top, tall, half, noise } = cone
  const edge = (share: number, way: number): number =>
    x + way * halfAt(cone, share) + fbm(noise, share * 7, way * 3, 3) * tall * 0.05
  ctx.beginPath()
  for (let step = 0; step <= 60; step++) ctx.lineTo(edge(step / 60, -1), top + tall * (step / 60))
  for (let step = 60; step >= 0; step--) ctx.lineTo(edge(step / 60, 1), top + tall * (step / 60))
  ctx.quadraticCurveTo(x, top + tall * 0.06, edge(0, -1), top)
  ctx.fillStyle = linearGradient(
    ctx,
    [x - half * 0.7, 0, x + half * 0.7, 0],
    [side > 0 ? 1 : 0, bright],
    [0.5, mix(shade, bright, 0.35)],
    [side > 0 ? 0 : 1, shade],
  )
  ctx.fill()
  ctx.clip()
}

/** Gullies that run down the cone. */
const paintGullies = (
  ctx: DrawingContext,
  cone: Cone,
  random: Random,
  unit: number,
  tones: readonly [Rgb, Rgb],
): void => {
  for (let gully = 0; gully < 46; gully++) {
    const lean = random() * 2 - 1
    setPen(ctx, css(tones[random() < 0.5 ? 0 : 1], 0.3), (1 + random() * 3) * unit)
    ctx.beginPath()
    for (let step = 0; step <= 24; step++) {
      const share = step / 24
      const x = cone.x + lean * halfAt(cone, share) * 0.96 + cone.noise(share * 6, gully) * 7 * unit
      ctx.lineTo(x, cone.top + cone.tall * share)
    }
    ctx.stroke()
  }
}

const LAVA = [
  [9, 'rgba(255,70,10,0.25)'],
  [4.5, 'rgba(255,104,24,0.8)'],
  [1.8, 'rgba(255,222,130,0.95)'],
] as const

const paintLava = (ctx: DrawingContext, cone: Cone, random: Random, unit: number): void => {
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  for (let stream = 0; stream < 4; stream++) {
    const lean = (stream - 1.5) * 0.34 + (random() - 0.5) * 0.2
    const long = 0.35 + random() * 0.55
    for (const [wide, colour] of LAVA) {
      setPen(ctx, colour, wide * unit)
      ctx.beginPath()
      for (let step = 0; step <= 30; step++) {
        const share = (step / 30) * long
        const waver = cone.noise(share * 9, stream * 5 + 40) * 16 * unit * share ** 0.5
        ctx.lineTo(cone.x + lean * halfAt(cone, share) + waver, cone.top + cone.tall * (0.02 + share))
      }
      ctx.stroke()
    }
  }
}

/** Smoke that rises from the crater and drifts to one side, lit from below. */
const smokeLayer = (scene: SceneContext, { x, top, tall }: Cone, side: number, random: Random): Layer => {
  const { light, width } = scene
  const puffs = Array.from({ length: 30 }, (_, index) => ({
    at: index / 30,
    drift: random() - 0.3,
    size: 0.6 + random() * 0.8,
  }))
  const smoke = mix(light.haze, [40, 36, 40], 0.55)
  return layerAt(0.16, (ctx, view) => {
    for (const { at, drift, size } of puffs) {
      const age = (at + view.seconds * 0.03) % 1
      const radius = tall * (0.07 + age * 0.3) * size
      const px = x + age * age * width * 0.16 * (1 + drift) * -side + drift * tall * 0.1
      const py = top - age * tall * 0.95
      const tone = mix(smoke, [255, 104, 40], Math.max(0, 0.6 - age * 1.6))
      const alpha = 0.34 * (1 - age) * Math.min(1, age * 12)
      const puff = radialGradient(ctx, [px, py, radius], [0, tone, alpha], [1, tone, 0])
      fillRectangle(ctx, puff, [px - radius, py - radius, radius * 2, radius * 2])
    }
  })
}

/** The flickering light of the crater. */
const glowLayer = ({ light }: SceneContext, { x, top, tall }: Cone): Layer => {
  const dark = 0.4 + 0.6 * light.dark
  const reach = tall * 0.75
  return layerAt(0.16, (ctx, view) => {
    const flare = 0.85 + 0.15 * Math.sin(view.seconds * 3.1) * Math.sin(view.seconds * 5.3 + 1)
    ctx.globalCompositeOperation = 'screen'
    const glow = ctx.createRadialGradient(x, top, 0, x, top, reach)
    glow.addColorStop(0, `rgba(255,140,50,${(0.7 * flare * dark).toFixed(3)})`)
    glow.addColorStop(0.25, `rgba(255,80,24,${(0.3 * flare * dark).toFixed(3)})`)
    glow.addColorStop(1, 'rgba(255,60,20,0)')
    fillRectangle(ctx, glow, [x - reach, top - reach, reach * 2, reach * 2])
    ctx.globalCompositeOperation = 'source-over'
  })
}

/** A volcano in the distance: a dark cone, lava that runs down from a glowing crater, and smoke lit from below. */
export const volcanoLayer = (scene: SceneContext, horizon: number): Layer => {
  const { light, width, height, unit } = scene
  const random = scene.random('volcano')
  const x = width * (light.sun.x > 0.5 ? 0.34 + random() * 0.08 : 0.58 + random() * 0.08)
  const tall = height * (0.36 + random() * 0.08)
  const top = horizon + 40 * unit - tall
  const half = tall * (1.25 + random() * 0.3)
  const cone = { x, top, tall, half, mouth: tall * 0.13, noise: scene.noise('volcano') }
  const strength = light.dark > 0.6 ? 0.5 : 1
  const shade = mix(lit([70, 58, 58], light.ambient, strength), light.haze, 0.4)
  const bright = mix(lit([132, 108, 98], light.key, strength), light.haze, 0.45)
  const side = light.sun.x * width > x ? 1 : -1
  const box = { x: x - half * 1.3, y: top - tall * 0.2, width: half * 2.6, height: tall * 1.3 }
  const sprite = paintSprite(box, 0.16, (ctx) => {
    paintCone(ctx, cone, side, shade, bright)
    paintGullies(ctx, cone, random, unit, [shade, mix(bright, shade, 0.4)])
    paintLava(ctx, cone, random, unit)
  })
  const smoke = smokeLayer(scene, cone, side, random)
  const glow = glowLayer(scene, cone)
  return (ctx, view) => {
    smoke(ctx, view)
    drawSprite(ctx, view, sprite)
    glow(ctx, view)
  }
}
