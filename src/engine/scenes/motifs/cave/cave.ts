import { rgb, type Rgb } from '../../../rgb.ts'
import { pick, type Random } from '../../../random.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import { linearGradient, radialGradient } from '../../../canvas/gradients.ts'
import { fillPolygon } from '../../../canvas/paths.ts'
import { moteLayer } from '../../sky/falling.ts'
import { type Cluster, crystalLayers } from './crystals.ts'
import { rockRing } from './rock-ring.ts'
import { skyLayers } from '../../sky/outdoors.ts'
import { coverBox, type Layer, layerAt, type SceneContext, type ScenePainter, shining, still } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { rayLayer } from '../../sky/rays.ts'
import { xAt, yAt } from '../../../canvas/camera-view.ts'
import { drawPerson } from '../../figures/walkers.ts'
import { mirrorLayer } from '../../water/water.ts'
import { drawAt, fillCircle } from '../../../canvas/curves.ts'

const GLOWS = [0x60beff, 0xba78ff, 0x5aecc8, 0xff8cbe].map(rgb)

const WHITE: Rgb = [255, 255, 255]

/** How one cave is made: the middle of its opening and the line of its lake in pixels, its rock and its light. */
const planCave = ({ light, brief, width, height }: SceneContext, random: Random) => {
  const asked = brief.details.cave
  const night = light.dark > 0.6
  const mouth = asked.isOpen || (!asked.isDeep && random() < 0.35)
  const gems = asked.hasCrystals || random() < 0.2
  const x = width * (0.36 + random() * 0.28)
  const line = height * (0.6 + random() * 0.08)
  const y = height * (0.42 + random() * 0.06)
  const tone: Rgb = asked.isOfIce
    ? [128, 190, 226]
    : shift([124, 112, 104], 0, 0.8 + random() * 0.8, (random() - 0.5) * 0.7)
  const colour = brief.colours[0]
  const rock = colour && !gems ? mix(tone, colour, 0.5) : tone
  const beam = mix(mix(light.key, light.sun.colour, 0.4), night ? [150, 184, 250] : [255, 246, 222], 0.3)
  const gleam = gems ? (colour ?? pick(random, GLOWS)) : undefined
  const air = gleam ? mix(beam, gleam, mouth ? 0.2 : 0.45) : beam
  const black = mix(mix(shift(rock, -0.36, 1.1), [10, 12, 20], 0.62), gleam ?? light.ambient, 0.08)
  const strength = (night ? 0.5 : 0.95) * (light.weather === 'rain' || light.weather === 'storm' ? 0.6 : 1)
  // Where the light comes in.
  const hole = mouth ? { x, y: height * 0.36 } : { x: x + (random() - 0.5) * width * 0.2, y: height * 0.02 }
  return { night, mouth, x, y, line, rock, beam, gleam, air, black, strength, hole }
}

type Cave = ReturnType<typeof planCave>

/** The rings of rock from the furthest to the one around the viewer; `black` is how much of each lies in the dark. */
const RINGS = [
  { size: 0.36, depth: 0.2, black: 0, spikes: 16 },
  { size: 0.6, depth: 0.34, black: 0.14, spikes: 16 },
  { size: 0.86, depth: 0.66, black: 0.42, spikes: 12 },
  { size: 1.1, depth: 1, black: 0.74, spikes: 9 },
] as const

const ringLayers = (scene: SceneContext, cave: Cave): Layer[] => {
  const { width, height } = scene
  const { mouth, x, y, line } = cave
  return RINGS.map(({ size, depth, black, spikes }, rank) => {
    const far = 1 - rank / 3
    const lit = mix(mix(cave.rock, cave.air, 0.24 + far * 0.5), cave.black, black * (cave.night ? 1.15 : 1))
    return still(
      rockRing(scene, {
        name: `ring ${rank}`,
        depth,
        x: x + (width / 2 - x) * (rank / 3) * 0.7,
        y,
        across: width * 0.5 * size * (mouth ? 1.05 : 0.96),
        up: (mouth ? 0.44 : 0.5) * height * size * (1 - rank * 0.04),
        down: rank < 2 ? (line - y) * (1.05 + rank * 0.1) : (height - y) * (rank === 2 ? 0.84 : 0.98),
        rough: 0.5,
        spikes,
        lit,
        dark: mix(cave.black, lit, 0.14 * far),
        from: cave.hole,
      }),
    )
  })
}

