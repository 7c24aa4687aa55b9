import type { Random } from '../../../random.ts'
import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { createNoise, fbm } from '../../../canvas/noise.ts'
import { fillEllipse, fillRectangle, strokeLine } from '../../../canvas/paths.ts'
import type { Picture } from '../../../canvas/picture.ts'
import { type Sprite, paintSprite, pixelSprite, printSprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../layers.ts'
import { drawAt } from '../../../canvas/curves.ts'

/** Its colour: that of a word ("a blue moon", "blood moon"), warm where it stands low, else pale. */
export const moonColour = ({ brief }: SceneContext, low: number): Rgb => {
  const named = brief.details.moon.isRed ? ([226, 96, 60] as const) : brief.colours[0]
  return named ? mix([244, 238, 224], named, 0.55) : mix([246, 246, 240], [255, 214, 152], low)
}

/** The disc with its seas, darker towards its limb. `lit` is how much of it is, 1 full to 0 new; `turn` in radians. */
const discPicture = (radius: number, colour: Rgb, lit: number, turn: number): Picture => {
  const noise = createNoise(11, 'seas of the moon')
  const side = Math.ceil(radius * 2 * Math.min(1, 150 / radius))
  const data = new Uint8ClampedArray(side * side * 4)
  const half = side / 2
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const nx = (column + 0.5 - half) / half
      const ny = (row + 0.5 - half) / half
      const far = nx * nx + ny * ny
      if (far > 1.03) continue
      const z = Math.sqrt(Math.max(0, 1 - far))
      const [u, v] = [nx * cos - ny * sin, nx * sin + ny * cos]
      const sea = Math.min(1, Math.max(0, fbm(noise, u * 1.25 + 3, v * 1.25 + z * 0.3, 4) * 3.4 - 0.1))
      const rough = fbm(noise, u * 5 + 30, v * 5, 3) * 0.1
      // Regolith shines back where it came from: the disc is nearly flat, only its rim is dimmer.
      const level = (1 - sea * 0.34 + rough) * (0.72 + 0.28 * z ** 0.6)
      const day = (nx - (1 - 2 * lit) * Math.sqrt(Math.max(0, 1 - ny * ny))) * 9 + 0.5
      const edge = lit >= 1 ? 1 : Math.min(1, Math.max(0, day))
      const at = (row * side + column) * 4
      for (let channel = 0; channel < 3; channel++)
        data[at + channel] = Math.min(
          255,
          colour[channel]! * level * (0.05 + 0.95 * edge) + (channel === 2 ? sea * 12 * edge : 0),
        )
      data[at + 3] =
        Math.min(1, Math.max(0, (1 - Math.sqrt(far)) * half + 0.5)) * 255 * (lit >= 1 ? 1 : 0.05 + 0.95 * edge)
    }
  return { width: side, height: side, data }
}

/** Craters, some with rays, about the origin. */
const craters = (ctx: DrawingContext, random: Random, radius: number, colour: Rgb): void => {
  const list = Array.from({ length: 130 }, () => {
    const [angle, out] = [random() * Math.PI * 2, Math.sqrt(random()) * 0.97]
    return { angle, out, size: radius * (0.008 + random() ** 5 * 0.075), rays: random() }
  })
  for (const { angle, out, size, rays } of list) {
    ctx.save()
    ctx.rotate(angle)
    ctx.translate(out * radius, 0)
    if (rays > 0.95 && size < radius * 0.04) {
      ctx.strokeStyle = css(mix(colour, [255, 255, 255], 0.6), 0.07)
      for (let ray = 0; ray < 22; ray++) {
        ctx.lineWidth = radius * (0.006 + random() * 0.018)
        const way = random() * Math.PI * 2
        const [x, y] = [
          Math.cos(way) * radius * (0.1 + random() * 0.4),
          Math.sin(way) * radius * (0.1 + random() * 0.4),
        ]
        strokeLine(ctx, [0, 0, x, y])
      }
    }
    // Foreshortened towards the limb.
    ctx.scale(Math.max(0.25, Math.sqrt(1 - out * out)), 1)
    ctx.rotate(-angle)
    const bowl = ctx.createLinearGradient(-size, -size, size, size)
    bowl.addColorStop(0, css(mix(colour, [40, 40, 56], 0.55), 0.4))
    bowl.addColorStop(0.6, css(mix(colour, [40, 40, 56], 0.3), 0.14))
    bowl.addColorStop(1, css(mix(colour, [255, 255, 255], 0.6), 0.5))
    fillEllipse(ctx, bowl, [0, 0, size, size])
    ctx.restore()
  }
}

/** The moon as a telescope shows it: seas, craters with their rays, darker towards its limb, in a wide glow. */
export const greatMoon = (
  scene: SceneContext,
  { x, y, radius, colour }: { x: number; y: number; radius: number; colour: Rgb },
  depth: number,
): Sprite => {
  const { isCrescent, isHalf } = scene.brief.details.moon
  const lit = isCrescent ? 0.16 : isHalf ? 0.5 : 1
  const random = scene.random('craters')
  const picture = discPicture(radius, colour, lit, random() * 6)
  const disc = pixelSprite({ x: x - radius, y: y - radius, width: radius * 2, height: radius * 2 }, depth, picture)
  const reach = radius * 2.7
  const moon = paintSprite({ x: x - reach, y: y - reach, width: reach * 2, height: reach * 2 }, depth, (ctx) => {
    const halo = ctx.createRadialGradient(x, y, radius * 0.9, x, y, reach)
    halo.addColorStop(0, css(colour, 0.34 * lit ** 0.4))
    halo.addColorStop(0.12, css(colour, 0.17 * lit ** 0.4))
    halo.addColorStop(0.45, css(colour, 0.05 * lit ** 0.4))
    halo.addColorStop(1, css(colour, 0))
    fillRectangle(ctx, halo, [x - reach, y - reach, reach * 2, reach * 2])
  })
  printSprite(moon, disc)
  if (lit < 1) return moon
  const ctx = moon.canvas.getContext('2d')
  drawAt(ctx, { x: reach, y: reach }, () => {
    ctx.beginPath()
    ctx.arc(0, 0, radius, 0, Math.PI * 2)
    ctx.clip()
    craters(ctx, random, radius, colour)
  })
  // Reading a pixel makes the canvas draw what it was told.
  ctx.getImageData(0, 0, 1, 1)
  return moon
}
