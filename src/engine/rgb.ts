/** An sRGB colour, 0 to 255 a channel. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** A colour as it is written in hexadecimal: 0xff8000 is orange. */
export const rgb = (hex: number): Rgb => [hex >> 16, (hex >> 8) & 255, hex & 255]
