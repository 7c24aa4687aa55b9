/** An sRGB colour, 0 to 255 a channel. */
export type Rgb = readonly [red: number, green: number, blue: number]
