import type { Random } from '../../../random.ts'
import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fbm } from '../../../canvas/noise.ts'
import { strokeLine } from '../../../canvas/paths.ts'
import { coverBox, type Layer, type SceneContext, still } from '../../layers.ts'
import { type Box, paintSprite } from '../../../canvas/sprite.ts'
import { foliage } from '../../land/relief.ts'
import { paintBroadleaf, paintPine } from '../../land/trees.ts'

/** A hill: the height of its edge at a place across, its colour, and where a tree stands. */
type Hill = { crest: (x: number) => number; dark: Rgb; side: number; treeX: number }

const broadleaf = (ctx: DrawingContext, random: Random, { light, unit }: SceneContext, hill: Hill): void => {
  const { crest, dark, side, treeX } = hill
  const leaves = foliage(light, random)
  const place = { x: treeX, y: crest(treeX) + 6 * unit, height: (200 + random() * 130) * unit }
  const paints = { dark, light: mix(dark, leaves.light, 0.16), trunk: shift(dark, -0.02) }
  paintBroadleaf(ctx, random, { ...place, ...paints, side })
}

const spruces = (ctx: DrawingContext, random: Random, { light, unit }: SceneContext, hill: Hill): void => {
  const { crest, dark, side, treeX } = hill
  for (let pine = 0; pine < 9; pine++) {
    const x = treeX - side * pine * (16 + random() * 34) * unit
    const place = { x, y: crest(x) + 4 * unit, height: (70 + random() * 170) * unit }
    paintPine(ctx, random, { ...place, dark, light: mix(dark, light.key, 0.1), side })
  }
}

const grass = (ctx: DrawingContext, random: Random, { light, unit }: SceneContext, hill: Hill, box: Box): void => {
  const { crest, dark } = hill
  for (let blade = 0; blade < 1500; blade++) {
    const x = box.x + random() * box.width
    const down = random() ** 2
    const y = crest(x) + down * 120 * unit + 2
    ctx.strokeStyle = css(mix(dark, light.key, down < 0.05 ? 0.2 : 0.09), 0.6)
    strokeLine(ctx, [x, y, x + (random() - 0.4) * 8 * unit, y - (7 + down * 16) * unit], (0.8 + down) * unit)
  }
}

/** A dark hill against the sky, a tree or some spruces on it, grass along its edge, and room beside them for who stands there. */
export const hillTop = (
  scene: SceneContext,
  at: { x: number; y: number; tree: boolean },
): { layers: Layer[]; x: number; top: number; wooded: boolean } => {
  const { light, width, height, unit } = scene
  const random = scene.random('hill top')
  const noise = scene.noise('hill top')
  const depth = 0.9
  const kind = random()
  const broad = width * (0.34 + random() * 0.2)
  const rise = height * (0.05 + random() * 0.09)
  const crest = (x: number): number =>
    at.y +
    height * 0.1 -
    (rise + height * 0.06) * Math.exp(-(((x - at.x) / broad) ** 2)) +
    fbm(noise, x / (220 * unit), 3, 3) * 14 * unit
  const dark = mix(mix(light.ambient, [4, 6, 12], 0.72), light.haze, 0.03)
  const side = light.sun.x * width > at.x ? 1 : -1
  const treeX = at.x - side * (30 + random() * 60) * unit
  const standX = treeX + side * (130 + random() * 60) * unit
  const hill: Hill = { crest, dark, side, treeX }
  const sprite = paintSprite(coverBox(scene, depth), depth, (ctx, box) => {
    if (at.tree) (kind < 0.62 ? broadleaf : spruces)(ctx, random, scene, hill)
    ctx.beginPath()
    ctx.moveTo(box.x, box.y + box.height)
    for (let x = box.x; x <= box.x + box.width; x += 3) ctx.lineTo(x, crest(x))
    ctx.lineTo(box.x + box.width, box.y + box.height)
    ctx.closePath()
    const lit = mix(dark, light.key, 0.05)
    ctx.fillStyle = linearGradient(ctx, [0, at.y - rise, 0, height], [0, lit], [1, shift(dark, -0.04)])
    ctx.fill()
    grass(ctx, random, scene, hill, box)
  })
  return { layers: [still(sprite)], x: standX, top: crest(standX) + 2 * unit, wooded: at.tree && kind < 0.4 }
}
