import type { Rgb } from '../../../rgb.ts'

/** Leathers and cloths of bindings. */
export const BOOKS: readonly Rgb[] = [
  [124, 44, 38],
  [148, 92, 46],
  [58, 74, 66],
  [44, 58, 88],
  [176, 142, 92],
  [92, 58, 44],
  [110, 34, 48],
  [204, 182, 142],
  [70, 62, 52],
]
