import type { Rgb } from '../prompt/colours.ts'
import { css, mix } from './colour.ts'
import type { Layer, Stage } from './stage.ts'
import { lookAt } from './view.ts'

/** Flying vehicles in lanes between the towers: a body, a light ahead and a coloured trail behind. */
export const airTrafficLayer = (stage: Stage, foot: number, neon: readonly Rgb[]): Layer => {
  const { width, unit } = stage
  const random = stage.random('air traffic')
  const lanes = Array.from({ length: 5 }, (_, index) => ({
    y: foot * (0.34 + index * 0.11 + random() * 0.05),
    side: random() < 0.5 ? -1 : 1,
    size: (1.6 + index * 0.75) * unit,
    speed: (40 + index * 26) * unit,
    slope: (random() - 0.5) * 0.05,
  }))
  const cars = lanes.flatMap((lane) =>
    Array.from({ length: 7 }, () => ({
      lane,
      x: random() * width * 1.3,
      colour: neon[Math.floor(random() * neon.length)] ?? [255, 80, 120],
      lift: (random() - 0.5) * 12 * unit,
      pace: 0.8 + random() * 0.5,
    })),
  )
  return (ctx, view) => {
    lookAt(ctx, view, 0.42)
    ctx.globalCompositeOperation = 'screen'
    for (const { lane, x, colour, lift, pace } of cars) {
      const span = width * 1.3
      const run = (((x + view.seconds * lane.speed * pace) % span) + span) % span
      const px = lane.side > 0 ? run - width * 0.15 : width * 1.15 - run
      const py = lane.y + lift + (px - width / 2) * lane.slope
      const trail = lane.size * 15
      const fade = ctx.createLinearGradient(px, 0, px - lane.side * trail, 0)
      fade.addColorStop(0, css(colour, 0.75))
      fade.addColorStop(1, css(colour, 0))
      ctx.fillStyle = fade
      ctx.fillRect(Math.min(px, px - lane.side * trail), py - lane.size * 0.35, trail, lane.size * 0.7)
      ctx.fillStyle = css(colour, 0.2)
      ctx.beginPath()
      ctx.arc(px, py, lane.size * 2.6, 0, Math.PI * 2)
      ctx.fill()
      ctx.fillStyle = css(mix(colour, [255, 255, 255], 0.8), 0.95)
      ctx.beginPath()
      ctx.ellipse(px, py, lane.size * 1.3, lane.size * 0.6, 0, 0, Math.PI * 2)
      ctx.fill()
    }
    ctx.globalCompositeOperation = 'source-over'
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
