import { css, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { cuttingLayer } from './paper-cuttings.ts'
import { ringsLayer } from './paper-rings.ts'
import { tileLayer } from './paper-tiles.ts'
import { paletteOf } from './paper.ts'
import { type ScenePainter, coverBox, still } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'

/** Circles, triangles, bars and arcs as the Bauhaus and Memphis laid them out: a wall of tiles, cut paper, or great rings. */
export const paintShapes: ScenePainter = (scene) => {
  const { width, height } = scene
  const palette = paletteOf(scene)
  const kind = scene.random('layout')()
  const box = coverBox(scene, 0.2)
  const ground = paintSprite(box, 0.2, (ctx) => {
    const { paper } = palette
    ctx.fillStyle = linearGradient(ctx, [0, 0, width, height], [0, shift(paper, 0.015)], [1, shift(paper, -0.03)])
    ctx.fillRect(box.x, box.y, box.width, box.height)
    if (kind < 0.4) return
    ctx.fillStyle = css(palette.paints[1] ?? palette.ink, 0.5)
    const edge = width * (0.3 + scene.random('field')() * 0.4)
    ctx.fillRect(box.x, box.y, edge, box.height)
  })
  return {
    horizon: height / 2,
    layers: [
      still(ground),
      ...(kind < 0.4 ? [tileLayer(scene, palette)] : []),
      ...(kind >= 0.75 ? [ringsLayer(scene, palette)] : []),
      ...(kind >= 0.4 ? [cuttingLayer(scene, palette)] : []),
    ],
  }
}
