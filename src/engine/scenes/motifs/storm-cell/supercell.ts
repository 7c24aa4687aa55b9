import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { linearGradient, radialGradient } from '../../../canvas/gradients.ts'
import { fillPolygon, strokeLine } from '../../../canvas/paths.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import { coverBox, type Layer, type SceneContext, still } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { lookAt, xAt, yAt } from '../../../canvas/camera-view.ts'
import { paintBillows } from '../../sky/billows.ts'

/** Where a storm's rotating cloud hangs: its middle and half breadth, its underside and its upper edge. Pixels. */
type Cell = { x: number; wide: number; base: number; top: number; lit: Rgb; slate: Rgb; dark: Rgb; side: number }

export const cellOf = (scene: SceneContext, horizon: number): Cell => {
  const { light, width, height } = scene
  const random = scene.random('cell')
  const night = light.dark > 0.75
  const slate: Rgb = mix(mix([88, 106, 120], light.ambient, 0.3), light.skyTop, night ? 0.5 : 0.12)
  const word = scene.brief.airColours[0]
  const tinted = word ? mix(slate, word, 0.3) : slate
  return {
    x: width * (0.3 + random() * 0.4),
    wide: width * (0.4 + random() * 0.14) * Math.max(1, (height / width) * 0.9),
    base: horizon - height * (0.25 + random() * 0.1),
    top: height * (0.02 + random() * 0.05),
    slate: tinted,
    lit: mix(mix(light.key, [255, 238, 214], 0.3), tinted, night ? 0.55 : 0.1),
    dark: mix(tinted, [16, 22, 30], 0.36),
    side: light.sun.x > 0.5 ? 1 : -1,
  }
}

/** What shines under the edge of such a cloud, by the hour. */
const STRIP: Readonly<Record<SceneContext['light']['time'], Rgb>> = {
  dawn: [250, 190, 140],
  morning: [240, 228, 196],
  noon: [226, 232, 226],
  golden: [255, 200, 110],
  sunset: [255, 146, 70],
  dusk: [206, 130, 136],
  night: [60, 74, 104],
}

/** The sky about it: dark above, a bright strip under the cloud's edge, curtains of rain on the side away from the sun. */
export const stormSky = (scene: SceneContext, horizon: number, cell: Cell): Sprite => {
  const { light, width, unit } = scene
  const random = scene.random('storm sky')
  const night = light.dark > 0.75
  return paintSprite(coverBox(scene, 0.06, 0, horizon + 60 * unit), 0.06, (ctx, box) => {
    const strip = mix(mix(light.skyLow, light.sun.colour, 0.3), STRIP[light.time], night ? 0 : 0.5)
    ctx.fillStyle = linearGradient(
      ctx,
      [0, 0, 0, horizon],
      [0, mix(cell.slate, light.skyTop, 0.3)],
      [0.5, mix(cell.slate, light.skyMid, 0.4)],
      [0.82, mix(strip, cell.slate, night ? 0.6 : 0.34)],
      [1, mix(strip, cell.slate, night ? 0.4 : 0.06)],
    )
    ctx.fillRect(box.x, box.y, box.width, box.height)
    const warm = mix(strip, [255, 232, 190], 0.5)
    const about = [width * light.sun.x, horizon, width * 0.5] as const
    ctx.fillStyle = radialGradient(ctx, about, [0, warm, night ? 0.12 : 0.6], [1, strip, 0])
    ctx.fillRect(box.x, box.y, box.width, box.height)
    const shaft = cell.x - cell.side * cell.wide * 0.6
    for (let strand = 0; strand < 60; strand++) {
      const x = shaft + (random() + random() - 1) * cell.wide * 0.6
      const wide = (20 + random() * 90) * unit
      const from = cell.base - (cell.base - cell.top) * (0.25 + random() * 0.2)
      const grey = mix(cell.dark, cell.slate, random())
      const veil = linearGradient(
        ctx,
        [0, from, 0, horizon],
        [0, cell.dark, 0],
        [0.4, grey, 0.16],
        [1, cell.slate, 0.08],
      )
      const [lean, foot] = [-cell.side * 60 * unit, horizon + 10 * unit]
      fillPolygon(ctx, veil, [x, from, x + wide, from, x + wide + lean, foot, x + lean, foot])
    }
  })
}

/** Plates of a ring. */
const PLATES = 4
/** Rings of a cloud from its base up, as shares of its height and of its breadth. */
const RINGS = [
  [0, 0.36],
  [0.13, 0.56],
  [0.27, 0.78],
  [0.42, 0.94],
  [0.58, 1.06],
] as const

/** How flat the rings are, as a share of their breadth. */
const FLAT = 0.1

