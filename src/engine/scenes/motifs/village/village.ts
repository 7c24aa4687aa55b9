import type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
import { rgb, type Rgb } from '../../../rgb.ts'
import { pick, type Random } from '../../../random.ts'
import { toneOf } from '../../tone.ts'
import { mix, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { paintCottage, type Build } from './cottage.ts'
import { paintSpire, PLASTERS, type HouseStyle } from '../../built/house.ts'
import { patchwork, type Rank } from './patchwork.ts'
import { smokeLayer } from '../../built/smoke.ts'
import { grassLayer } from '../../land/foreground.ts'
import { airLayer } from '../../sky/mist.ts'
import { fbm } from '../../../canvas/noise.ts'
import { oceanLayer } from '../../water/ocean.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { coverBox, type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { type Box, paintSprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { foliage, growthColour, pineColours } from '../../land/relief.ts'
import { paintBroadleaf, paintPine } from '../../land/trees.ts'
import { townStyle } from '../../built/town-style.ts'

const RANKS = 5

const WHITE = [0xf8f6f0, 0xf0ece2, 0xfaecd6, 0xe2ecf0].map(rgb)

const readBuild = (scene: SceneContext, random: Random): Build => {
  const { details, also, place } = scene.brief
  if (details.village.isAlpine) return 'alpine'
  if (place === 'sea' || also.includes('sea') || details.village.isMediterranean) return 'seaside'
  return random() < 0.3 ? 'alpine' : 'plain'
}

/** A few trees, as pictures that all the trees of a rank are taken from; some of them, as a share, are spruces. */
const treePictures = (scene: SceneContext, random: Random, rank: Rank, spruces: number): Canvas[] => {
  const { light } = scene
  const tall = rank.wide * 0.9
  const side = light.sun.x > 0.5 ? 1 : -1
  return Array.from({ length: 5 }, (_, index) => {
    const box = { x: -tall * 0.6, y: -tall * 1.25, width: tall * 1.2, height: tall * 1.3 }
    return paintSprite(box, 0, (ctx) => {
      if (index / 5 < spruces) {
        paintPine(ctx, random, { x: 0, y: 0, height: tall * 1.2, ...pineColours(light, rank.far), side })
        return
      }
      const leaves = foliage(light, random, 0.1)
      paintBroadleaf(ctx, random, {
        x: 0,
        y: 0,
        height: tall,
        dark: mix(leaves.dark, light.haze, rank.far),
        light: mix(leaves.light, light.haze, rank.far),
        trunk: toneOf(scene)([84, 66, 52], 0.3, rank.far),
        side,
      })
    }).canvas
  })
}

/** How one village lies: `middle` is the share of the frame's width where its church stands. */
const planVillage = (scene: SceneContext, random: Random) => {
  const { light, height } = scene
  const build = readBuild(scene, random)
  const snowy = light.season === 'winter' || light.weather === 'snow'
  const horizon = height * (0.34 + random() * 0.14)
  const middle = random() < 0.5 ? 0.3 + random() * 0.12 : 0.58 + random() * 0.12
  const churchRank = 1 + Math.floor(random() * 2)
  const ground: Rgb = snowy ? [228, 235, 246] : growthColour(light)
  const steep = (build === 'seaside' ? 0.3 : 0.12) + random() * 0.1
  return {
    build,
    snowy,
    horizon,
    middle,
    churchRank,
    ground,
    ranks: createRanks(scene, { build, horizon, middle, steep }),
  }
}

type Village = ReturnType<typeof planVillage>

/** The folds of the land, each with its houses. */
const createRanks = (
  scene: SceneContext,
  { build, horizon, middle, steep }: { build: Build; horizon: number; middle: number; steep: number },
): Rank[] => {
  const { light, width, height, unit } = scene
  const tallFrame = Math.max(1, Math.min(1.5, (height / width) * 0.9))
  const lean = build === 'seaside' ? (middle < 0.5 ? -1 : 1) : 0
  const sway = (height - horizon) * (0.05 + steep * 0.5)
  return Array.from({ length: RANKS }, (_, index) => {
    const share = index / (RANKS - 1)
    const noise = scene.noise(`slope ${index}`)
    const base = horizon + (height - horizon) * (0.05 + share ** 1.25 * 0.78)
    return {
      share,
      depth: 0.26 + share * 0.6,
      far: Math.min(0.8, (1 - share) ** 1.5 * 0.5 * (0.6 + light.air * 0.4)),
      wide: (34 + share ** 1.4 * 128) * unit * tallFrame,
      crest: (x) => {
        const off = x / width - 0.5
        // By the sea the land falls to the water at one side.
        const fall = lean === 0 ? 0 : Math.max(0, off * -lean + 0.08) * (height - horizon) * 1.5 * (1 - share * 0.7)
        return (
          base +
          fall -
          (1 - Math.min(1, Math.abs(x / width - middle) * 2)) * sway * 0.4 +
          fbm(noise, x / (width * 0.5), 3, 3) * sway
        )
      },
    }
  })
}

/** The sea or the mountains behind it all. */
const backLayers = (scene: SceneContext, random: Random, { build, horizon, snowy }: Village): Layer[] => {
  if (build === 'seaside') return [oceanLayer(scene, { y: horizon, depth: 0.2, rough: 0.4 })]
  const alpine = build === 'alpine'
  return mountainRanges(scene, {
    horizon: horizon + 10 * scene.unit,
    tall: alpine ? 0.9 + random() * 0.4 : 0.3 + random() * 0.3,
    count: alpine ? 3 : 2,
    pines: alpine,
    snowy: snowy || alpine,
    bottom: horizon + 70 * scene.unit,
  })
}

/** One fold of the land as it is painted, and the one before it, which hides its foot. */
type Slope = {
  scene: SceneContext
  random: Random
  village: Village
  index: number
  rank: Rank
  next: Rank | undefined
}

const paintGround = (ctx: SKRSContext2D, { scene, village, rank, next }: Slope, box: Box): void => {
  const { width, height, unit } = scene
  const { ground, middle } = village
  const tone = toneOf(scene)
  ctx.save()
  ctx.beginPath()
  ctx.moveTo(box.x, box.y + box.height)
  for (let x = box.x; x <= box.x + box.width + 4; x += 4) ctx.lineTo(x, rank.crest(x))
  ctx.lineTo(box.x + box.width, box.y + box.height)
  ctx.closePath()
  const top = rank.crest(width * middle)
  const bottom = next ? next.crest(width * middle) + 40 * unit : height
  ctx.fillStyle = linearGradient(
    ctx,
    [0, top - 30 * unit, 0, bottom],
    [0, tone(shift(ground, 0.04), 0.9, rank.far)],
    [1, tone(shift(ground, -0.05), 0.5, rank.far * 0.7)],
  )
  ctx.fill()
  ctx.clip()
  patchwork(ctx, scene, rank, { ...box, bottom: Math.max(bottom, top + 30 * unit) }, village.snowy)
  ctx.restore()
}

/** How close houses stand at a place: most in the middle. */
const crowdAt = ({ scene, village, rank }: Slope, x: number): number =>
  Math.exp(-(((x / scene.width - village.middle) / (0.2 + rank.share * 0.1)) ** 2))

type PaintTree = (x: number, y: number, tall: number) => void

const createTrees = (ctx: SKRSContext2D, { scene, random, village, rank }: Slope): PaintTree => {
  const spruces = village.build === 'alpine' ? 1 : village.snowy ? 0.6 : 0
  const pictures = treePictures(scene, random, rank, spruces)
  return (x, y, tall) => ctx.drawImage(pick(random, pictures), x - tall * 0.6, y - tall * 1.25, tall * 1.2, tall * 1.3)
}

const paintTrees = (slope: Slope, box: Box, paintTree: PaintTree): void => {
  const { random, rank, next } = slope
  for (let x = box.x; x < box.x + box.width; x += rank.wide * (0.5 + random() * 0.7))
    if (random() < (0.5 - crowdAt(slope, x) * 0.25) * (next ? 1 : 0.3))
      paintTree(x, rank.crest(x) + random() * rank.wide * 0.3, rank.wide * (0.5 + random() * 0.6))
}

const paintChurch = (ctx: SKRSContext2D, { scene, random, village, rank }: Slope, style: HouseStyle): void => {
  const x = scene.width * village.middle
  const y = rank.crest(x)
  const size = rank.wide * 0.42
  paintSpire(ctx, random, { x, y: y + size * 0.5, wide: size, tall: size * (5 + random()) }, style)
  const nave = { x: x + size * 1.5, y: y + size * 0.6, wide: rank.wide * 1.15, build: 'plain', hand: 1 } as const
  paintCottage(ctx, random, nave, { ...style, walls: [[236, 226, 206]] })
}

/** How many houses stand in each rank, from the furthest. */
const DENSITY = [0.6, 0.68, 0.6, 0.4, 0.2] as const

type Chimney = { x: number; y: number; size: number }

/** Houses, and trees beside them; those further down the slope stand nearer, and are painted later. Answers what smokes. */
const paintHouses = (
  ctx: SKRSContext2D,
  slope: Slope,
  box: Box,
  style: HouseStyle,
  paintTree: PaintTree,
): Chimney[] => {
  const { scene, random, village, index, rank, next } = slope
  const { build, middle, churchRank } = village
  const smoke: Chimney[] = []
  for (let row = 0; row < (next ? 3 : 1); row++)
    for (let x = box.x; x < box.x + box.width; x += rank.wide * (0.9 + random() * 0.8)) {
      const keep = crowdAt(slope, x) * DENSITY[index]! + 0.05
      const inChurch = index === churchRank && row < 2 && Math.abs(x - scene.width * middle) < rank.wide
      if (random() > keep || inChurch) continue
      const gap = next ? next.crest(x) - rank.crest(x) : scene.height * 0.1
      const y = rank.crest(x) + Math.max(rank.wide * 0.1, gap * (0.1 + row * 0.26 + random() * 0.12))
      if (next && y > next.crest(x) + rank.wide * 0.2) continue
      const wide = rank.wide * (0.8 + random() * 0.4) * (1 + row * 0.1)
      const from = paintCottage(ctx, random, { x, y, wide, build, hand: random() < 0.5 ? 1 : -1 }, style)
      if (random() < 0.3 && build !== 'seaside') smoke.push({ ...from, size: wide * 0.07 })
      if (random() < 0.35) paintTree(x + wide * 0.62, y + wide * 0.04, wide * (0.4 + random() * 0.4))
    }
  return smoke
}

/** One fold of the land with what stands on it, smoke over it, and mist before it. */
const slopeLayers = (scene: SceneContext, random: Random, village: Village, index: number): Layer[] => {
  const rank = village.ranks[index]!
  const next = village.ranks[index + 1]
  const slope: Slope = { scene, random, village, index, rank, next }
  let smoke: Chimney[] = []
  const sprite = paintSprite(coverBox(scene, rank.depth), rank.depth, (ctx, box) => {
    paintGround(ctx, slope, box)
    const paintTree = createTrees(ctx, slope)
    paintTrees(slope, box, paintTree)
    const walls = village.build === 'seaside' ? WHITE : PLASTERS
    const style: HouseStyle = { ...townStyle(scene, 0), far: rank.far, walls }
    if (index === village.churchRank) paintChurch(ctx, slope, style)
    smoke = paintHouses(ctx, slope, box, style, paintTree)
  })
  const plume = { depth: rank.depth, colour: mix(scene.light.haze, [255, 255, 255], 0.4), strength: 0.4 }
  const mist = { thick: 40, depth: rank.depth + 0.05, strength: 0.26 - index * 0.06, most: 0.8 }
  const y = rank.crest(scene.width * village.middle) + 20 * scene.unit
  return [
    still(sprite),
    ...(smoke.length > 0 && index > 0 && next ? [smokeLayer(scene, smoke.slice(0, 2), plume)] : []),
    ...(next && index < 2 ? [airLayer(scene, { name: `village ${index}`, y, ...mist })] : []),
  ]
}

/** A village in its fields: scattered houses around a church, lanes, trees, smoke from the chimneys. */
export const paintVillage: ScenePainter = (scene) => {
  const { light, height, unit } = scene
  const random = scene.random('village')
  const village = planVillage(scene, random)
  const { horizon, ground, snowy } = village
  const tone = toneOf(scene)
  const tones = [0.3, 0.6, 0.9].map((shine) => tone(shift(ground, shine * 0.08 - 0.08), shine))
  const blooms = [tone([250, 244, 230], 0.9), tone([246, 204, 90], 0.9), tone([206, 96, 120], 0.8)]
  const flowers = snowy || light.season === 'autumn' ? [] : blooms
  return outdoorScene(scene, horizon, [
    ...backLayers(scene, random, village),
    ...village.ranks.flatMap((_, index) => slopeLayers(scene, random, village, index)),
    grassLayer(scene, { y: height * 0.95, tall: 60 * unit, count: 170, depth: 1, tones, flowers }),
  ])
}
