import { css, lit, mix, shift } from '../../canvas/colour.ts'
import { linearGradient } from '../../canvas/gradients.ts'
import type { Noise } from '../../canvas/noise.ts'
import { coverBox, type Layer, type SceneContext, still } from '../layers.ts'
import { paintSprite } from '../../canvas/sprite.ts'
import type { Random } from '../../random.ts'

type Shore = { y: number; edge: (x: number) => number; noise: Noise }

/** Dry sand, and the wet strip that mirrors the sky. */
const sandLayer = (scene: SceneContext, { y: line, edge }: Shore, random: Random): Layer => {
  const { light, height, unit } = scene
  const strength = light.dark > 0.6 ? 0.5 : 0.95
  const sand = lit([224, 200, 160], mix(light.key, light.ambient, 0.3), strength)
  const wet = mix(lit([150, 124, 96], light.ambient, strength), light.skyLow, 0.35)
  const sprite = paintSprite(coverBox(scene, 1, line - 90 * unit, height), 1, (ctx, box) => {
    ctx.beginPath()
    ctx.moveTo(box.x, box.y + box.height)
    for (let x = box.x; x <= box.x + box.width; x += 6) ctx.lineTo(x, edge(x) + 26 * unit)
    ctx.lineTo(box.x + box.width, box.y + box.height)
    ctx.closePath()
    ctx.fillStyle = linearGradient(
      ctx,
      [0, line, 0, height],
      [0, wet],
      [0.42, mix(wet, sand, 0.7)],
      [1, shift(sand, -0.05)],
    )
    ctx.fill()
    ctx.clip()
    for (let grain = 0; grain < 3800; grain++) {
      const x = box.x + random() * box.width
      const y = line + 30 * unit + random() * (height - line)
      ctx.fillStyle = css(random() < 0.5 ? shift(sand, 0.05) : shift(sand, -0.1), 0.25)
      ctx.fillRect(x, y, (1 + random() * 3) * unit, (0.6 + random()) * unit)
    }
  })
  return still(sprite)
}

/** How thick a line of foam is, in pixels of 720 lines, and how opaque: drawn one over the other. */
const FOAM = [
  [16, 0.16],
  [7, 0.34],
  [2.4, 0.8],
] as const

/** Foam that runs up the beach and ebbs, three surges one after the other. */
const foamLayer = (scene: SceneContext, { edge, noise }: Shore): Layer => {
  const { light, width, height, unit } = scene
  const foam = css(mix([250, 252, 255], light.key, light.dark > 0.4 ? 0.55 : 0.15))
  return (ctx, view) => {
    const shift = -view.x * width
    const drop = -view.y * height
    ctx.fillStyle = foam
    for (let surge = 0; surge < 3; surge++) {
      const up = Math.sin(((view.seconds * 0.16 + surge / 3) % 1) * Math.PI)
      const run = (-46 + up * 78) * unit
      const y = (x: number): number =>
        edge(x) + run + noise(x / (120 * unit) + surge * 7, surge + view.seconds * 0.12) * 16 * unit + drop
      const crests: (readonly [x: number, y: number, rough: number])[] = []
      for (let x = -10; x <= width + 14; x += 14) {
        const rough = Math.abs(noise(x / (26 * unit), surge * 5 + view.seconds * 0.5)) * 5 * unit
        crests.push([x, y(x - shift), rough])
      }
      for (const [thick, alpha] of FOAM) {
        // Filled, not stroked: a canvas takes half as long.
        ctx.beginPath()
        for (const [x, crest, rough] of crests) ctx.lineTo(x, crest + rough - thick * 0.9 * unit)
        for (const [x, crest, rough] of crests.toReversed()) ctx.lineTo(x, crest + rough + thick * 0.1 * unit)
        ctx.closePath()
        ctx.globalAlpha = alpha * up ** 0.7 * (light.dark > 0.6 ? 0.5 : 1)
        ctx.fill()
      }
    }
    ctx.globalAlpha = 1
  }
}

/** A beach along the lower edge: dry sand, the wet strip that mirrors the sky, and foam that runs up and ebbs. */
export const shoreLayer = (scene: SceneContext, line: { y: number }): Layer => {
  const { width, unit } = scene
  const random = scene.random('shore')
  const noise = scene.noise('shore')
  const slant = (random() - 0.5) * 0.12
  const edge = (x: number): number => line.y + (x - width / 2) * slant + noise(x / (360 * unit), 4) * 22 * unit
  const shore = { y: line.y, edge, noise }
  const sand = sandLayer(scene, shore, random)
  const foam = foamLayer(scene, shore)
  return (ctx, view) => {
    sand(ctx, view)
    foam(ctx, view)
  }
}
