import type { Canvas } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { mentions } from '../../../prompt/words.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { paintCottage, type Build } from './cottage.ts'
import { paintSpire, PLASTERS, type HouseStyle } from '../../built/house.ts'
import { patchwork, type Rank } from './patchwork.ts'
import { smokeLayer } from '../../built/smoke.ts'
import { grassLayer } from '../../land/foreground.ts'
import { mistLayer } from '../../sky/mist.ts'
import { fbm } from '../../../canvas/noise.ts'
import { oceanLayer } from '../../water/ocean.ts'
import { heavens, skyLife, weatherLayers } from '../../sky/outdoors.ts'
import { type ScenePainter, coverBox, still, type Layer } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { foliage, growthColour, pineColours } from '../../land/relief.ts'
import type { SceneContext } from '../../context.ts'
import { paintBroadleaf, paintPine } from '../../land/trees.ts'
import { townStyle } from '../../built/town-style.ts'

const RANKS = 5

const WHITE: readonly Rgb[] = [
  [248, 246, 240],
  [240, 236, 226],
  [250, 236, 214],
  [226, 236, 240],
]

const readBuild = (scene: SceneContext, random: () => number): Build => {
  const { words, also, place } = scene.brief
  if (mentions(words, ['alpine', 'alps', 'swiss', 'austria*', 'bavaria*', 'tyrol', 'chalet', 'mountain*', 'ski*']))
    return 'alpine'
  if (
    place === 'sea' ||
    also.includes('sea') ||
    mentions(words, ['greek', 'greece', 'santorini', 'amalfi', 'mediterranean'])
  )
    return 'seaside'
  return random() < 0.3 ? 'alpine' : 'plain'
}

