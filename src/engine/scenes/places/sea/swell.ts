import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { fade } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import type { Noise } from '../../../canvas/noise.ts'
import { coverBox, type Layer } from '../../layers.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'

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

const lace = (
  ctx: SKRSContext2D,
  random: Random,
  edge: (x: number) => number,
  row: { from: number; to: number; y: number; tall: number; unit: number; near: number },
  foam: Rgb,
): void => {
  const { y, tall, unit } = row
  const at = (x: number): number => y - edge(x) * tall
  const step = Math.max(2, tall * 0.03)
  for (let x = row.from; x < row.to; x += step) {
    const high = edge(x)
    const white = Math.max(0, high - 0.56) * 2.4
    if (white <= 0) continue
    // A bright cap, and threads of foam that the wind draws down the face.
    ctx.fillStyle = css(foam, Math.min(0.95, white * 1.3))
    ctx.beginPath()
    ctx.ellipse(
      x,
      at(x) + tall * 0.012,
      step * 1.1,
      Math.max(0.8, tall * 0.03 * white * (0.5 + random())),
      0,
      0,
      Math.PI * 2,
    )
    ctx.fill()
    if (random() < 0.5 * white) {
      const drop = tall * (0.08 + random() * 0.34) * white
      const side = random() < 0.5 ? -1 : 1
      ctx.strokeStyle = css(foam, 0.16 + random() * 0.34)
      ctx.lineWidth = Math.max(0.6, (0.6 + random() * 1.8) * unit * (0.4 + row.near))
      ctx.beginPath()
      ctx.moveTo(x, at(x))
      ctx.bezierCurveTo(
        x + side * drop * 0.3,
        at(x) + drop * 0.4,
        x + side * drop * 1.2,
        at(x) + drop * 0.6,
        x + side * drop * 1.5,
        at(x) + drop,
      )
      ctx.stroke()
    }
  }
  for (let streak = 0; streak < 150; streak++) {
    const x = row.from + random() * (row.to - row.from)
    const down = random()
    const long = tall * (0.2 + random() * 0.7)
    const off = tall * (0.08 + down * 0.9)
    ctx.strokeStyle = css(foam, 0.05 + random() * 0.13)
    ctx.lineWidth = Math.max(0.6, (0.6 + random() * 1.6) * unit * (0.4 + row.near))
    ctx.beginPath()
    for (let part = 0; part <= 6; part++) {
      const px = x + (part / 6) * long
      ctx.lineTo(px, y - edge(px) * tall * (1 - down * 0.6) + off)
    }
    ctx.stroke()
  }
}

/**
 * A sea in a gale, down to the lower edge: rows of swells one before the other, each painted once, that heave and roll
 * past one another as water does, each on its own circle. `between` is drawn among them, behind the row of that number.
 */
export const swellLayers = (
  scene: SceneContext,
  line: { y: number; huge: boolean },
  between: readonly (readonly [row: number, layer: Layer])[] = [],
): Layer[] => {
  const { width, height, unit } = scene
  const noise = scene.noise('swell')
  const sea = roughSea(scene)
  const way = scene.random('swell')() < 0.5 ? -1 : 1
  const rows = 8
  const layers: Layer[] = []
  for (let row = 0; row < rows; row++) {
    const share = row / (rows - 1)
    const random = scene.random(`swell ${row}`)
    const depth = 0.2 + share * 0.75
    const tall =
      (9 + share ** 1.15 * (line.huge ? 200 : 165)) *
      unit *
      Math.max(1, (height / width) * 1.1) *
      (0.8 + random() * 0.4)
    const long = (60 + share ** 1.3 * 430) * unit
    const speed = way * (0.006 + share * 0.03) * width
    const travel = Math.abs(speed) * Math.max(1, scene.seconds) + tall
    const y = line.y + (height * 1.04 - line.y) * share ** 1.4 + tall * (0.5 + random() * 0.25)
    const foot = row === rows - 1 ? height + 60 * unit : y + tall * 0.9 + 40 * unit
    const flat = coverBox(scene, depth, Math.max(0, y - tall * 1.3), foot)
    const box = { ...flat, x: flat.x - travel, width: flat.width + travel * 2 }
    const edge = edgeOf(noise, long, row)
    const air = (1 - share) ** 2 * 0.75
    const sprite = paintSprite(box, depth, (ctx) => {
      ctx.beginPath()
      ctx.moveTo(box.x, box.y + box.height)
      for (let x = box.x; x <= box.x + box.width + 3; x += 3) ctx.lineTo(x, y - edge(x) * tall)
      ctx.lineTo(box.x + box.width, box.y + box.height)
      ctx.closePath()
      ctx.fillStyle = fade(ctx, y - tall, y + tall * 0.9, [
        [0, mix(sea.crest, sea.far, air)],
        [0.22, mix(mix(sea.crest, sea.mid, 0.6), sea.far, air)],
        [0.55, mix(shift(sea.mid, -0.08), sea.far, air)],
        [1, mix(sea.deep, sea.far, air)],
      ])
      ctx.fill()
      ctx.save()
      ctx.clip()
      lace(
        ctx,
        random,
        edge,
        { from: box.x, to: box.x + box.width, y, tall, unit, near: share },
        mix(sea.foam, sea.far, air),
      )
      ctx.restore()
    })
    for (const [at, layer] of between) if (at === row) layers.push(layer)
    const phase = row * 1.9
    const pace = 1.15 - share * 0.4
    layers.push((ctx, view) => {
      const angle = view.seconds * pace + phase
      drawSprite(
        ctx,
        view,
        sprite,
        speed * view.seconds + Math.sin(angle) * tall * 0.16 * way,
        Math.cos(angle) * tall * 0.1,
      )
    })
  }
  return layers
}
