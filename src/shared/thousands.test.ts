import { expect, it } from 'vitest'
import { withThousands } from './thousands.ts'

it.each([0, 7, 999, 1000, 2500, 10_000, 123_456, 1_234_567])('writes %i as Intl does', (count) => {
  expect(withThousands(count)).toBe(count.toLocaleString('en'))
})
