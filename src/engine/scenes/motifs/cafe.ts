import type { Rgb } from '../../prompt/colours.ts'
import { mentions } from '../../prompt/words.ts'
import { fillShape } from '../brush.ts'
import { css, lit, mix, tint } from '../colour.ts'
import { moteLayer, rainLayer, snowLayer } from '../falling.ts'
import { paintFront, paintRoom } from '../figures/cafe-room.ts'
import type { Paint } from '../figures/cafe-things.ts'
import { steamLayer } from '../figures/steam.ts'
import { heavens } from '../outdoors.ts'
import type { PlacePainter } from '../places/painter.ts'
import { coverBox, drawPlate, paintPlate, still } from '../plate.ts'
import { skyline } from '../skyline.ts'
import { neonOf } from '../neon.ts'
import type { Layer } from '../stage.ts'

/** A café: a wide window on a street, a counter with its machine and shelves, small tables, lamps that hang from the ceiling. */
export const paintCafe: PlacePainter = (stage) => {
  const { brief, light, width, height, unit } = stage
  const random = stage.random('cafe')
  const side = random() < 0.5 ? 1 : -1
  const flip = (x: number): number => (side > 0 ? x : width - x)
  const floor = height * (0.74 + random() * 0.03)
  const dark = light.dark > 0.35
  const inside = dark ? mix(light.ambient, [196, 140, 92], 0.72) : mix(light.ambient, light.key, 0.58)
  const dim = dark ? 0.9 : 1
  const word = brief.colours[0]
  const walls: readonly Rgb[] = [
    [92, 118, 108],
    [188, 150, 118],
    [98, 110, 132],
    [206, 186, 160],
    [150, 84, 66],
  ]
  const plaster = walls[Math.floor(random() * walls.length)]!
  const wall = word ? tint(plaster, word, 0.6) : plaster
  const wood: Rgb = [150, 102, 64]
  const paint: Paint = (colour, shine = 0.5) => css(lit(colour, inside, dim * (0.72 + shine * 0.5)))
  const pane = {
    left: width * (side > 0 ? 0.44 : 0.04),
    right: width * (side > 0 ? 0.96 : 0.56),
    top: height * 0.12,
    bottom: floor - 120 * unit,
  }
  const depth = 0.5
  const room = paintRoom(stage, { pane, floor, side, wall, wood, depth, paint })
  const counterTop = floor - 132 * unit
  const counterX = side > 0 ? -60 * unit : width * 0.6
  const lamps = [0.15, 0.34, 0.6, 0.82].map((at, index) => ({
    x: flip(width * at),
    y: height * (0.2 + (index % 2) * 0.06),
  }))
  const tables = [
    { x: flip(width * 0.6), y: floor + 52 * unit, size: 190 * unit },
    { x: flip(width * 0.88), y: floor + 92 * unit, size: 230 * unit },
  ]
  const front = paintFront(stage, { counterX, counterTop, floor, side, tables, lamps, wood, word, dark, paint })
  // Light from the street lies on the floor in long panes.
  const sunny = light.sun.shown && !light.sun.moon
  const shafts = paintPlate(
    coverBox(stage, 0.6),
    0.6,
    (ctx) => {
      const lean = (light.sun.x > 0.5 ? -1 : 1) * 200 * unit
      for (let part = 0; part < 4; part++) {
        const x1 = pane.left + ((pane.right - pane.left) * part) / 4 + 6 * unit
        const x2 = pane.left + ((pane.right - pane.left) * (part + 1)) / 4 - 6 * unit
        const fall = ctx.createLinearGradient(0, pane.top, 0, height)
        fall.addColorStop(0, css(light.key, 0.02))
        fall.addColorStop(0.6, css(light.key, 0.13))
        fall.addColorStop(1, css(light.key, 0.3))
        fillShape(
          ctx,
          [
            [x1, pane.top],
            [x2, pane.top],
            [x2 + lean * 1.5, height],
            [x1 + lean * 1.5, height],
          ],
          fall,
        )
      }
    },
    0.25,
  )
  const outside: Layer[] = [
    ...heavens(stage, pane.bottom),
    ...skyline(stage, pane.bottom + 10 * unit, dark, false, neonOf(stage)).slice(3, 7),
  ]
  if (light.weather === 'rain' || light.weather === 'storm' || mentions(brief.words, ['rainy']))
    outside.push(rainLayer(stage))
  if (light.weather === 'snow') outside.push(snowLayer(stage, 0.7))
  return {
    horizon: height * 0.55,
    layers: [
      // The room before it hides what is not behind the window.
      ...outside,
      still(room),
      ...(sunny
        ? [
            ((ctx, view) => {
              ctx.globalCompositeOperation = 'screen'
              drawPlate(ctx, view, shafts)
              ctx.globalCompositeOperation = 'source-over'
            }) satisfies Layer,
          ]
        : []),
      still(front),
      steamLayer(
        stage,
        tables.map((table) => ({
          x: table.x - table.size * 0.16,
          y: table.y - table.size * 0.69,
          size: table.size * 0.1,
        })),
        0.72,
      ),
      moteLayer(stage, {
        name: 'cafe dust',
        colour: dark ? [255, 206, 140] : light.key,
        count: 40,
        rise: 3,
        size: 1,
        from: 0.1,
        to: 0.9,
        blink: 0.6,
      }),
    ],
  }
}
