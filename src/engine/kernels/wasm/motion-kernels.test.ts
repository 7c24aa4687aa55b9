import { describe, expect, it } from 'vitest'
import { CAPSULE, clearCells, compose, flareOver, type Layers } from '../../motion/compose.ts'
import { createCutOutMover } from '../../motion/move-cut-out.ts'
import { asWords, createField, fillField, type Words32 } from '../../sight/field.ts'
import { warp, warpBoth } from '../../motion/warp.ts'
import { createRandom } from '../../random.ts'

const picture = (width: number, height: number, name: string): Words32 => {
  const random = createRandom(5, name)
  const data = Uint8Array.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 ? 255 : random() * 256))
  return asWords({ width, height, data })
}
const bytes = (words: Uint32Array): Uint8Array => new Uint8Array(words.buffer, words.byteOffset, words.byteLength)

const layersOf = (scene: Words32, more: Partial<Layers>): Layers => {
  const sceneField = createField(scene.width, scene.height)
  fillField(sceneField, (x, y, out) => {
    out[0] = x
    out[1] = y
  })
  return { scene, sceneField, plate: undefined, relights: [], capsules: [], ...more }
}

const composed = (scene: Words32, more: Partial<Layers>): Uint8Array => {
  const out = new Uint32Array(scene.words.length)
  compose(layersOf(scene, more), out)
  return bytes(out)
}

const furthest = (one: ArrayLike<number>, other: (at: number) => number): number => {
  let most = 0
  for (let at = 0; at < one.length; at++) most = Math.max(most, Math.abs(one[at]! - other(at)))
  return most
}

