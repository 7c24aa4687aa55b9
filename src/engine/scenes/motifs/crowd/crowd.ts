import type { Canvas } from '@napi-rs/canvas'
import { rgb, type Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { toneOf } from '../../tone.ts'
import { mix, shift } from '../../../canvas/colour.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import { umbrellaSprite, walkerSprite } from './from-above.ts'
import { type Square, squareSprite } from './square.ts'
import { type Layer, layerAt, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { scaleAt, xAt, yAt } from '../../../canvas/camera-view.ts'

const CLOTHS: readonly Rgb[] = [
  0xce3a34, 0xf0b238, 0x2c6ea8, 0x3a8c6e, 0xece8de, 0x784a8c, 0x262832, 0xe8788c, 0x464e60,
].map(rgb)
const SOMBRE: readonly Rgb[] = [0x22242c, 0x343842, 0x2c303e, 0x464a52].map(rgb)
/** Sprites of each colour, turned differently. */
const TURNS = 2

type Walker = {
  along: number
  lane: number
  off: number
  way: number
  pace: number
  image: number
  size: number
  phase: number
}

/** Clothes or umbrellas by the words: one bright among dark ones, all of the named colours, or of every colour. */
const paletteOf = (scene: SceneContext): { all: readonly Rgb[]; one: Rgb | undefined } => {
  const { details, colours } = scene.brief
  const random = scene.random('crowd colours')
  const first = colours[0]
  if (first && details.crowd.hasSingle) return { all: SOMBRE, one: first }
  if (first)
    return {
      all: [
        first,
        shift(first, -0.1),
        shift(first, 0.07),
        ...colours.slice(1),
        ...(colours.length > 1 ? colours.slice(1) : []),
      ],
      one: undefined,
    }
  if (!details.crowd.isColourful && random() < 0.4) return { all: SOMBRE, one: CLOTHS[Math.floor(random() * 2)]! }
  return { all: CLOTHS, one: undefined }
}

const HAIR: readonly Rgb[] = [0x342620, 0x5c3e28, 0x1e1c1e, 0xb08c5c].map(rgb)

/** Pictures of walkers, {@link TURNS} of each colour, and of the one that stands out. */
const imagesOf = (
  scene: SceneContext,
  square: Square,
  side: number,
  random: Random,
): { images: readonly Canvas[]; hero: Canvas | undefined } => {
  const { night, sun, umbrellas } = square
  const bare = toneOf(scene)
  const shine = night ? 0.5 : 0.8
  // By night lamps light them more than the sky does.
  const lightened = (colour: Rgb): Rgb =>
    night ? mix(bare(colour, shine), mix(shift(colour, -0.06), [255, 190, 120], 0.12), 0.62) : bare(colour, shine)
  const make = (colour: Rgb, turn: number, way: number): Canvas => {
    const coat = lightened(colour)
    if (umbrellas) return umbrellaSprite(side, coat, turn * 0.4 + random() * 0.3, sun, square.wet)
    const hair = lightened(HAIR[Math.floor(random() * 4)]!)
    const look = { coat, hair, hat: random() < 0.24, bag: random() < 0.4 }
    return walkerSprite(side, look, square.angle + (way > 0 ? 0 : Math.PI), sun)
  }
  const { all, one } = paletteOf(scene)
  const images = all.flatMap((colour) =>
    Array.from({ length: TURNS }, (_, turn) => make(colour, turn, turn === 0 ? 1 : -1)),
  )
  return { images, hero: one ? make(one, 0, 1) : undefined }
}

/** Walkers in lanes, some of the places left empty. `long` is how far from the middle they go, `colours` how many there are. */
const placeWalkers = (
  scene: SceneContext,
  square: Square,
  { side, long, colours }: { side: number; long: number; colours: number },
  random: Random,
): Walker[] => {
  const { unit, brief } = scene
  const { lanes, gap, market, umbrellas } = square
  const rows = Math.ceil(long / gap)
  const { isDense, isSparse } = brief.details.crowd
  const dense = isDense ? 0.86 : isSparse ? 0.26 : 0.62
  const walkers: Walker[] = []
  for (let row = -rows; row <= rows; row++) {
    // On a market every few lanes are stalls.
    const group = Math.floor(row / lanes)
    const lane = market ? group * (lanes + 1.9) + row - group * lanes - (lanes - 1) / 2 : row
    const way = random() < 0.5 ? 1 : -1
    const pace = (46 + random() * 34) * unit * Math.min(1.5, brief.pace)
    const step = (umbrellas ? 96 : 66) * unit
    for (let along = -long; along < long; along += step * (0.94 + random() * 0.5)) {
      if (random() > dense) continue
      const pick = Math.floor(random() * colours) * TURNS
      walkers.push({
        along,
        lane: lane * gap,
        off: (random() - 0.5) * gap * 0.34,
        way,
        pace,
        image: pick + (umbrellas ? Math.floor(random() * TURNS) : way > 0 ? 0 : 1),
        size: side * (1.02 + random() * 0.16),
        phase: random(),
      })
    }
  }
  return walkers
}

/** Those who cross the square, in lanes that pass each other, with their shadows and their feet. */
const walkersLayer = (scene: SceneContext, square: Square): Layer => {
  const { width, height, unit, light } = scene
  const { umbrellas, sun } = square
  const random = scene.random('crowd')
  const side = Math.max(6, Math.floor((umbrellas ? 72 : 46) * unit))
  const { images, hero } = imagesOf(scene, square, side, random)
  const long = Math.hypot(width, height) * 0.62 + 120 * unit
  const walkers = placeWalkers(scene, square, { side, long, colours: images.length / TURNS }, random)
  const [cos, sin] = [Math.cos(square.angle), Math.sin(square.angle)]
  const placeOf = (walker: Walker, seconds: number): readonly [number, number] => {
    const span = long * 2
    const along = ((((walker.along + walker.way * walker.pace * seconds + long) % span) + span) % span) - long
    const across = walker.lane + walker.off + Math.sin(seconds * 0.8 + walker.phase * 6) * 4 * unit
    return [width / 2 + along * cos - across * sin, height / 2 + along * sin + across * cos]
  }
  // The bright one is in sight in the middle of the clip.
  const inSight = walkers
    .map((walker, index) => ({ index, at: placeOf(walker, scene.seconds / 2) }))
    .filter(({ at: [x, y] }) => Math.abs(x / width - 0.5) < 0.24 && Math.abs(y / height - 0.5) < 0.24)
  const chosen = inSight[Math.floor(random() * inSight.length)]?.index
  const dabs = createDabs(walkers.length * 4 + 8)
  const shadow: Rgb = mix(light.ambient, [10, 10, 18], 0.7)
  const away = -(square.night || square.wet ? 9 : 20) * unit
  const [shadowLong, shadowWide] = umbrellas ? [0.46, 0.44] : [0.3, 0.24]
  const drawGround = (walker: Walker, [x, y]: readonly [number, number], scale: number, seconds: number): void => {
    const size = walker.size * scale
    dabs.paint(shadow, square.wet ? 0.26 : 0.34)
    const [shadowX, shadowY] = [x + Math.cos(sun) * away, y + Math.sin(sun) * away]
    dabs.ellipse(shadowX, shadowY, size * shadowLong, size * shadowWide, square.angle + Math.PI / 2)
    // Feet that go before and stay behind.
    const turn = Math.sin((seconds * 1.5 + walker.phase) * Math.PI * 2)
    for (const foot of [-1, 1]) {
      const reach = turn * foot * walker.way * 15 * unit + (umbrellas ? walker.way * 24 * unit : 0)
      const footX = x + (reach * cos - foot * 6 * unit * sin) * scale
      const footY = y + (reach * sin + foot * 6 * unit * cos) * scale
      dabs.paint([26, 26, 32], 0.9)
      dabs.ellipse(footX, footY, 7 * unit, 3.6 * unit, square.angle)
    }
  }
  return (ctx, view) => {
    const scale = scaleAt(view, 1)
    const seen: { x: number; y: number; size: number; image: Canvas }[] = []
    walkers.forEach((walker, index) => {
      const [px, py] = placeOf(walker, view.seconds)
      const [x, y] = [xAt(view, px, 1), yAt(view, py, 1)]
      const size = walker.size * scale
      if (x < -size || y < -size || x > width + size || y > height + size) return
      drawGround(walker, [x, y], scale, view.seconds)
      seen.push({ x, y, size, image: index === chosen && hero ? hero : images[walker.image]! })
    })
    dabs.lay(view.frameCanvas)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    for (const { x, y, size, image } of seen) ctx.drawImage(image, x - size / 2, y - size / 2, size, size)
  }
}

/** Rain from above: drops that meet the ground, and their rings. */
const ringLayer = (scene: SceneContext): Layer => {
  const random = scene.random('rain from above')
  const { width, height, unit } = scene
  const drops = Array.from({ length: 150 }, () => ({
    x: random() * width,
    y: random() * height,
    at: random(),
    pace: 1.2 + random() * 0.8,
  }))
  const dabs = createDabs(drops.length * 12)
  return (_, view) => {
    for (const drop of drops) {
      const age = (drop.at + view.seconds * drop.pace) % 1
      if (age < 0.16) {
        // It falls away from the eye, towards the middle of the view.
        const near = 1 - age / 0.16
        const [dx, dy] = [(drop.x - width / 2) * 0.09, (drop.y - height / 2) * 0.09]
        dabs.paint([230, 238, 250], 0.4)
        const [toX, toY] = [drop.x + dx * (near + 0.5), drop.y + dy * (near + 0.5)]
        dabs.line(drop.x + dx * near, drop.y + dy * near, toX, toY, 1.3 * unit)
      } else if (age < 0.6) {
        const reach = (age - 0.16) * 30 * unit
        dabs.paint([226, 234, 246], 0.5 * (0.6 - age))
        for (let piece = 0; piece < 9; piece++) {
          const [a, b] = [(piece / 9) * Math.PI * 2, ((piece + 1) / 9) * Math.PI * 2]
          const [toX, toY] = [drop.x + Math.cos(b) * reach, drop.y + Math.sin(b) * reach]
          dabs.line(drop.x + Math.cos(a) * reach, drop.y + Math.sin(a) * reach, toX, toY, unit)
        }
      }
    }
    dabs.lay(view.frameCanvas)
  }
}

/** Lamps over the square by night; those of a market are seen themselves. */
const lampLayer = (scene: SceneContext, market: boolean, random: Random): Layer => {
  const { width, height, unit } = scene
  const glow = glowImage([255, 200, 116], 64)
  const lamps = Array.from({ length: market ? 26 : 14 }, (_, index) => ({
    x: width * (((index * 0.618 + random() * 0.1) % 1.1) - 0.05),
    y: height * random(),
    size: (90 + random() * 90) * unit,
    phase: random() * 6,
  }))
  return layerAt(1.1, (ctx, view) => {
    for (const lamp of lamps)
      drawGlow(ctx, glow, [lamp.x, lamp.y, lamp.size], 0.5 + 0.05 * Math.sin(view.seconds * 5 + lamp.phase))
    if (market) for (const lamp of lamps) drawGlow(ctx, glow, [lamp.x, lamp.y, 18 * unit], 1)
  })
}

/** People from straight above: umbrellas on a street in the rain, or a market or a square on a dry day. */
export const paintCrowd: ScenePainter = (scene) => {
  const { light, brief, height, unit } = scene
  const random = scene.random('crowd square')
  const { hasUmbrellas, isMarket: market } = brief.details.crowd
  const umbrellas = hasUmbrellas || light.weather === 'rain' || light.weather === 'storm'
  const night = light.dark > 0.45
  const square: Square = {
    angle: (random() - 0.5) * 1.5,
    market,
    umbrellas,
    wet: umbrellas && light.weather !== 'snow',
    night,
    sun: -Math.PI / 2 + (light.sun.x > 0.5 ? 0.9 : -0.9),
    lanes: 3,
    gap: (umbrellas ? 82 : 56) * unit,
  }
  return {
    horizon: height / 2,
    layers: [
      still(squareSprite(scene, square)),
      walkersLayer(scene, square),
      ...(night ? [lampLayer(scene, market, random)] : []),
      ...(square.wet ? [ringLayer(scene)] : []),
    ],
  }
}
