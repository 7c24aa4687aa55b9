import type { Rgb } from '../../prompt/colours.ts'
import { bookTable } from '../figures/book-table.ts'
import { fillShape } from '../brush.ts'
import { flameLayer, type Wick } from '../figures/candles.ts'
import { css, lit, mix } from '../colour.ts'
import { moteLayer, rainLayer, snowLayer } from '../falling.ts'
import { arched, farWall, hallOf, shelves } from '../figures/hall.ts'
import { heavens } from '../outdoors.ts'
import { coverBox, paintPlate, still } from '../plate.ts'
import { rayLayer } from '../rays.ts'
import type { Layer } from '../stage.ts'
import type { PlacePainter } from '../places/painter.ts'

/** A long hall of books that ends in a tall window, with candles on the table and along the shelves. */
export const paintLibrary: PlacePainter = (stage) => {
  const { brief, light, width, height, unit } = stage
  const random = stage.random('library')
  const vanish = { x: width * (0.42 + random() * 0.16), y: height * (0.5 + random() * 0.06) }
  const hall = hallOf(stage, vanish)
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
  const arch = arched(hall, 0.5 + random() * 0.2, 0.3, 1.12)
  const box = coverBox(stage, 0.5)
  const plate = paintPlate(box, 0.5, (ctx) => {
    farWall(ctx, hall, paint, arch)
    const [left, right] = [hall.to(-1, 0, hall.end), hall.to(1, 0, hall.end)]
    const floor = ctx.createLinearGradient(0, left[1], 0, height)
    floor.addColorStop(0, paint([150, 96, 58], hall.end))
    floor.addColorStop(1, paint([74, 44, 30], 0))
    fillShape(ctx, [left, right, hall.to(1, 0, -0.6), hall.to(-1, 0, -0.6)], floor)
    for (let board = 0; board < 34; board++) {
      const z = hall.end * (board / 34) ** 1.6
      fillShape(
        ctx,
        [hall.to(-1, 0, z), hall.to(1, 0, z), hall.to(1, 0, z + 0.012), hall.to(-1, 0, z + 0.012)],
        'rgba(20,8,4,0.22)',
      )
    }
    for (const [wide, colour] of [
      [0.44, [98, 28, 34]],
      [0.39, [160, 112, 62]],
      [0.37, [112, 34, 38]],
    ] as const)
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
          return hall.to(-Math.cos(angle), 1.38 + Math.sin(angle) * 0.62, at)
        })
      fillShape(ctx, [...ring(z), ...ring(next).reverse()], paint([96, 68, 48], z + 0.8))
      fillShape(ctx, [...ring(z), ...ring(z + 0.09).reverse()], paint([66, 40, 26], z))
    }
    shelves(ctx, random, hall, -1, paint)
    shelves(ctx, random, hall, 1, paint)
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
      ctx.lineTo(...hall.to(bar * 0.2, 2.2, hall.end))
      ctx.stroke()
    }
    for (let bar = 1; bar < 9; bar++) {
      ctx.beginPath()
      ctx.moveTo(...hall.to(-1, 0.3 + bar * 0.17, hall.end))
      ctx.lineTo(...hall.to(1, 0.3 + bar * 0.17, hall.end))
      ctx.stroke()
    }
    ctx.restore()
  })
  const far: Wick[] = []
  for (const side of [-1, 1])
    for (let lamp = 0; lamp < 4; lamp++) {
      const [x, y] = hall.to(side * 0.9, 0.78, 0.5 + lamp * 1.15)
      far.push({ x, y, size: (30 * unit) / (0.82 + 0.5 + lamp * 1.15) })
    }
  const front = bookTable(stage, warm)
  const [, windowFoot] = hall.to(0.8, 0.2, hall.end)
  const outside: Layer[] = heavens(stage, windowFoot)
  if (light.weather === 'rain' || light.weather === 'storm') outside.push(rainLayer(stage))
  if (light.weather === 'snow') outside.push(snowLayer(stage, 0.8))
  return {
    horizon: vanish.y,
    layers: [
      // The room before it hides what is not behind the window.
      ...outside,
      still(plate),
      front.layer,
      ...(light.sun.shown
        ? [
            rayLayer(stage, {
              x: vanish.x,
              y: hall.to(0, 1.9, hall.end)[1] - height * 0.2,
              colour: mix(light.key, [255, 210, 150], 0.4),
              strength: light.sun.moon ? 0.1 : 0.22,
              count: 9,
              spread: 1.1,
              long: height * 0.95,
            }),
          ]
        : []),
      flameLayer(stage, far, 0.5),
      moteLayer(stage, {
        name: 'library dust',
        colour: [255, 214, 150],
        count: 60,
        rise: 3,
        size: 1,
        from: 0.1,
        to: 0.9,
        blink: 0.6,
      }),
      flameLayer(stage, front.wicks, 1),
    ],
  }
}
