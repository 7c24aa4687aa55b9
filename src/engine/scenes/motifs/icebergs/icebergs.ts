import { toneOf, type Tone } from '../../tone.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { fillPolygon, fillRectangle } from '../../../canvas/paths.ts'
import { paintBerg, paintFloe } from './ice.ts'
import { airLayer } from '../../sky/mist.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { penguinLayer } from './penguins.ts'
import { coverBox, type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { drawSprite, paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { glintLayer, mirrorLayer } from '../../water/water.ts'
import { linearGradient } from '../../../canvas/gradients.ts'

/** The front of a glacier: a wall of ice split into pillars, blue in its clefts, with the snow field rising behind it. */
const glacierFront = (scene: SceneContext, line: number, tone: Tone, tall: number): Sprite => {
  const { unit } = scene
  const random = scene.random('glacier')
  const noise = scene.noise('glacier')
  const box = coverBox(scene, 0.24, 0, line + 3)
  const sunny = scene.light.sun.x > 0.5 ? 1 : -1
  return paintSprite(box, 0.24, (ctx) => {
    fillRectangle(ctx, css(tone([150, 198, 222], 0.5, 0.24)), [box.x, line - tall * 0.6, box.width, tall * 0.6])
    let x = box.x - 20 * unit
    while (x < box.x + box.width) {
      const wide = (9 + random() * 22) * unit
      const top = line - tall * (0.72 + noise(x / (150 * unit), 2) * 0.42 + random() * 0.16)
      const lean = (random() - 0.5) * wide * 0.3
      const facing = 0.3 + random() * 0.5
      const lit = css(tone(mix([186, 218, 236], [240, 247, 252], facing), 0.4 + facing * 0.5, 0.2))
      const dark = css(tone(mix([112, 172, 208], [160, 204, 226], random()), 0.4, 0.3))
      const cut = wide * (0.45 + random() * 0.25)
      const [y1, y2] = [top + random() * 6 * unit, top - random() * 5 * unit]
      fillPolygon(ctx, sunny > 0 ? dark : lit, [x, line, x + lean, y1, x + cut + lean, y2, x + cut, line])
      const [y3, y4] = [top - random() * 4 * unit, top + random() * 9 * unit]
      const [from, to] = [x + cut - 0.6, x + wide + 1]
      const right = [from, line, x + cut + lean - 0.6, y3, x + wide + lean + 1, y4, to, line]
      fillPolygon(ctx, sunny > 0 ? lit : dark, right)
      x += wide
    }
    ctx.globalCompositeOperation = 'source-atop'
    ctx.fillStyle = linearGradient(
      ctx,
      [0, line - tall * 0.6, 0, line],
      [0, tone([80, 180, 210], 0.5, 0.2), 0],
      [1, tone([40, 140, 176], 0.5, 0.2), 0.6],
    )
    ctx.fillRect(box.x, line - tall, box.width, tall + 4)
    ctx.globalCompositeOperation = 'source-over'
  })
}

/** Rows of icebergs from far to near: how many, how broad (in units), how far below the horizon's line, how much air before them. */
const RANKS = [
  { count: 6, wide: 90, low: 2, far: 0.42 },
  { count: 3, wide: 210, low: 6, far: 0.2 },
  { count: 1, wide: 520, low: 16, far: 0.02 },
] as const

/** Rows of icebergs, each on a sprite of its own, that rise and sink a hair. */
const bergLayers = (scene: SceneContext, line: number, tone: Tone): Layer[] => {
  const { width, height, unit, light } = scene
  const random = scene.random('bergs')
  const side = light.sun.x > 0.5 ? -1 : 1
  const portrait = Math.max(1, (height / width) * 0.9)
  const hero = random() < 0.5 ? 0.3 + random() * 0.08 : 0.62 + random() * 0.08
  return RANKS.map(({ count, far, ...row }, rank) => {
    const depth = 0.3 + rank * 0.14
    const y = line + row.low * unit
    const sprite = paintSprite(coverBox(scene, depth, 0, y + 4), depth, (ctx) => {
      for (let index = 0; index < count; index++) {
        const at = rank === 2 ? hero : rank === 1 ? (hero + 0.36 + index * 0.3 + random() * 0.1) % 1 : random()
        const wide = row.wide * unit * (0.7 + random() * 0.6)
        const tall = wide * (rank === 2 ? 0.44 + random() * 0.18 : 0.3 + random() * 0.25) * Math.min(1.35, portrait)
        const foot = y + (rank === 0 ? random() * 4 * unit : 0)
        paintBerg(ctx, random, { x: width * at, y: foot, wide, tall, far, side }, tone)
      }
    })
    return (ctx, view) => {
      const bob = Math.sin(view.seconds * (0.7 - rank * 0.12) + rank * 2) * (0.5 + rank * 0.7) * unit
      drawSprite(ctx, view, sprite, 0, bob)
    }
  })
}

/** Floes on the water, fewer in the middle of the picture; the one at `stand` lies by itself. */
const floeLayer = (
  scene: SceneContext,
  line: number,
  tone: Tone,
  stand: { x: number; y: number; wide: number },
): Layer => {
  const { width, height, unit } = scene
  const random = scene.random('floes')
  const depth = 0.9
  const sprite = paintSprite(coverBox(scene, depth, line), depth, (ctx) => {
    for (let index = 0; index < 46; index++) {
      const near = (index + random()) / 46
      const y = line + 26 * unit + near ** 1.7 * (height - line)
      const x = random() * width * 1.1 - width * 0.05
      const clear = Math.abs(x - stand.x) < stand.wide * 1.1 && Math.abs(y - stand.y) < stand.wide * 0.34
      if (clear || (near > 0.4 && Math.abs(x / width - 0.5) < 0.2 && random() < 0.75)) continue
      const wide = (8 + near ** 1.4 * 120 * (0.4 + random())) * unit
      paintFloe(ctx, random, { x, y, wide, flat: 0.14 + near * 0.12 }, tone)
    }
    paintFloe(ctx, random, { ...stand, flat: 0.26 }, tone)
  })
  return (ctx, view) =>
    drawSprite(ctx, view, sprite, Math.sin(view.seconds * 0.4) * 3 * unit, Math.sin(view.seconds * 0.9) * 1.4 * unit)
}

/** A polar sea: icebergs before the front of a glacier, floes close by, penguins on the nearest where they are asked for. */
export const paintIcebergs: ScenePainter = (scene) => {
  const { light, height, width, unit, brief } = scene
  const random = scene.random('ice')
  const line = height * (0.5 + random() * 0.12)
  const tone = toneOf(scene)
  const penguins = brief.details.icebergs.hasPenguins
  const glacier = brief.details.icebergs.hasGlacier || random() < 0.4
  const right = random() < 0.5
  const stand = {
    x: width * (right ? 0.7 : 0.3),
    y: height * 0.87,
    wide: Math.min(width * 0.42, (penguins ? 330 : 150) * unit),
  }
  const sea = { y: line + 5 * unit, depth: 0.42 }
  return outdoorScene(scene, line, [
    ...mountainRanges(scene, { horizon: line, tall: 0.5 + random() * 0.3, snowy: true, bottom: line + 3 * unit }),
    ...(glacier ? [still(glacierFront(scene, line + 2, tone, (44 + random() * 44) * unit))] : []),
    airLayer(scene, { name: 'glacier', y: line - 10 * unit, thick: 46, depth: 0.26, strength: 0.28, most: 0.8 }),
    ...bergLayers(scene, line, tone),
    mirrorLayer(scene, { ...sea, calm: light.weather === 'storm' ? 1.8 : 0.55, tall: 1.05 }),
    glintLayer(scene, { ...sea, amount: 0.6 }),
    floeLayer(scene, sea.y, tone, stand),
    ...(penguins
      ? [penguinLayer(scene, { ...stand, spread: stand.wide * 0.66, size: 112 * unit, depth: 0.9, count: 7 })]
      : []),
  ])
}
