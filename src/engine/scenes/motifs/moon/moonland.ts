import type { Rgb } from '../../../rgb.ts'
import { readCount } from '../../../prompt/count.ts'
import { mentions } from '../../../prompt/words.ts'
import { fade } from '../../../canvas/drawing.ts'
import type { Tone } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { globe } from '../../sky/globe.ts'
import { starfield } from '../../sky/nebula.ts'
import { type ScenePainter, coverBox, still, type Layer } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'
import { drawAstronaut } from './astronaut.ts'
import { lander, flagLayer } from './lander.ts'
import { regolith } from './regolith.ts'

const sky = (scene: SceneContext, horizon: number, mars: boolean, soil: Rgb): Sprite =>
  paintSprite(coverBox(scene, 0.05), 0.05, (ctx, box) => {
    const air: Rgb = mix([206, 152, 112], soil, 0.35)
    ctx.fillStyle = mars
      ? fade(ctx, 0, horizon, [
          [0, shift(air, -0.3)],
          [0.6, shift(air, -0.08)],
          [1, shift(air, 0.1)],
        ])
      : fade(ctx, 0, horizon, [
          [0, [3, 4, 8]],
          [1, [9, 10, 17]],
        ])
    ctx.fillRect(box.x, box.y, box.width, box.height)
  })

