import type { Rgb } from '../../../rgb.ts'
import { fillEllipse, fillPolygon, strokeEllipse } from '../../../canvas/paths.ts'
import { toneOf, type Tone } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { koiLayer } from './koi.ts'
import { lilyLayer } from './lilies.ts'
import { maplePalette, overhang, paintMapleLeaf } from '../../land/maple.ts'
import { fbm } from '../../../canvas/noise.ts'
import { weatherLayers } from '../../sky/outdoors.ts'
import { coverBox, type Layer, layerAt, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { paintSprite, pixelSprite, type Sprite } from '../../../canvas/sprite.ts'

type Water = { deep: Rgb; mid: Rgb; shine: Rgb }

/** The surface from above: deep water, the sky that it mirrors on one side, the crowns of trees on the other. */
const surfaceSprite = (scene: SceneContext, water: Water, crowns: Rgb, corner: number): Sprite => {
  const { width, height } = scene
  const box = coverBox(scene, 0.3)
  const scale = 0.25
  const [columns, rows] = [Math.ceil(box.width * scale), Math.ceil(box.height * scale)]
  const noise = scene.noise('pond')
  const grain = scene.random('pond grain')
  const data = new Uint8ClampedArray(columns * rows * 4)
  const cell = Math.min(width, height)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const x = column / scale + box.x
      const y = row / scale + box.y
      const across = corner > 0 ? x / width : 1 - x / width
      const wave = fbm(noise, x / cell / 0.5, y / cell / 0.22, 3)
      const sky = Math.min(1, Math.max(0, 0.95 - across * 0.9 - (y / height) * 0.75 + wave * 0.3))
      const leaves = fbm(noise, x / cell / 0.16 + 40, y / cell / 0.1, 4)
      const crown = Math.min(1, Math.max(0, across * 1.1 - (y / height) * 0.85 + leaves * 1.2 - 0.25)) * 0.62
      const index = (row * columns + column) * 4
      for (let channel = 0; channel < 3; channel++) {
        const ground = water.deep[channel]! + (water.mid[channel]! - water.deep[channel]!) * (0.45 + wave * 0.7)
        const bright = ground + (water.shine[channel]! - ground) * sky * sky * 0.85
        data[index + channel] = bright + (crowns[channel]! - bright) * crown + (grain() - 0.5) * 2
      }
      data[index + 3] = 255
    }
  return pixelSprite(box, 0.3, { width: columns, height: rows, data })
}

const stones = (scene: SceneContext, tone: Tone, corner: number): Layer => {
  const { width, height, unit } = scene
  const random = scene.random('stones')
  const box = coverBox(scene, 0.62)
  const snowy = scene.light.weather === 'snow'
  const edge = (at: number): readonly [number, number] => [
    corner > 0 ? width * (0.06 - at * 0.24) : width * (0.94 + at * 0.24),
    height * (0.42 + at * 0.7),
  ]
  const sprite = paintSprite(box, 0.62, (ctx) => {
    for (let stone = 0; stone < 17; stone++) {
      const at = stone / 16
      const [x, y] = edge(at)
      const size = (54 + random() * 70) * unit * (0.7 + at * 0.9)
      const px = x + (random() - 0.5) * size + (corner > 0 ? 1 : -1) * at * size * 1.5
      const py = y + (random() - 0.5) * size * 0.5
      const rock: Rgb = mix([112, 112, 116], [128, 108, 92], random())
      const points = Array.from({ length: 14 }, (_, index) => {
        const angle = (index / 14) * Math.PI * 2
        const out = size * (0.86 + random() * 0.22)
        return [px + Math.cos(angle) * out, py + Math.sin(angle) * out * 0.6] as const
      })
      const shadow = points.flatMap(([a, b]) => [a + size * 0.1, b + size * 0.16])
      fillPolygon(ctx, css([4, 10, 12], 0.34), shadow)
      ctx.save()
      fillPolygon(ctx, css(tone(shift(rock, -0.12), 0.2)), points.flat())
      ctx.clip()
      const top = points.flatMap(([a, b]) => [px + (a - px) * 0.86 - size * 0.05, py + (b - py) * 0.8 - size * 0.12])
      fillPolygon(ctx, css(snowy ? tone([240, 244, 250], 0.6) : tone(rock, 0.55)), top)
      for (let moss = 0; moss < 26; moss++) {
        const colour = css(tone(snowy ? [220, 230, 240] : [92, 112, 54], 0.4 + random() * 0.4), 0.5)
        const [mossX, mossY] = [px + (random() - 0.5) * size * 1.8, py - size * 0.2 + (random() - 0.6) * size * 0.6]
        fillEllipse(ctx, colour, [mossX, mossY, size * (0.03 + random() * 0.09), size * (0.02 + random() * 0.04)])
      }
      ctx.restore()
    }
  })
  return still(sprite)
}