/** One of the rings: a stack of thin plates, each a little narrower than the one above it. `rank` counts from above. */
const paintRing = (
  ctx: DrawingContext,
  scene: SceneContext,
  cell: Cell,
  [up, broad]: (typeof RINGS)[number],
  rank: number,
): void => {
  const { unit } = scene
  const ragged = scene.noise('rings')
  const { x, wide, base, top, lit, slate, dark, side } = cell
  for (let plate = 0; plate < PLATES; plate++) {
    const share = plate / PLATES
    const y = base - (up - share * 0.1) * (base - top)
    const rx = wide * broad * (1 - share * 0.13)
    const ry = rx * FLAT * (0.85 + up * 0.4)
    const edge = (angle: number): number =>
      1 + ragged(angle * 1.6 + rank * 3, plate * 0.7 + rank) * 0.07 + ragged(angle * 9, plate + rank * 5) * 0.022
    const outline = (drop: number): number[] =>
      Array.from({ length: 121 }, (_, step) => (step / 60) * Math.PI).flatMap((angle) => [
        x + Math.cos(angle) * rx * edge(Math.min(angle, Math.PI * 2 - angle)),
        y + drop + Math.sin(angle) * ry,
      ])
    fillPolygon(ctx, css(dark, 0.3), outline(5 * unit))
    const level = Math.min(1, 0.18 + up * 0.5 + (1 - share) * 0.24 + (plate % 2) * 0.07)
    const body = linearGradient(
      ctx,
      [x - side * rx, 0, x + side * rx, 0],
      [0, mix(dark, slate, level * 0.3), 0.5],
      [0.3, mix(dark, slate, level * 0.8)],
      [0.66, mix(mix(dark, slate, 0.5 + level * 0.5), lit, level * 0.36)],
      [0.93, mix(slate, lit, 0.2 + level * 0.6)],
      [1, mix(slate, lit, 0.5 + level * 0.5), 0.85],
    )
    fillPolygon(ctx, body, outline(0))
    ctx.fillStyle = linearGradient(ctx, [0, y, 0, y + ry], [0, dark, 0], [1, dark, 0.34 + (1 - up) * 0.2])
    ctx.fill()
  }
}

const cloudSprite = (scene: SceneContext, horizon: number, cell: Cell, random: Random): Sprite => {
  const { unit } = scene
  const { x, wide, base, top, lit, slate, dark, side } = cell
  const tall = base - top
  const sunX = x + side * wide * 2
  return paintSprite(coverBox(scene, 0.1, 0, horizon), 0.1, (ctx, box) => {
    ctx.fillStyle = linearGradient(
      ctx,
      [0, 0, 0, base],
      [0, dark],
      [0.5, mix(dark, slate, 0.4), 0.94],
      [0.86, slate, 0.5],
      [1, slate, 0],
    )
    ctx.fillRect(box.x, box.y, box.width, base - box.y)
    for (let row = 0; row < 3; row++)
      paintBillows(ctx, random, {
        from: x - wide * 1.3,
        to: x + wide * 1.3,
        base: top + tall * (0.12 + row * 0.16),
        size: (84 + row * 16) * unit,
        apart: 1.05,
        dense: 0.85,
        flat: 0.75,
        lit: mix(mix(lit, slate, 0.16), dark, row * 0.1),
        mid: mix(lit, slate, 0.66),
        shade: mix(slate, dark, 0.5),
        sunX,
      })
    RINGS.toReversed().forEach((ring, rank) => paintRing(ctx, scene, cell, ring, rank))
    // Towers that stand on the uppermost plate, whose far edge they hide.
    paintBillows(ctx, random, {
      from: x - wide * 0.95,
      to: x + wide * 0.95,
      base: base - 0.6 * tall - wide * FLAT * 0.55,
      size: 74 * unit,
      apart: 0.7,
      dense: 0.95,
      flat: 0.6,
      lit: mix(lit, slate, 0.22),
      mid: mix(lit, slate, 0.72),
      shade: mix(slate, dark, 0.4),
      sunX,
    })
  })
}