/** What lies beyond the rings: the land outside the mouth, or the wall at the back, lit by the hole in the roof. */
const backLayers = (scene: SceneContext, { mouth, line, hole, air, rock, black }: Cave): Layer[] => {
  const { light, unit, height } = scene
  if (mouth) {
    const horizon = line - 6 * unit
    const bottom = line + 4 * unit
    const range = { horizon, tall: 0.6, floor: 20, count: 2, pines: true, snowy: light.season === 'winter', bottom }
    return [...skyLayers(scene, horizon), ...mountainRanges(scene, range)]
  }
  const back = paintSprite(coverBox(scene, 0.1), 0.1, (ctx, box) => {
    ctx.fillStyle = radialGradient(
      ctx,
      [hole.x, hole.y, height * 0.95],
      [0, mix(air, WHITE, 0.5)],
      [0.14, mix(air, rock, 0.2)],
      [0.5, mix(mix(rock, air, 0.3), black, 0.45)],
      [1, mix(rock, black, 0.75)],
    )
    ctx.fillRect(box.x, box.y, box.width, box.height)
  })
  return [still(back)]
}

/** The shaft of light that falls through a hole in the roof: soft, brightest at its heart, spread out on what it meets. */
const shaftSprite = (
  scene: SceneContext,
  from: { x: number; y: number; wide: number },
  foot: { x: number; y: number; wide: number },
  colour: Rgb,
  strength: number,
): Sprite =>
  paintSprite(
    coverBox(scene, 0.3),
    0.3,
    (ctx) => {
      for (let layer = 0; layer < 7; layer++) {
        const share = 1 - layer * 0.13
        const fall = linearGradient(
          ctx,
          [0, from.y, 0, foot.y],
          [0, colour, strength * 0.34],
          [0.7, colour, strength * 0.14],
          [1, colour, strength * 0.03],
        )
        const [top, low] = [from.wide * share, foot.wide * share]
        fillPolygon(ctx, fall, [from.x - top, from.y, from.x + top, from.y, foot.x + low, foot.y, foot.x - low, foot.y])
      }
      ctx.translate(foot.x, foot.y)
      ctx.scale(1, 0.16)
      const reach = foot.wide * 1.5
      ctx.fillStyle = radialGradient(
        ctx,
        [0, 0, reach],
        [0, colour, strength],
        [0.4, colour, strength * 0.4],
        [1, colour, 0],
      )
      ctx.fillRect(-reach, -reach, foot.wide * 3, foot.wide * 3)
    },
    0.25,
  )

/** Drops that fall from the roof, and the rings where they meet the water. */
const dripLayer = (scene: SceneContext, line: number, colour: Rgb): Layer => {
  const random = scene.random('drips')
  const { width, height, unit } = scene
  const drips = Array.from({ length: 7 }, () => ({
    x: width * (0.2 + random() * 0.6),
    y: line + (height - line) * (0.08 + random() * 0.5),
    at: random(),
    every: 1.6 + random() * 2,
  }))
  const dabs = createDabs(drips.length * 60)
  return (_, view) => {
    for (const drip of drips) {
      const age = ((view.seconds / drip.every + drip.at) % 1) * drip.every
      const fall = 0.55
      const [x, y] = [xAt(view, drip.x, 0.5), yAt(view, drip.y, 0.5)]
      if (age < fall) {
        const top = y - (1 - (age / fall) ** 2) * height * 0.5
        dabs.paint(colour, 0.5)
        dabs.line(x, top - 9 * unit * (age / fall), x, top, 1.4 * unit)
        continue
      }
      const ring = (age - fall) / 1.3
      if (ring > 1) continue
      const reach = ring * 70 * unit * (0.4 + (drip.y - line) / (height - line))
      dabs.paint(colour, 0.42 * (1 - ring))
      for (let piece = 0; piece < 26; piece++) {
        const [a, b] = [(piece / 26) * Math.PI * 2, ((piece + 1) / 26) * Math.PI * 2]
        dabs.line(
          x + Math.cos(a) * reach,
          y + Math.sin(a) * reach * 0.2,
          x + Math.cos(b) * reach,
          y + Math.sin(b) * reach * 0.2,
          1.2 * unit,
        )
      }
    }
    dabs.lay(view.frameCanvas)
  }
}

