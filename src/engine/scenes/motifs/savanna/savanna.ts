import type { Rgb } from '../../../rgb.ts'
import { toneOf } from '../../tone.ts'
import { peopleAndHerds } from '../../figures/people-and-herds.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { strokeLine } from '../../../canvas/paths.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { paintAcacia } from './acacia.ts'
import { moteLayer } from '../../sky/falling.ts'
import { grassLayer } from '../../land/foreground.ts'
import { airLayer } from '../../sky/mist.ts'
import { skyLayers, flockLayers, weatherLayers } from '../../sky/outdoors.ts'
import { coverBox, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'

/** The plain with its acacias: small ones far off in the dust, and at one side a great one that frames the view. */
const plain = (scene: SceneContext, horizon: number, rank: number, grass: Rgb): Sprite => {
  const { light, width, height, unit } = scene
  const random = scene.random(`plain ${rank}`)
  const noise = scene.noise(`plain ${rank}`)
  const tone = toneOf(scene)
  const depth = [0.24, 0.42, 0.7][rank]!
  const far = [0.5, 0.28, 0.04][rank]! * (0.7 + light.air * 0.3)
  const y = horizon + [0, 26, 96][rank]! * unit
  const crest = (x: number): number => y + noise(x / (420 * unit), rank) * (6 + rank * 12) * unit
  const low = light.sun.shown && light.dark < 0.6 && light.time !== 'noon' && light.time !== 'morning'
  const dark = tone(mix([60, 66, 40], [16, 14, 18], low ? 0.62 : 0.2), 0.1, far)
  const lit = tone([136, 138, 70], low ? 0.45 : 0.8, far)
  return paintSprite(coverBox(scene, depth), depth, (ctx, box) => {
    const count = [12, 4, 1][rank]!
    for (let index = 0; index < count; index++) {
      const lone = light.sun.x > 0.5 ? 0.13 + random() * 0.12 : 0.75 + random() * 0.12
      const x = rank === 2 ? width * lone : box.x + box.width * ((index + random()) / count)
      const tall =
        [44, 96, 330][rank]! * unit * (0.7 + random() * 0.5) * (rank === 2 ? Math.min(1.2, width / height + 0.3) : 1)
      paintAcacia(ctx, random, { x, y: crest(x) + 6 * unit, tall, dark, lit, side: light.sun.x > 0.5 ? 1 : -1 })
    }
    ctx.beginPath()
    ctx.moveTo(box.x, height * 1.3)
    for (let x = box.x; x <= box.x + box.width + 4; x += 4) ctx.lineTo(x, crest(x))
    ctx.lineTo(box.x + box.width, height * 1.3)
    ctx.closePath()
    const [back, front] = [tone(grass, 0.85, far), tone(shift(grass, -0.1), 0.5, far * 0.6)]
    ctx.fillStyle = linearGradient(ctx, [0, y - 10 * unit, 0, y + 220 * unit], [0, back], [1, front])
    ctx.fill()
    ctx.save()
    ctx.clip()
    for (let tuft = 0; tuft < 2600; tuft++) {
      const x = box.x + random() * box.width
      const down = random() ** 1.5
      const py = crest(x) + down * (height - y)
      const long = (2 + down * 26) * unit
      ctx.strokeStyle = css(tone(shift(grass, (random() - 0.5) * 0.16), 0.4 + random() * 0.6, far), 0.5)
      strokeLine(ctx, [x, py, x + (random() - 0.5) * long * 0.5, py - long], (0.6 + down * 1.6) * unit)
    }
    ctx.restore()
  })
}

/** The African plain: acacias, tall grass, dust in the low light, and the herds that the words name. */
export const paintSavanna: ScenePainter = (scene) => {
  const { light, height, unit, brief } = scene
  const random = scene.random('savanna')
  const horizon = height * (0.56 + random() * 0.1)
  const grass: Rgb = light.season === 'spring' ? [166, 162, 84] : [206, 164, 92]
  const tone = toneOf(scene)
  return {
    horizon,
    layers: [
      ...skyLayers(scene, horizon, 0.8),
      ...mountainRanges(scene, { horizon, tall: 0.26, snowy: false, bottom: horizon + 30 * unit }),
      still(plain(scene, horizon, 0, grass)),
      airLayer(scene, {
        name: 'dust',
        y: horizon + 16 * unit,
        thick: 46,
        depth: 0.3,
        strength: 0.42,
        colour: mix(light.haze, tone(grass, 0.9), 0.35),
        speed: 0.014,
      }),
      still(plain(scene, horizon, 1, grass)),
      ...peopleAndHerds(scene, {
        horizon: horizon - 10 * unit,
        y: horizon + 84 * unit,
        metre: 46 * unit,
        depth: 0.55,
        spread: 30 * unit,
        haze: 0.1,
      }),
      still(plain(scene, horizon, 2, grass)),
      grassLayer(scene, {
        y: height * 0.9,
        tall: 110 * unit,
        count: 300,
        depth: 1,
        tones: [tone(shift(grass, -0.3), 0.2), tone(shift(grass, -0.16), 0.5), tone(grass, 0.75)],
        flowers: [],
      }),
      moteLayer(scene, {
        name: 'savanna dust',
        colour: mix(light.key, grass, 0.3),
        count: 34,
        rise: 4,
        size: 1.1,
        from: 0.4,
        to: 1,
        blink: 0.5,
      }),
      ...(brief.figures.has('birds') || light.dark < 0.5 ? flockLayers(scene) : []),
      ...weatherLayers(scene),
    ],
  }
}
