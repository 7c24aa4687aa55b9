import { expect, it } from 'vitest'
import { asWords, type Words32 } from '../../sight/field.ts'
import { createRandom } from '../../random.ts'
import { boxBlur, geodesic } from '../../sight/raster.ts'
import { matchPictures, trust } from '../../transitions/match.ts'

const furthest = (one: ArrayLike<number>, other: (at: number) => number): number => {
  let most = 0
  for (let at = 0; at < one.length; at++) most = Math.max(most, Math.abs(one[at]! - other(at)))
  return most
}

it('takes means over squares and finds the shortest ways', () => {
  const [across, down] = [13, 9]
  const random = createRandom(4, 'raster')
  const values = Float32Array.from({ length: across * down }, () => random())
  const blurred = boxBlur(values, across, down, 2)
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value))
  const mean = (x: number, y: number): number => {
    let sum = 0
    for (let j = -2; j <= 2; j++)
      for (let i = -2; i <= 2; i++) sum += values[clamp(y + j, down - 1) * across + clamp(x + i, across - 1)]!
    return sum / 25
  }
  expect(furthest(blurred, (at) => mean(at % across, Math.floor(at / across)))).toBeLessThan(1e-5)

  const steps = [0, 1, 2, 3].map(() => values.map(() => 0.1 + random())) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  const start = new Float32Array(across * down).fill(1e6)
  start[40] = 0
  const far = geodesic(start, across, down, steps)
  // Bellman and Ford's way: nothing can be shortened.
  const wanted = Float32Array.from(start)
  for (let round = 0; round < across * down; round++)
    for (let cell = 0; cell < wanted.length; cell++) {
      const x = cell % across
      const reach = (from: number, cost: number): void => {
        wanted[cell] = Math.min(wanted[cell]!, wanted[from]! + cost)
      }
      if (x > 0) reach(cell - 1, steps[0][cell]!)
      if (x < across - 1) reach(cell + 1, steps[1][cell]!)
      if (cell >= across) reach(cell - across, steps[2][cell]!)
      if (cell + across < wanted.length) reach(cell + across, steps[3][cell]!)
    }
  expect(furthest(far, (at) => wanted[at]!)).toBeLessThan(1e-4)
})

it('finds by how much a picture was shifted, and does not believe in what is not there', () => {
  const random = createRandom(6, 'texture')
  const blocks = Float32Array.from({ length: 90 * 60 }, () => random() * 255)
  const at = (shiftX: number, shiftY: number): Words32 => {
    const data = new Uint8Array(320 * 180 * 4)
    for (let y = 0, index = 0; y < 180; y++)
      for (let x = 0; x < 320; x++, index += 4) {
        data.fill(blocks[((y + shiftY) >> 2) * 90 + ((x + shiftX) >> 2)]!, index, index + 3)
        data[index + 3] = 255
      }
    return asWords({ width: 320, height: 180, data })
  }
  const matched = matchPictures(at(0, 0), at(22, 6))
  if (!matched) throw new Error('nothing was found')
  const { there, back } = matched
  const sure = trust(there, back)
  const share = sure.filter((value) => value > 0.8).length / sure.length
  expect(share).toBeGreaterThan(0.7)
  for (let place = 0; place < sure.length; place++)
    if (sure[place]! > 0.8) {
      // A step of the grid is two pixels.
      expect(Math.abs(there.dx[place]! + 11)).toBeLessThan(0.6)
      expect(Math.abs(there.dy[place]! + 3)).toBeLessThan(0.6)
    }
  const noise = Uint8Array.from({ length: 320 * 180 * 4 }, () => random() * 256)
  const other = asWords({ width: 320, height: 180, data: noise })
  expect(matchPictures(at(0, 0), other)).toBeUndefined()
})
