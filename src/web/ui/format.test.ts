import { expect, it } from 'vitest'
import { formatBytes, formatElapsed, formatFps, formatSeconds } from './format.ts'

it('shows bytes as file managers do', () => {
  expect([0, 999, 1000, 2_941_421, 22_110_776, 1_999_999_999].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '2.9 MB',
    '22 MB',
    '2.0 GB',
  ])
})

it('shows lengths, elapsed times and rates', () => {
  expect([formatSeconds(5.03), formatSeconds(65), formatSeconds(59.99)]).toEqual(['5.0 s', '1:05', '60.0 s'])
  expect([formatElapsed(-1), formatElapsed(8.9), formatElapsed(125)]).toEqual(['0 s', '8 s', '2:05'])
  expect([formatFps(25), formatFps(29.97002997), formatFps(23.976)]).toEqual(['25', '29.97', '23.98'])
})
