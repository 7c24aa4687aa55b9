import type { Rgb } from '../prompt/colours.ts'
import { css, mix } from './colour.ts'
import { createDabs } from './dabs.ts'
import type { Layer, Stage } from './stage.ts'
import { lookAt, scaleAt, xAt, yAt } from './view.ts'

/** Lines that a trail is made of. */
const TRAIL = 6

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
  const dabs = createDabs(cars.length * (TRAIL + 2), true)
  return (_, view) => {
    const scale = scaleAt(view, 0.42)
    for (const { lane, x, colour, lift, pace } of cars) {
      const span = width * 1.3
      const run = (((x + view.seconds * lane.speed * pace) % span) + span) % span
      const along = lane.side > 0 ? run - width * 0.15 : width * 1.15 - run
      const px = xAt(view, along, 0.42)
      const py = yAt(view, lane.y + lift + (along - width / 2) * lane.slope, 0.42)
      const size = lane.size * scale
      // Lines of several lengths, one over the other, that fade together.
      dabs.paint(colour, 0.9 / TRAIL)
      for (let part = 1; part <= TRAIL; part++)
        dabs.line(px, py, px - (lane.side * size * 15 * part) / TRAIL, py, size * 0.7)
      dabs.paint(colour, 0.2)
      dabs.disc(px, py, size * 2.6)
      dabs.paint(mix(colour, [255, 255, 255], 0.8), 0.95)
      dabs.ellipse(px, py, size * 1.3, size * 0.6, 0)
    }
    dabs.lay(view.easel)
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
      .map((car) => ({
        ...car,
        y: foot + 3 * unit + car.near * (height - foot) * 1.2,
        x: width / 2 + (car.coming ? -1 : 1) * car.lane * (car.near * width * 1.15 + 14 * unit),
        s: (2 + car.near * 58) * unit,
      }))
    for (const { x, y, s, paint } of list) {
      ctx.fillStyle = css(mix(paint, [10, 10, 18], night ? 0.82 : 0.08))
      ctx.beginPath()
      ctx.roundRect(x - s * 0.5, y - s * 0.42, s, s * 0.4, s * 0.1)
      ctx.roundRect(x - s * 0.38, y - s * 0.72, s * 0.76, s * 0.36, s * 0.12)
      ctx.fill()
      ctx.fillStyle = night ? 'rgba(40,50,80,0.8)' : 'rgba(50,66,86,0.9)'
      ctx.fillRect(x - s * 0.31, y - s * 0.66, s * 0.62, s * 0.2)
      ctx.fillStyle = 'rgba(8,8,12,0.85)'
      ctx.fillRect(x - s * 0.46, y - s * 0.08, s * 0.16, s * 0.12)
      ctx.fillRect(x + s * 0.3, y - s * 0.08, s * 0.16, s * 0.12)
    }
    ctx.globalCompositeOperation = 'screen'
    for (const { x, y, s, coming } of list) {
      const colour: Rgb = coming ? [255, 244, 214] : [255, 48, 40]
      if (!night && coming) continue
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
        ctx.fillStyle = css(mix(colour, [255, 255, 255], coming ? 0.6 : 0.15), night ? 1 : 0.8)
        ctx.beginPath()
        ctx.ellipse(lx, ly, s * (night ? 0.055 : 0.1), s * (night ? 0.04 : 0.07), 0, 0, Math.PI * 2)
        ctx.fill()
      }
    }
    ctx.globalCompositeOperation = 'source-over'
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
