import { expect, it } from 'vitest'
import { createBrush } from '../brush.ts'
import { createTriangles, panesAround, spreadOver } from '../facets.ts'
import { DIRECTIONS } from '../flow.ts'
import { onLuma } from '../mix.ts'
import { createPress } from '../risograph.ts'
import { createPlanes, planesIn } from '../planes.ts'
import { createRandom } from '../../random.ts'

const noise = (length: number, name: string): Uint8Array => {
  const random = createRandom(3, name)
  return Uint8Array.from({ length }, () => random() * 256)
}

it('presses two inks by tone, warmth, patches and specks against screens', () => {
  const [width, height] = [37, 6]
  const planes = planesIn(width, height, 1, noise(width * height + 2 * 19 * 3, 'picture'))
  const { y, u, v } = planes
  const drumOf = (name: string, warm: number) => ({
    share: noise(256, `${name} share`),
    screen: noise(y.length, `${name} screen`),
    warm,
    cold: -3,
    least: 20,
  })
  const drums = [drumOf('dark', -2), drumOf('bright', 2)] as const
  const paper = {
    patches: new Int8Array(noise(y.length, 'patches')).map((value) => value >> 2),
    specks: new Int8Array(noise(y.length, 'specks')).map((value) => value >> 1),
  }
  const [dark, bright] = drums.map((drum) =>
    y.map((tone, at) => {
      const chroma = (Math.floor(at / width) >> 1) * 19 + ((at % width) >> 1)
      const warmth = (v[chroma] ?? 0) - 128 - (((u[chroma] ?? 0) - 128) >> 1)
      const row = Math.min(255, Math.max(0, 128 + ((warmth * (warmth > 0 ? drum.warm : drum.cold)) >> 1)))
      const share = (drum.share[tone] ?? 0) + (paper.patches[at] ?? 0) + 2 * (row - 128)
      const ink = (share - (drum.screen[at] ?? 0)) * 4 + 128 + (paper.specks[at] ?? 0)
      return share < 20 ? 0 : Math.min(255, Math.max(0, ink))
    }),
  )
  const both = y.map((_, at) => ((dark?.[at] ?? 0) & 0xf0) | ((bright?.[at] ?? 0) >> 4))
  const inks = { y: noise(256, 'luma'), u: noise(256, 'u'), v: noise(256, 'v') }
  const colours = (by: Uint8Array) =>
    u.map((_, at) => by[both[(at % 19) * 2 + Math.floor(at / 19) * 2 * width] ?? 0] ?? 0)
  const wanted = [both.map((ink) => inks.y[ink] ?? 0), colours(inks.u), colours(inks.v)]
  createPress(planes, drums, paper, 0, inks)(planes)
  expect([y, u, v]).toEqual(wanted)
})

it('fills triangles, whole and without holes between them', () => {
  const planes = createPlanes(64, 40, 1)
  const list = createTriangles(2)
  list.add(-10, -10, 74, -10, -10, 50, 200, 90, 60)
  list.add(74, -10, 74, 50, -10, 50, 40, 160, 180)
  list.add(0, 0, 1, 0, 0, 1, 0, 0, 0)
  list.fill(planes)
  expect(new Set(planes.y)).toEqual(new Set([200, 40]))
  expect([planes.y[0], planes.y.at(-1), planes.u[0], planes.v.at(-1)]).toEqual([200, 40, 90, 180])
  const share = planes.y.filter((value) => value === 200).length / planes.y.length
  expect(share).toBeGreaterThan(0.45)
  expect(share).toBeLessThan(0.55)
})

it('finds the pane of each pixel and the way to its border', () => {
  const random = createRandom(1, 'points')
  const points = Float32Array.from({ length: 6 * 5 * 2 }, (_, at) => {
    const place = at >> 1
    return ((at & 1 ? Math.floor(place / 6) : place % 6) - 1 + 0.2 + 0.6 * random()) * 16
  })
  const { of, border } = panesAround(points, 6, 16, 60, 44)
  const far = (pane: number, x: number, y: number): number =>
    Math.hypot(x - (points[2 * pane] ?? 0), y - (points[2 * pane + 1] ?? 0))
  for (const [x, y] of [
    [0, 0],
    [31, 20],
    [59, 43],
    [17, 40],
  ] as const) {
    const all = Array.from({ length: 30 }, (_, pane) => far(pane, x, y)).sort((a, b) => a - b)
    expect(far(of[y * 60 + x] ?? 0, x, y)).toBeCloseTo(all[0] ?? 0, 3)
    expect(border[y * 60 + x]).toBe(Math.min(255, Math.floor(((all[1] ?? 0) - (all[0] ?? 0)) * 8)))
  }
  const colours = noise(30, 'colours')
  const plane = new Uint8Array(of.length)
  spreadOver(of, colours, plane)
  expect(plane).toEqual(Uint8Array.from(of, (pane) => colours[pane] ?? 0))
})

it('repeats samples of chroma on luma', () => {
  const planes = createPlanes(37, 7, 1)
  const plane = noise(planes.u.length, 'chroma')
  expect(onLuma(planes, plane)).toEqual(
    Uint8Array.from({ length: 37 * 7 }, (_, at) => plane[(Math.floor(at / 37) >> 1) * 19 + ((at % 37) >> 1)] ?? 0),
  )
})

it('lays strokes along their direction, in the colour that the picture has, and none where none is wanted', () => {
  const planes = createPlanes(96, 96, 1)
  planes.bytes.fill(128)
  const picture = planes.bytes.map((value, at) => (at < 96 * 96 ? 60 : value))
  const cells = { across: 12, down: 12, drawn: new Uint8Array(144) }
  const brush = { length: 24, width: 4, spacing: 30, relief: 0, uneven: 0, dry: 0 }
  const paint = (pick: number, thick: number) => {
    const made = planesIn(96, 96, 1, Uint8Array.from(planes.bytes))
    const sheet = { width: 96, height: 96, chromaWidth: 48, chromaHeight: 48, shift: 1 as const, seed: 4 }
    const flow = { ...cells, pick: new Uint8Array(144).fill(pick) }
    createBrush(sheet, 'test', brush)(made, picture, flow, new Uint8Array(144).fill(thick))
    return made
  }
  const change = ({ y }: { y: Uint8Array }, step: number): number =>
    y.subarray(0, 96 * 90).reduce((sum, value, at) => sum + Math.abs(value - (y[at + step] ?? 0)), 0)
  const across = paint(0, 255)
  expect(Math.min(...across.y)).toBeLessThan(62)
  expect(change(across, 96)).toBeGreaterThan(3 * change(across, 1))
  const down = paint(DIRECTIONS / 2, 255)
  expect(change(down, 1)).toBeGreaterThan(3 * change(down, 96))
  expect(paint(0, 0).bytes).toEqual(planes.bytes)
})