/** One who walks over the dust in long slow steps, casting a hard shadow; what is kicked up falls back as stones do. */
const walkers = (scene: SceneContext, soil: Rgb, mars: boolean, horizon: number): Layer => {
  const { width, height, unit, light, brief } = scene
  const random = scene.random('astronauts')
  const side = light.sun.x > 0.5 ? 1 : -1
  const count = Math.min(5, readCount(brief.words, ['astronaut', 'cosmonaut']) ?? 1)
  const still = mentions(brief.words, ['stand*', 'looking', 'watching', 'sitting'])
  const word = brief.colours[0]
  const way = random() < 0.5 ? 1 : -1
  const paint: Rgb = mix([236, 236, 240], word ?? [236, 236, 240], 0.25)
  const suit = {
    lit: shift(paint, 0.05),
    mid: mix(paint, mix(soil, [90, 92, 104], 0.6), 0.22),
    shade: mix(paint, [28, 30, 42], 0.68),
    trim: word ?? ([206, 66, 46] as Rgb),
    sky: mars ? ([150, 96, 66] as Rgb) : ([16, 20, 34] as Rgb),
    ground: soil,
  }
  const middle = width * (side > 0 ? 0.3 + random() * 0.18 : 0.54 + random() * 0.18)
  const men = Array.from({ length: count }, (_, index) => {
    const near = index === 0 ? 0.3 + random() * 0.56 : 0.3 + random() * 0.5
    return {
      y: horizon + (height - horizon) * near,
      size: (70 + near * 215) * unit * (index === 0 ? 1 : 0.92),
      x: middle + (index === 0 ? 0 : (index % 2 ? 1 : -1) * (0.12 + 0.1 * index) * width),
      phase: random(),
    }
  }).sort((a, b) => a.y - b.y)
  const dust = css(shift(soil, 0.1), 0.8)
  return (ctx, view) => {
    for (const man of men) {
      const turns = view.seconds * 0.42 + man.phase
      const pace = still ? 0 : 0.42 * man.size * 0.62
      const x = man.x + way * pace * (view.seconds - scene.seconds / 2)
      lookAt(ctx, view, 0.7 + ((man.y - horizon) / (height - horizon)) * 0.3)
      // A hard shadow, away from the sun.
      ctx.save()
      ctx.translate(x, man.y)
      ctx.transform(1, 0, -side * 1.9, 0.26, 0, 0)
      ctx.fillStyle = css(mix(shift(soil, -0.4), [6, 6, 10], 0.7), 0.8)
      ctx.beginPath()
      ctx.ellipse(0, -man.size * 0.9, man.size * 0.14, man.size * 0.14, 0, 0, Math.PI * 2)
      ctx.roundRect(-man.size * 0.17, -man.size * 0.84, man.size * 0.32, man.size * 0.44, man.size * 0.1)
      ctx.rect(-man.size * 0.11, -man.size * 0.45, man.size * 0.09, man.size * 0.45)
      ctx.rect(man.size * 0.03, -man.size * 0.45, man.size * 0.09, man.size * 0.45)
      ctx.fill()
      ctx.restore()
      ctx.fillStyle = css(shift(soil, -0.22), 0.55)
      for (let step = 1; step < 12 && !still; step++) {
        const back = (step - ((turns * 2) % 1)) * man.size * 0.31
        ctx.beginPath()
        ctx.ellipse(
          x - way * back,
          man.y + (step % 2 ? 3 : -2) * unit,
          man.size * 0.05,
          man.size * 0.014,
          0,
          0,
          Math.PI * 2,
        )
        ctx.fill()
      }
      ctx.save()
      ctx.translate(x, man.y)
      ctx.scale(way * man.size, man.size)
      drawAstronaut(ctx, suit, turns, still ? 0.05 * Math.sin(view.seconds) : 1, side * way)
      ctx.restore()
      if (still) continue
      ctx.fillStyle = dust
      for (let grain = 0; grain < 14; grain++) {
        const own = (turns * 2 + grain * 0.071) % 1
        const out = ((grain * 37) % 11) / 11 - 0.7
        ctx.beginPath()
        ctx.arc(
          x + way * out * own * man.size * 0.5 - way * man.size * 0.1,
          man.y - Math.sin(own * Math.PI) * man.size * 0.1 * (0.4 + ((grain * 13) % 7) / 7),
          man.size * 0.008 * (1.4 - own),
          0,
          Math.PI * 2,
        )
        ctx.fill()
      }
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

/** The ground of the moon (or of Mars) with the Earth above it, one who walks there and what brought them. */
export const paintMoonland = (
  scene: SceneContext,
  look: { soil: Rgb; mars: boolean; tone: Tone },
): ReturnType<ScenePainter> => {
  const { width, height, unit, brief } = scene
  const random = scene.random('moonland')
  const { soil, mars } = look
  const { words } = brief
  const horizon = height * (0.52 + random() * 0.14)
  const side = scene.light.sun.x > 0.5 ? 1 : -1
  const rising = mentions(words, ['earthrise', 'rising', 'rises'])
  const radius = Math.min(width, height) * (0.09 + random() * 0.1)
  const [hills, plain] = regolith(scene, horizon, soil, {
    colour: mars ? [214, 160, 120] : [9, 10, 17],
    metre: mars ? 1 / 2600 : 0,
  })
  const earth = globe(scene, {
    x: width * (0.5 + side * (0.06 + random() * 0.22)),
    y: rising ? horizon - radius * 0.9 : height * (0.18 + random() * 0.16),
    radius,
    kind: mars ? 'rock' : 'water',
    colours: mars
      ? [
          [120, 96, 84],
          [170, 140, 120],
          [210, 186, 164],
        ]
      : [
          [16, 46, 112],
          [60, 116, 74],
          [214, 200, 160],
        ],
    ring: false,
    depth: 0.06,
    name: 'earth',
  })
  const lands = mentions(words, ['lander', 'landing', 'module', 'moon base', 'apollo']) || random() < 0.6
  const someone =
    !mentions(words, ['no people', 'empty', 'nobody']) &&
    (mentions(words, ['astronaut', 'cosmonaut', 'walk*', 'landing', 'moonwalk']) || random() < 0.5)
  const shipX = width * (0.5 - side * (0.2 + random() * 0.16))
  const flags = mentions(words, ['flag']) || (lands && random() < 0.5)
  return {
    horizon,
    layers: [
      still(sky(scene, horizon, mars, soil)),
      ...(mars ? [] : [starfield(scene, 'stars over the moon', 0.05, 420, 1)]),
      ...(mars ? [] : [earth]),
      still(hills!.sprite),
      still(plain!.sprite),
      ...(lands
        ? [
            still(
              lander(scene, {
                x: shipX,
                y: horizon + (height - horizon) * 0.2,
                size: (120 + random() * 90) * unit,
                soil,
              }),
            ),
          ]
        : []),
      ...(flags
        ? [flagLayer(scene, { x: shipX + side * 190 * unit, y: horizon + (height - horizon) * 0.3, tall: 110 * unit })]
        : []),
      ...(someone ? [walkers(scene, soil, mars, horizon)] : []),
    ],
  }
}
