import { rgb, type Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { fillEllipse, fillRectangle } from '../../../canvas/paths.ts'
import { globe } from '../../sky/globe.ts'
import { starfield } from '../../sky/nebula.ts'
import { coverBox, type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { lookAt } from '../../../canvas/camera-view.ts'
import { drawAstronaut } from './astronaut.ts'
import { lander, flagLayer } from './lander.ts'
import { regolith } from './regolith.ts'
import { drawAt } from '../../../canvas/curves.ts'

/** What another world is made of. */
type Ground = { soil: Rgb; mars: boolean }

const EARTH = [0x102e70, 0x3c744a, 0xd6c8a0].map(rgb)
/** In the sky of Mars. */
const ROCK = [0x786054, 0xaa8c78, 0xd2baa4].map(rgb)

const sky = (scene: SceneContext, horizon: number, { soil, mars }: Ground): Sprite =>
  paintSprite(coverBox(scene, 0.05), 0.05, (ctx, box) => {
    const air = mix([206, 152, 112], soil, 0.35)
    const down = [0, 0, 0, horizon] as const
    const fill = mars
      ? linearGradient(ctx, down, [0, shift(air, -0.3)], [0.6, shift(air, -0.08)], [1, shift(air, 0.1)])
      : linearGradient(ctx, down, [0, [3, 4, 8]], [1, [9, 10, 17]])
    fillRectangle(ctx, fill, [box.x, box.y, box.width, box.height])
  })

type Astronaut = { x: number; y: number; size: number; phase: number }

/** A hard shadow on the ground, away from the sun, which is on `side`. */
const hardShadow = (ctx: DrawingContext, soil: Rgb, { x, y, size }: Astronaut, side: number): void => {
  drawAt(ctx, { x, y }, () => {
    ctx.transform(1, 0, -side * 1.9, 0.26, 0, 0)
    ctx.fillStyle = css(mix(shift(soil, -0.4), [6, 6, 10], 0.7), 0.8)
    ctx.beginPath()
    ctx.ellipse(0, -size * 0.9, size * 0.14, size * 0.14, 0, 0, Math.PI * 2)
    ctx.roundRect(-size * 0.17, -size * 0.84, size * 0.32, size * 0.44, size * 0.1)
    ctx.rect(-size * 0.11, -size * 0.45, size * 0.09, size * 0.45)
    ctx.rect(size * 0.03, -size * 0.45, size * 0.09, size * 0.45)
    ctx.fill()
  })
}

/** Steps behind one who goes `way`, and who has made so many turns of two steps. */
const footprints = (
  ctx: DrawingContext,
  soil: Rgb,
  { x, y, size }: Astronaut,
  { way, turns, unit }: { way: number; turns: number; unit: number },
): void => {
  const paint = css(shift(soil, -0.22), 0.55)
  for (let step = 1; step < 12; step++) {
    const back = (step - ((turns * 2) % 1)) * size * 0.31
    fillEllipse(ctx, paint, [x - way * back, y + (step % 2 ? 3 : -2) * unit, size * 0.05, size * 0.014])
  }
}

/** Dust that the feet kick up, which falls back as stones do. */
const kickedDust = (
  ctx: DrawingContext,
  paint: string,
  { x, y, size }: Astronaut,
  { way, turns }: { way: number; turns: number },
): void => {
  for (let grain = 0; grain < 14; grain++) {
    const own = (turns * 2 + grain * 0.071) % 1
    const out = ((grain * 37) % 11) / 11 - 0.7
    const dustX = x + way * out * own * size * 0.5 - way * size * 0.1
    const dustY = y - Math.sin(own * Math.PI) * size * 0.1 * (0.4 + ((grain * 13) % 7) / 7)
    const radius = size * 0.008 * (1.4 - own)
    fillEllipse(ctx, paint, [dustX, dustY, radius, radius])
  }
}

/** Those who walk over the dust in long slow steps, or stand there. */
const astronautLayer = (scene: SceneContext, { soil, mars }: Ground, horizon: number): Layer => {
  const { width, height, unit, light, brief } = scene
  const { astronauts: count, isStanding } = brief.details.moon
  const random = scene.random('astronauts')
  const side = light.sun.x > 0.5 ? 1 : -1
  const word = brief.colours[0]
  const way = random() < 0.5 ? 1 : -1
  const paint = mix([236, 236, 240], word ?? [236, 236, 240], 0.25)
  const suit = {
    lit: shift(paint, 0.05),
    mid: mix(paint, mix(soil, [90, 92, 104], 0.6), 0.22),
    shade: mix(paint, [28, 30, 42], 0.68),
    trim: word ?? ([206, 66, 46] as const),
    sky: mars ? ([150, 96, 66] as const) : ([16, 20, 34] as const),
    ground: soil,
  }
  const middle = width * (side > 0 ? 0.3 + random() * 0.18 : 0.54 + random() * 0.18)
  const astronauts: Astronaut[] = Array.from({ length: count }, (_, index) => {
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
    for (const one of astronauts) {
      const { y, size } = one
      const turns = view.seconds * 0.42 + one.phase
      const pace = isStanding ? 0 : 0.42 * size * 0.62
      const x = one.x + way * pace * (view.seconds - scene.seconds / 2)
      const here = { ...one, x }
      lookAt(ctx, view, 0.7 + ((y - horizon) / (height - horizon)) * 0.3)
      hardShadow(ctx, soil, here, side)
      if (!isStanding) footprints(ctx, soil, here, { way, turns, unit })
      drawAt(ctx, { x, y, scale: [way * size, size] }, () =>
        drawAstronaut(ctx, suit, turns, isStanding ? 0.05 * Math.sin(view.seconds) : 1, side * way),
      )
      if (!isStanding) kickedDust(ctx, dust, here, { way, turns })
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

/** The ground of the moon (or of Mars) with the Earth above it, one who walks there and what brought them. */
export const paintMoonland = (scene: SceneContext, ground: Ground): ReturnType<ScenePainter> => {
  const { width, height, unit, brief } = scene
  const { soil, mars } = ground
  const asked = brief.details.moon
  const random = scene.random('moonland')
  const horizon = height * (0.52 + random() * 0.14)
  const side = scene.light.sun.x > 0.5 ? 1 : -1
  const radius = Math.min(width, height) * (0.09 + random() * 0.1)
  const haze = mars ? { colour: [214, 160, 120] as const, metre: 1 / 2600 } : { colour: [9, 10, 17] as const, metre: 0 }
  const [hills, plain] = regolith(scene, horizon, soil, haze)
  const earth = globe(scene, {
    x: width * (0.5 + side * (0.06 + random() * 0.22)),
    y: asked.isEarthRising ? horizon - radius * 0.9 : height * (0.18 + random() * 0.16),
    radius,
    kind: mars ? 'rock' : 'water',
    colours: mars ? ROCK : EARTH,
    ring: false,
    depth: 0.06,
    name: 'earth',
  })
  const hasLander = asked.hasLander || random() < 0.6
  const hasAstronaut = !asked.isEmpty && (asked.hasAstronaut || random() < 0.5)
  const shipX = width * (0.5 - side * (0.2 + random() * 0.16))
  const hasFlag = asked.hasFlag || (hasLander && random() < 0.5)
  const craft = (): Layer => {
    const size = (120 + random() * 90) * unit
    return still(lander(scene, { x: shipX, y: horizon + (height - horizon) * 0.2, size, soil }))
  }
  const flag = { x: shipX + side * 190 * unit, y: horizon + (height - horizon) * 0.3, tall: 110 * unit }
  return {
    horizon,
    layers: [
      still(sky(scene, horizon, ground)),
      ...(mars ? [] : [starfield(scene, 'stars over the moon', 0.05, 420, 1), earth]),
      still(hills!.sprite),
      still(plain!.sprite),
      ...(hasLander ? [craft()] : []),
      ...(hasFlag ? [flagLayer(scene, flag)] : []),
      ...(hasAstronaut ? [astronautLayer(scene, ground, horizon)] : []),
    ],
  }
}