// Widths that do and do not divide by cells of eight and steps of four.
describe.each([
  [48, 24],
  [38, 18],
  [21, 9],
])('%i x %i', (width, height) => {
  const scene = picture(width, height, 'scene')
  const before = bytes(scene.words)

  it('lights by nodes: value · (1 + gain · share - veil) + colour · veil', () => {
    const { columns, rows } = createField(width, height)
    const random = createRandom(2, 'nodes')
    const nodes = Float32Array.from(
      { length: columns * rows * 2 },
      (_, at) => random() * (at % 2 ? 0.6 : 0.9) - (at % 2 ? 0 : 0.3),
    )
    const gain = [0.9, 0.5, -0.2] as const
    const colour = [200, 90, 30] as const
    const out = composed(scene, { relights: [{ nodes, gain, colour }] })
    const at = (x: number, y: number, which: number): number => {
      const [column, row] = [x >> 3, y >> 3]
      const value = (i: number, j: number): number => nodes[((row + j) * columns + column + i) * 2 + which]!
      const [right, under] = [(x & 7) / 8, (y & 7) / 8]
      const upper = value(0, 0) * (1 - under) + value(0, 1) * under
      return upper + (value(1, 0) * (1 - under) + value(1, 1) * under - upper) * right
    }
    const off = furthest(out, (index) => {
      const channel = index % 4
      if (channel === 3) return 255
      const [x, y] = [(index >> 2) % width, Math.floor((index >> 2) / width)]
      const veil = at(x, y, 1)
      const value = before[index]! * (1 + gain[channel]! * at(x, y, 0) - veil) + colour[channel]! * veil
      return Math.min(255, Math.max(0, value))
    })
    expect(off).toBeLessThan(1.6)
  })

  it('lets stray light fall: 255 - (255 - value) · (1 - light · (base + heat · more)), white at most', () => {
    const { columns, rows } = createField(width, height)
    const random = createRandom(4, 'flare')
    const light = random() * 0.4
    const heat = random()
    // Even light in one half of the rows; more than white in the other.
    const nodes = Float32Array.from({ length: columns * rows * 2 }, (_, at) =>
      at % 2 ? heat : at < columns * 4 ? light : 1.4,
    )
    const [base, more] = [[1.05, 0.42, 0.12] as const, [0, 0.36, 0.28] as const]
    const words = Uint32Array.from(scene.words)
    flareOver({ width, height, words }, { nodes, columns }, base, more)
    const off = furthest(bytes(words), (index) => {
      const [channel, y] = [index % 4, Math.floor((index >> 2) / width)]
      if (channel === 3) return 255
      const left = (share: number): number => 1 - share * (base[channel]! + heat * more[channel]!)
      const falls = Math.min(1, Math.max(0, (y - 8) / 8))
      const here = rows > 2 ? left(light) * (1 - falls) + left(1.4) * falls : left(light)
      return 255 - (255 - before[index]!) * Math.max(0, here)
    })
    expect(off).toBeLessThan(1.6)
  })

  it('draws soft strokes, that cover, add light, or are pointed', () => {
    const strokes = [
      [5.2, 3.1, 15.4, 7.7, 2.6, 1.8, 0.4, 0.9, 250, 40, 90, 0],
      [12, 4, 12, 4, 4.2, 4.2, 0.8, 0.8, 255, 200, 100, 1],
      [3, 7, 18, 2, 2.2, 1, 1, 0.6, 30, 220, 60, 2],
      // Partly and wholly outside.
      [-3, 5, 2, 6, 2, 1, 1, 1, 255, 255, 255, 0],
      [width + 20, 4, width + 30, 4, 3, 1, 1, 1, 255, 255, 255, 0],
    ]
    const list = Float32Array.from(strokes.flat())
    const out = composed(scene, { capsules: [{ list, count: list.length / CAPSULE }] })
    const wanted = Float64Array.from(before)
    for (const [x0, y0, x1, y1, radius, soft, first, last, red, green, blue, kind] of strokes as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ][])
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const [dx, dy] = [x1 - x0, y1 - y0]
          const length = dx * dx + dy * dy
          const along = length > 0 ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length)) : 0
          const off = Math.hypot(x - x0 - along * dx, y - y0 - along * dy)
          const reach = kind === 2 ? 4 * radius * along * (1 - along) : radius
          const t = Math.min(1, Math.max(0, (reach - off) / soft))
          const part = t * t * (3 - 2 * t) * (first + (last - first) * along)
          for (const [channel, value] of [red, green, blue].entries()) {
            const at = (y * width + x) * 4 + channel
            const under = wanted[at]!
            wanted[at] = Math.round(under + part * (kind === 1 ? ((255 - under) * value) / 255 : value - under))
          }
        }
    expect(furthest(out, (at) => wanted[at]!)).toBeLessThanOrEqual(1)
  })

  it.each([
    ['by shares', (_column: number, random: () => number) => Math.floor(random() * 256)],
    ['on one side', (column: number) => (column < width * 0.6 ? 0 : 255)],
  ])('lays a scene over what is behind by its alpha: %s', (_kind, alphaAt) => {
    const random = createRandom(8, 'alpha')
    const clear = {
      ...scene,
      words: scene.words.map((word, at) => ((word & 0xffffff) | (alphaAt(at % width, random) << 24)) >>> 0),
    }
    const source = picture(width, height, 'behind')
    const { sceneField } = layersOf(scene, {})
    const rows = height - 3
    const out = composed(clear, { plate: { source, field: sceneField, rows, clear: clearCells(clear) } })
    const [over, under] = [bytes(clear.words), bytes(source.words)]
    const off = furthest(out, (at) => {
      // Below the plate's rows there is the scene alone.
      if (at >= rows * width * 4) return over[at]!
      if (at % 4 === 3) return 255
      const alpha = over[at - (at % 4) + 3]!
      return Math.round((over[at]! * alpha + under[at]! * (255 - alpha)) / 255)
    })
    expect(off).toBeLessThanOrEqual(1)
  })

  it('samples along a field, bilinear, and mirrored beyond the edges', () => {
    const field = createField(width, height)
    fillField(field, (x, y, out) => {
      out[0] = x * 1.2 - 5 + y / 8
      out[1] = y * 0.9 - 2
    })
    const out = new Uint32Array(scene.words.length)
    warp(scene, field, out)
    const fold = (value: number, last: number): number => {
      const folded = Math.abs(value) % (2 * last)
      return folded > last ? 2 * last - folded : folded
    }
    const off = furthest(bytes(out), (at) => {
      const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)]
      const [sx, sy] = [fold(x * 1.2 - 5 + y / 8, width - 1), fold(y * 0.9 - 2, height - 1)]
      const [left, top] = [Math.min(width - 2, Math.floor(sx)), Math.min(height - 2, Math.floor(sy))]
      const value = (i: number, j: number): number => before[((top + j) * width + left + i) * 4 + (at % 4)]!
      const upper = value(0, 0) + (value(1, 0) - value(0, 0)) * (sx - left)
      return upper + (value(0, 1) + (value(1, 1) - value(0, 1)) * (sx - left) - upper) * (sy - top)
    })
    // Weights of 8 bits between values that may lie 255 apart.
    expect(off).toBeLessThan(3)
  })

  it('mixes two warped pictures by nodes, and only one where the other has no share', () => {
    const other = picture(width, height, 'other')
    const fields = [createField(width, height), createField(width, height)] as const
    fields.forEach((field, which) =>
      fillField(field, (x, y, out) => {
        out[0] = x + (which ? 1.5 : -2.25) + y / 16
        out[1] = y + (which ? 0.5 : 1)
      }),
    )
    const warped = [scene, other].map((source, which) => {
      const out = new Uint32Array(source.words.length)
      warp(source, fields[which]!, out)
      return bytes(out)
    })
    for (const share of [0, 96, 256]) {
      const parts = new Float32Array(fields[0].columns * fields[0].rows).fill(share)
      const out = new Uint32Array(scene.words.length)
      warpBoth({ source: scene, field: fields[0] }, { source: other, field: fields[1] }, parts, Infinity, out)
      const off = furthest(bytes(out), (at) => (warped[0]![at]! * (256 - share) + warped[1]![at]! * share) / 256)
      expect(off, `${share}`).toBeLessThanOrEqual(1)
    }
  })
})

