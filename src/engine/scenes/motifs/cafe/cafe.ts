import type { Rgb } from '../../../rgb.ts'
import { mentions } from '../../../prompt/words.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { css, lit, mix, tint } from '../../../canvas/colour.ts'
import { moteLayer, rainLayer, snowLayer } from '../../sky/falling.ts'
import { paintFront, paintRoom } from './cafe-room.ts'
import type { Paint } from './cafe-things.ts'
import { steamLayer } from '../../built/steam.ts'
import { heavens } from '../../sky/outdoors.ts'
import { type ScenePainter, coverBox, still, type Layer } from '../../layers.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import { skyline } from '../../built/skyline.ts'
import { neonOf } from '../../built/neon.ts'

/** A café: a wide window on a street, a counter with its machine and shelves, small tables, lamps that hang from the ceiling. */
export const paintCafe: ScenePainter = (scene) => {
  const { brief, light, width, height, unit } = scene
  const random = scene.random('cafe')
  const side = random() < 0.5 ? 1 : -1
  const flip = (x: number): number => (side > 0 ? x : width - x)
  const floor = height * (0.64 + random() * 0.16)
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
    [58, 74, 78],
    [226, 216, 204],
    [112, 72, 84],
  ]
  const plaster = walls[Math.floor(random() * walls.length)]!
  const wall = word ? tint(plaster, word, 0.6) : plaster
  const woods: readonly Rgb[] = [
    [150, 102, 64],
    [104, 68, 48],
    [196, 158, 116],
    [72, 60, 58],
  ]
  const wood = woods[Math.floor(random() * woods.length)]!
  const paint: Paint = (colour, shine = 0.5) => css(lit(colour, inside, dim * (0.72 + shine * 0.5)))
  // A wide shop window, a narrow one, or one that takes the whole wall; then there is no counter.
  const open = random() < 0.35
  const narrow = 0.3 + random() * 0.24
  const pane = {
    left: width * (open ? 0.05 : side > 0 ? 0.96 - narrow : 0.04),
    right: width * (open ? 0.95 : side > 0 ? 0.96 : 0.04 + narrow),
    top: height * (0.06 + random() * 0.12),
    bottom: floor - (40 + random() * 130) * unit,
  }
  const depth = 0.5
  const room = paintRoom(scene, { pane, floor, side, wall, wood, depth, paint, open })
  const counterTop = floor - 132 * unit
  const counterX = side > 0 ? -60 * unit : width * 0.6
  const hung = 2 + Math.floor(random() * 4)
  const low = 0.14 + random() * 0.14
  const lamps = Array.from({ length: hung }, (_, index) => ({
    x: flip(width * (0.14 + (0.72 * (index + 0.5)) / hung)),
    y: height * (low + (random() < 0.5 ? (index % 2) * 0.07 : 0)),
  }))
  // Few tables near the eye, or more of them further off; the nearest is painted last.
  const count = 1 + Math.floor(random() * 3) + (open ? 1 : 0)
  const near = (height - floor) * 0.62
  const across = width / Math.min(width, height)
  const tables = Array.from({ length: count }, (_, index) => {
    const at = (index + 0.5 + (random() - 0.5) * 0.4) / count
    const down = random() * 0.75 + (count === 1 ? 0.4 : 0.1)
    return {
      x: flip(width * (open ? at : 0.46 + at * 0.5)),
      y: floor + near * down,
      size: (150 + (near / unit) * down * 0.75) * unit * Math.min(1, across),
    }
  }).sort((a, b) => a.y - b.y)
  const front = paintFront(scene, { open, counterX, counterTop, floor, side, tables, lamps, wood, word, dark, paint })
  // Light from the street lies on the floor in long panes.
  const sunny = light.sun.shown && !light.sun.moon
  const shafts = paintSprite(
    coverBox(scene, 0.6),
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
    ...heavens(scene, pane.bottom),
    ...skyline(scene, pane.bottom + 10 * unit, dark, false, neonOf(scene)).slice(3, 7),
  ]
  if (light.weather === 'rain' || light.weather === 'storm' || mentions(brief.words, ['rainy']))
    outside.push(rainLayer(scene))
  if (light.weather === 'snow') outside.push(snowLayer(scene, 0.7))
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
              drawSprite(ctx, view, shafts)
              ctx.globalCompositeOperation = 'source-over'
            }) satisfies Layer,
          ]
        : []),
      still(front),
      steamLayer(
        scene,
        tables.map((table) => ({
          x: table.x - table.size * 0.16,
          y: table.y - table.size * 0.69,
          size: table.size * 0.1,
        })),
        0.72,
      ),
      moteLayer(scene, {
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
