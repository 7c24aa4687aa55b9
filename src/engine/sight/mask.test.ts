import { expect, it } from 'vitest'
import { filled, grown, type Mask, partAt } from './mask.ts'

const maskOf = (...rows: string[]): Mask => Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 1 : 0))
const rowsOf = (mask: Mask, across: number): string[] =>
  Array.from({ length: mask.length / across }, (_, row) =>
    Array.from(mask.subarray(row * across, (row + 1) * across), (there) => (there ? '#' : '.')).join(''),
  )

it('finds what hangs together with a cell', () => {
  const mask = maskOf('##..#', '.#..#', '.##.#')
  expect(rowsOf(partAt(mask, 5, 3, 0), 5)).toEqual(['##...', '.#...', '.##..'])
  expect(rowsOf(partAt(mask, 5, 3, 2), 5)).toEqual(['.....', '.....', '.....'])
})

it('grows by squares, and not around the sides', () => {
  expect(rowsOf(grown(maskOf('....#', '.....', '#....'), 5, 3, 1), 5)).toEqual(['...##', '##.##', '##...'])
  expect(rowsOf(grown(maskOf('.....', '.#.#.', '.....'), 5, 3, 2), 5)).toEqual(['#####', '#####', '#####'])
})

it('fills what is enclosed, and not what is open to a side', () => {
  expect(rowsOf(filled(maskOf('.####.', '.#..#.', '.####.', '.#..#.'), 6, 4), 6)).toEqual([
    '.####.',
    '.####.',
    '.####.',
    '.#..#.',
  ])
})
