import type { Triple } from './compose.ts'
import { type Air, createFall, type Fall, wrap } from './fall.ts'

const AUTUMN: readonly Triple[] = [
  [198, 74, 30],
  [222, 122, 34],
  [232, 168, 52],
  [150, 48, 30],
  [176, 102, 44],
]
const PETALS: readonly Triple[] = [
  [250, 206, 218],
  [244, 180, 198],
  [255, 228, 234],
]

/** Leaves or petals that rock from side to side as they fall, and turn: seen from the edge they are thin. */
export const leafFall = (air: Air, petals: boolean): Fall => {
  const { width, height, unit } = air
  const spare = 60 * unit
  const colours = petals ? PETALS : AUTUMN
  const dim = 0.66 + 0.34 * Math.min(1, air.light * 2)
  return createFall(
    air,
    { name: 'leaf fall', count: petals ? 210 : 120, strokes: 2 },
    (random) => {
      const near = random() ** 2
      const shade = dim * (0.8 + 0.25 * random())
      const [red, green, blue] = colours[Math.floor(random() * colours.length)] ?? [200, 100, 40]
      return {
        x: random() * (width + 2 * spare),
        y: random() * (height + 2 * spare),
        size: (petals ? 4.5 + 8 * near : 7 + 15 * near) * unit,
        fall: (58 + 36 * random() + 110 * near) * unit,
        rock: (26 + 44 * random()) * (0.6 + near) * unit,
        pace: 1.1 + 1.2 * random(),
        spin: (random() - 0.5) * 2.4,
        phase: random() * Math.PI * 2,
        drift: (20 + 30 * random()) * unit,
        colour: [red * shade, green * shade, blue * shade] as Triple,
        lit: [Math.min(255, red * shade * 1.25), Math.min(255, green * shade * 1.25), blue * shade * 1.1] as Triple,
      }
    },
    (leaf, seconds, on, stroke) => {
      const turn = seconds * leaf.pace + leaf.phase
      const x = wrap(leaf.x + leaf.drift * seconds + Math.sin(turn) * leaf.rock, width + 2 * spare) - spare
      const y = wrap(leaf.y + leaf.fall * seconds - Math.cos(turn * 2) * leaf.rock * 0.2, height + 2 * spare) - spare
      // It leans into its swing, and shows its face as it turns.
      const angle = Math.cos(turn) * 0.9 + leaf.spin * seconds + leaf.phase
      const face = Math.abs(Math.cos(turn * 1.7 + leaf.phase))
      const [ax, ay] = [Math.cos(angle) * leaf.size, Math.sin(angle) * leaf.size]
      const broad = leaf.size * ((petals ? 0.3 : 0.16) + 0.5 * face)
      const strength = on * 0.96
      const [fromX, fromY, toX, toY] = [x - ax, y - ay, x + ax, y + ay]
      stroke([fromX, fromY, toX, toY], strength, {
        radius: broad,
        soft: 1.4 * unit,
        colour: leaf.colour,
        paint: 'leaf',
      })
      // One half of it turns to the light.
      const [bx, by] = [(-ay / leaf.size) * broad * 0.32, (ax / leaf.size) * broad * 0.32]
      const lit = strength * 0.7
      stroke([fromX + bx, fromY + by, toX + bx, toY + by], [lit, lit * 0.5], {
        radius: broad * 0.5,
        soft: broad * 0.25,
        colour: leaf.lit,
        paint: 'leaf',
      })
    },
  )
}
