import type { Triple } from './compose.ts'
import { type Air, createFall, type Fall, wrap } from './fall.ts'

const heat = (much: number): Triple => [255, 96 + 84 * much, 20 + 46 * much * much]

/** Sparks that rise from below the frame in eddies, glow, cool and go out; each leaves the stroke of its speed. */
export const emberRise = (air: Air): Fall => {
  const { width, height, unit, shutter } = air
  return createFall(
    air,
    { name: 'embers', count: 360, strokes: 3 },
    (random) => {
      const near = random() ** 2.6
      return {
        x: random(),
        from: 1.06 - 0.62 * random() ** 2.2,
        radius: (1.15 + 2.7 * near) * unit,
        rise: (60 + 110 * random() + 150 * near) * unit,
        life: 2.2 + 2.6 * random(),
        phase: random() * 100,
        eddy: (10 + 34 * random()) * unit,
        lean: (random() - 0.35) * 70 * unit,
      }
    },
    (ember, seconds, on, stroke) => {
      const time = seconds + ember.phase
      const round = Math.floor(time / ember.life)
      const age = time / ember.life - round
      const place = (at: number): [number, number] => {
        const gone = at * ember.life
        const x =
          wrap(ember.x + round * 0.618, 1) * width +
          ember.lean * gone +
          Math.sin(gone * 2.1 + ember.phase) * ember.eddy +
          Math.sin(gone * 5.3 + ember.phase * 2) * ember.eddy * 0.3
        return [x, ember.from * height - ember.rise * gone * (1 + 0.25 * gone)]
      }
      const [x, y] = place(age)
      const [fromX, fromY] = place(age - (shutter * 1.4) / ember.life)
      const flicker = 0.72 + 0.28 * Math.sin(time * 13 + ember.phase * 7)
      const strength = on * flicker * Math.min(1, age * 7) * Math.min(1, (1 - age) * 2.4)
      if (strength < 0.01) return
      const warm = heat(1 - age)
      const { radius } = ember
      const line = [fromX, fromY, x, y] as const
      const glow = { colour: warm, paint: 'light' } as const
      stroke(line, [strength * 0.14, strength * 0.22], { ...glow, radius: radius * 6, soft: radius * 6 })
      stroke(line, [strength * 0.4, strength * 0.55], { ...glow, radius: radius * 3, soft: radius * 3 })
      // The spark itself covers: light alone would be lost before a bright sky.
      const core: Triple = [255, 190 - 70 * age, 96 - 66 * age]
      stroke(line, [strength * 0.6, strength], { radius, soft: radius * 0.7, colour: core })
    },
  )
}

/** Dust in a beam of light: mostly fine, some of it blurred before the lens, all of it slow. */
export const dustMotes = (air: Air): Fall => {
  const { width, height, unit } = air
  const spare = 40 * unit
  return createFall(
    air,
    { name: 'motes', count: 360, strokes: 1 },
    (random) => {
      const blurred = random() < 0.13
      return {
        x: random() * (width + 2 * spare),
        y: random() * (height + 2 * spare),
        radius: (blurred ? 7 + 11 * random() : 1.3 + 2.4 * random() ** 2) * unit,
        strength: blurred ? 0.1 + 0.1 * random() : 0.6 + 0.4 * random(),
        blurred,
        phase: random() * Math.PI * 2,
        drift: (10 + 22 * random()) * unit,
        pace: 0.35 + 0.5 * random(),
      }
    },
    (mote, seconds, on, stroke) => {
      const turn = seconds * mote.pace + mote.phase
      const x = wrap(mote.x + mote.drift * (seconds * 0.7 + Math.sin(turn) * 1.5), width + 2 * spare) - spare
      const y = wrap(mote.y - mote.drift * (seconds * 0.35 + Math.cos(turn * 0.8) * 1.2), height + 2 * spare) - spare
      const shine = 0.55 + 0.45 * Math.sin(seconds * (1 + mote.pace * 2) + mote.phase * 3)
      const strength = mote.strength * shine * on
      const soft = mote.blurred ? mote.radius * 0.45 : mote.radius
      stroke([x, y], strength, { radius: mote.radius, soft, colour: [255, 240, 208], paint: 'light' })
    },
  )
}

/** Small lights that wander low over the ground and come and go. */
export const fireflies = (air: Air): Fall => {
  const { width, height, unit } = air
  return createFall(
    air,
    { name: 'fireflies', count: 96, strokes: 3 },
    (random) => {
      const near = random() ** 2
      return {
        x: random() * width,
        y: height * (0.3 + 0.66 * random() ** 0.7),
        radius: (1.7 + 2.6 * near) * unit,
        reach: (24 + 60 * random()) * (0.5 + near) * unit,
        phase: random() * Math.PI * 2,
        pace: 0.45 + 0.5 * random(),
      }
    },
    (fly, seconds, on, stroke) => {
      const turn = seconds * fly.pace + fly.phase
      const x = fly.x + Math.sin(turn * 1.3) * fly.reach + Math.sin(turn * 3.1 + fly.phase) * fly.reach * 0.35
      const y = fly.y + Math.cos(turn) * fly.reach * 0.6 + Math.sin(turn * 2.3) * fly.reach * 0.25
      const blink = Math.max(0, Math.sin(seconds * fly.pace * 3.2 + fly.phase * 5) + 0.45) / 1.45
      const strength = on * blink * blink
      if (strength < 0.01) return
      const { radius } = fly
      stroke([x, y], strength * 0.22, {
        radius: radius * 11,
        soft: radius * 11,
        colour: [180, 230, 70],
        paint: 'light',
      })
      stroke([x, y], strength * 0.6, {
        radius: radius * 3.4,
        soft: radius * 3.4,
        colour: [214, 240, 90],
        paint: 'light',
      })
      stroke([x, y], strength, { radius, soft: radius * 0.8, colour: [255, 250, 190], paint: 'light' })
    },
  )
}
