import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import type { Noise } from '../../../canvas/noise.ts'
import { fillEllipse } from '../../../canvas/paths.ts'
import { coverBox, type Layer, type SceneContext } from '../../layers.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import { setPen, strokeCurve } from '../../../canvas/curves.ts'
import { linearGradient } from '../../../canvas/gradients.ts'

export type SeaColours = { deep: Rgb; mid: Rgb; crest: Rgb; foam: Rgb; far: Rgb }

/** The colours of rough water in this light: dark in its hollows, green where light comes through a crest. */
export const roughSea = (scene: SceneContext): SeaColours => {
  const { light } = scene
  const word = scene.brief.colours[0]
  const night = light.dark > 0.6
  const green: Rgb = word ? mix([46, 122, 124], word, 0.5) : [46, 122, 124]
  return {
    deep: mix(mix(light.ambient, [6, 26, 40], 0.68), [0, 0, 0], night ? 0.3 : 0.06),
    mid: mix(mix(light.ambient, green, 0.5), light.skyMid, 0.16),
    crest: mix(mix(green, light.skyLow, 0.46), light.key, 0.16),
    foam: mix([246, 250, 252], light.skyLow, night ? 0.42 : 0.2),
    far: mix(light.skyLow, light.haze, 0.5),
  }
}

/** The edge of a row of swells: pointed crests, long hollows, a chop upon them; 0 hollow to about 1. */
const edgeOf =
  (noise: Noise, long: number, row: number) =>
  (x: number): number => {
    const swell = 1 - Math.abs(noise(x / long, row * 9.7))
    const lesser = 1 - Math.abs(noise(x / (long * 0.37) + 50, row * 4.3))
    // Waves come in groups: some stretches lie low between high ones.
    const group = 0.62 + noise(x / (long * 2.6) + 9, row * 2.1) * 0.5
    return swell ** 2.6 * 0.9 * group + lesser ** 2 * 0.22 + noise(x / (long * 0.07), row) * 0.025
  }

type Row = { from: number; to: number; y: number; tall: number; unit: number; near: number }

/** A bright cap on each crest, and threads of foam that the wind draws down its face. */
const paintCaps = (ctx: DrawingContext, random: Random, edge: (x: number) => number, row: Row, foam: Rgb): void => {
  const { y, tall, unit } = row
  const step = Math.max(2, tall * 0.03)
  for (let x = row.from; x < row.to; x += step) {
    const white = Math.max(0, edge(x) - 0.56) * 2.4
    if (white <= 0) continue
    const top = y - edge(x) * tall
    const thick = Math.max(0.8, tall * 0.03 * white * (0.5 + random()))
    fillEllipse(ctx, css(foam, Math.min(0.95, white * 1.3)), [x, top + tall * 0.012, step * 1.1, thick])
    if (random() >= 0.5 * white) continue
    const drop = tall * (0.08 + random() * 0.34) * white
    const across = (random() < 0.5 ? -1 : 1) * drop
    setPen(ctx, css(foam, 0.16 + random() * 0.34), Math.max(0.6, (0.6 + random() * 1.8) * unit * (0.4 + row.near)))
    strokeCurve(
      ctx,
      [x, top],
      [x + across * 0.3, top + drop * 0.4, x + across * 1.2, top + drop * 0.6, x + across * 1.5, top + drop],
    )
  }
}

/** Pale streaks that follow the waves, all over their faces. */
const paintStreaks = (ctx: DrawingContext, random: Random, edge: (x: number) => number, row: Row, foam: Rgb): void => {
  const { y, tall, unit } = row
  for (let streak = 0; streak < 150; streak++) {
    const x = row.from + random() * (row.to - row.from)
    const down = random()
    const long = tall * (0.2 + random() * 0.7)
    const off = tall * (0.08 + down * 0.9)
    setPen(ctx, css(foam, 0.05 + random() * 0.13), Math.max(0.6, (0.6 + random() * 1.6) * unit * (0.4 + row.near)))
    ctx.beginPath()
    for (let part = 0; part <= 6; part++) {
      const px = x + (part / 6) * long
      ctx.lineTo(px, y - edge(px) * tall * (1 - down * 0.6) + off)
    }
    ctx.stroke()
  }
}

