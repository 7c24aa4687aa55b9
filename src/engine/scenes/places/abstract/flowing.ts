import { createCanvas, ImageData } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { mix, ramp, shift } from '../../../canvas/colour.ts'
import { wavesOf } from '../../../canvas/noise-field.ts'
import type { Layer, SceneContext } from '../../layers.ts'

/** Cloth in broad folds, or ink that is drawn out into fine veins. */
export type Flow = 'silk' | 'ink'

/** The longer side of what is painted, pixels; it is then laid as large as the frame. */
const LONG = 460
/** Pixels between two nodes of the current. */
const CELL = 20
/** How much is painted beyond each side, as a share of that side: what the current brings in. */
const MARGIN = 0.2
const STEPS = 1024

/** Levels (0 to 1) and shine (about 1) of a surface, over more than the frame. */
type Surface = { levels: Float32Array; shine: Float32Array; across: number; down: number }

const paintSurface = (scene: SceneContext, flow: Flow, columns: number, rows: number): Surface => {
  const across = Math.ceil(columns * (1 + MARGIN * 2)) + 2
  const down = Math.ceil(rows * (1 + MARGIN * 2)) + 2
  const random = scene.random('flow')
  const angle = random() * Math.PI
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const noise = scene.noise('flow')
  const wave = (0.55 + random() * 0.3) * Math.max(columns, rows)
  const first = wavesOf(noise, { x: wave, z: wave, octaves: 2 })
  const second = wavesOf(scene.noise('flow bent'), { x: wave * 0.62, z: wave * 0.62, octaves: 2 })
  const last = wavesOf(scene.noise('flow drawn'), {
    x: wave * (flow === 'ink' ? 0.7 : 1.2),
    z: wave * (flow === 'ink' ? 0.4 : 0.3),
    octaves: flow === 'ink' ? 4 : 1,
  })
  const levels = new Float32Array(across * down)
  const [xs, zs] = [new Float32Array(across), new Float32Array(across)]
  const [bentX, bentZ] = [new Float32Array(across), new Float32Array(across)]
  const pull = wave * (flow === 'ink' ? 0.85 : 0.42)
  const folds = flow === 'ink' ? 2.3 : 1.9
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      const [x, y] = [column - across / 2, row - down / 2]
      xs[column] = x * cos - y * sin
      zs[column] = (x * sin + y * cos) * (flow === 'ink' ? 1.1 : 1.5)
    }
    // Noise that bends noise that bends noise (Quilez, "Domain warping"): each call's answer holds until the next.
    const one = first(xs, zs, across)
    for (let column = 0; column < across; column++) {
      bentX[column] = xs[column]! + one[column]! * pull
      bentZ[column] = zs[column]! - one[column]! * pull * 0.8
    }
    const two = second(bentX, bentZ, across)
    for (let column = 0; column < across; column++) {
      bentX[column]! += two[column]! * pull * 0.9
      bentZ[column] = zs[column]! + two[column]! * pull
    }
    const three = last(bentX, bentZ, across)
    for (let column = 0; column < across; column++)
      levels[row * across + column] = 0.5 + 0.5 * Math.sin((three[column]! * folds - (flow === 'ink' ? 0.06 : 0.1)) * 2)
  }
  const shine = new Float32Array(across * down)
  const relief = flow === 'ink' ? 2.2 : 9
  for (let at = 0; at < levels.length; at++) {
    const slope = levels[at]! - levels[Math.max(0, at - across - 1)]!
    shine[at] = Math.min(1.3, Math.max(0.62, 1 + slope * relief))
  }
  return { levels, shine, across, down }
}

/** What colours stand for each level. Ink has fine pale veins along some of its levels. */
const paletteOf = (flow: Flow, colours: readonly Rgb[]): Float32Array => {
  const [one, two, three, four] = [0, 1, 2, 3].map((index) => colours[index % colours.length]!) as [Rgb, Rgb, Rgb, Rgb]
  const deep: Rgb = mix(shift(one, -0.2, 0.95), [10, 10, 20], 0.2)
  const table = ramp(
    flow === 'ink'
      ? [
          [0, deep],
          [0.22, mix(deep, one, 0.6)],
          [0.42, mix(one, two, 0.35)],
          [0.6, two],
          [0.8, mix(two, [255, 238, 222], 0.3)],
          [1, mix(two, [255, 242, 230], 0.72)],
        ]
      : [
          [0, deep],
          [0.3, mix(deep, one, 0.75)],
          [0.5, mix(one, two, 0.5)],
          [0.7, two],
          [0.86, mix(two, three, 0.6)],
          [1, mix(three, four, 0.5)],
        ],
    STEPS,
  )
  if (flow === 'silk') return table
  for (let step = 0; step < STEPS; step++) {
    const at = step / STEPS
    for (const [vein, strength] of [
      [0.13, 0.1],
      [0.31, 0.16],
      [0.36, 0.1],
      [0.55, 0.18],
      [0.7, 0.14],
      [0.9, 0.2],
    ] as const) {
      const near = Math.exp(-(((at - vein) / 0.008) ** 2)) * strength
      for (let channel = 0; channel < 3; channel++)
        table[step * 3 + channel]! += (255 - table[step * 3 + channel]!) * near
    }
  }
  return table
}

