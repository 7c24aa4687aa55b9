import type { Rgb } from '../../../rgb.ts'
import { readCount } from '../../../prompt/count.ts'
import { mentions } from '../../../prompt/words.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import type { Layer } from '../../layers.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt, scaleAt, xAt, yAt } from '../../../canvas/camera-view.ts'
import { drawPerson } from '../../figures/walkers.ts'
import { type Cloth, drawKite, KITES, type KiteKind } from './kite-shapes.ts'

const CLOTHS: readonly Cloth[] = [
  [
    [226, 62, 52],
    [250, 190, 58],
    [38, 120, 190],
  ],
  [
    [36, 128, 200],
    [250, 244, 230],
    [240, 92, 60],
  ],
  [
    [250, 170, 48],
    [224, 70, 96],
    [90, 60, 150],
  ],
  [
    [42, 168, 140],
    [250, 218, 90],
    [226, 76, 60],
  ],
  [
    [150, 76, 176],
    [248, 150, 170],
    [250, 224, 110],
  ],
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

/** Kites in the wind with their tails and lines, and those who fly them. `ground` is where near ones stand. */
export const kiteLayers = (scene: SceneContext, ground: { y: number; far: number; depth: number }): Layer[] => {
  const { brief, light, width, height, unit } = scene
  const random = scene.random('kites')
  const tone = toneOf(scene)
  const { words } = brief
  const count = Math.min(24, readCount(words, ['kite']) ?? 4 + Math.floor(random() * 3))
  const wind = random() < 0.5 ? 1 : -1
  const gust = mentions(words, ['windy', 'strong wind', 'storm*', 'gale']) ? 1.7 : 1
  const colours = brief.colours
  const glow = light.sun.shown ? 1 - light.dark : 0.2
  const named = KITES.find((kind) => mentions(words, [kind]))
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
      kind: named ?? USUAL[Math.floor(random() * USUAL.length)]!,
      cloth: clothOf(index),
      x: width * 0.07 + area * lane,
      y: ground.far * (0.16 + (1 - near) * 0.42 + random() * 0.16),
      size: (22 + near ** 1.6 * 62) * unit * Math.max(1, (height / width) * 0.9),
      depth: 0.3 + near * 0.5,
      phase: random() * 6,
      hand: { x: who.x + 0.18 * who.size, y: who.y - who.size * 1.04 },
    }
  }).sort((a, b) => a.size - b.size)
  const place = (kite: Kite, seconds: number): { x: number; y: number; turn: number } => {
    const t = seconds * gust
    const sway = Math.sin(t * 0.8 + kite.phase) + Math.sin(t * 1.9 + kite.phase * 2.3) * 0.35
    const climb = Math.sin(t * 1.1 + kite.phase * 1.7) + Math.sin(t * 2.6 + kite.phase) * 0.25
    const x = kite.x + sway * kite.size * 0.42
    const y = kite.y + climb * kite.size * 0.26
    const away = Math.atan2(x - kite.hand.x, kite.hand.y - y)
    return { x, y, turn: away * 0.55 + wind * 0.16 + Math.cos(t * 0.8 + kite.phase) * 0.14 }
  }
  const dabs = createDabs(kites.length * (PIECES * 3 + 20))
  const line = mix(light.skyLow, light.dark > 0.4 ? [230, 236, 246] : [50, 54, 64], 0.6)
  const threads: Layer = (_, view) => {
    for (const kite of kites) {
      const { x, y, turn } = place(kite, view.seconds)
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
      // The tail streams with the wind and falls a little, waves running down it.
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
  const cloths: Layer = (ctx, view) => {
    for (const kite of kites) {
      const { x, y, turn } = place(kite, view.seconds)
      lookAt(ctx, view, kite.depth)
      ctx.translate(x, y)
      if (kite.kind === 'fish') {
        ctx.rotate(Math.sin(view.seconds * 1.4 + kite.phase) * 0.12 - wind * 0.1)
        ctx.scale(kite.size * wind, kite.size)
      } else {
        ctx.rotate(turn)
        ctx.scale(kite.size, kite.size)
      }
      drawKite(ctx, kite.kind, kite.cloth, glow, 0.5 + 0.5 * Math.sin(view.seconds * 3 * gust + kite.phase))
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
  const young = mentions(words, ['child*', 'kid', 'girl', 'boy', 'family']) || random() < 0.4
  const wear: readonly Rgb[] = [
    [214, 76, 62],
    [246, 240, 226],
    [60, 122, 170],
    [240, 184, 74],
    [96, 150, 110],
  ]
  // What they wear does not change: it is worked out once.
  const people = hands
    .map((hand, index) => {
      const far = (1 - hand.near) * 0.3
      const paint = (colour: Rgb, shine: number): string => css(tone(colour, shine, far))
      const coat = wear[(index + Math.floor(random() * 5)) % 5]!
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
  const flyers: Layer = (ctx, view) => {
    for (const one of people) {
      lookAt(ctx, view, ground.depth)
      ctx.fillStyle = 'rgba(16,20,30,0.2)'
      ctx.beginPath()
      ctx.ellipse(one.x, one.y, one.size * 0.26, one.size * 0.04, 0, 0, Math.PI * 2)
      ctx.fill()
      ctx.translate(one.x, one.y)
      ctx.scale(one.size, one.size)
      const tug = Math.sin(view.seconds * 1.3 + one.phase)
      drawPerson(ctx, one.person, 0.02 * tug, 0.3)
      ctx.strokeStyle = one.sleeve
      ctx.lineWidth = 0.06
      ctx.beginPath()
      ctx.moveTo(0.02, -0.78)
      ctx.lineTo(0.12, -0.9 + tug * 0.015)
      ctx.lineTo(0.19, -1.05 + tug * 0.03)
      ctx.stroke()
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
  return [threads, cloths, flyers]
}