const ROWS = 8

type Gale = { sea: SeaColours; noise: Noise; way: number; y: number; huge: boolean }

/** One row of swells, 0 the furthest, painted once. */
const swellLayer = (scene: SceneContext, { sea, noise, way, ...gale }: Gale, row: number): Layer => {
  const { width, height, unit } = scene
  const share = row / (ROWS - 1)
  const random = scene.random(`swell ${row}`)
  const depth = 0.2 + share * 0.75
  const high = (9 + share ** 1.15 * (gale.huge ? 200 : 165)) * unit
  const tall = high * Math.max(1, (height / width) * 1.1) * (0.8 + random() * 0.4)
  const speed = way * (0.006 + share * 0.03) * width
  const travel = Math.abs(speed) * Math.max(1, scene.seconds) + tall
  const y = gale.y + (height * 1.04 - gale.y) * share ** 1.4 + tall * (0.5 + random() * 0.25)
  const foot = row === ROWS - 1 ? height + 60 * unit : y + tall * 0.9 + 40 * unit
  const flat = coverBox(scene, depth, Math.max(0, y - tall * 1.3), foot)
  const box = { ...flat, x: flat.x - travel, width: flat.width + travel * 2 }
  const edge = edgeOf(noise, (60 + share ** 1.3 * 430) * unit, row)
  const air = (1 - share) ** 2 * 0.75
  const sprite = paintSprite(box, depth, (ctx) => {
    ctx.beginPath()
    ctx.moveTo(box.x, box.y + box.height)
    for (let x = box.x; x <= box.x + box.width + 3; x += 3) ctx.lineTo(x, y - edge(x) * tall)
    ctx.lineTo(box.x + box.width, box.y + box.height)
    ctx.closePath()
    ctx.fillStyle = linearGradient(
      ctx,
      [0, y - tall, 0, y + tall * 0.9],
      [0, mix(sea.crest, sea.far, air)],
      [0.22, mix(mix(sea.crest, sea.mid, 0.6), sea.far, air)],
      [0.55, mix(shift(sea.mid, -0.08), sea.far, air)],
      [1, mix(sea.deep, sea.far, air)],
    )
    ctx.fill()
    ctx.save()
    ctx.clip()
    const painted = { from: box.x, to: box.x + box.width, y, tall, unit, near: share }
    const foam = mix(sea.foam, sea.far, air)
    paintCaps(ctx, random, edge, painted, foam)
    paintStreaks(ctx, random, edge, painted, foam)
    ctx.restore()
  })
  return (ctx, view) => {
    const angle = view.seconds * (1.15 - share * 0.4) + row * 1.9
    const across = speed * view.seconds + Math.sin(angle) * tall * 0.16 * way
    drawSprite(ctx, view, sprite, across, Math.cos(angle) * tall * 0.1)
  }
}

/**
 * A sea in a gale, down to the lower edge: rows of swells one before the other that heave and roll past one another as
 * water does, each on its own circle. `between` is drawn among them, behind the row of that number.
 */
export const swellLayers = (
  scene: SceneContext,
  line: { y: number; huge: boolean },
  between: readonly (readonly [row: number, layer: Layer])[] = [],
): Layer[] => {
  const way = scene.random('swell')() < 0.5 ? -1 : 1
  const gale = { ...line, sea: roughSea(scene), noise: scene.noise('swell'), way }
  return Array.from({ length: ROWS }, (_, row) => [
    ...between.flatMap(([at, layer]) => (at === row ? [layer] : [])),
    swellLayer(scene, gale, row),
  ]).flat()
}
