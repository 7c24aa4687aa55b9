import type { Rgb } from '../../../rgb.ts'
import { readCount } from '../../../prompt/count.ts'
import { mentions } from '../../../prompt/words.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { companyLayer } from '../../figures/company.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import { moteLayer } from '../../sky/falling.ts'
import { drawGiant, drawPal } from './robots.ts'
import { type Workshop, workbench, workshopWall } from './workshop.ts'
import { wooded } from '../../land/foreground.ts'
import { mistLayer } from '../../sky/mist.ts'
import { neonOf } from '../../built/neon.ts'
import { heavens, skyLife, weatherLayers } from '../../sky/outdoors.ts'
import { type ScenePainter, shining, still, type Layer } from '../../layers.ts'
import { glowSprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { skyline } from '../../built/skyline.ts'
import { lookAt, xAt, yAt } from '../../../canvas/camera-view.ts'

const EYES: readonly Rgb[] = [
  [110, 236, 255],
  [255, 206, 110],
  [140, 255, 170],
]
const BODIES: readonly Rgb[] = [
  [232, 160, 62],
  [92, 156, 178],
  [206, 92, 72],
  [226, 222, 210],
  [122, 168, 120],
]

/** A machine as tall as the clouds, which walks through the mist beyond the trees; who looks on is small. */
const paintGiant: ScenePainter = (scene) => {
  const { light, brief, width, height, unit } = scene
  const random = scene.random('giant')
  const city = mentions(brief.words, ['city', 'street', 'skyline', 'tokyo', 'new york', 'downtown', 'skyscraper'])
  const horizon = height * (0.62 + random() * 0.1)
  const way = random() < 0.5 ? -1 : 1
  const tall = Math.min(height * 0.68, width * 0.86) * (0.82 + random() * 0.24)
  const x = width * (0.36 + random() * 0.28)
  const build = 0.85 + random() * 0.4
  const haze = mix(light.haze, light.skyLow, 0.4)
  const word = brief.colours[0]
  const near = mix(
    mix(word ?? [70, 78, 92], light.ambient, word ? 0.3 : 0.6),
    haze,
    light.weather === 'fog' ? 0.4 : 0.26,
  )
  const eye = EYES[Math.floor(random() * EYES.length)]!
  const pace = 0.16 * Math.min(1.5, brief.pace)
  const phase = random()
  const glow = glowImage(eye, 64)
  const giant: Layer = (ctx, view) => {
    const at = x + way * pace * tall * 0.62 * (view.seconds - scene.seconds / 2)
    const stride = view.seconds * pace + phase
    lookAt(ctx, view, 0.34)
    ctx.save()
    ctx.translate(at, horizon + 42 * unit)
    ctx.scale(way * tall, tall)
    drawGiant(ctx, { near, mist: haze, lit: mix(light.key, light.sun.colour, 0.4), eye }, stride, build)
    ctx.restore()
    const [ex, ey] = [
      at + way * tall * 0.06,
      horizon + 42 * unit - tall * (0.915 + Math.abs(Math.sin(stride * Math.PI * 2)) * 0.012),
    ]
    drawGlow(ctx, glow, ex, ey, tall * 0.13, 0.75)
    drawGlow(ctx, glow, ex, ey, tall * 0.045, 1)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
  const mist = (name: string, y: number, thick: number, depth: number, strength: number): Layer =>
    mistLayer(scene, {
      name,
      y,
      thick: thick * unit,
      depth,
      strength: Math.min(0.96, strength * (0.7 + light.air * 0.3)),
      colour: haze,
      speed: 0.014,
    })
  const ground = city
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
  return {
    horizon,
    layers: [
      ...heavens(scene, horizon),
      ...ground.slice(0, 2),
      mist('behind', horizon - 60 * unit, 150, 0.2, 0.6),
      giant,
      ...(city ? ground.slice(2, 5) : ground.slice(4)),
      mist('feet', horizon + 8 * unit, 110, 0.45, 0.86),
      wooded(scene, { y: height * 0.84, depth: 0.62, tall: (60 + random() * 50) * unit, open: 0.06 }),
      mist('wood', height * 0.86, 56, 0.75, 0.36),
      wooded(scene, { y: height * 0.98, depth: 1, tall: (150 + random() * 150) * unit, open: 0.26 }),
      ...companyLayer(
        {
          ...scene,
          brief:
            brief.figures.size > 0
              ? brief
              : {
                  ...brief,
                  figures: new Set(['people'] as const),
                  words: { text: ' a man standing ', list: ['a', 'man', 'standing'] },
                },
        },
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
      ...skyLife(scene),
      ...weatherLayers(scene),
    ],
  }
}

/** A friendly machine at its bench: it looks about, blinks and waves, and now and then a spark flies. */
const paintWorkshop: ScenePainter = (scene) => {
  const { light, brief, width, height, unit } = scene
  const random = scene.random('pal')
  const tone = toneOf(scene)
  const dusk = Math.min(1, light.dark + (light.weather === 'clear' ? 0 : 0.15))
  const right = random() < 0.5
  const bench = height * (0.8 + random() * 0.04)
  const x = width * (0.44 + random() * 0.12)
  const walls: readonly Rgb[] = [
    [150, 110, 80],
    [104, 116, 112],
    [128, 92, 82],
    [112, 104, 124],
  ]
  const wall = mix(tone(walls[Math.floor(random() * walls.length)]!, 0.55), [120, 84, 52], 0.2 + dusk * 0.1)
  const room: Workshop = {
    x,
    bench,
    lamp: { x: x + (random() - 0.5) * 120 * unit, y: height * 0.16 },
    window: { x: right ? width * 0.64 : width * 0.08, y: height * 0.13, wide: width * 0.28, tall: height * 0.36 },
    wall,
    dusk,
  }
  const face = EYES[Math.floor(random() * EYES.length)]!
  const first = brief.colours[0] ?? BODIES[Math.floor(random() * BODIES.length)]!
  const count = Math.min(4, readCount(brief.words, ['robot', 'android', 'droid']) ?? 1)
  const pals = Array.from({ length: count }, (_, index) => ({
    x: x + (index - (count - 1) / 2) * Math.min(330 * unit, width / (count + 0.6)),
    size: (count > 2 ? 300 : 420) * unit * (index % 2 ? 0.84 : 1) * Math.min(1.1, Math.max(0.8, height / width)),
    body: mix(
      brief.colours[index] ??
        // One colour is meant for all of them.
        (brief.colours.length > 0 || index === 0
          ? shift(first, index % 2 ? -0.07 : 0)
          : BODIES[(BODIES.indexOf(first) + index * 2) % BODIES.length]!),
      wall,
      0.06,
    ),
    phase: random() * 6,
    hand: random() < 0.5 ? 1 : -1,
  }))
  const screen = glowImage(face, 64)
  const figures: Layer = (ctx, view) => {
    lookAt(ctx, view, 0.7)
    for (const pal of pals) {
      const t = view.seconds + pal.phase
      const beat = t % 3.4
      const wave = Math.min(1, Math.max(0, Math.sin(t * 0.85) * 1.8))
      ctx.fillStyle = 'rgba(20,12,12,0.4)'
      ctx.beginPath()
      ctx.ellipse(pal.x, bench + 16 * unit, pal.size * 0.34, 12 * unit, 0, 0, Math.PI * 2)
      ctx.fill()
      ctx.save()
      ctx.translate(pal.x, bench + 18 * unit)
      ctx.scale(pal.size * pal.hand, pal.size)
      drawPal(
        ctx,
        {
          body: pal.body,
          trim: [206, 208, 212],
          dark: mix(wall, [16, 12, 20], 0.75),
          face,
          side: (right ? 1 : -1) * pal.hand,
        },
        { look: Math.sin(t * 0.7), blink: beat < 0.16 ? 1 - Math.abs(beat - 0.08) / 0.08 : 0, wave, t },
      )
      ctx.restore()
    }
    for (const pal of pals) drawGlow(ctx, screen, pal.x, bench - pal.size * 0.74, pal.size * 0.42, 0.34)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
  const lamp = room.lamp
  const shade: Layer = (ctx, view) => {
    lookAt(ctx, view, 0.55)
    const sway = Math.sin(view.seconds * 0.9) * 5 * unit
    ctx.strokeStyle = css(mix(wall, [10, 10, 14], 0.8))
    ctx.lineWidth = 3 * unit
    ctx.lineCap = 'round'
    ctx.beginPath()
    ctx.moveTo(lamp.x, -40 * unit)
    ctx.lineTo(lamp.x + sway, lamp.y - 40 * unit)
    ctx.stroke()
    ctx.fillStyle = css(mix([62, 92, 84], [10, 10, 14], 0.25))
    ctx.beginPath()
    ctx.moveTo(lamp.x + sway - 14 * unit, lamp.y - 44 * unit)
    ctx.lineTo(lamp.x + sway + 14 * unit, lamp.y - 44 * unit)
    ctx.quadraticCurveTo(lamp.x + sway + 30 * unit, lamp.y - 10 * unit, lamp.x + sway + 66 * unit, lamp.y)
    ctx.lineTo(lamp.x + sway - 66 * unit, lamp.y)
    ctx.quadraticCurveTo(lamp.x + sway - 30 * unit, lamp.y - 10 * unit, lamp.x + sway - 14 * unit, lamp.y - 44 * unit)
    ctx.fill()
    ctx.fillStyle = 'rgb(255,240,206)'
    ctx.beginPath()
    ctx.ellipse(lamp.x + sway, lamp.y, 26 * unit, 7 * unit, 0, 0, Math.PI * 2)
    ctx.fill()
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
  const sparks = Array.from({ length: 46 }, () => ({
    burst: Math.floor(random() * 3),
    angle: -Math.PI * random(),
    speed: 90 + random() * 240,
    life: 0.35 + random() * 0.5,
  }))
  const dabs = createDabs(sparks.length)
  const hand = { x: pals[0]!.x - pals[0]!.hand * pals[0]!.size * 0.36, y: bench - pals[0]!.size * 0.14 }
  const flying: Layer = (_, view) => {
    for (const spark of sparks) {
      const age = ((view.seconds + 0.2) % 2.2) - spark.burst * 0.14
      if (age < 0 || age > spark.life) continue
      const [vx, vy] = [Math.cos(spark.angle) * spark.speed, Math.sin(spark.angle) * spark.speed]
      const place = (when: number): readonly [number, number] => [
        xAt(view, hand.x + vx * when * unit, 0.72),
        yAt(view, hand.y + (vy * when + 260 * when * when) * unit, 0.72),
      ]
      const [ax, ay] = place(age)
      const [bx, by] = place(Math.max(0, age - 0.03))
      dabs.paint(mix([255, 250, 220], [255, 140, 50], age / spark.life), 1 - age / spark.life)
      dabs.line(ax, ay, bx, by, 2.2 * unit)
    }
    dabs.lay(view.frameCanvas)
  }
  const cone = glowSprite({ x: lamp.x, y: lamp.y + 20 * unit, reach: height * 0.62 }, 0.55, [
    [0, [255, 222, 160], 0.5],
    [0.2, [255, 206, 136], 0.2],
    [1, shift([255, 190, 120], 0), 0],
  ])
  return {
    horizon: bench,
    layers: [
      still(workshopWall(scene, room)),
      shining(cone),
      shade,
      still(workbench(scene, room)),
      figures,
      flying,
      moteLayer(scene, {
        name: 'workshop dust',
        colour: [255, 226, 176],
        count: 36,
        rise: 5,
        size: 1.2,
        from: 0.1,
        to: 0.9,
        blink: 0.4,
      }),
    ],
  }
}

/** Robots: a giant that walks through the mist, or a small friendly one in its workshop. */
export const paintRobot: ScenePainter = (scene) => {
  const { words } = scene.brief
  const small = mentions(words, [
    'workshop',
    'friendly',
    'cute',
    'little',
    'small',
    'tiny',
    'lab',
    'laboratory',
    'garage',
    'kitchen',
    'toy',
    'robots',
    'indoor*',
  ])
  const great = mentions(words, [
    'giant',
    'huge',
    'mech',
    'colossal',
    'colossus',
    'titan',
    'walking',
    'walks',
    'fog*',
    'mist*',
    'city',
    'street',
    'forest',
    'mountain*',
    'battle',
    'war',
    'apocalyp*',
  ])
  return great && !small
    ? paintGiant(scene)
    : small || scene.random('which robot')() < 0.6
      ? paintWorkshop(scene)
      : paintGiant(scene)
}
