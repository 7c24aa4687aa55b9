import { expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { type Bonds, cutGrid } from './cut.ts'

/** What is given up by taking these cells in. */
const costOf = (inside: ArrayLike<number>, across: number, leans: Int32Array, bonds: Bonds): number => {
  let cost = 0
  for (let cell = 0; cell < leans.length; cell++) {
    cost += inside[cell] ? Math.max(0, -leans[cell]!) : Math.max(0, leans[cell]!)
    const [x, isLast] = [cell % across, cell + across >= leans.length]
    const part = (other: number, bond: number): number => (inside[cell] === inside[other] ? 0 : bond)
    if (x < across - 1) cost += part(cell + 1, bonds.right[cell]!)
    if (isLast) continue
    cost += part(cell + across, bonds.below[cell]!)
    if (x < across - 1) cost += part(cell + across + 1, bonds.belowRight[cell]!)
    if (x > 0) cost += part(cell + across - 1, bonds.belowLeft[cell]!)
  }
  return cost
}

it('gives up the least of all ways to part a small grid', () => {
  const random = createRandom(7, 'cut')
  const numbers = (size: number, from: number, to: number): Int32Array =>
    Int32Array.from({ length: size }, () => Math.floor(from + random() * (to - from)))
  for (let round = 0; round < 120; round++) {
    const [across, down] = [3 + (round % 2), 3]
    const size = across * down
    const leans = numbers(size, -20, 21)
    const bonds = {
      right: numbers(size, 0, 15),
      below: numbers(size, 0, 15),
      belowRight: numbers(size, 0, 15),
      belowLeft: numbers(size, 0, 15),
    }
    let least = Infinity
    for (let way = 0; way < 1 << size; way++) {
      const inside = Array.from({ length: size }, (_, cell) => (way >> cell) & 1)
      least = Math.min(least, costOf(inside, across, leans, bonds))
    }
    expect(costOf(cutGrid(across, down, leans, bonds), across, leans, bonds), `round ${round}`).toBe(least)
  }
})

it('parts a large grid along its weakest bonds', () => {
  const [across, down] = [80, 60]
  const size = across * down
  const isDisc = (cell: number): boolean => Math.hypot((cell % across) - 40, Math.floor(cell / across) - 30) < 15
  const leans = new Int32Array(size)
  leans[30 * across + 40] = 1e6
  for (let x = 0; x < across; x++) leans[x] = -1e6
  const bond = (step: number): Int32Array =>
    Int32Array.from({ length: size }, (_, cell) => (isDisc(cell) === isDisc(cell + step) ? 1000 : 3))
  const bonds = { right: bond(1), below: bond(across), belowRight: bond(across + 1), belowLeft: bond(across - 1) }
  const inside = cutGrid(across, down, leans, bonds)
  expect(inside.every((there, cell) => (there === 1) === isDisc(cell))).toBe(true)
})
