import { pick, type Random } from '../../../random.ts'
import { rgb, type Rgb } from '../../../rgb.ts'
import { withOnlooker } from '../../../prompt/onlooker.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { fillEllipse, fillPath, readPath, strokeLine } from '../../../canvas/paths.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { peopleAndHerds } from '../../figures/people-and-herds.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import { moteLayer } from '../../sky/falling.ts'
import { drawGiant, drawSmallRobot } from './robots.ts'
import { type Workshop, workbench, workshopWall } from './workshop.ts'
import { wooded } from '../../land/foreground.ts'
import { mistLayer } from '../../sky/mist.ts'
import { neonOf } from '../../built/neon.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { type Layer, layerAt, type SceneContext, type ScenePainter, shining, still } from '../../layers.ts'
import { glowSprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { skyline } from '../../built/skyline.ts'
import { xAt, yAt } from '../../../canvas/camera-view.ts'
import { drawAt } from '../../../canvas/curves.ts'

const EYES = [0x6eecff, 0xffce6e, 0x8cffaa].map(rgb)
const BODIES = [0xe8a03e, 0x5c9cb2, 0xce5c48, 0xe2ded2, 0x7aa878].map(rgb)
const WALLS = [0x966e50, 0x687470, 0x805c52, 0x70687c].map(rgb)

type Giant = { x: number; foot: number; tall: number; way: number; build: number; near: Rgb; haze: Rgb; eye: Rgb }

const giantLayer = (scene: SceneContext, giant: Giant, phase: number): Layer => {
  const { light, brief } = scene
  const { foot, tall, way, build, near, haze, eye } = giant
  const pace = 0.16 * Math.min(1.5, brief.pace)
  const glow = glowImage(eye, 64)
  const paints = { near, mist: haze, lit: mix(light.key, light.sun.colour, 0.4), eye }
  return layerAt(0.34, (ctx, view) => {
    const x = giant.x + way * pace * tall * 0.62 * (view.seconds - scene.seconds / 2)
    const stride = view.seconds * pace + phase
    drawAt(ctx, { x, y: foot, scale: [way * tall, tall] }, () => drawGiant(ctx, paints, stride, build))
    const eyeX = x + way * tall * 0.06
    const eyeY = foot - tall * (0.915 + Math.abs(Math.sin(stride * Math.PI * 2)) * 0.012)
    drawGlow(ctx, glow, [eyeX, eyeY, tall * 0.13], 0.75)
    drawGlow(ctx, glow, [eyeX, eyeY, tall * 0.045], 1)
  })
}

const giantOf = ({ brief, light, width, height }: SceneContext, random: Random, foot: number): Giant => {
  const word = brief.colours[0]
  const haze = mix(light.haze, light.skyLow, 0.4)
  const body = mix(word ?? [70, 78, 92], light.ambient, word ? 0.3 : 0.6)
  return {
    way: random() < 0.5 ? -1 : 1,
    tall: Math.min(height * 0.68, width * 0.86) * (0.82 + random() * 0.24),
    x: width * (0.36 + random() * 0.28),
    build: 0.85 + random() * 0.4,
    eye: pick(random, EYES),
    foot,
    near: mix(body, haze, light.weather === 'fog' ? 0.4 : 0.26),
    haze,
  }
}

/** A machine as tall as the clouds, which walks through the mist beyond the trees; who looks on is small. */
const paintGiant: ScenePainter = (scene) => {
  const { light, brief, height, unit } = scene
  const random = scene.random('giant')
  const { isInCity } = brief.details.robot
  const horizon = height * (0.62 + random() * 0.1)
  const giant = giantOf(scene, random, horizon + 42 * unit)
  const { haze } = giant
  const figure = giantLayer(scene, giant, random())
  const mist = (name: string, y: number, thick: number, depth: number, most: number): Layer => {
    const strength = Math.min(0.96, most * (0.7 + light.air * 0.3))
    return mistLayer(scene, { name, y, thick, depth, strength, colour: haze, speed: 0.014 })
  }
  const ground = isInCity
    ? skyline(scene, horizon + 30 * unit, light.dark > 0.35, false, neonOf(scene))
    : mountainRanges(scene, {
        horizon: horizon + 20 * unit,
        tall: 0.5 + random() * 0.3,
        floor: -300,
        count: 3,
        pines: true,
        snowy: light.season === 'winter',
        bottom: height,
      })
  return outdoorScene(scene, horizon, [
    ...ground.slice(0, 2),
    mist('behind', horizon - 60 * unit, 150, 0.2, 0.6),
    figure,
    ...(isInCity ? ground.slice(2, 5) : ground.slice(4)),
    mist('feet', horizon + 8 * unit, 110, 0.45, 0.86),
    wooded(scene, { y: height * 0.84, depth: 0.62, tall: (60 + random() * 50) * unit, open: 0.06 }),
    mist('wood', height * 0.86, 56, 0.75, 0.36),
    wooded(scene, { y: height * 0.98, depth: 1, tall: (150 + random() * 150) * unit, open: 0.26 }),
    ...peopleAndHerds(
      { ...scene, brief: withOnlooker(brief) },
      {
        horizon,
        y: height * 0.95,
        metre: 46 * unit,
        depth: 1,
        x: scene.random('opening')() < 0.5 ? 0.4 : 0.6,
        haze: 0.02,
        spread: 2 * unit,
      },
    ),
  ])
}

type Robot = { x: number; size: number; body: Rgb; phase: number; hand: 1 | -1 }

/** Robots side by side, in the colours of the words or in different ones. */
const robotsOf = (scene: SceneContext, random: Random, { x, wall }: Workshop): Robot[] => {
  const { brief, width, height, unit } = scene
  const { count } = brief.details.robot
  const first = brief.colours[0] ?? pick(random, BODIES)
  // One colour is meant for all of them.
  const bodyOf = (index: number): Rgb =>
    brief.colours.length > 0 || index === 0
      ? shift(first, index % 2 ? -0.07 : 0)
      : BODIES[(BODIES.indexOf(first) + index * 2) % BODIES.length]!
  return Array.from({ length: count }, (_, index) => ({
    x: x + (index - (count - 1) / 2) * Math.min(330 * unit, width / (count + 0.6)),
    size: (count > 2 ? 300 : 420) * unit * (index % 2 ? 0.84 : 1) * Math.min(1.1, Math.max(0.8, height / width)),
    body: mix(brief.colours[index] ?? bodyOf(index), wall, 0.06),
    phase: random() * 6,
    hand: random() < 0.5 ? 1 : -1,
  }))
}

/** Robots at the bench, which look about, blink and wave. `side` is where the light comes from, 1 the right. */
const robotLayer = (
  { unit }: SceneContext,
  robots: readonly Robot[],
  { bench, wall }: Workshop,
  { face, side }: { face: Rgb; side: number },
): Layer => {
  const screen = glowImage(face, 64)
  const dark = mix(wall, [16, 12, 20], 0.75)
  return layerAt(0.7, (ctx, view) => {
    for (const { x, size, body, phase, hand } of robots) {
      const t = view.seconds + phase
      const beat = t % 3.4
      const wave = Math.min(1, Math.max(0, Math.sin(t * 0.85) * 1.8))
      const blink = beat < 0.16 ? 1 - Math.abs(beat - 0.08) / 0.08 : 0
      fillEllipse(ctx, 'rgba(20,12,12,0.4)', [x, bench + 16 * unit, size * 0.34, 12 * unit])
      drawAt(ctx, { x, y: bench + 18 * unit, scale: [size * hand, size] }, () => {
        const paints = { body, trim: [206, 208, 212] as const, dark, face, side: side * hand }
        drawSmallRobot(ctx, paints, { look: Math.sin(t * 0.7), blink, wave, t })
      })
    }
    for (const { x, size } of robots) drawGlow(ctx, screen, [x, bench - size * 0.74, size * 0.42], 0.34)
  })
}

const LAMPSHADE = readPath('M-14 -44 L14 -44 Q30 -10 66 0 L-66 0 Q-30 -10 -14 -44')

const lampLayer = ({ unit }: SceneContext, { lamp, wall }: Workshop): Layer =>
  layerAt(0.55, (ctx, view) => {
    const x = lamp.x + Math.sin(view.seconds * 0.9) * 5 * unit
    ctx.strokeStyle = css(mix(wall, [10, 10, 14], 0.8))
    ctx.lineCap = 'round'
    strokeLine(ctx, [lamp.x, -40 * unit, x, lamp.y - 40 * unit], 3 * unit)
    fillPath(ctx, css(mix([62, 92, 84], [10, 10, 14], 0.25)), LAMPSHADE, { x, y: lamp.y, size: unit })
    fillEllipse(ctx, 'rgb(255,240,206)', [x, lamp.y, 26 * unit, 7 * unit])
  })

/** Sparks that fly from a place now and then, and fall. */
const sparkLayer = ({ unit }: SceneContext, random: Random, from: { x: number; y: number }): Layer => {
  const sparks = Array.from({ length: 46 }, () => ({
    burst: Math.floor(random() * 3),
    angle: -Math.PI * random(),
    speed: 90 + random() * 240,
    life: 0.35 + random() * 0.5,
  }))
  const dabs = createDabs(sparks.length)
  return (_, view) => {
    for (const { burst, angle, speed, life } of sparks) {
      const age = ((view.seconds + 0.2) % 2.2) - burst * 0.14
      if (age < 0 || age > life) continue
      const [vx, vy] = [Math.cos(angle) * speed, Math.sin(angle) * speed]
      const place = (when: number): readonly [number, number] => [
        xAt(view, from.x + vx * when * unit, 0.72),
        yAt(view, from.y + (vy * when + 260 * when * when) * unit, 0.72),
      ]
      const [ax, ay] = place(age)
      const [bx, by] = place(Math.max(0, age - 0.03))
      dabs.paint(mix([255, 250, 220], [255, 140, 50], age / life), 1 - age / life)
      dabs.line(ax, ay, bx, by, 2.2 * unit)
    }
    dabs.lay(view.frameCanvas)
  }
}

/** A friendly machine at its bench: it looks about, blinks and waves, and now and then a spark flies. */
const paintWorkshop: ScenePainter = (scene) => {
  const { light, width, height, unit } = scene
  const random = scene.random('pal')
  const dusk = Math.min(1, light.dark + (light.weather === 'clear' ? 0 : 0.15))
  const right = random() < 0.5
  const bench = height * (0.8 + random() * 0.04)
  const x = width * (0.44 + random() * 0.12)
  const room: Workshop = {
    x,
    bench,
    wall: mix(toneOf(scene)(pick(random, WALLS), 0.55), [120, 84, 52], 0.2 + dusk * 0.1),
    lamp: { x: x + (random() - 0.5) * 120 * unit, y: height * 0.16 },
    window: { x: right ? width * 0.64 : width * 0.08, y: height * 0.13, wide: width * 0.28, tall: height * 0.36 },
    dusk,
  }
  const face = pick(random, EYES)
  const robots = robotsOf(scene, random, room)
  const [first] = robots
  const sparks = sparkLayer(scene, random, {
    x: first!.x - first!.hand * first!.size * 0.36,
    y: bench - first!.size * 0.14,
  })
  const cone = glowSprite({ x: room.lamp.x, y: room.lamp.y + 20 * unit, reach: height * 0.62 }, 0.55, [
    [0, [255, 222, 160], 0.5],
    [0.2, [255, 206, 136], 0.2],
    [1, shift([255, 190, 120], 0), 0],
  ])
  const dust = { name: 'workshop dust', colour: [255, 226, 176], count: 36, rise: 5, size: 1.2 } as const
  return {
    horizon: bench,
    layers: [
      still(workshopWall(scene, room)),
      shining(cone),
      lampLayer(scene, room),
      still(workbench(scene, room)),
      robotLayer(scene, robots, room, { face, side: right ? 1 : -1 }),
      sparks,
      moteLayer(scene, { ...dust, from: 0.1, to: 0.9, blink: 0.4 }),
    ],
  }
}

/** Robots: a giant that walks through the mist, or a small friendly one in its workshop. */
export const paintRobot: ScenePainter = (scene) => {
  const size = scene.brief.details.robot.size ?? (scene.random('which robot')() < 0.6 ? 'small' : 'giant')
  return size === 'small' ? paintWorkshop(scene) : paintGiant(scene)
}