/** A few trees, as pictures that all the trees of a rank are taken from; some of them, as a share, are spruces. */
const treePictures = (scene: SceneContext, random: () => number, rank: Rank, spruces: number): Canvas[] => {
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

/** A village in its fields: scattered houses around a church, lanes, trees, smoke from the chimneys. */
export const paintVillage: ScenePainter = (scene) => {
  const { light, width, height, unit } = scene
  const random = scene.random('village')
  const build = readBuild(scene, random)
  const tone = toneOf(scene)
  const snowy = light.season === 'winter' || light.weather === 'snow'
  const horizon = height * (0.34 + random() * 0.14)
  const middle = random() < 0.5 ? 0.3 + random() * 0.12 : 0.58 + random() * 0.12
  const churchRank = 1 + Math.floor(random() * 2)
  const tallFrame = Math.max(1, Math.min(1.5, (height / width) * 0.9))
  const ground: Rgb = snowy ? [228, 235, 246] : growthColour(light)
  const steep = (build === 'seaside' ? 0.3 : 0.12) + random() * 0.1
  const lean = build === 'seaside' ? (middle < 0.5 ? -1 : 1) : 0
  const layers: Layer[] = [...heavens(scene, horizon)]
  if (build === 'seaside') layers.push(oceanLayer(scene, { y: horizon, depth: 0.2, rough: 0.4 }))
  else
    layers.push(
      ...mountainRanges(scene, {
        horizon: horizon + 10 * unit,
        tall: build === 'alpine' ? 0.9 + random() * 0.4 : 0.3 + random() * 0.3,
        floor: -200,
        count: build === 'alpine' ? 3 : 2,
        pines: build === 'alpine',
        snowy: snowy || build === 'alpine',
        bottom: horizon + 70 * unit,
      }),
    )
  const ranks: Rank[] = Array.from({ length: RANKS }, (_, index) => {
    const share = index / (RANKS - 1)
    const noise = scene.noise(`slope ${index}`)
    const base = horizon + (height - horizon) * (0.05 + share ** 1.25 * 0.78)
    const sway = (height - horizon) * (0.05 + steep * 0.5)
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
  const style = (rank: Rank): HouseStyle => ({
    ...townStyle(scene, 0),
    far: rank.far,
    walls: build === 'seaside' ? WHITE : PLASTERS,
  })
  for (const [index, rank] of ranks.entries()) {
    const next = ranks[index + 1]
    const smoke: { x: number; y: number; size: number }[] = []
    const sprite = paintSprite(coverBox(scene, rank.depth), rank.depth, (ctx, box) => {
      ctx.save()
      ctx.beginPath()
      ctx.moveTo(box.x, box.y + box.height)
      for (let x = box.x; x <= box.x + box.width + 4; x += 4) ctx.lineTo(x, rank.crest(x))
      ctx.lineTo(box.x + box.width, box.y + box.height)
      ctx.closePath()
      const top = rank.crest(width * middle)
      const bottom = next ? next.crest(width * middle) + 40 * unit : height
      const wash = ctx.createLinearGradient(0, top - 30 * unit, 0, bottom)
      wash.addColorStop(0, css(tone(shift(ground, 0.04), 0.9, rank.far)))
      wash.addColorStop(1, css(tone(shift(ground, -0.05), 0.5, rank.far * 0.7)))
      ctx.fillStyle = wash
      ctx.fill()
      ctx.clip()
      patchwork(ctx, scene, rank, box, Math.max(bottom, top + 30 * unit), snowy)
      ctx.restore()
      const crowded = (x: number): number => Math.exp(-(((x / width - middle) / (0.2 + rank.share * 0.1)) ** 2))
      const grown = treePictures(scene, random, rank, build === 'alpine' ? 1 : snowy ? 0.6 : 0)
      const tree = (x: number, y: number, tall: number): void => {
        const picture = grown[Math.floor(random() * grown.length)]!
        ctx.drawImage(picture, x - tall * 0.6, y - tall * 1.25, tall * 1.2, tall * 1.3)
      }
      for (let x = box.x; x < box.x + box.width; x += rank.wide * (0.5 + random() * 0.7))
        if (random() < (0.5 - crowded(x) * 0.25) * (index === RANKS - 1 ? 0.3 : 1))
          tree(x, rank.crest(x) + random() * rank.wide * 0.3, rank.wide * (0.5 + random() * 0.6))
      const own = style(rank)
      if (index === churchRank) {
        const x = width * middle
        const size = rank.wide * 0.42
        paintSpire(ctx, random, { x, y: rank.crest(x) + size * 0.5, wide: size, tall: size * (5 + random()) }, own)
        paintCottage(
          ctx,
          random,
          { x: x + size * 1.5, y: rank.crest(x) + size * 0.6, wide: rank.wide * 1.15, build: 'plain', hand: 1 },
          { ...own, walls: [[236, 226, 206]] },
        )
      }
      // Those further down the slope stand nearer, and are painted later.
      const rows = index === RANKS - 1 ? 1 : 3
      for (let row = 0; row < rows; row++)
        for (let x = box.x; x < box.x + box.width; x += rank.wide * (0.9 + random() * 0.8)) {
          const keep = crowded(x) * [0.6, 0.68, 0.6, 0.4, 0.2][index]! + 0.05
          if (random() > keep || (index === churchRank && row < 2 && Math.abs(x - width * middle) < rank.wide)) continue
          const gap = next ? next.crest(x) - rank.crest(x) : height * 0.1
          const y = rank.crest(x) + Math.max(rank.wide * 0.1, gap * (0.1 + row * 0.26 + random() * 0.12))
          if (next && y > next.crest(x) + rank.wide * 0.2) continue
          const wide = rank.wide * (0.8 + random() * 0.4) * (1 + row * 0.1)
          const from = paintCottage(ctx, random, { x, y, wide, build, hand: random() < 0.5 ? 1 : -1 }, own)
          if (random() < 0.3 && build !== 'seaside') smoke.push({ ...from, size: wide * 0.07 })
          if (random() < 0.35) tree(x + wide * 0.62, y + wide * 0.04, wide * (0.4 + random() * 0.4))
        }
    })
    layers.push(still(sprite))
    if (smoke.length > 0 && index > 0 && index < RANKS - 1)
      layers.push(
        smokeLayer(scene, smoke.slice(0, 2), {
          depth: rank.depth,
          colour: mix(light.haze, [255, 255, 255], 0.4),
          strength: 0.4,
        }),
      )
    if (next && index < 2)
      layers.push(
        mistLayer(scene, {
          name: `village ${index}`,
          y: rank.crest(width * middle) + 20 * unit,
          thick: 40 * unit,
          depth: rank.depth + 0.05,
          strength: Math.min(0.8, (0.26 - index * 0.06) * light.air),
          colour: mix(light.haze, light.skyLow, 0.5),
        }),
      )
  }
  const tones = [0.3, 0.6, 0.9].map((shine) => tone(shift(ground, shine * 0.08 - 0.08), shine))
  layers.push(
    grassLayer(scene, {
      y: height * 0.95,
      tall: 60 * unit,
      count: 170,
      depth: 1,
      tones,
      flowers:
        snowy || light.season === 'autumn'
          ? []
          : [tone([250, 244, 230], 0.9), tone([246, 204, 90], 0.9), tone([206, 96, 120], 0.8)],
    }),
  )
  return { horizon, layers: [...layers, ...skyLife(scene), ...weatherLayers(scene)] }
}
