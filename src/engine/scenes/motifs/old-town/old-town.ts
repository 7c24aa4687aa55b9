import { townStyle } from '../../built/town-style.ts'
import type { Random } from '../../../random.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { drawSittingCat } from '../../figures/cat.ts'
import { paintSpire, paintTownHouse } from '../../built/house.ts'
import { smokeLayer } from '../../built/smoke.ts'
import { mistLayer } from '../../sky/mist.ts'
import { heavens, skyLife, weatherLayers } from '../../sky/outdoors.ts'
import { type ScenePainter, coverBox, still, type Layer } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'

/** The ridge of a near roof along the lower edge, with its tiles, a chimney, and a cat that looks at the town. */
const nearRoof = (scene: SceneContext, random: Random): Layer[] => {
  const { width, height, unit, light } = scene
  const tone = toneOf(scene)
  const snowy = light.season === 'winter' || light.weather === 'snow'
  const slant = (random() < 0.5 ? -1 : 1) * (0.05 + random() * 0.07)
  const ridge = (x: number): number => height * 0.9 + (x - width / 2) * slant
  const depth = 1
  const box = coverBox(scene, depth, height * 0.5)
  const sprite = paintSprite(box, depth, (ctx) => {
    ctx.beginPath()
    ctx.moveTo(box.x, ridge(box.x))
    ctx.lineTo(box.x + box.width, ridge(box.x + box.width))
    ctx.lineTo(box.x + box.width, height * 1.4)
    ctx.lineTo(box.x, height * 1.4)
    ctx.closePath()
    ctx.fillStyle = css(tone(snowy ? [214, 224, 240] : [120, 58, 46], 0.3))
    ctx.fill()
    ctx.save()
    ctx.clip()
    for (let course = 0; course < 9; course++)
      for (let x = box.x - 20 * unit; x < box.x + box.width; x += 26 * unit) {
        const px = x + (course % 2) * 13 * unit
        const py = ridge(px) + (12 + course * 22) * unit
        ctx.fillStyle = css(
          tone(shift(snowy ? [226, 234, 246] : [146, 72, 54], (random() - 0.5) * 0.09 - course * 0.015), 0.34),
          snowy ? 0.5 : 1,
        )
        ctx.beginPath()
        ctx.roundRect(px, py - 16 * unit, 25 * unit, 30 * unit, [0, 0, 12 * unit, 12 * unit])
        ctx.fill()
      }
    ctx.restore()
    ctx.fillStyle = css(tone(snowy ? [240, 245, 252] : [164, 84, 62], 0.5))
    for (let x = box.x; x < box.x + box.width; x += 36 * unit) {
      ctx.beginPath()
      ctx.ellipse(x, ridge(x), 20 * unit, 9 * unit, Math.atan(slant), 0, Math.PI * 2)
      ctx.fill()
    }
  })
  const cat = scene.brief.details.oldTown.hasCat || random() < 0.4
  const x = width * (random() < 0.5 ? 0.24 + random() * 0.1 : 0.68 + random() * 0.1)
  const fur = css(mix(light.ambient, [14, 12, 20], 0.82))
  const sitting: Layer = (ctx, view) => {
    lookAt(ctx, view, depth)
    ctx.translate(x, ridge(x) - 4 * unit)
    ctx.scale(92 * unit, 92 * unit)
    drawSittingCat(ctx, fur, Math.sin(view.seconds * 1.7) * Math.sin(view.seconds * 0.6), Math.sin(view.seconds * 0.5))
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
  return [still(sprite), ...(cat ? [sitting] : [])]
}

/** Over the roofs of an old town: gables behind gables with church towers among them, smoke from chimneys, a near roof. */
export const paintOldTown: ScenePainter = (scene) => {
  const { light, width, height, unit } = scene
  const random = scene.random('old town')
  const horizon = height * (0.42 + random() * 0.12)
  const ranks = 5
  const portrait = Math.max(1, (height / width) * 0.8)
  const tower = random() < 0.5 ? 0.26 + random() * 0.12 : 0.62 + random() * 0.12
  const layers: Layer[] = [
    ...heavens(scene, horizon),
    ...mountainRanges(scene, {
      horizon: horizon + 6 * unit,
      tall: 0.3 + random() * 0.35,
      bottom: horizon + 50 * unit,
    }),
  ]
  for (let rank = 0; rank < ranks; rank++) {
    const share = rank / (ranks - 1)
    const depth = 0.24 + share * 0.6
    const foot = horizon + (height * 1.02 - horizon) * (0.1 + share ** 1.3 * 0.86)
    const style = townStyle(scene, (1 - share) ** 1.4 * 0.66)
    const wide = (24 + share ** 1.3 * 104) * unit * Math.max(1, (height / width) * 1.1)
    const chimneys: { x: number; y: number; size: number }[] = []
    const sprite = paintSprite(coverBox(scene, depth, 0), depth, (ctx, box) => {
      const churches = rank === 0 ? 3 : rank === 1 ? 2 : rank === 2 ? 1 : 0
      for (let church = 0; church < churches; church++) {
        const at = rank === 2 ? tower : (tower + 0.3 + church * 0.33 + random() * 0.12) % 1
        const size = wide * (0.62 + random() * 0.25)
        paintSpire(
          ctx,
          random,
          { x: width * at, y: foot, wide: size, tall: (size * (6.4 + random() * 2)) / portrait },
          style,
        )
      }
      for (let x = box.x - wide; x < box.x + box.width + wide;) {
        const own = wide * (0.7 + random() * 0.6)
        const hill = Math.sin((x / width) * 2.4 + rank * 1.7) * 0.3
        paintTownHouse(
          ctx,
          random,
          { x: x + own / 2, y: foot + wide * 0.7, wide: own, tall: wide * (1.25 + hill + random() * 0.6) },
          style,
        )
        if (random() < 0.14) chimneys.push({ x: x + own * 0.25, y: foot - wide * (1 + hill), size: wide * 0.09 })
        x += own * (0.9 + random() * 0.14)
      }
    })
    layers.push(still(sprite))
    if (rank > 0 && rank < 4)
      layers.push(
        smokeLayer(scene, chimneys.slice(0, 3), {
          depth,
          colour: mix(light.haze, [255, 255, 255], 0.3),
          strength: 0.34,
        }),
      )
    if (rank < ranks - 1)
      layers.push(
        mistLayer(scene, {
          name: `roofs ${rank}`,
          y: foot + 4 * unit,
          thick: (46 + share * 20) * unit,
          depth: depth + 0.05,
          strength: Math.min(0.85, (0.4 - share * 0.3) * light.air),
          colour: mix(light.haze, light.skyLow, 0.5),
        }),
      )
  }
  return { horizon, layers: [...layers, ...nearRoof(scene, random), ...skyLife(scene), ...weatherLayers(scene)] }
}
