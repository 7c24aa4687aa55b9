import { mentions } from '../../../prompt/words.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { toneOf, type Tone } from '../../tone.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { paintBerg, paintFloe } from './ice.ts'
import { mistLayer } from '../../sky/mist.ts'
import { heavens, skyLife, weatherLayers } from '../../sky/outdoors.ts'
import { penguinLayer } from './penguins.ts'
import { coverBox, still, type Layer, type ScenePainter } from '../../layers.ts'
import { drawSprite, paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import type { SceneContext } from '../../context.ts'
import { glintLayer, mirrorLayer } from '../../water/water.ts'

/** The front of a glacier: a wall of ice split into pillars, blue in its clefts, with the snow field rising behind it. */
const glacierFront = (scene: SceneContext, line: number, tone: Tone, tall: number): Sprite => {
  const { unit } = scene
  const random = scene.random('glacier')
  const noise = scene.noise('glacier')
  const box = coverBox(scene, 0.24, 0, line + 3)
  const sunny = scene.light.sun.x > 0.5 ? 1 : -1
  return paintSprite(box, 0.24, (ctx) => {
    ctx.fillStyle = css(tone([150, 198, 222], 0.5, 0.24))
    ctx.fillRect(box.x, line - tall * 0.6, box.width, tall * 0.6)
    let x = box.x - 20 * unit
    while (x < box.x + box.width) {
      const wide = (9 + random() * 22) * unit
      const top = line - tall * (0.72 + noise(x / (150 * unit), 2) * 0.42 + random() * 0.16)
      const lean = (random() - 0.5) * wide * 0.3
      const facing = 0.3 + random() * 0.5
      const lit = css(tone(mix([186, 218, 236], [240, 247, 252], facing), 0.4 + facing * 0.5, 0.2))
      const dark = css(tone(mix([112, 172, 208], [160, 204, 226], random()), 0.4, 0.3))
      const cut = wide * (0.45 + random() * 0.25)
      const left = sunny > 0 ? dark : lit
      const right = sunny > 0 ? lit : dark
      fillShape(
        ctx,
        [
          [x, line],
          [x + lean, top + random() * 6 * unit],
          [x + cut + lean, top - random() * 5 * unit],
          [x + cut, line],
        ],
        left,
      )
      fillShape(
        ctx,
        [
          [x + cut - 0.6, line],
          [x + cut + lean - 0.6, top - random() * 4 * unit],
          [x + wide + lean + 1, top + random() * 9 * unit],
          [x + wide + 1, line],
        ],
        right,
      )
      x += wide
    }
    ctx.globalCompositeOperation = 'source-atop'
    const foot = ctx.createLinearGradient(0, line - tall * 0.6, 0, line)
    foot.addColorStop(0, css(tone([80, 180, 210], 0.5, 0.2), 0))
    foot.addColorStop(1, css(tone([40, 140, 176], 0.5, 0.2), 0.6))
    ctx.fillStyle = foot
    ctx.fillRect(box.x, line - tall, box.width, tall + 4)
    ctx.globalCompositeOperation = 'source-over'
  })
}

/** Rows of icebergs, each on a sprite of its own, that rise and sink a hair. */
const bergs = (scene: SceneContext, line: number, tone: Tone): Layer[] => {
  const { width, height, unit, light } = scene
  const random = scene.random('bergs')
  const side = light.sun.x > 0.5 ? -1 : 1
  const portrait = Math.max(1, (height / width) * 0.9)
  const hero = random() < 0.5 ? 0.3 + random() * 0.08 : 0.62 + random() * 0.08
  return [0, 1, 2].map((rank) => {
    const depth = 0.3 + rank * 0.14
    const y = line + [2, 6, 16][rank]! * unit
    const sprite = paintSprite(coverBox(scene, depth, 0, y + 4), depth, (ctx) => {
      const count = [6, 3, 1][rank]!
      for (let index = 0; index < count; index++) {
        const at = rank === 2 ? hero : rank === 1 ? (hero + 0.36 + index * 0.3 + random() * 0.1) % 1 : random()
        const wide = [90, 210, 520][rank]! * unit * (0.7 + random() * 0.6)
        const tall = wide * (rank === 2 ? 0.44 + random() * 0.18 : 0.3 + random() * 0.25) * Math.min(1.35, portrait)
        paintBerg(
          ctx,
          random,
          {
            x: width * at,
            y: y + (rank === 0 ? random() * 4 * unit : 0),
            wide,
            tall,
            far: [0.42, 0.2, 0.02][rank]!,
            side,
          },
          tone,
        )
      }
    })
    return (ctx, view) => {
      const bob = Math.sin(view.seconds * (0.7 - rank * 0.12) + rank * 2) * (0.5 + rank * 0.7) * unit
      drawSprite(ctx, view, sprite, 0, bob)
    }
  })
}

const floes = (scene: SceneContext, line: number, tone: Tone, stand: { x: number; y: number; wide: number }): Layer => {
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
      paintFloe(
        ctx,
        random,
        { x, y, wide: (8 + near ** 1.4 * 120 * (0.4 + random())) * unit, flat: 0.14 + near * 0.12 },
        tone,
      )
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
  const penguins = mentions(brief.words, ['penguin'])
  const glacier = mentions(brief.words, ['glacier']) || random() < 0.4
  const right = random() < 0.5
  const stand = {
    x: width * (right ? 0.7 : 0.3),
    y: height * 0.87,
    wide: Math.min(width * 0.42, (penguins ? 330 : 150) * unit),
  }
  return {
    horizon: line,
    layers: [
      ...heavens(scene, line),
      ...mountainRanges(scene, {
        horizon: line,
        tall: 0.5 + random() * 0.3,
        snowy: true,
        bottom: line + 3 * unit,
      }),
      ...(glacier ? [still(glacierFront(scene, line + 2, tone, (44 + random() * 44) * unit))] : []),
      mistLayer(scene, {
        name: 'glacier',
        y: line - 10 * unit,
        thick: 46 * unit,
        depth: 0.26,
        strength: Math.min(0.8, 0.28 * light.air),
        colour: mix(light.haze, light.skyLow, 0.5),
      }),
      ...bergs(scene, line, tone),
      mirrorLayer(scene, {
        y: line + 5 * unit,
        depth: 0.42,
        calm: light.weather === 'storm' ? 1.8 : 0.55,
        tall: 1.05,
      }),
      glintLayer(scene, { y: line + 5 * unit, depth: 0.42, amount: 0.6 }),
      floes(scene, line + 5 * unit, tone, stand),
      ...(penguins
        ? [penguinLayer(scene, { ...stand, spread: stand.wide * 0.66, size: 112 * unit, depth: 0.9, count: 7 })]
        : []),
      ...skyLife(scene),
      ...weatherLayers(scene),
    ],
  }
}
