import { rgb } from '../../../rgb.ts'

/** Leathers and cloths of bindings. */
export const BOOKS = [0x7c2c26, 0x945c2e, 0x3a4a42, 0x2c3a58, 0xb08e5c, 0x5c3a2c, 0x6e2230, 0xccb68e, 0x463e34].map(rgb)