/** Shreds of cloud that turn with the rings. */
const shredLayer = ({ unit }: SceneContext, cell: Cell, random: Random): Layer => {
  const { x, wide, base, top, lit, slate, dark, side } = cell
  const shreds = Array.from({ length: 90 }, () => {
    const [up, broad] = RINGS[Math.floor(random() * RINGS.length)]!
    return {
      up: up + random() * 0.05,
      broad: broad * (0.9 + random() * 0.1),
      at: random() * Math.PI * 2,
      pace: 0.1 + random() * 0.08,
      long: (26 + random() * 70) * unit,
      thick: (1.6 + random() * 4) * unit,
      pale: random() < 0.5,
    }
  })
  const dabs = createDabs(shreds.length)
  return (_, view) => {
    for (const shred of shreds) {
      const angle = shred.at + view.seconds * shred.pace * (1.3 - shred.up)
      const down = Math.sin(angle)
      if (down < 0.06) continue
      const [rx, ry] = [wide * shred.broad, wide * shred.broad * FLAT * (0.8 + shred.up * 0.5)]
      const px = xAt(view, x + Math.cos(angle) * rx, 0.1)
      const py = yAt(view, base - shred.up * (base - top) + down * ry, 0.1)
      const shine = 0.5 + Math.cos(angle) * side * 0.5
      dabs.paint(shred.pale ? mix(slate, lit, shine * 0.8) : dark, 0.2 * Math.min(1, down * 2.4))
      dabs.ellipse(px, py, shred.long * (0.25 + down * 0.75), shred.thick, Math.atan2(Math.cos(angle) * ry, -down * rx))
    }
    dabs.lay(view.frameCanvas)
  }
}

/** The cloud itself: an anvil over heaped towers, and under them rings of striated cloud, lit on one side, that turn. */
export const cellLayers = (scene: SceneContext, horizon: number, cell: Cell): Layer[] => {
  const random = scene.random('rings')
  return [still(cloudSprite(scene, horizon, cell, random)), shredLayer(scene, cell, random)]
}

type Path = number[]
/** One flash: when it begins, where it meets the ground, and its bolt with the branches that fork from it. */
type Flash = { at: number; x: number; paths: Path[] }

const forkBolt = (scene: SceneContext, horizon: number, cell: Cell, random: Random): Omit<Flash, 'at'> => {
  const { unit, width } = scene
  const outside = random() < 0.5
  let x = outside ? width * (0.1 + random() * 0.8) : cell.x + (random() - 0.5) * cell.wide * 1.5
  let y = cell.base - (cell.base - cell.top) * 0.1
  const bolt = [x, y]
  const paths: Path[] = [bolt]
  while (y < horizon) {
    y += (6 + random() * 18) * unit
    x += (random() - 0.5) * 34 * unit
    bolt.push(x, y)
    if (random() < 0.16 && paths.length < 7) {
      const way = random() < 0.5 ? -1 : 1
      const branch = [x, y]
      let [bx, by] = [x, y]
      for (let step = 0; step < 4 + random() * 7; step++) {
        bx += way * (6 + random() * 18) * unit
        by += (4 + random() * 15) * unit
        branch.push(bx, by)
      }
      paths.push(branch)
    }
  }
  return { paths, x }
}

/** Width, and how opaque: a bolt's halo, its glow and its core. */
const STROKES = [
  [10, 0.14],
  [4, 0.3],
  [1.7, 1],
] as const

/** Lightning between the cloud and the ground, and within it: bolts that fork, and the light that they throw. */
export const boltLayer = (scene: SceneContext, horizon: number, cell: Cell): Layer => {
  const random = scene.random('bolts')
  const { unit, seconds } = scene
  const flashes = Array.from({ length: Math.max(2, Math.round(seconds / 1.1)) }, (_, index): Flash => {
    const bolt = forkBolt(scene, horizon, cell, random)
    return { ...bolt, at: seconds === 0 ? (index === 0 ? -0.1 : 99) : 0.4 + index * 1.15 + random() * 0.5 }
  })
  return (ctx, view) => {
    for (const { at, paths, x } of flashes) {
      const since = view.seconds - at
      if (since < 0 || since > 0.55) continue
      const flicker = since < 0.06 ? 1 : since < 0.12 ? 0.3 : since < 0.2 ? 0.85 : 0.85 * (1 - (since - 0.2) / 0.35)
      view.frameCanvas.shine([160, 184, 255], 0.13 * flicker)
      lookAt(ctx, view, 0.14)
      ctx.globalCompositeOperation = 'screen'
      const reach = 260 * unit
      const flash = 0.6 * flicker
      ctx.fillStyle = radialGradient(ctx, [x, cell.base, reach], [0, [214, 224, 255], flash], [1, [150, 170, 255], 0])
      ctx.fillRect(x - reach, cell.base - 200 * unit, 520 * unit, 400 * unit)
      ctx.lineCap = 'round'
      ctx.lineJoin = 'round'
      paths.forEach((path, branch) => {
        for (const [wide, alpha] of STROKES) {
          ctx.strokeStyle = css(shift([214, 224, 255], 0.04), alpha * flicker * (branch === 0 ? 1 : 0.7))
          strokeLine(ctx, path, wide * unit * (branch === 0 ? 1 : 0.5))
        }
      })
      ctx.globalCompositeOperation = 'source-over'
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    }
  }
}
