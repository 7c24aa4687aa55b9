import { createRandom } from '../random.ts'
import { type Air, createFall, type Fall, wrap } from './fall.ts'
import type { Triple } from './compose.ts'

/** Room beyond the edges in which things come and go, in units of 1/720 of the shorter side. */
const SPARE = 120

/**
 * Flakes from dust far away to a few blurred ones before the lens; near ones fall faster, and all sway in one wind that
 * swells and ebbs.
 */
export const snowfall = (air: Air): Fall => {
  const { width, height, unit, shutter } = air
  const spare = SPARE * unit
  const wind = (createRandom(air.seed, 'snow wind')() - 0.5) * 110
  const white = 150 + 105 * Math.min(1, air.light * 2.2)
  const colour: Triple = [white * 0.97, white * 0.985, white]
  return createFall(
    air,
    { name: 'snow', count: 1500, strokes: 1 },
    (random) => {
      const near = random() ** 2.4
      const blurred = random() < 0.022
      return {
        x: random() * (width + 2 * spare),
        y: random() * (height + 2 * spare),
        radius: (blurred ? 8 + 10 * random() : 1.15 + 3.4 * near) * unit,
        strength: blurred ? 0.2 + 0.14 * random() : 0.62 + 0.34 * random(),
        fall: (blurred ? 330 + 160 * random() : 74 + 210 * near + 30 * random()) * unit,
        carried: (blurred ? 1.6 : 0.45 + near) * unit,
        sway: (7 + 20 * random()) * unit,
        pace: 0.8 + 1.3 * random(),
        phase: random() * Math.PI * 2,
      }
    },
    (flake, seconds, on, stroke) => {
      const gust = wind * seconds + 26 * Math.sin(seconds * 0.9) + 14 * Math.sin(seconds * 2.1 + 1)
      const speed = wind + 23 * Math.cos(seconds * 0.9) + 29 * Math.cos(seconds * 2.1 + 1)
      const turn = seconds * flake.pace + flake.phase
      const x = wrap(flake.x + gust * flake.carried + Math.sin(turn) * flake.sway, width + 2 * spare) - spare
      const y = wrap(flake.y + flake.fall * seconds, height + 2 * spare) - spare
      const vx = (speed * flake.carried + Math.cos(turn) * flake.sway * flake.pace) * shutter
      const vy = flake.fall * shutter
      const strength = flake.strength * on
      stroke([x - vx, y - vy, x, y], strength, { radius: flake.radius, soft: flake.radius * 0.85, colour })
    },
  )
}

/** Long streaks, near ones longer, faster and brighter. */
const rainStreaks = (air: Air, colour: Triple): Fall => {
  const { width, height, unit } = air
  const spare = SPARE * unit
  const slant = (createRandom(air.seed, 'rain slant')() - 0.5) * 0.42
  const tall = height + 2 * spare
  // Heavy rain is seen by its veil too: as many hard streaks as it has drops would be scratches.
  const fine = Math.min(1, 1.15 / air.amount)
  return createFall(
    air,
    { name: 'rain', count: 1050 * fine, strokes: 1 },
    (random) => {
      const near = random() ** 2
      return {
        x: random(),
        y: random() * tall,
        jump: random(),
        length: (26 + 34 * random() + 84 * near) * unit,
        radius: (0.62 + 1.15 * near) * unit,
        fall: (1150 + 350 * random() + 1300 * near) * unit,
        strength: (0.16 + 0.12 * random() + 0.28 * near) * fine ** 0.7,
      }
    },
    (drop, seconds, on, stroke) => {
      const way = drop.y + drop.fall * seconds
      const y = wrap(way, tall) - spare
      // Each time that it comes back at the top it falls in another place.
      const round = Math.floor(way / tall)
      const across = wrap(drop.x + round * (0.37 + drop.jump * 0.21), 1)
      const x =
        across * (width + 2 * spare + height * Math.abs(slant)) - spare - Math.max(0, slant) * height + slant * y
      const strength = drop.strength * on
      stroke([x - slant * drop.length, y - drop.length, x, y], [strength * 0.15, strength], {
        radius: drop.radius,
        soft: 1.3,
        colour,
      })
    },
  )
}

/** The crowns of drops that strike low in the picture. */
const rainCrowns = (air: Air, colour: Triple): Fall => {
  const { width, height, unit } = air
  return createFall(
    air,
    { name: 'splash', count: 150, strokes: 3 },
    (random) => ({ x: random(), depth: random(), phase: random(), pace: 2.4 + 1.4 * random() }),
    (crown, seconds, on, stroke) => {
      const time = seconds * crown.pace + crown.phase
      const round = Math.floor(time)
      const age = time - round
      if (age > 0.5) return
      const place = wrap(crown.depth + round * 0.618, 1)
      const x = wrap(crown.x + round * 0.381, 1) * width
      const y = height * (0.66 + 0.33 * place)
      const size = (3 + 9 * place) * unit * (0.4 + 1.6 * age)
      const strength = on * (0.5 - age) * 1.1
      for (const side of [-size, size])
        stroke([x + side * 0.3, y, x + side, y - size * 0.9], [strength, strength * 0.3], {
          radius: 0.9 * unit,
          soft: 0.9,
          colour,
        })
      stroke([x - size, y, x + size, y], strength * 0.7, { radius: 1.1 * unit, soft: 1.1, colour })
    },
  )
}

export const rainfall = (air: Air): readonly Fall[] => {
  const level = 150 + 100 * Math.min(1, air.light * 1.6)
  const colour: Triple = [level * 0.9, level * 0.96, level]
  return [rainStreaks(air, colour), rainCrowns(air, colour)]
}