it('shows both sides of a tear, and nothing stretched between them', () => {
  // Left half moves by 24 pixels against the right half.
  const [width, height] = [64, 32]
  const scene = asWords({
    width,
    height,
    data: Uint8Array.from({ length: width * height * 4 }, (_, at) => {
      const x = (at >> 2) % width
      return at % 4 === 3 ? 255 : x < 16 ? 200 : x < 40 ? 20 : 120
    }),
  })
  const field = createField(width, height)
  fillField(field, (x, y, out) => {
    out[0] = x < 32 ? x - 24 : x + 24
    out[1] = y
  })
  const none = new Float32Array(field.columns * field.rows)
  const out = new Uint32Array(scene.words.length)
  warpBoth({ source: scene, field }, { source: scene, field }, none, 5, out)
  const row = bytes(out).filter((_, at) => at % 4 === 0 && Math.floor(at / 4 / width) === 12)
  // 24 to 31: between what lies left (200, 20) and right (120) of the tear; the field's own way would pass all of both.
  for (let x = 26; x < 32; x++) {
    const left = scene.words[12 * width + x - 24]! & 255
    const right = scene.words[12 * width + x + 24]! & 255
    const share = (x - 24) / 8
    expect(Math.abs(row[x]! - (left * (1 - share) + right * share))).toBeLessThan(2)
  }
})

it.each([
  [0, 0],
  [3, 0],
  [2.25, -1.6],
  [-30, 12.5],
  [200, 0],
])(
  'lays a cut-out that has moved by %f and %f over a plate, sampled between four by four of its pixels',
  (wayX, wayY) => {
    const [width, height] = [53, 37]
    const [still, plate] = [picture(width, height, 'still'), picture(width, height, 'plate')]
    const box = { left: 20, top: 10, width: 14, height: 11 }
    const random = createRandom(3, 'sprite')
    const rgba = Uint8Array.from({ length: box.width * box.height * 4 }, () => 0)
    for (let at = 0; at < rgba.length; at += 4) {
      const alpha = Math.floor(random() * 256)
      for (let channel = 0; channel < 3; channel++) rgba[at + channel] = Math.floor((random() * alpha * 255) / 255)
      rgba[at + 3] = alpha
    }
    const draw = createCutOutMover(still, plate, { box, rgba }, { x: 25, y: 15 })
    // Frames that were drawn before leave nothing behind.
    draw(5, 5)
    const out = draw(wayX, wayY)
    const weights = (part: number): number[] => [
      (-(part ** 3) + 2 * part ** 2 - part) / 2,
      (3 * part ** 3 - 5 * part ** 2 + 2) / 2,
      (-3 * part ** 3 + 4 * part ** 2 + part) / 2,
      (part ** 3 - part ** 2) / 2,
    ]
    const pixel = (x: number, y: number, channel: number): number =>
      x < 0 || y < 0 || x >= box.width || y >= box.height ? 0 : rgba[(y * box.width + x) * 4 + channel]!
    const off = furthest(out, (index) => {
      const [channel, x, y] = [index % 4, (index >> 2) % width, Math.floor((index >> 2) / width)]
      if (channel === 3) return 255
      if (wayX === 0 && wayY === 0) return bytes(still.words)[index]!
      const [sx, sy] = [x - box.left - wayX, y - box.top - wayY]
      const [across, down] = [weights(sx - Math.floor(sx)), weights(sy - Math.floor(sy))]
      const sample = (which: number): number => {
        let sum = 0
        for (let j = 0; j < 4; j++)
          for (let i = 0; i < 4; i++)
            sum += across[i]! * down[j]! * pixel(Math.floor(sx) + i - 1, Math.floor(sy) + j - 1, which)
        return Math.min(255, Math.max(0, sum))
      }
      return Math.min(255, sample(channel) + (bytes(plate.words)[index]! * (255 - sample(3))) / 255)
    })
    // Weights of 64 parts, between values that may lie 255 apart.
    expect(off).toBeLessThan(wayX === 0 ? 0.5 : 8)
  },
)

it('looks at no bytes beyond a picture, where a field leads to its first row and column', () => {
  const [width, height] = [48, 24]
  const white = asWords({ width, height, data: new Uint8Array(width * height * 4).fill(255) })
  const field = createField(width, height)
  // From a few 65,536ths of a pixel to nothing within each cell.
  fillField(field, (x, y, out) => {
    out[0] = ((y / 8) % 2) * (3 / 65536)
    out[1] = ((x / 8) % 2) * (3 / 65536)
  })
  const out = new Uint32Array(white.words.length)
  warp(white, field, out)
  expect(bytes(out).every((value) => value === 255)).toBe(true)
})
