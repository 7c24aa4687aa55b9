import { lumaChroma } from '../../kernels/tone.ts'
import type { Pass, LookContext } from '../look-context.ts'

/** Amber, gold, rust and red: leaves as they fall. */
const COLOURS = [
  lumaChroma(222, 128, 32),
  lumaChroma(238, 184, 58),
  lumaChroma(168, 74, 34),
  lumaChroma(196, 46, 34),
] as const

/**
 * Leaves that fall through the picture, near ones larger and faster, each swaying and turning over. A leaf that has left
 * below comes back above.
 */
export const fallingLeaves = (context: LookContext, count: number): Pass => {
  const random = context.random('leaves fall')
  const wind = random() * 0.1 - 0.05
  const leaves = Array.from({ length: count }, () => {
    const near = random() ** 2.2
    return {
      x: random(),
      y: random(),
      speed: 0.07 + 0.16 * near,
      size: (4.5 + 14 * near) * context.unit,
      sway: 0.012 + 0.03 * random(),
      phase: random() * Math.PI * 2,
      spin: (random() - 0.5) * 3,
      roll: 1.2 + random() * 1.6,
      colour: COLOURS[Math.floor(random() * COLOURS.length)] ?? COLOURS[0],
    }
  })
  return ({ y, u, v, width, height, chromaWidth, shift }, time) => {
    for (const leaf of leaves) {
      const down = leaf.y + time * leaf.speed
      const swing = Math.sin(time * 1.3 + leaf.phase)
      const across = leaf.x + wind * time + leaf.sway * swing
      const reach = Math.ceil(leaf.size) + 1
      const middleX = (across - Math.floor(across)) * (width + 2 * reach) - reach
      const middleY = (down - Math.floor(down)) * (height + 2 * reach) - reach
      const angle = leaf.phase + leaf.spin * time
      const cos = Math.cos(angle) / leaf.size
      const sin = Math.sin(angle) / leaf.size
      const turned = Math.sin(time * leaf.roll + leaf.phase)
      const flat = 1 / (0.16 + 0.4 * Math.abs(turned))
      const luma = leaf.colour.y * (0.84 + 0.22 * turned)
      const bottom = Math.min(height - 1, Math.floor(middleY) + reach)
      const right = Math.min(width - 1, Math.floor(middleX) + reach)
      for (let row = Math.max(0, Math.floor(middleY) - reach); row <= bottom; row++)
        for (let x = Math.max(0, Math.floor(middleX) - reach); x <= right; x++) {
          const along = (x - middleX) * cos + (row - middleY) * sin
          const beside = ((row - middleY) * cos - (x - middleX) * sin) * flat
          // Pointed at both ends, as a beech leaf is; soft by about a pixel.
          const inside = (1 - along * along - Math.abs(beside)) * leaf.size * 0.7
          if (inside <= 0) continue
          const cover = inside > 1 ? 0.94 : inside * 0.94
          const vein = Math.abs(beside) < 0.12 ? 0.86 : 1
          const at = row * width + x
          y[at] = (y[at] ?? 0) + (luma * vein - (y[at] ?? 0)) * cover
          if (shift && (row & 1 || x & 1)) continue
          const chroma = (row >> shift) * chromaWidth + (x >> shift)
          u[chroma] = (u[chroma] ?? 128) + (leaf.colour.u - (u[chroma] ?? 128)) * cover
          v[chroma] = (v[chroma] ?? 128) + (leaf.colour.v - (v[chroma] ?? 128)) * cover
        }
    }
  }
}
