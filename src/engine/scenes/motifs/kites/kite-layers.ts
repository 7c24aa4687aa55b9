import { rgb, type Rgb } from '../../../rgb.ts'
import type { KiteKind } from '../../../prompt/details/kites.ts'
import type { Random } from '../../../random.ts'
import { fillEllipse, strokeLine } from '../../../canvas/paths.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import { lookAt, scaleAt, xAt, yAt } from '../../../canvas/camera-view.ts'
import { drawPerson } from '../../figures/walkers.ts'
import { type Cloth, drawKite } from './kite-shapes.ts'
import { drawAt } from '../../../canvas/curves.ts'

const CLOTHS: readonly Cloth[] = [
  [rgb(0xe23e34), rgb(0xfabe3a), rgb(0x2678be)],
  [rgb(0x2480c8), rgb(0xfaf4e6), rgb(0xf05c3c)],
  [rgb(0xfaaa30), rgb(0xe04660), rgb(0x5a3c96)],
  [rgb(0x2aa88c), rgb(0xfada5a), rgb(0xe24c3c)],
  [rgb(0x964cb0), rgb(0xf896aa), rgb(0xfae06e)],
]

/** Most kites have a tail. */
const USUAL: readonly KiteKind[] = ['diamond', 'delta', 'diamond', 'delta', 'diamond', 'fish', 'box']

type Kite = {
  kind: KiteKind
  cloth: Cloth
  x: number
  y: number
  size: number
  depth: number
  phase: number
  hand: { x: number; y: number }
}

const PIECES = 14

type Hand = { x: number; y: number; size: number; near: number; phase: number }
/** Where near kite flyers stand, and far ones, in pixels down the frame. */
type Ground = { y: number; far: number; depth: number }
/** Kites in the air and the hands that hold them. `wind` is the way that it blows, -1 or 1; `gust` how fast, 1 is usual. */
type Flight = { kites: Kite[]; hands: Hand[]; wind: number; gust: number }

const flightOf = (scene: SceneContext, ground: Ground, random: Random): Flight => {
  const { brief, width, height, unit } = scene
  const tone = toneOf(scene)
  const { colours, details } = brief
  const count = Math.min(24, details.kites.count ?? 4 + Math.floor(random() * 3))
  const wind = random() < 0.5 ? 1 : -1
  const clothOf = (index: number): Cloth => {
    const own = CLOTHS[Math.floor(random() * CLOTHS.length)]!
    const word = colours.length > 0 ? colours[index % colours.length]! : undefined
    const cloth: Cloth = word ? [word, mix(shift(word, 0.12), [250, 244, 232], 0.5), shift(word, -0.14)] : own
    const [first, second, third] = cloth
    return [tone(first, 0.9), tone(second, 0.9), tone(third, 0.9)]
  }
  // Hands along the ground; each line ends in one.
  const hands = Array.from({ length: Math.min(count, 5) }, (_, index) => {
    const share = (index + 0.3 + random() * 0.4) / Math.min(count, 5)
    const near = count === 1 ? 0.8 : random() ** 0.7
    const y = ground.far + (ground.y - ground.far) * near
    return { x: width * (0.08 + share * 0.84), y, size: (58 + near * 96) * unit, near, phase: random() * 6 }
  })
  const area = width * 0.86
  const kites: Kite[] = Array.from({ length: count }, (_, index) => {
    const order = index / Math.max(1, count - 1)
    const near = count === 1 ? 1 : index === 0 ? 1 : Math.max(0.2, (1 - order) * (0.5 + random() * 0.5))
    const who = hands[index % hands.length]!
    const lane = count === 1 ? 0.5 + (random() - 0.5) * 0.3 : (index * 0.618 + random() * 0.2 + 0.22) % 1
    return {
      kind: details.kites.kind ?? USUAL[Math.floor(random() * USUAL.length)]!,
      cloth: clothOf(index),
      x: width * 0.07 + area * lane,
      y: ground.far * (0.16 + (1 - near) * 0.42 + random() * 0.16),
      size: (22 + near ** 1.6 * 62) * unit * Math.max(1, (height / width) * 0.9),
      depth: 0.3 + near * 0.5,
      phase: random() * 6,
      hand: { x: who.x + 0.18 * who.size, y: who.y - who.size * 1.04 },
    }
  }).sort((a, b) => a.size - b.size)
  return { kites, hands, wind, gust: details.kites.isWindy ? 1.7 : 1 }
}

/** Where a kite is at a moment, and how it is turned. */
const placeOf = (kite: Kite, { wind, gust }: Flight, seconds: number): { x: number; y: number; turn: number } => {
  const t = seconds * gust
  const sway = Math.sin(t * 0.8 + kite.phase) + Math.sin(t * 1.9 + kite.phase * 2.3) * 0.35
  const climb = Math.sin(t * 1.1 + kite.phase * 1.7) + Math.sin(t * 2.6 + kite.phase) * 0.25
  const x = kite.x + sway * kite.size * 0.42
  const y = kite.y + climb * kite.size * 0.26
  const away = Math.atan2(x - kite.hand.x, kite.hand.y - y)
  return { x, y, turn: away * 0.55 + wind * 0.16 + Math.cos(t * 0.8 + kite.phase) * 0.14 }
}

