import { hexColours } from '../../../canvas/hex-colours.ts'

/** Leathers and cloths of bindings. */
export const BOOKS = hexColours('7c2c26 945c2e 3a4a42 2c3a58 b08e5c 5c3a2c 6e2230 ccb68e 463e34')
