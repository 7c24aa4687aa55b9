import { rgb, type Rgb } from '../../../rgb.ts'
import { pick, type Random } from '../../../random.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { bookTable } from './book-table.ts'
import { drawGlow, fillShape, glowImage } from '../../../canvas/drawing.ts'
import { flameLayer, type Wick } from '../../figures/candles.ts'
import { css, lit, mix, shift } from '../../../canvas/colour.ts'
import { strokeLine } from '../../../canvas/paths.ts'
import { faceAcross, faceAlong } from '../../built/perspective.ts'
import { moteLayer, rainLayer, snowLayer } from '../../sky/falling.ts'
import { hallOf, outlineOf, paintFarWall, paintShelves, type Room, WINDOWS } from './hall.ts'
import { skyLayers } from '../../sky/outdoors.ts'
import { coverBox, type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { rayLayer } from '../../sky/rays.ts'
import { fillCircle, setPen } from '../../../canvas/curves.ts'

const WOODS = [0x5c3a24, 0x96643a, 0x3e2e2a, 0xc4baa8, 0x3a4e42, 0x703428].map(rgb)
const CARPETS = [0x702226, 0x283e5c, 0x345442, 0x966e3c].map(rgb)

/** How one library is built and lit. `top` is where its vault or its beams begin. */
const planLibrary = (scene: SceneContext, random: Random) => {
  const { brief, light, width, height, unit } = scene
  const vanish = { x: width * (0.24 + random() * 0.52), y: height * (0.44 + random() * 0.16) }
  const hall = hallOf(scene, vanish, 0.26 + random() * 0.5, 3 + random() * 4)
  const wood = pick(random, WOODS)
  const gallery = random() < 0.5
  const top = gallery ? 2.16 : 1.36
  const vaulted = random() < 0.6
  const paved = random() < 0.28
  const carpet = random() < 0.65 ? pick(random, CARPETS) : undefined
  const tabled = random() < 0.6 || brief.details.library.hasTable
  const hung = random() < 0.5 && !brief.details.library.hasCandles
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
  const arch = outlineOf(hall, pick(random, WINDOWS), 0.4 + random() * 0.4, 0.3, top - 0.2)
  return { vanish, hall, wood, gallery, top, vaulted, paved, carpet, tabled, hung, warm, paint, arch, unit }
}

type Library = ReturnType<typeof planLibrary>

/** A floor of boards or of paving stones. */
const paintFloor = (ctx: DrawingContext, { hall, wood, paved, paint }: Library, height: number): void => {
  const [left, right] = [hall.to(-1, 0, hall.end), hall.to(1, 0, hall.end)]
  const floor = ctx.createLinearGradient(0, left[1], 0, height)
  floor.addColorStop(0, paint(shift(paved ? [196, 186, 170] : wood, 0.16), hall.end))
  floor.addColorStop(1, paint(shift(paved ? [150, 140, 126] : wood, -0.02), 0))
  fillShape(ctx, [left, right, hall.to(1, 0, -0.6), hall.to(-1, 0, -0.6)], floor)
  if (paved)
    for (let row = 0; row < 26; row++)
      for (let tile = row % 2; tile < 10; tile += 2) {
        const [z1, z2] = [-0.6 + row * 0.32, -0.28 + row * 0.32]
        if (z1 > hall.end) continue
        const far = Math.min(hall.end, z2)
        const stone = faceAcross(hall.to, [tile / 5 - 1, (tile + 1) / 5 - 1], [0, z1], [0, far])
        fillShape(ctx, stone, paint([60, 50, 48], z1 + 0.6))
      }
  for (let board = 0; board < (paved ? 0 : 34); board++) {
    const z = hall.end * (board / 34) ** 1.6
    fillShape(ctx, faceAcross(hall.to, [-1, 1], [0, z], [0, z + 0.012]), 'rgba(20,8,4,0.22)')
  }
}

const paintCarpet = (ctx: DrawingContext, { hall, paint }: Room, carpet: Rgb): void => {
  const strip = (wide: number, colour: Rgb): void =>
    fillShape(ctx, faceAcross(hall.to, [-wide, wide], [0.002, hall.end - 0.2], [0.002, -0.6]), paint(colour, 2))
  strip(0.44, shift(carpet, -0.03))
  strip(0.39, [160, 112, 62])
  strip(0.37, carpet)
}

/** A barrel vault with ribs, or beams under a flat ceiling. */
const paintCeiling = (ctx: DrawingContext, { hall, wood, vaulted, top, paint }: Library): void => {
  const ring = (at: number): [number, number][] =>
    Array.from({ length: 17 }, (_, index) => {
      const angle = Math.PI * (index / 16)
      return hall.to(-Math.cos(angle), top + 0.02 + (vaulted ? Math.sin(angle) * 0.62 : 0.16), at)
    })
  for (let beam = 9; beam >= 0; beam--) {
    const z = hall.end * (beam / 9) - 0.4
    const next = z + hall.end / 9
    const rib = vaulted ? 0.09 : 0.16
    fillShape(ctx, [...ring(z), ...ring(next).reverse()], paint(shift(wood, vaulted ? 0.04 : 0.1), z + 0.8))
    fillShape(ctx, [...ring(z), ...ring(z + rib).reverse()], paint(shift(wood, -0.1), z))
  }
}

/** The gallery's walk stands out before the shelves, with its rail. */
const paintGallery = (ctx: DrawingContext, { hall, wood, paint }: Room, side: number): void => {
  const walk = (inner: number, y1: number, y2: number, colour: Rgb): void =>
    fillShape(ctx, faceAlong(hall.to, [side * inner, y1], [side * 0.72, y2], [-0.5, hall.end]), paint(colour, 1.6))
  walk(1, 1.4, 1.4, shift(wood, -0.2))
  walk(0.72, 1.38, 1.46, shift(wood, 0.08))
  walk(0.72, 1.72, 1.75, shift(wood, 0.1))
  for (let post = Math.floor(hall.end * 5); post >= -2; post--) {
    const z = post / 5
    const x = side * 0.72
    fillShape(ctx, faceAlong(hall.to, [x, 1.44], [x, 1.73], [z, z + 0.025]), paint(shift(wood, 0.02), z))
  }
}

const paintWall = (ctx: DrawingContext, random: Random, library: Library, side: number): void => {
  const { hall, wood, top, paint } = library
  fillShape(ctx, faceAlong(hall.to, [side, top], [side, top + 0.22], [-0.6, hall.end]), paint(shift(wood, 0.02), 1.4))
  paintShelves(ctx, random, library, side, [0, 1.34])
  if (!library.gallery) return
  paintShelves(ctx, random, library, side, [1.5, top])
  paintGallery(ctx, library, side)
}

/** Globes of light that hang from the ceiling. */
const paintLamps = (ctx: DrawingContext, { hall, top, vaulted, paint, unit }: Library): void => {
  for (let lamp = 3; lamp >= 0; lamp--) {
    const z = 0.35 + lamp * (hall.end / 4.4)
    const [x, y] = hall.to(0, top - 0.16, z)
    const size = (26 * unit) / (0.82 + z)
    ctx.strokeStyle = paint([30, 22, 18], z)
    strokeLine(ctx, [...hall.to(0, top + (vaulted ? 0.64 : 0.18), z), x, y], Math.max(1, size * 0.1))
    fillCircle(ctx, '#ffe6b4', [x, y, size])
    drawGlow(ctx, glowImage([255, 186, 104], 128), [x, y, size * 6], 0.8)
  }
}

const paintWindowBars = (ctx: DrawingContext, { hall, arch, paint, unit }: Library): void => {
  const bar = (x1: number, y1: number, x2: number, y2: number): void =>
    strokeLine(ctx, [...hall.to(x1, y1, hall.end), ...hall.to(x2, y2, hall.end)])
  ctx.save()
  ctx.beginPath()
  arch(ctx)
  ctx.clip()
  setPen(ctx, paint([60, 40, 30], hall.end), 3 * unit)
  for (let index = -2; index <= 2; index++) bar(index * 0.2, 0.2, index * 0.2, 3.2)
  for (let index = 1; index < 15; index++) bar(-1, 0.3 + index * 0.17, 1, 0.3 + index * 0.17)
  ctx.restore()
}

/** The sky behind the window, and what falls from it: the room before it hides what is not behind the window. */
const outsideLayers = (scene: SceneContext, foot: number): Layer[] => {
  const { weather } = scene.light
  return [
    ...skyLayers(scene, foot),
    ...(weather === 'rain' || weather === 'storm' ? [rainLayer(scene)] : []),
    ...(weather === 'snow' ? [snowLayer(scene, 0.8)] : []),
  ]
}

/** A long hall of books that ends in a tall window, with candles on the table and along the shelves. */
export const paintLibrary: ScenePainter = (scene) => {
  const { light, height, unit } = scene
  const random = scene.random('library')
  const library = planLibrary(scene, random)
  const { vanish, hall, top, carpet, tabled, hung } = library
  const sprite = paintSprite(coverBox(scene, 0.5), 0.5, (ctx) => {
    paintFarWall(ctx, library, library.arch)
    paintFloor(ctx, library, height)
    if (carpet) paintCarpet(ctx, library, carpet)
    paintCeiling(ctx, library)
    for (const side of [-1, 1]) paintWall(ctx, random, library, side)
    if (hung) paintLamps(ctx, library)
    paintWindowBars(ctx, library)
  })
  const far = [-1, 1].flatMap((side) =>
    Array.from({ length: hung ? 0 : 4 }, (_, lamp): Wick => {
      const [x, y] = hall.to(side * 0.9, 0.78, 0.5 + lamp * 1.15)
      return { x, y, size: (30 * unit) / (0.82 + 0.5 + lamp * 1.15) }
    }),
  )
  const front = bookTable(scene, library.warm)
  const y = hall.to(0, top + 0.5, hall.end)[1] - height * 0.2
  const colour = mix(light.key, [255, 210, 150], 0.4)
  const sunbeams = { x: vanish.x, y, colour, count: 9, spread: 1.1, long: height * 0.95 }
  const dust = { name: 'library dust', count: 60, rise: 3, size: 1, from: 0.1, to: 0.9, blink: 0.6 }
  return {
    horizon: vanish.y,
    layers: [
      ...outsideLayers(scene, hall.to(0.8, 0.2, hall.end)[1]),
      still(sprite),
      ...(tabled ? [front.layer] : []),
      ...(light.sun.shown ? [rayLayer(scene, { ...sunbeams, strength: light.sun.moon ? 0.1 : 0.22 })] : []),
      flameLayer(scene, far, 0.5),
      moteLayer(scene, { ...dust, colour: [255, 214, 150] }),
      ...(tabled ? [flameLayer(scene, front.wicks, 1)] : []),
    ],
  }
}