/** By how much the current moves what lies at each node of a grid, pixels. */
type Current = { across: number; x: Float32Array; y: Float32Array }

/** Writes the surface as the current bends it: between the nodes of a row the place moves in equal steps. */
const bendSurface = (
  { levels, shine, across }: Surface,
  table: Float32Array,
  current: Current,
  image: ImageData,
): void => {
  const { data, width: columns, height: rows } = image
  const { x: pushX, y: pushY } = current
  let index = 0
  for (let row = 0; row < rows; row++) {
    const nodeRow = Math.floor(row / CELL)
    const down = row / CELL - nodeRow
    for (let nodeColumn = 0; nodeColumn * CELL < columns; nodeColumn++) {
      const node = nodeRow * current.across + nodeColumn
      const below = node + current.across
      let x = pushX[node]! + (pushX[below]! - pushX[node]!) * down
      let y = pushY[node]! + (pushY[below]! - pushY[node]!) * down
      const stepX = (pushX[node + 1]! + (pushX[below + 1]! - pushX[node + 1]!) * down - x) / CELL + 1
      const stepY = (pushY[node + 1]! + (pushY[below + 1]! - pushY[node + 1]!) * down - y) / CELL
      x += nodeColumn * CELL
      y += row
      const end = Math.min(CELL, columns - nodeColumn * CELL)
      for (let column = 0; column < end; column++, x += stepX, y += stepY) {
        const left = x | 0
        const top = y | 0
        const fx = x - left
        const fy = y - top
        const at = top * across + left
        const a = levels[at]! + (levels[at + 1]! - levels[at]!) * fx
        const b = levels[at + across]! + (levels[at + across + 1]! - levels[at + across]!) * fx
        const colour = (((a + (b - a) * fy) * (STEPS - 1)) | 0) * 3
        const light = shine[at]!
        data[index] = table[colour]! * light
        data[index + 1] = table[colour + 1]! * light
        data[index + 2] = table[colour + 2]! * light
        data[index + 3] = 255
        index += 4
      }
    }
  }
}

/** A surface that flows: what it looks like is worked out once, and each frame bends it by a slow current. */
export const flowLayer = (scene: SceneContext, colours: readonly Rgb[], flow: Flow): Layer => {
  const { width, height, brief } = scene
  const scale = Math.min(0.5, LONG / Math.max(width, height))
  const columns = Math.ceil(width * scale)
  const rows = Math.ceil(height * scale)
  const surface = paintSurface(scene, flow, columns, rows)
  const table = paletteOf(flow, colours)
  const canvas = createCanvas(columns, rows)
  const small = canvas.getContext('2d')
  const image = new ImageData(columns, rows)
  const across = Math.ceil(columns / CELL) + 2
  const nodes = across * (Math.ceil(rows / CELL) + 2)
  const current: Current = { across, x: new Float32Array(nodes), y: new Float32Array(nodes) }
  const noise = scene.noise('current')
  const lively = brief.pace * (flow === 'ink' ? 0.16 : 0.13)
  const most = Math.min(columns, rows) * MARGIN * 0.8
  const pushed = (value: number): number => Math.max(-1, Math.min(1, value * 1.1)) * most
  return (ctx, view) => {
    const t = view.seconds * lively
    for (let node = 0; node < nodes; node++) {
      const x = (node % across) / 7
      const y = Math.floor(node / across) / 7
      current.x[node] = pushed(noise(x + t, y + t * 0.6)) + columns * (MARGIN + view.x * 0.3)
      current.y[node] = pushed(noise(x + 40 - t * 0.7, y + t)) + rows * (MARGIN + view.y * 0.3)
    }
    bendSurface(surface, table, current, image)
    small.putImageData(image, 0, 0)
    ctx.drawImage(canvas, 0, 0, columns, rows, 0, 0, width, height)
  }
}
