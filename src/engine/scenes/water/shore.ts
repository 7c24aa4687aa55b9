import { css, lit, mix, shift } from '../../canvas/colour.ts'
import { coverBox, type Layer } from '../layers.ts'
import { drawSprite, paintSprite } from '../../canvas/sprite.ts'
import type { SceneContext } from '../context.ts'

/** A beach along the lower edge: dry sand, the wet strip that mirrors the sky, and foam that runs up and ebbs. */
export const shoreLayer = (scene: SceneContext, line: { y: number }): Layer => {
  const { light, width, height, unit } = scene
  const random = scene.random('shore')
  const noise = scene.noise('shore')
  const strength = light.dark > 0.6 ? 0.5 : 0.95
  const sand = lit([224, 200, 160], mix(light.key, light.ambient, 0.3), strength)
  const wet = mix(lit([150, 124, 96], light.ambient, strength), light.skyLow, 0.35)
  const box = coverBox(scene, 1, line.y - 90 * unit, height)
  const slant = (random() - 0.5) * 0.12
  const edge = (x: number): number => line.y + (x - width / 2) * slant + noise(x / (360 * unit), 4) * 22 * unit
  const sprite = paintSprite(box, 1, (ctx) => {
    ctx.beginPath()
    ctx.moveTo(box.x, box.y + box.height)
    for (let x = box.x; x <= box.x + box.width; x += 6) ctx.lineTo(x, edge(x) + 26 * unit)
    ctx.lineTo(box.x + box.width, box.y + box.height)
    ctx.closePath()
    const fill = ctx.createLinearGradient(0, line.y, 0, height)
    fill.addColorStop(0, css(wet))
    fill.addColorStop(0.42, css(mix(wet, sand, 0.7)))
    fill.addColorStop(1, css(shift(sand, -0.05)))
    ctx.fillStyle = fill
    ctx.fill()
    ctx.clip()
    for (let count = 0; count < 3800; count++) {
      const x = box.x + random() * box.width
      const y = line.y + 30 * unit + random() * (height - line.y)
      ctx.fillStyle = css(random() < 0.5 ? shift(sand, 0.05) : shift(sand, -0.1), 0.25)
      ctx.fillRect(x, y, (1 + random() * 3) * unit, (0.6 + random()) * unit)
    }
  })
  const foam = css(mix([250, 252, 255], light.key, light.dark > 0.4 ? 0.55 : 0.15))
  return (ctx, view) => {
    drawSprite(ctx, view, sprite)
    const shift = -view.x * width
    const drop = -view.y * height
    const surges = [0, 1, 2].map((index) => {
      const cycle = (view.seconds * 0.16 + index / 3) % 1
      return { up: Math.sin(cycle * Math.PI), fade: Math.sin(cycle * Math.PI) ** 0.7, index }
    })
    for (const surge of surges) {
      const run = (-46 + surge.up * 78) * unit
      const y = (x: number): number =>
        edge(x) + run + noise(x / (120 * unit) + surge.index * 7, surge.index + view.seconds * 0.12) * 16 * unit + drop
      const crests: (readonly [x: number, y: number, rough: number])[] = []
      for (let x = -10; x <= width + 14; x += 14)
        crests.push([
          x,
          y(x - shift),
          Math.abs(noise(x / (26 * unit), surge.index * 5 + view.seconds * 0.5)) * 5 * unit,
        ])
      ctx.fillStyle = foam
      for (const [thick, alpha] of [
        [16, 0.16],
        [7, 0.34],
        [2.4, 0.8],
      ] as const) {
        // Filled, not stroked: a canvas takes half as long.
        ctx.beginPath()
        for (const [x, crest, rough] of crests) ctx.lineTo(x, crest + rough - thick * 0.9 * unit)
        for (const [x, crest, rough] of crests.toReversed()) ctx.lineTo(x, crest + rough + thick * 0.1 * unit)
        ctx.closePath()
        ctx.globalAlpha = alpha * surge.fade * (light.dark > 0.6 ? 0.5 : 1)
        ctx.fill()
      }
    }
    ctx.globalAlpha = 1
  }
}
