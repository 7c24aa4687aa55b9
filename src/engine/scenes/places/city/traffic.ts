import type { Rgb } from '../../../rgb.ts'
import { mix } from '../../../canvas/colour.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import type { Layer, SceneContext } from '../../layers.ts'
import { scaleAt, xAt, yAt } from '../../../canvas/camera-view.ts'

/** Lines that a trail is made of. */
const TRAIL = 6

/** Flying vehicles in lanes between the towers: a body, a light ahead and a coloured trail behind. */
export const airTrafficLayer = (scene: SceneContext, foot: number, neon: readonly Rgb[]): Layer => {
  const { width, unit } = scene
  const random = scene.random('air traffic')
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
    dabs.lay(view.frameCanvas)
  }
}
