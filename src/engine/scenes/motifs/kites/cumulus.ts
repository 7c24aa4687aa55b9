import { mix } from '../../../canvas/colour.ts'
import { driftBox, type Layer, type SceneContext } from '../../layers.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import { paintBillows } from '../../sky/billows.ts'

/** Heaped fair-weather clouds that stand over the horizon and drift: a few great ones, smaller ones behind them. */
export const cumulus = (scene: SceneContext, horizon: number): Layer => {
  const { light, width, unit } = scene
  const random = scene.random('cumulus')
  const speed = (random() < 0.5 ? -1 : 1) * 0.006
  const box = driftBox(scene, 0.1, speed, 0, horizon)
  const lit = mix(mix([255, 254, 250], light.key, 0.35), light.skyLow, 0.08)
  const shade = mix(mix(light.ambient, light.skyMid, 0.62), [255, 255, 255], 0.22)
  const sprite = paintSprite(box, 0.1, (ctx) => {
    for (const [level, size, dense, far] of [
      [0.94, 46, 0.5, 0.4],
      [0.8, 86, 0.42, 0.2],
      [0.58, 124, 0.3, 0.06],
    ] as const)
      paintBillows(ctx, random, {
        from: box.x,
        to: box.x + box.width,
        base: horizon * (level + (random() - 0.5) * 0.06),
        size: size * unit,
        apart: 2.1,
        dense,
        flat: 0.62,
        lit: mix(lit, light.skyLow, far),
        mid: mix(mix(lit, shade, 0.45), light.skyLow, far),
        shade: mix(shade, light.skyLow, far),
        sunX: light.sun.x * width,
      })
  })
  return (ctx, view) => drawSprite(ctx, view, sprite, speed * view.seconds * width)
}
