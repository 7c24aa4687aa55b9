import { rgb, type Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { fillEllipse, strokeLine } from '../../../canvas/paths.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import { drawAt, setPen } from '../../../canvas/curves.ts'

type Patch = { at: number; across: number; long: number; wide: number; colour: Rgb }
type Koi = {
  /** It swims along a wide circle: its middle, radius, where it is at second 0, and its speed in radians a second. */
  x: number
  y: number
  radius: number
  from: number
  speed: number
  long: number
  body: Rgb
  patches: readonly Patch[]
  phase: number
  deep: number
}

/** Half the width of a koi seen from above, as a share of its length; 0 the snout to 1 the root of the tail. */
const girth = (at: number): number =>
  0.112 * Math.min(1, Math.sqrt(at * 7.5 + 0.05)) * (1 - Math.max(0, at - 0.26) ** 1.25 * 1.18)

const VARIETIES: readonly (readonly [body: Rgb, marks: readonly Rgb[]])[] = [
  [rgb(0xfaf4e8), [rgb(0xe64a24)]],
  [rgb(0xfcf0de), [rgb(0xde3a1e), rgb(0x222026)]],
  [rgb(0xf48428), [rgb(0xfcba5c)]],
  [rgb(0x28262e), [rgb(0xe65424), rgb(0xf6f0e4)]],
  [rgb(0xf6c860), [rgb(0xffe4a0)]],
]

/** Koi spread over the frame. */
const createShoal = (random: () => number, scene: SceneContext, count: number): Koi[] => {
  const { width, height, unit } = scene
  const area = Math.sqrt((width * height) / (1280 * 720)) / unit
  return Array.from({ length: count }, (_, index) => {
    const [body, marks] = VARIETIES[Math.floor(random() * VARIETIES.length)]!
    const radius = (220 + random() * 420) * unit
    const speed = ((24 + random() * 22) * unit) / radius
    const turn = random() < 0.5 ? -1 : 1
    const from = random() * Math.PI * 2
    // Where it is in the middle of the clip is spread over the frame as a jittered lattice is.
    const cell = (index * 0.618034 + random() * 0.12) % 1
    const half = (from + turn * speed * scene.seconds) / 2 + from / 2
    const midX = width * (0.1 + cell * 0.8)
    const midY = height * (0.2 + ((index + random()) / count) * 0.72)
    return {
      x: midX - Math.cos(half) * radius,
      y: midY - Math.sin(half) * radius,
      radius,
      from,
      speed: speed * turn,
      long: (128 + random() * 92) * unit * Math.min(1.25, area),
      body,
      patches: Array.from({ length: 3 + Math.floor(random() * 3) }, (_, patch) => ({
        at: 0.08 + (patch + random() * 0.7) * 0.2,
        across: (random() - 0.5) * 0.1,
        long: 0.06 + random() * 0.09,
        wide: 0.04 + random() * 0.06,
        colour: marks[Math.floor(random() * marks.length)]!,
      })),
      phase: random() * 7,
      deep: random(),
    }
  })
}

type Point = readonly [x: number, y: number, angle: number]

/** The line of its back at a moment, snout first: along the circle, waving more towards the tail. */
const spineOf = (koi: Koi, seconds: number): Point[] => {
  const way = Math.sign(koi.speed)
  const points: Point[] = []
  const steps = 18
  for (let step = 0; step <= steps; step++) {
    const at = step / steps
    const angle = koi.from + koi.speed * seconds - (way * at * koi.long) / koi.radius
    const wave = Math.sin(seconds * 4.2 + koi.phase - at * 4.4) * koi.long * 0.05 * at ** 1.4
    const out = koi.radius + wave
    points.push([koi.x + Math.cos(angle) * out, koi.y + Math.sin(angle) * out, angle + (way * Math.PI) / 2])
  }
  return points
}

const outline = (ctx: DrawingContext, spine: readonly Point[], long: number, within = 0): void => {
  const side = (index: number, hand: number): [number, number] => {
    const [x, y, angle] = spine[index]!
    const half = Math.max(0, girth(index / (spine.length - 1)) * long - within) * hand
    return [x - Math.sin(angle) * half, y + Math.cos(angle) * half]
  }
  ctx.beginPath()
  const last = spine.length - 1
  for (let index = 0; index <= last; index++) ctx.lineTo(...side(index, 1))
  for (let index = last; index >= 0; index--) ctx.lineTo(...side(index, -1))
  const [x, y, angle] = spine[0]!
  const snout = long * 0.022
  ctx.quadraticCurveTo(x + Math.cos(angle) * snout, y + Math.sin(angle) * snout, ...side(0, 1))
  ctx.closePath()
}

/** A round mark on its back that ends where the body does: clipping it to the body would take five times as long. */
const mark = (ctx: DrawingContext, spine: readonly Point[], long: number, patch: Patch): void => {
  const last = spine.length - 1
  const steps = 10
  const corner = (step: number, hand: number): [number, number] => {
    const off = (step / steps) * 2 - 1
    const at = Math.min(1, Math.max(0, patch.at + off * patch.long))
    const index = Math.min(last - 1, Math.floor(at * last))
    const part = at * last - index
    const [x, y, angle] = spine[index]!
    const [nextX, nextY] = spine[index + 1]!
    const round = Math.sqrt(1 - off * off) * patch.wide * hand
    const half = girth(at)
    const out = Math.min(half, Math.max(-half, patch.across * (1 + off) + round)) * long
    return [x + (nextX - x) * part - Math.sin(angle) * out, y + (nextY - y) * part + Math.cos(angle) * out]
  }
  ctx.beginPath()
  for (let step = 0; step <= steps; step++) ctx.lineTo(...corner(step, 1))
  for (let step = steps; step >= 0; step--) ctx.lineTo(...corner(step, -1))
  ctx.fill()
}

/** A fin that trails in the paint that is set: its root and the way it points, its length and breadth. */
const fin = (ctx: DrawingContext, [x, y, angle]: Point, long: number, wide: number): void => {
  const tipX = x + Math.cos(angle) * long
  const tipY = y + Math.sin(angle) * long
  const sideX = -Math.sin(angle) * wide
  const sideY = Math.cos(angle) * wide
  ctx.beginPath()
  ctx.moveTo(x, y)
  const [midX, midY] = [x + (tipX - x) * 0.4, y + (tipY - y) * 0.4]
  ctx.quadraticCurveTo(midX + sideX, midY + sideY, tipX + sideX * 0.6, tipY + sideY * 0.6)
  ctx.quadraticCurveTo(tipX, tipY, tipX - sideX * 0.5, tipY - sideY * 0.5)
  ctx.quadraticCurveTo(midX - sideX * 0.6, midY - sideY * 0.6, x, y)
  ctx.fill()
}

const fins = (ctx: DrawingContext, spine: readonly Point[], koi: Koi, seconds: number): void => {
  const { long } = koi
  const row = Math.sin(seconds * 2.6 + koi.phase) * 0.16
  for (const [at, reach, wide] of [
    [5, 0.19, 0.075],
    [11, 0.1, 0.04],
  ] as const)
    for (const hand of [-1, 1]) {
      const [x, y, angle] = spine[at]!
      const half = girth(at / (spine.length - 1)) * long * 0.8 * hand
      const [rootX, rootY] = [x - Math.sin(angle) * half, y + Math.cos(angle) * half]
      fin(ctx, [rootX, rootY, angle + Math.PI - hand * (0.95 + row * hand)], long * reach, long * wide)
    }
  const [x, y, angle] = spine[spine.length - 1]!
  const whip = Math.sin(seconds * 4.2 + koi.phase - 5.4) * 0.5
  for (const hand of [-1, 1]) fin(ctx, [x, y, angle + Math.PI + hand * 0.2 + whip], long * 0.3, long * 0.06 * hand)
}

/** A koi with the colours that it has as deep as it swims. */
type Dressed = {
  koi: Koi
  body: string
  edge: string
  fin: string
  back: string
  patches: readonly (Patch & { fill: string })[]
}

const drawKoi = (ctx: DrawingContext, dressed: Dressed, spine: readonly Point[], seconds: number): void => {
  const { koi, body, edge, fin: veil, patches, back } = dressed
  ctx.fillStyle = veil
  fins(ctx, spine, koi, seconds)
  outline(ctx, spine, koi.long)
  ctx.fillStyle = body
  ctx.fill()
  for (const patch of patches) {
    ctx.fillStyle = patch.fill
    mark(ctx, spine, koi.long, patch)
  }
  setPen(ctx, edge, koi.long * 0.025)
  outline(ctx, spine, koi.long, koi.long * 0.0125)
  ctx.stroke()
  ctx.strokeStyle = back
  const line = spine.slice(3, 15).flatMap(([x, y]) => [x, y])
  strokeLine(ctx, line, koi.long * 0.035)
  const [x, y, angle] = spine[2]!
  const [across, down, radius] = [
    Math.sin(angle) * koi.long * 0.062,
    Math.cos(angle) * koi.long * 0.062,
    koi.long * 0.011,
  ]
  for (const hand of [-1, 1])
    fillEllipse(ctx, 'rgba(16,14,20,0.85)', [x - across * hand, y + down * hand, radius, radius])
}

/** Koi that swim in wide bends under the surface, seen from above, each over its own shadow on the bottom. */
export const koiLayer = (scene: SceneContext, count: number, water: { deep: Rgb; shine: Rgb }): Layer => {
  const { unit, light } = scene
  const dim = light.dark > 0.6 ? 0.5 : light.dark * 0.5
  const shoal = createShoal(scene.random('koi'), scene, count).sort((a, b) => b.deep - a.deep)
  const dressed = shoal.map((koi): Dressed => {
    const sunk = 0.1 + koi.deep * 0.3 + dim * 0.4
    const tone = (colour: Rgb): string => css(mix(colour, water.deep, sunk))
    return {
      koi,
      body: tone(koi.body),
      edge: css(mix(shift(koi.body, -0.2), water.deep, sunk + 0.1), 0.5),
      fin: css(mix(mix(koi.body, [255, 246, 236], 0.35), water.deep, sunk), 0.62),
      patches: koi.patches.map((patch) => ({ ...patch, fill: tone(patch.colour) })),
      back: css(mix([255, 255, 255], water.shine, 0.3), 0.2 * (1 - dim)),
    }
  })
  const shadow = css(mix(water.deep, [0, 4, 8], 0.7), 0.34)
  return layerAt(0.42, (ctx, view) => {
    for (const one of dressed) {
      const { koi } = one
      const spine = spineOf(koi, view.seconds)
      const fall = (14 + koi.deep * 10) * unit
      drawAt(ctx, { x: fall * (light.sun.x > 0.5 ? -0.9 : 0.9), y: fall * 1.5 }, () => {
        ctx.fillStyle = shadow
        outline(ctx, spine, koi.long * 1.02)
        ctx.fill()
        fins(ctx, spine, koi, view.seconds)
      })
      drawKoi(ctx, one, spine, view.seconds)
    }
  })
}
