import type { Rgb } from '../rgb.ts'

/** Reads colours as six hexadecimal digits each, with spaces between: "d63a2a f2ba3c". */
export const hexColours = (text: string): readonly Rgb[] =>
  text.split(' ').map((word): Rgb => {
    const value = parseInt(word, 16)
    return [value >> 16, (value >> 8) & 255, value & 255]
  })