/** Rings that open where a fish has touched the surface. */
const ringLayer = (scene: SceneContext, colour: Rgb): Layer => {
  const { width, height, unit, light } = scene
  const random = scene.random('rings')
  const wet = light.weather === 'rain' || light.weather === 'storm'
  const rings = Array.from({ length: wet ? 70 : 9 }, () => ({
    x: width * (0.06 + random() * 0.88),
    y: height * (0.1 + random() * 0.84),
    at: random(),
    pace: wet ? 0.6 + random() * 0.5 : 0.16 + random() * 0.1,
    size: (wet ? 30 + random() * 30 : 70 + random() * 110) * unit,
  }))
  return layerAt(0.5, (ctx, view) => {
    ctx.strokeStyle = css(colour)
    for (const ring of rings) {
      const age = (ring.at + view.seconds * ring.pace) % 1
      for (const lag of wet ? [0] : [0, 0.16, 0.32]) {
        const grown = age - lag
        if (grown <= 0) continue
        ctx.globalAlpha = 0.5 * (1 - grown) ** 2 * Math.min(1, grown * 12)
        ctx.lineWidth = (2.2 - grown) * unit
        strokeEllipse(ctx, [ring.x, ring.y, ring.size * grown, ring.size * grown * 0.66])
      }
    }
    ctx.globalAlpha = 1
  })
}

/** Leaves that drift on the surface over their shadows. */
const floating = (scene: SceneContext, colours: readonly Rgb[], amount: number): Layer => {
  const { width, height, unit } = scene
  const random = scene.random('floating')
  const side = random() < 0.5 ? -1 : 1
  const leaves = Array.from({ length: amount }, () => ({
    x: random() * width * 1.1 - width * 0.05,
    y: height * (0.04 + random() ** 0.8 * 0.98),
    size: (9 + random() * 12) * unit,
    turn: random() * 6,
    spin: (random() - 0.5) * 0.24,
    colour: colours[Math.floor(random() * colours.length)]!,
    drift: (4 + random() * 6) * unit * side,
  }))
  return layerAt(0.52, (ctx, view) => {
    for (const leaf of leaves) {
      const x = leaf.x + leaf.drift * view.seconds
      const y = leaf.y + Math.sin(view.seconds * 0.5 + leaf.turn) * 3 * unit
      const angle = leaf.turn + leaf.spin * view.seconds
      paintMapleLeaf(ctx, 'rgba(2,10,14,0.3)', [x + leaf.size * 0.2, y + leaf.size * 0.4, leaf.size, angle])
      paintMapleLeaf(ctx, css(leaf.colour), [x, y, leaf.size, angle])
    }
  })
}

/** A garden pond from above: koi under the surface, lilies, stones, and the boughs of a maple that hang over it. */
export const paintPond: ScenePainter = (scene) => {
  const { light, brief, height } = scene
  const random = scene.random('pond')
  const corner = random() < 0.5 ? 1 : -1
  const tone = toneOf(scene)
  const hue = (random() - 0.5) * 0.5
  const word = brief.colours[0]
  const base = shift([18, 74, 78], 0, 1, hue)
  const water: Water = {
    deep: mix(shift(base, -0.1), light.ambient, 0.2 + light.dark * 0.4),
    mid: mix(shift(base, 0.06), light.ambient, 0.3),
    shine: mix(light.skyMid, light.skyLow, 0.55),
  }
  const leaves = maplePalette(scene, word)
  const { hasFish, hasTree } = brief.details.pond
  const boughs = random() < 0.85 || hasTree
  return {
    horizon: height / 2,
    layers: [
      still(surfaceSprite(scene, water, mix(leaves[0]!, water.deep, 0.45), corner)),
      koiLayer(scene, hasFish ? 9 + Math.floor(random() * 3) : 3, water),
      ringLayer(scene, mix(water.shine, [255, 255, 255], 0.3)),
      floating(scene, leaves, light.season === 'autumn' || light.season === 'spring' ? 34 : 8),
      ...(random() < 0.75 ? [lilyLayer(scene, tone, corner)] : []),
      ...(random() < 0.7 ? [stones(scene, tone, corner)] : []),
      ...(boughs ? [overhang(scene, leaves, corner)] : []),
      ...weatherLayers(scene),
    ],
  }
}
