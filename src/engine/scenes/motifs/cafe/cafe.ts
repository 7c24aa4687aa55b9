import { pick } from '../../../random.ts'
import { rgb } from '../../../rgb.ts'
import { css, lit, mix, tint } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillPolygon } from '../../../canvas/paths.ts'
import { moteLayer, rainLayer, snowLayer } from '../../sky/falling.ts'
import { type CafePlan, paintFront, paintRoom } from './cafe-room.ts'
import { steamLayer } from '../../built/steam.ts'
import { skyLayers } from '../../sky/outdoors.ts'
import { coverBox, type Layer, type SceneContext, type ScenePainter, shining, still } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { skyline } from '../../built/skyline.ts'
import { neonOf } from '../../built/neon.ts'

const WALLS = [0x5c766c, 0xbc9676, 0x626e84, 0xcebaa0, 0x965442, 0x3a4a4e, 0xe2d8cc, 0x704854].map(rgb)
const WOODS = [0x966640, 0x684430, 0xc49e74, 0x483c3a].map(rgb)

/** Where the parts of a café are, drawn by chance, and its colours. */
const planOf = (scene: SceneContext): CafePlan => {
  const { brief, light, width, height, unit } = scene
  const random = scene.random('cafe')
  const side = random() < 0.5 ? 1 : -1
  const flip = (x: number): number => (side > 0 ? x : width - x)
  const floor = height * (0.64 + random() * 0.16)
  const isDark = light.dark > 0.35
  const inside = isDark ? mix(light.ambient, [196, 140, 92], 0.72) : mix(light.ambient, light.key, 0.58)
  const dim = isDark ? 0.9 : 1
  const word = brief.colours[0]
  const plaster = pick(random, WALLS)
  const wood = pick(random, WOODS)
  // A wide shop window, a narrow one, or one that takes the whole wall; then there is no counter.
  const isOpen = random() < 0.35
  const narrow = 0.3 + random() * 0.24
  const pane = {
    left: width * (isOpen ? 0.05 : side > 0 ? 0.96 - narrow : 0.04),
    right: width * (isOpen ? 0.95 : side > 0 ? 0.96 : 0.04 + narrow),
    top: height * (0.06 + random() * 0.12),
    bottom: floor - (40 + random() * 130) * unit,
  }
  const hung = 2 + Math.floor(random() * 4)
  const low = 0.14 + random() * 0.14
  const lamps = Array.from({ length: hung }, (_, index) => ({
    x: flip(width * (0.14 + (0.72 * (index + 0.5)) / hung)),
    y: height * (low + (random() < 0.5 ? (index % 2) * 0.07 : 0)),
  }))
  // Few tables near the eye, or more of them further off; the nearest is painted last.
  const count = 1 + Math.floor(random() * 3) + (isOpen ? 1 : 0)
  const near = (height - floor) * 0.62
  const across = width / Math.min(width, height)
  const tables = Array.from({ length: count }, (_, index) => {
    const at = (index + 0.5 + (random() - 0.5) * 0.4) / count
    const down = random() * 0.75 + (count === 1 ? 0.4 : 0.1)
    return {
      x: flip(width * (isOpen ? at : 0.46 + at * 0.5)),
      y: floor + near * down,
      size: (150 + (near / unit) * down * 0.75) * unit * Math.min(1, across),
    }
  }).sort((a, b) => a.y - b.y)
  const paint: CafePlan['paint'] = (colour, shine = 0.5) => css(lit(colour, inside, dim * (0.72 + shine * 0.5)))
  const wall = word ? tint(plaster, word, 0.6) : plaster
  return { side, floor, pane, lamps, tables, wall, wood, word, isDark, isOpen, paint }
}

/** Light from the street, which lies on the floor in long panes. Painted small, so that it is soft. */
const sunOnFloor = (scene: SceneContext, { left, right, top }: CafePlan['pane']): Sprite => {
  const { light, height, unit } = scene
  const paint: Parameters<typeof paintSprite>[2] = (ctx) => {
    const lean = (light.sun.x > 0.5 ? -1 : 1) * 200 * unit
    const { key } = light
    const fall = linearGradient(ctx, [0, top, 0, height], [0, key, 0.02], [0.6, key, 0.13], [1, key, 0.3])
    for (let part = 0; part < 4; part++) {
      const x1 = left + ((right - left) * part) / 4 + 6 * unit
      const x2 = left + ((right - left) * (part + 1)) / 4 - 6 * unit
      fillPolygon(ctx, fall, [x1, top, x2, top, x2 + lean * 1.5, height, x1 + lean * 1.5, height])
    }
  }
  return paintSprite(coverBox(scene, 0.6), 0.6, paint, 0.25)
}

const outsideLayers = (scene: SceneContext, { pane, isDark }: CafePlan): Layer[] => {
  const { weather } = scene.light
  const isRaining = weather === 'rain' || weather === 'storm' || scene.brief.details.cafe.isRainy
  return [
    ...skyLayers(scene, pane.bottom),
    ...skyline(scene, pane.bottom + 10 * scene.unit, isDark, false, neonOf(scene)).slice(3, 7),
    ...(isRaining ? [rainLayer(scene)] : []),
    ...(weather === 'snow' ? [snowLayer(scene, 0.7)] : []),
  ]
}

/** A café: a wide window on a street, a counter with its machine and shelves, small tables, lamps that hang from the ceiling. */
export const paintCafe: ScenePainter = (scene) => {
  const { light, height } = scene
  const plan = planOf(scene)
  const cups = plan.tables.map(({ x, y, size }) => ({ x: x - size * 0.16, y: y - size * 0.69, size: size * 0.1 }))
  const dust = { name: 'cafe dust', colour: plan.isDark ? ([255, 206, 140] as const) : light.key, count: 40 }
  return {
    horizon: height * 0.55,
    layers: [
      // The room before it hides what is not behind the window.
      ...outsideLayers(scene, plan),
      still(paintRoom(scene, plan)),
      ...(light.sun.shown && !light.sun.moon ? [shining(sunOnFloor(scene, plan.pane))] : []),
      still(paintFront(scene, plan)),
      steamLayer(scene, cups, 0.72),
      moteLayer(scene, { ...dust, rise: 3, size: 1, from: 0.1, to: 0.9, blink: 0.6 }),
    ],
  }
}
