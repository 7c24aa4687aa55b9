import { css, lit, mix } from '../../../canvas/colour.ts'
import { fbm } from '../../../canvas/noise.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import type { Layer } from '../../layers.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'

/** A volcano in the distance: a dark cone, lava that runs down from a glowing crater, and smoke lit from below. */
export const volcanoLayer = (scene: SceneContext, horizon: number): Layer => {
  const { light, width, height, unit } = scene
  const random = scene.random('volcano')
  const noise = scene.noise('volcano')
  const x = width * (light.sun.x > 0.5 ? 0.34 + random() * 0.08 : 0.58 + random() * 0.08)
  const tall = height * (0.36 + random() * 0.08)
  const foot = horizon + 40 * unit
  const top = foot - tall
  const half = tall * (1.25 + random() * 0.3)
  const mouth = tall * 0.13
  const strength = light.dark > 0.6 ? 0.5 : 1
  const shade = mix(lit([70, 58, 58], light.ambient, strength), light.haze, 0.4)
  const bright = mix(lit([132, 108, 98], light.key, strength), light.haze, 0.45)
  const side = light.sun.x * width > x ? 1 : -1
  const edge = (share: number, way: number): number =>
    x + way * (mouth + (half - mouth) * share ** 1.5) + fbm(noise, share * 7, way * 3, 3) * tall * 0.05
  const box = { x: x - half * 1.3, y: top - tall * 0.2, width: half * 2.6, height: tall * 1.3 }
  const sprite = paintSprite(box, 0.16, (ctx) => {
    ctx.beginPath()
    for (let step = 0; step <= 60; step++) ctx.lineTo(edge(step / 60, -1), top + tall * (step / 60))
    for (let step = 60; step >= 0; step--) ctx.lineTo(edge(step / 60, 1), top + tall * (step / 60))
    ctx.quadraticCurveTo(x, top + tall * 0.06, edge(0, -1), top)
    const body = ctx.createLinearGradient(x - half * 0.7, 0, x + half * 0.7, 0)
    body.addColorStop(side > 0 ? 1 : 0, css(bright))
    body.addColorStop(0.5, css(mix(shade, bright, 0.35)))
    body.addColorStop(side > 0 ? 0 : 1, css(shade))
    ctx.fillStyle = body
    ctx.fill()
    ctx.clip()
    // Gullies that run down the cone.
    for (let gully = 0; gully < 46; gully++) {
      const lean = random() * 2 - 1
      ctx.strokeStyle = css(random() < 0.5 ? shade : mix(bright, shade, 0.4), 0.3)
      ctx.lineWidth = (1 + random() * 3) * unit
      ctx.beginPath()
      for (let step = 0; step <= 24; step++) {
        const share = step / 24
        ctx.lineTo(
          x + lean * (mouth + (half - mouth) * share ** 1.5) * 0.96 + noise(share * 6, gully) * 7 * unit,
          top + tall * share,
        )
      }
      ctx.stroke()
    }
    for (let stream = 0; stream < 4; stream++) {
      const lean = (stream - 1.5) * 0.34 + (random() - 0.5) * 0.2
      const long = 0.35 + random() * 0.55
      for (const [wide, colour] of [
        [9, 'rgba(255,70,10,0.25)'],
        [4.5, 'rgba(255,104,24,0.8)'],
        [1.8, 'rgba(255,222,130,0.95)'],
      ] as const) {
        ctx.strokeStyle = colour
        ctx.lineCap = 'round'
        ctx.lineJoin = 'round'
        ctx.lineWidth = wide * unit
        ctx.beginPath()
        for (let step = 0; step <= 30; step++) {
          const share = (step / 30) * long
          ctx.lineTo(
            x +
              lean * (mouth + (half - mouth) * share ** 1.5) +
              noise(share * 9, stream * 5 + 40) * 16 * unit * share ** 0.5,
            top + tall * (0.02 + share),
          )
        }
        ctx.stroke()
      }
    }
  })
  const puffs = Array.from({ length: 30 }, (_, index) => ({
    at: index / 30,
    drift: random() - 0.3,
    size: 0.6 + random() * 0.8,
  }))
  const smoke = mix(light.haze, [40, 36, 40], 0.55)
  const dark = 0.4 + 0.6 * light.dark
  return (ctx, view) => {
    lookAt(ctx, view, 0.16)
    for (const puff of puffs) {
      const age = (puff.at + view.seconds * 0.03) % 1
      const radius = tall * (0.07 + age * 0.3) * puff.size
      const px = x + age * age * width * 0.16 * (1 + puff.drift) * -side + puff.drift * tall * 0.1
      const py = top - age * tall * 0.95
      const glow = ctx.createRadialGradient(px, py, 0, px, py, radius)
      const tone = mix(smoke, [255, 104, 40], Math.max(0, 0.6 - age * 1.6))
      const alpha = 0.34 * (1 - age) * Math.min(1, age * 12)
      glow.addColorStop(0, css(tone, alpha))
      glow.addColorStop(1, css(tone, 0))
      ctx.fillStyle = glow
      ctx.fillRect(px - radius, py - radius, radius * 2, radius * 2)
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    drawSprite(ctx, view, sprite)
    lookAt(ctx, view, 0.16)
    const flare = 0.85 + 0.15 * Math.sin(view.seconds * 3.1) * Math.sin(view.seconds * 5.3 + 1)
    ctx.globalCompositeOperation = 'screen'
    const reach = tall * 0.75
    const light1 = ctx.createRadialGradient(x, top, 0, x, top, reach)
    light1.addColorStop(0, `rgba(255,140,50,${(0.7 * flare * dark).toFixed(3)})`)
    light1.addColorStop(0.25, `rgba(255,80,24,${(0.3 * flare * dark).toFixed(3)})`)
    light1.addColorStop(1, 'rgba(255,60,20,0)')
    ctx.fillStyle = light1
    ctx.fillRect(x - reach, top - reach, reach * 2, reach * 2)
    ctx.globalCompositeOperation = 'source-over'
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
