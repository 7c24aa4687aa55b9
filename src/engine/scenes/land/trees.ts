import type { Random } from '../../random.ts'
import type { Rgb } from '../../rgb.ts'
import type { DrawingContext } from '../../canvas/drawing-context.ts'
import { css, mix } from '../../canvas/colour.ts'
import type { Specks } from '../../canvas/specks.ts'
import { fillRectangle } from '../../canvas/paths.ts'

/** A spruce with ragged boughs, its foot at x, y. */
export const paintPine = (
  ctx: DrawingContext,
  random: Random,
  tree: { x: number; y: number; height: number; dark: Rgb; light: Rgb; side: number },
): void => {
  const { x, y, height } = tree
  const tiers = Math.max(5, Math.min(26, Math.round(height / 7)))
  const wide = height * (0.17 + random() * 0.07)
  fillRectangle(ctx, css(tree.dark), [x - height * 0.012, y - height * 0.2, height * 0.024, height * 0.2])
  const outline = (scale: number, dx: number): void => {
    ctx.beginPath()
    ctx.moveTo(x + dx, y - height)
    for (let tier = 1; tier <= tiers; tier++) {
      const share = tier / tiers
      const reach = wide * share ** 0.85 * scale * (0.72 + random() * 0.5)
      const drop = y - height + height * 0.93 * share
      ctx.lineTo(x + dx + reach, drop + height * 0.02 * random())
      ctx.lineTo(x + dx + reach * 0.42, drop - height * 0.012)
    }
    for (let tier = tiers; tier >= 1; tier--) {
      const share = tier / tiers
      const reach = wide * share ** 0.85 * scale * (0.72 + random() * 0.5)
      const drop = y - height + height * 0.93 * share
      ctx.lineTo(x + dx - reach * 0.42, drop - height * 0.012)
      ctx.lineTo(x + dx - reach, drop + height * 0.02 * random())
    }
    ctx.closePath()
    ctx.fill()
  }
  outline(1, 0)
  if (height < 16) return
  ctx.fillStyle = css(mix(tree.dark, tree.light, 0.7), 0.55)
  outline(0.5, wide * 0.24 * tree.side)
}

/** Steps from dark to light of a tree's leaves: there are thousands of them. */
const TONES = 24

/** What leaves are painted with: specks, or a canvas where more is painted over them. */
type Leaves = Pick<Specks, 'paint' | 'ellipse'>

const leavesOn = (ctx: DrawingContext): Leaves => ({
  paint: (colour, alpha) => {
    ctx.fillStyle = css(colour, alpha)
  },
  ellipse: (x, y, along, across, angle) => {
    ctx.beginPath()
    ctx.ellipse(x, y, along, across, angle, 0, Math.PI * 2)
    ctx.fill()
  },
})

/** A broad-leaved tree: trunk, and a crown of many small leaf masses lit from one side. */
export const paintBroadleaf = (
  ctx: DrawingContext,
  random: Random,
  tree: { x: number; y: number; height: number; dark: Rgb; light: Rgb; trunk: Rgb; side: number },
  leaves: Leaves = leavesOn(ctx),
): void => {
  const { x, y, height } = tree
  ctx.strokeStyle = css(tree.trunk)
  ctx.lineCap = 'round'
  const limbs: { x: number; y: number }[] = []
  const branch = (bx: number, by: number, angle: number, length: number, width: number): void => {
    const ex = bx + Math.sin(angle) * length
    const ey = by - Math.cos(angle) * length
    ctx.lineWidth = width
    ctx.beginPath()
    ctx.moveTo(bx, by)
    ctx.quadraticCurveTo(bx + Math.sin(angle * 0.5) * length * 0.5, by - Math.cos(angle * 0.5) * length * 0.5, ex, ey)
    ctx.stroke()
    if (length < height * 0.12) {
      limbs.push({ x: ex, y: ey })
      return
    }
    const count = 2 + Math.floor(random() * 2)
    for (let index = 0; index < count; index++)
      branch(ex, ey, angle + (random() - 0.5) * 1.5, length * (0.62 + random() * 0.18), width * 0.62)
  }
  branch(x, y, (random() - 0.5) * 0.12, height * 0.27, Math.max(1, height * 0.05))
  // The heart of the crown, so that it is a mass and not a ring of tufts.
  for (let index = 0; index < 9; index++) {
    const angle = random() * Math.PI * 2
    const out = Math.sqrt(random()) * height * 0.2
    limbs.push({ x: x + Math.cos(angle) * out * 1.15, y: y - height * 0.6 + Math.sin(angle) * out })
  }
  // A near tree shows its leaves; a far one only the masses of them.
  const near = height > 80
  const leaf = height * (near ? 0.021 : 0.04)
  const count = near ? 21 : 7
  const tones = Array.from({ length: TONES + 1 }, (_, tone) => mix(tree.dark, tree.light, tone / TONES))
  for (let pass = 0; pass < 3; pass++)
    for (const limb of limbs)
      for (let index = 0; index < count; index++) {
        const angle = random() * Math.PI * 2
        const out = Math.sqrt(random()) * height * (0.13 - pass * 0.014)
        const lx = limb.x + Math.cos(angle) * out + (pass * tree.side * height) / 60
        const ly = limb.y + Math.sin(angle) * out * 0.8 - (pass * height) / 56
        // Each mass is round: lit above and towards the sun, dark below, where the next mass begins.
        const round = (Math.cos(angle) * tree.side * 0.5 - Math.sin(angle) * 0.8) * (out / (height * 0.13))
        const crown = (y - height * 0.62 - limb.y) / (height * 0.9) + ((limb.x - x) / height) * tree.side * 0.4
        const share = Math.min(1, Math.max(0, pass * 0.24 + round * 0.26 + crown * 0.5 + random() * 0.2))
        leaves.paint(tones[Math.round(share * TONES)]!, 0.9)
        leaves.ellipse(lx, ly, leaf * (0.6 + random() * 0.8), leaf * (0.35 + random() * 0.45), angle)
      }
}
