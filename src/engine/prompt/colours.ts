import { mentions, placeOf, type Words } from './words.ts'

/** An sRGB colour, 0 to 255 a channel. */
export type Rgb = readonly [red: number, green: number, blue: number]

const colours: readonly (readonly [Rgb, readonly string[]])[] = [
  [
    [206, 52, 52],
    ['red', 'crimson', 'scarlet', 'ruby', 'blood'],
  ],
  [
    [235, 122, 40],
    ['orange', 'amber', 'tangerine', 'copper', 'rust', 'fire', 'fiery', 'flame', 'lava'],
  ],
  [
    [245, 205, 66],
    ['yellow', 'lemon', 'mustard'],
  ],
  [
    [226, 172, 70],
    ['gold', 'golden', 'honey', 'bronze'],
  ],
  [
    [74, 160, 82],
    ['green', 'lime', 'olive', 'jade'],
  ],
  [
    [28, 150, 110],
    ['emerald', 'mint'],
  ],
  [
    [40, 176, 178],
    ['teal', 'turquoise', 'cyan', 'aqua', 'aquamarine'],
  ],
  [
    [56, 110, 214],
    ['blue', 'azure', 'cobalt', 'sapphire', 'navy'],
  ],
  [[74, 66, 178], ['indigo']],
  [
    [140, 78, 200],
    ['purple', 'violet', 'amethyst', 'lilac', 'lavender', 'mauve', 'vaporwave', 'synthwave'],
  ],
  [
    [232, 70, 166],
    ['magenta', 'fuchsia', 'hot pink'],
  ],
  [
    [244, 142, 176],
    ['pink', 'rose', 'sakura', 'blush', 'peach', 'coral', 'cherry'],
  ],
  [
    [122, 84, 56],
    ['brown', 'chocolate', 'sepia', 'earthy', 'coffee'],
  ],
  [
    [238, 236, 230],
    ['white', 'ivory', 'pearl', 'pale', 'cream'],
  ],
  [
    [30, 30, 36],
    ['black', 'noir', 'onyx', 'charcoal', 'obsidian'],
  ],
  [
    [138, 142, 148],
    ['grey', 'gray', 'silver', 'slate', 'steel'],
  ],
]

/** The colours that a prompt names, in the order in which it names them. */
export const readColours = (words: Words): Rgb[] =>
  colours
    .map(([colour, terms]) => ({
      colour,
      at: Math.min(...terms.filter((term) => mentions(words, [term])).map((term) => placeOf(words, term))),
    }))
    .filter((found) => Number.isFinite(found.at) && !isTimeOnly(words, found.at))
    .sort((a, b) => a.at - b.at)
    .map((found) => found.colour)

/** What a colour of `readColours` is called. */
export const nameOfColour = (colour: Rgb): string => colours.find(([own]) => own === colour)?.[1][0] ?? 'a colour'

/** "Golden hour" and "blue hour" name light, which the times of day already give. */
const isTimeOnly = (words: Words, at: number): boolean => /^ (golden|blue) (hour|light)/.test(words.text.slice(at))
