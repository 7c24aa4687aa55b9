import type { Rgb } from '../../../rgb.ts'
import { bookTable } from './book-table.ts'
import { mentions } from '../../../prompt/words.ts'
import { drawGlow, fillShape, glowImage } from '../../../canvas/drawing.ts'
import { flameLayer, type Wick } from '../../figures/candles.ts'
import { css, lit, mix, shift } from '../../../canvas/colour.ts'
import { moteLayer, rainLayer, snowLayer } from '../../sky/falling.ts'
import { farWall, hallOf, outlineOf, shelves, WINDOWS } from './hall.ts'
import { heavens } from '../../sky/outdoors.ts'
import { coverBox, still, type Layer, type ScenePainter } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { rayLayer } from '../../sky/rays.ts'

const WOODS: readonly Rgb[] = [
  [92, 58, 36],
  [150, 100, 58],
  [62, 46, 42],
  [196, 186, 168],
  [58, 78, 66],
  [112, 52, 40],
]
const CARPETS: readonly Rgb[] = [
  [112, 34, 38],
  [40, 62, 92],
  [52, 84, 66],
  [150, 110, 60],
]

/** A long hall of books that ends in a tall window, with candles on the table and along the shelves. */
export const paintLibrary: ScenePainter = (scene) => {
  const { brief, light, width, height, unit } = scene
  const random = scene.random('library')
  const vanish = { x: width * (0.24 + random() * 0.52), y: height * (0.44 + random() * 0.16) }
  const hall = hallOf(scene, vanish, 0.26 + random() * 0.5, 3 + random() * 4)
  const wood = WOODS[Math.floor(random() * WOODS.length)]!
  const gallery = random() < 0.5
  const top = gallery ? 2.16 : 1.36
  const vaulted = random() < 0.6
  const paved = random() < 0.28
  const carpet = random() < 0.65 ? CARPETS[Math.floor(random() * CARPETS.length)] : undefined
  const tabled =
    random() < 0.6 || mentions(brief.words, ['table', 'desk', 'candle', 'candlelight', 'reading', 'open book'])
  const hung = random() < 0.5 && !mentions(brief.words, ['candle', 'candlelight'])
  const evening = light.dark > 0.35
  const warm = mix(
    mix([255, 196, 128], light.ambient, evening ? 0.12 : 0.3),
    brief.colours[0] ?? [255, 196, 128],
    brief.colours[0] ? 0.25 : 0,
  )
  const gleam = evening ? light.skyMid : mix(light.skyLow, light.key, 0.5)
  const paint = (colour: Rgb, z: number): string => {
    const far = hall.dim(Math.max(0, z))
    const near = lit(colour, warm, 0.62 + 0.2 * Math.cos(z * 2.4))
    return css(mix(near, lit(mix(colour, gleam, 0.25), mix(warm, gleam, 0.5), evening ? 0.7 : 1.1), far * 0.75))
  }
  const arch = outlineOf(hall, WINDOWS[Math.floor(random() * WINDOWS.length)]!, 0.4 + random() * 0.4, 0.3, top - 0.2)
  const box = coverBox(scene, 0.5)
  const sprite = paintSprite(box, 0.5, (ctx) => {
    farWall(ctx, hall, paint, arch)
    const [left, right] = [hall.to(-1, 0, hall.end), hall.to(1, 0, hall.end)]
    const floor = ctx.createLinearGradient(0, left[1], 0, height)
    floor.addColorStop(0, paint(shift(paved ? [196, 186, 170] : wood, 0.16), hall.end))
    floor.addColorStop(1, paint(shift(paved ? [150, 140, 126] : wood, -0.02), 0))
    fillShape(ctx, [left, right, hall.to(1, 0, -0.6), hall.to(-1, 0, -0.6)], floor)
    if (paved)
      for (let row = 0; row < 26; row++)
        for (let tile = row % 2; tile < 10; tile += 2) {
          const [x1, x2] = [tile / 5 - 1, (tile + 1) / 5 - 1]
          const [z1, z2] = [-0.6 + row * 0.32, -0.28 + row * 0.32]
          if (z1 > hall.end) continue
          const last = Math.min(hall.end, z2)
          fillShape(
            ctx,
            [hall.to(x1, 0, z1), hall.to(x2, 0, z1), hall.to(x2, 0, last), hall.to(x1, 0, last)],
            paint([60, 50, 48], z1 + 0.6),
          )
        }
    for (let board = 0; board < (paved ? 0 : 34); board++) {
      const z = hall.end * (board / 34) ** 1.6
      fillShape(
        ctx,
        [hall.to(-1, 0, z), hall.to(1, 0, z), hall.to(1, 0, z + 0.012), hall.to(-1, 0, z + 0.012)],
        'rgba(20,8,4,0.22)',
      )
    }
    for (const [wide, colour] of carpet
      ? ([
          [0.44, shift(carpet, -0.03)],
          [0.39, [160, 112, 62]],
          [0.37, carpet],
        ] as const)
      : [])
      fillShape(
        ctx,
        [
          hall.to(-wide, 0.002, hall.end - 0.2),
          hall.to(wide, 0.002, hall.end - 0.2),
          hall.to(wide, 0.002, -0.6),
          hall.to(-wide, 0.002, -0.6),
        ],
        paint(colour, 2),
      )
    for (let beam = 9; beam >= 0; beam--) {
      const z = hall.end * (beam / 9) - 0.4
      const next = z + hall.end / 9
      const ring = (at: number): [number, number][] =>
        Array.from({ length: 17 }, (_, index) => {
          const angle = Math.PI * (index / 16)
          return hall.to(-Math.cos(angle), top + 0.02 + (vaulted ? Math.sin(angle) * 0.62 : 0.16), at)
        })
      const rib = vaulted ? 0.09 : 0.16
      fillShape(ctx, [...ring(z), ...ring(next).reverse()], paint(shift(wood, vaulted ? 0.04 : 0.1), z + 0.8))
      fillShape(ctx, [...ring(z), ...ring(z + rib).reverse()], paint(shift(wood, -0.1), z))
    }
    for (const side of [-1, 1]) {
      const wall = [
        hall.to(side, top, -0.6),
        hall.to(side, top, hall.end),
        hall.to(side, top + 0.22, hall.end),
        hall.to(side, top + 0.22, -0.6),
      ]
      fillShape(ctx, wall, paint(shift(wood, 0.02), 1.4))
      shelves(ctx, random, hall, side, paint, { wood, low: 0, high: 1.34 })
      if (!gallery) continue
      shelves(ctx, random, hall, side, paint, { wood, low: 1.5, high: top })
      // The gallery's walk stands out before the shelves, with its rail.
      const walk = (x1: number, x2: number, y1: number, y2: number, colour: Rgb): void =>
        fillShape(
          ctx,
          [
            hall.to(side * x1, y1, -0.5),
            hall.to(side * x1, y1, hall.end),
            hall.to(side * x2, y2, hall.end),
            hall.to(side * x2, y2, -0.5),
          ],
          paint(colour, 1.6),
        )
      walk(1, 0.72, 1.4, 1.4, shift(wood, -0.2))
      walk(0.72, 0.72, 1.38, 1.46, shift(wood, 0.08))
      walk(0.72, 0.72, 1.72, 1.75, shift(wood, 0.1))
      for (let post = Math.floor(hall.end * 5); post >= -2; post--) {
        const z = post / 5
        fillShape(
          ctx,
          [
            hall.to(side * 0.72, 1.44, z),
            hall.to(side * 0.72, 1.44, z + 0.025),
            hall.to(side * 0.72, 1.73, z + 0.025),
            hall.to(side * 0.72, 1.73, z),
          ],
          paint(shift(wood, 0.02), z),
        )
      }
    }
    if (hung)
      for (let lamp = 3; lamp >= 0; lamp--) {
        const z = 0.35 + lamp * (hall.end / 4.4)
        const [x, y] = hall.to(0, top - 0.16, z)
        const size = (26 * unit) / (0.82 + z)
        ctx.strokeStyle = paint([30, 22, 18], z)
        ctx.lineWidth = Math.max(1, size * 0.1)
        ctx.beginPath()
        ctx.moveTo(...hall.to(0, top + (vaulted ? 0.64 : 0.18), z))
        ctx.lineTo(x, y)
        ctx.stroke()
        ctx.fillStyle = '#ffe6b4'
        ctx.beginPath()
        ctx.arc(x, y, size, 0, Math.PI * 2)
        ctx.fill()
        drawGlow(ctx, glowImage([255, 186, 104], 128), x, y, size * 6, 0.8)
      }
    // Bars of the window.
    ctx.save()
    ctx.beginPath()
    arch(ctx)
    ctx.clip()
    ctx.strokeStyle = paint([60, 40, 30], hall.end)
    ctx.lineWidth = 3 * unit
    for (let bar = -2; bar <= 2; bar++) {
      ctx.beginPath()
      ctx.moveTo(...hall.to(bar * 0.2, 0.2, hall.end))
      ctx.lineTo(...hall.to(bar * 0.2, 3.2, hall.end))
      ctx.stroke()
    }
    for (let bar = 1; bar < 15; bar++) {
      ctx.beginPath()
      ctx.moveTo(...hall.to(-1, 0.3 + bar * 0.17, hall.end))
      ctx.lineTo(...hall.to(1, 0.3 + bar * 0.17, hall.end))
      ctx.stroke()
    }
    ctx.restore()
  })
  const far: Wick[] = []
  for (const side of [-1, 1])
    for (let lamp = 0; lamp < (hung ? 0 : 4); lamp++) {
      const [x, y] = hall.to(side * 0.9, 0.78, 0.5 + lamp * 1.15)
      far.push({ x, y, size: (30 * unit) / (0.82 + 0.5 + lamp * 1.15) })
    }
  const front = bookTable(scene, warm)
  const [, windowFoot] = hall.to(0.8, 0.2, hall.end)
  const outside: Layer[] = heavens(scene, windowFoot)
  if (light.weather === 'rain' || light.weather === 'storm') outside.push(rainLayer(scene))
  if (light.weather === 'snow') outside.push(snowLayer(scene, 0.8))
  return {
    horizon: vanish.y,
    layers: [
      // The room before it hides what is not behind the window.
      ...outside,
      still(sprite),
      ...(tabled ? [front.layer] : []),
      ...(light.sun.shown
        ? [
            rayLayer(scene, {
              x: vanish.x,
              y: hall.to(0, top + 0.5, hall.end)[1] - height * 0.2,
              colour: mix(light.key, [255, 210, 150], 0.4),
              strength: light.sun.moon ? 0.1 : 0.22,
              count: 9,
              spread: 1.1,
              long: height * 0.95,
            }),
          ]
        : []),
      flameLayer(scene, far, 0.5),
      moteLayer(scene, {
        name: 'library dust',
        colour: [255, 214, 150],
        count: 60,
        rise: 3,
        size: 1,
        from: 0.1,
        to: 0.9,
        blink: 0.6,
      }),
      ...(tabled ? [flameLayer(scene, front.wicks, 1)] : []),
    ],
  }
}
