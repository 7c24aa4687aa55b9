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

/** Cars on a street that runs away from the eye: white lights come, red lights go; by day, their bodies show. */
export const streetTrafficLayer = (stage: Stage, foot: number, night: boolean): Layer => {
  const { width, height, unit } = stage
  const random = stage.random('street traffic')
  const paints: readonly Rgb[] = [
    [190, 44, 40],
    [232, 232, 236],
    [40, 44, 54],
    [236, 186, 60],
    [56, 96, 160],
    [120, 126, 134],
  ]
  const cars = Array.from({ length: 22 }, (_, index) => ({
    coming: index % 2 === 0,
    lane: index % 4 < 2 ? 0.17 : 0.4,
    at: random(),
    pace: 0.075 + random() * 0.03,
    paint: paints[Math.floor(random() * paints.length)]!,
  }))
  return (ctx, view) => {
    lookAt(ctx, view, 0.9)
    const list = cars
      .map((car) => {
        const run = (car.at + view.seconds * car.pace * (car.coming ? 1 : -1) + 10) % 1
        return { ...car, near: run ** 2.4 }
      })
      .sort((a, b) => a.near - b.near)
    for (const car of list) {
      const y = foot + 3 * unit + car.near * (height - foot) * 1.2
      const x = width / 2 + (car.coming ? -1 : 1) * car.lane * (car.near * width * 1.15 + 14 * unit)
      const s = (2 + car.near * 58) * unit
      ctx.fillStyle = css(mix(car.paint, [10, 10, 18], night ? 0.82 : 0.08))
      ctx.beginPath()
      ctx.roundRect(x - s * 0.5, y - s * 0.42, s, s * 0.4, s * 0.1)
      ctx.roundRect(x - s * 0.38, y - s * 0.72, s * 0.76, s * 0.36, s * 0.12)
      ctx.fill()
      ctx.fillStyle = night ? 'rgba(40,50,80,0.8)' : 'rgba(50,66,86,0.9)'
      ctx.fillRect(x - s * 0.31, y - s * 0.66, s * 0.62, s * 0.2)
      ctx.fillStyle = 'rgba(8,8,12,0.85)'
      ctx.fillRect(x - s * 0.46, y - s * 0.08, s * 0.16, s * 0.12)
      ctx.fillRect(x + s * 0.3, y - s * 0.08, s * 0.16, s * 0.12)
      const colour: Rgb = car.coming ? [255, 244, 214] : [255, 48, 40]
      if (!night && car.coming) continue
      ctx.globalCompositeOperation = 'screen'
      for (const off of [-0.36, 0.36]) {
        const lx = x + off * s
        const ly = y - s * 0.26
        if (night) {
          const glow = ctx.createRadialGradient(lx, ly, 0, lx, ly, s * 0.55)
          glow.addColorStop(0, css(colour, 0.5))
          glow.addColorStop(0.3, css(colour, 0.14))
          glow.addColorStop(1, css(colour, 0))
          ctx.fillStyle = glow
          ctx.fillRect(lx - s * 0.55, ly - s * 0.55, s * 1.1, s * 1.1)
          // Its streak on the wet road.
          const streak = ctx.createLinearGradient(0, y, 0, y + s * 1.5)
          streak.addColorStop(0, css(colour, 0.4))
          streak.addColorStop(1, css(colour, 0))
          ctx.fillStyle = streak
          ctx.fillRect(lx - s * 0.07, y, s * 0.14, s * 1.5)
        }
        ctx.fillStyle = css(mix(colour, [255, 255, 255], car.coming ? 0.6 : 0.15), night ? 1 : 0.8)
        ctx.beginPath()
        ctx.ellipse(lx, ly, s * (night ? 0.055 : 0.1), s * (night ? 0.04 : 0.07), 0, 0, Math.PI * 2)
        ctx.fill()
      }
      ctx.globalCompositeOperation = 'source-over'
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