/** The lines from the kites to the hands, and the tails, which stream with the wind, waves running down them. */
const linesLayer = (scene: SceneContext, flight: Flight, ground: Ground): Layer => {
  const { light, unit } = scene
  const { kites, wind, gust } = flight
  const dabs = createDabs(kites.length * (PIECES * 3 + 20))
  const line = mix(light.skyLow, light.dark > 0.4 ? [230, 236, 246] : [50, 54, 64], 0.6)
  return (_, view) => {
    for (const kite of kites) {
      const { x, y, turn } = placeOf(kite, flight, view.seconds)
      const scale = scaleAt(view, kite.depth)
      const [kx, ky] = [xAt(view, x, kite.depth), yAt(view, y, kite.depth)]
      const [hx, hy] = [xAt(view, kite.hand.x, ground.depth), yAt(view, kite.hand.y, ground.depth)]
      const sag = Math.hypot(kx - hx, ky - hy) * 0.09
      dabs.paint(line, 0.5)
      let [fromX, fromY] = [kx, ky]
      for (let piece = 1; piece <= PIECES; piece++) {
        const t = piece / PIECES
        const toX = kx + (hx - kx) * t
        const toY = ky + (hy - ky) * t + Math.sin(t * Math.PI) * sag
        dabs.line(fromX, fromY, toX, toY, 1.1 * unit)
        ;[fromX, fromY] = [toX, toY]
      }
      if (kite.kind === 'fish' || kite.kind === 'box') continue
      const s = kite.size * scale
      const foot = kite.kind === 'diamond' ? 1 : 0.5
      let [tx, ty] = [kx - Math.sin(turn) * s * foot, ky + Math.cos(turn) * s * foot]
      for (let piece = 1; piece <= PIECES; piece++) {
        const t = piece / PIECES
        const wave = Math.sin(t * 8 - view.seconds * 5 * gust + kite.phase) * (0.2 + t * 0.8)
        const aim = 0.5 + t * 0.5 + wave * 0.55
        const toX = tx + wind * Math.sin(aim) * s * 0.21
        const toY = ty + Math.cos(aim) * s * 0.21
        dabs.paint(kite.cloth[piece % 3]!, 1)
        dabs.line(tx, ty, toX, toY, Math.max(1.4 * unit, s * 0.07 * (1.2 - t)))
        if (piece % 3 === 0 && kite.kind === 'diamond') {
          dabs.ellipse(toX, toY, s * 0.13, s * 0.055, aim * wind + 0.6)
          dabs.ellipse(toX, toY, s * 0.13, s * 0.055, aim * wind - 0.6)
        }
        ;[tx, ty] = [toX, toY]
      }
    }
    dabs.lay(view.frameCanvas)
  }
}

const clothsLayer = (scene: SceneContext, flight: Flight): Layer => {
  const { light } = scene
  const { wind, gust } = flight
  const glow = light.sun.shown ? 1 - light.dark : 0.2
  return (ctx, view) => {
    for (const kite of flight.kites) {
      const { x, y, turn } = placeOf(kite, flight, view.seconds)
      const fish = kite.kind === 'fish'
      lookAt(ctx, view, kite.depth)
      ctx.translate(x, y)
      ctx.rotate(fish ? Math.sin(view.seconds * 1.4 + kite.phase) * 0.12 - wind * 0.1 : turn)
      ctx.scale(fish ? kite.size * wind : kite.size, kite.size)
      drawKite(ctx, kite.kind, kite.cloth, glow, 0.5 + 0.5 * Math.sin(view.seconds * 3 * gust + kite.phase))
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

const COATS: readonly Rgb[] = [0xd64c3e, 0xf6f0e2, 0x3c7aaa, 0xf0b84a, 0x60966e].map(rgb)

/** Those who fly the kites, one arm raised. What they wear does not change: it is worked out once. */
const flyersLayer = (scene: SceneContext, { hands }: Flight, depth: number, random: Random): Layer => {
  const tone = toneOf(scene)
  const young = scene.brief.details.kites.hasChildren || random() < 0.4
  const people = hands
    .map((hand, index) => {
      const far = (1 - hand.near) * 0.3
      const paint = (colour: Rgb, shine: number): string => css(tone(colour, shine, far))
      const coat = COATS[(index + Math.floor(random() * 5)) % 5]!
      return {
        ...hand,
        size: hand.size * (young ? 0.86 : 1),
        sleeve: paint(coat, 0.85),
        person: {
          coat: paint(coat, 0.75),
          legs: paint([70, 84, 112], 0.5),
          skin: paint([214, 164, 132], 0.8),
          hair: paint([74, 50, 38], 0.5),
          skirt: random() < 0.5 ? 0.9 : 0.1,
          pack: false,
          staff: false,
          hat: random() < 0.3,
        },
      }
    })
    .sort((a, b) => a.y - b.y)
  return layerAt(depth, (ctx, view) => {
    for (const { x, y, size, phase, person, sleeve } of people) {
      fillEllipse(ctx, 'rgba(16,20,30,0.2)', [x, y, size * 0.26, size * 0.04])
      drawAt(ctx, { x, y, scale: [size, size] }, () => {
        const tug = Math.sin(view.seconds * 1.3 + phase)
        drawPerson(ctx, person, 0.02 * tug, 0.3)
        ctx.strokeStyle = sleeve
        strokeLine(ctx, [0.02, -0.78, 0.12, -0.9 + tug * 0.015, 0.19, -1.05 + tug * 0.03], 0.06)
      })
    }
  })
}

/** Kites in the wind with their tails and lines, and those who fly them. */
export const kiteLayers = (scene: SceneContext, ground: Ground): Layer[] => {
  const random = scene.random('kites')
  const flight = flightOf(scene, ground, random)
  return [
    linesLayer(scene, flight, ground),
    clothsLayer(scene, flight),
    flyersLayer(scene, flight, ground.depth, random),
  ]
}
