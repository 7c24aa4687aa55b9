import type { Rgb } from '../../../rgb.ts'
import type { Tone } from '../../tone.ts'

/** What a train is made of, and how it is painted. */
export type Livery = { steam: boolean; body: Rgb; trim: Rgb; roof: Rgb; lit: boolean }

/** How a car looks in the light: `far` 0 near to 1 lost in the air. */
export type CarLook = { livery: Livery; tone: Tone; far: number }