/** One who looks on with a lantern in hand: the measure of the place. */
const explorer = (at: { x: number; y: number; size: number; way: number }, dark: Rgb): Layer => {
  const glow = glowImage([255, 196, 110], 64)
  const cloth = (colour: Rgb): string => css(mix(dark, colour, 0.3))
  const person = {
    coat: cloth([150, 84, 50]),
    legs: cloth([60, 58, 70]),
    skin: cloth([220, 170, 130]),
    hair: cloth([70, 50, 40]),
    skirt: 0.2,
    pack: true,
    staff: false,
    hat: true,
  }
  return layerAt(0.75, (ctx, view) => {
    drawAt(ctx, { x: at.x, y: at.y, scale: [at.way * at.size, at.size] }, () =>
      drawPerson(ctx, person, 0.03 * Math.sin(view.seconds), 0.25),
    )
    const swing = Math.sin(view.seconds * 1.4) * at.size * 0.02
    const [x, y] = [at.x + at.way * at.size * 0.2 + swing, at.y - at.size * 0.46]
    fillCircle(ctx, 'rgb(255,232,180)', [x, y, at.size * 0.035])
    const flicker = 0.86 + 0.1 * Math.sin(view.seconds * 9) * Math.sin(view.seconds * 3.7)
    drawGlow(ctx, glow, [x, y, at.size * 1.5], 0.75 * flicker)
    drawGlow(ctx, glow, [x, y, at.size * 0.4], flicker)
  })
}

/** Six clusters of crystals: four from the floor, nearer and nearer, and two from the roof. */
const planClusters = (scene: SceneContext, random: Random, line: number, gleam: Rgb): Cluster[] => {
  const { width, height, unit } = scene
  return Array.from({ length: 6 }, (_, index) => {
    const near = index / 5
    const stands = index < 4
    return {
      x: width * (index % 2 === 0 ? 0.04 + random() * 0.26 - near * 0.06 : 0.7 + random() * 0.24 + near * 0.06),
      y: stands ? line + (24 + near * 170) * unit * (height / (720 * unit)) : height * (0.1 + random() * 0.12),
      size: (46 + near * 110) * unit * (stands ? 1 : 0.7),
      way: stands ? -1 : 1,
      colour: shift(gleam, (random() - 0.5) * 0.08, 1, (random() - 0.5) * 0.5),
      depth: 0.4 + near * 0.5,
    }
  })
}

/** A cave: light through a hole in its roof onto a lake, or its mouth with the land beyond, and crystals by word or chance. */
export const paintCave: ScenePainter = (scene) => {
  const { brief, width, height, unit } = scene
  const random = scene.random('cave')
  const cave = planCave(scene, random)
  const { mouth, x, line, hole, beam, gleam, air, strength } = cave
  const [furthest, far, near, nearest] = ringLayers(scene, cave)
  const shaft = shaftSprite(
    scene,
    { ...hole, wide: width * 0.05 },
    { x: x + (x - hole.x) * 0.4, y: line + (height - line) * 0.2, wide: width * (0.1 + random() * 0.08) },
    mix(beam, WHITE, 0.2),
    strength,
  )
  const rays = { colour: beam, strength: 0.2 * strength, count: 6, spread: 0.5, long: height * 0.9 }
  const clusters = gleam ? planClusters(scene, random, line, gleam) : []
  const someone = brief.figures.has('people') || brief.details.cave.hasExplorer || random() < 0.5
  const side = x > width / 2 ? -1 : 1
  const stand = () => ({ x: width * (0.5 + side * (0.12 + random() * 0.1)), y: height * 0.9 })
  const pale = mix(air, WHITE, 0.3)
  const dust = { name: 'cave dust', colour: pale, count: 44, rise: 5, size: 1.3, from: 0.1, to: 0.9, blink: 0.4 }
  return {
    horizon: line,
    layers: [
      ...backLayers(scene, cave),
      furthest!,
      far!,
      ...crystalLayers(scene, clusters.slice(0, 2)),
      ...(mouth ? [] : [shining(shaft)]),
      mirrorLayer(scene, { y: line, depth: 0.34, calm: 0.5, tall: 1 }),
      ...(mouth ? [] : [rayLayer(scene, { x: hole.x, y: hole.y - height * 0.05, ...rays })]),
      dripLayer(scene, line, pale),
      near!,
      ...(someone ? [explorer({ ...stand(), size: 104 * unit, way: -side }, cave.black)] : []),
      ...crystalLayers(scene, clusters.slice(2)),
      nearest!,
      moteLayer(scene, dust),
    ],
  }
}
