import { createRandom } from '../random.ts'

/** Something that falls through the picture. Places and speeds as parts of the picture's sides. */
type Flake = { x: number; y: number; speed: number; size: number; sway: number; phase: number; light: number }

/** A seeded fall of flakes or drops, near ones larger and faster; each comes back at the top when it has left. */
export const createFall = (seed: number, name: string, count: number): Flake[] => {
  const random = createRandom(seed, name)
  return Array.from({ length: count }, () => {
    const near = random() ** 3
    return {
      x: random(),
      y: random(),
      speed: 0.1 + 0.28 * near + 0.04 * random(),
      size: 1.3 + 5.2 * near,
      sway: 0.006 + 0.016 * random(),
      phase: random() * Math.PI * 2,
      light: 0.45 + 0.55 * random() * (1 - 0.4 * near),
    }
  })
}

/** Draws soft discs of snow into luma. */
export const drawSnow = (
  luma: Uint8Array,
  width: number,
  height: number,
  flakes: readonly Flake[],
  time: number,
  wind: number,
  unit: number,
): void => {
  for (const flake of flakes) {
    const down = flake.y + time * flake.speed
    const across = flake.x + wind * time * flake.speed + flake.sway * Math.sin(time * 1.7 + flake.phase)
    const x = (across - Math.floor(across)) * (width + 20) - 10
    const y = (down - Math.floor(down)) * (height + 20) - 10
    disc(luma, width, height, x, y, flake.size * unit, flake.light)
  }
}

const disc = (luma: Uint8Array, width: number, height: number, x: number, y: number, radius: number, light: number) => {
  const reach = Math.ceil(radius + 1)
  for (let row = Math.max(0, Math.floor(y) - reach); row <= Math.min(height - 1, Math.floor(y) + reach); row++)
    for (
      let column = Math.max(0, Math.floor(x) - reach);
      column <= Math.min(width - 1, Math.floor(x) + reach);
      column++
    ) {
      const far = ((column - x) ** 2 + (row - y) ** 2) / ((radius + 0.7) * (radius + 0.7))
      if (far >= 1) continue
      const at = row * width + column
      const value = luma[at] ?? 0
      luma[at] = value + (255 - value) * light * (1 - far) ** 1.2
    }
}

/** Draws slanted streaks of rain into luma. */
export const drawRain = (
  luma: Uint8Array,
  width: number,
  height: number,
  drops: readonly Flake[],
  time: number,
  slant: number,
  unit: number,
): void => {
  for (const drop of drops) {
    const down = drop.y + time * (1.6 + drop.speed * 4)
    const length = (18 + drop.size * 14) * unit
    const top = (down - Math.floor(down)) * (height + length) - length
    const start = ((drop.x + slant * 0.2 * Math.floor(down)) % 1) * (width * 1.2) - width * 0.1
    for (let step = 0; step < length; step++) {
      const y = Math.floor(top + step)
      const x = Math.floor(start + slant * (top + step))
      if (y < 0 || y >= height || x < 0 || x >= width) continue
      const at = y * width + x
      const value = luma[at] ?? 0
      luma[at] = value + (255 - value) * drop.light * 0.62 * (step / length)
    }
  }
}
