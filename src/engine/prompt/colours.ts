import type { Rgb } from '../rgb.ts'
import { mentions, placeOf, terms, type Words } from './words.ts'

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
  [[28, 150, 110], ['emerald']],
  [
    [142, 214, 186],
    ['mint', 'seafoam'],
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

type Found = { colour: Rgb; at: number }

const found = (words: Words): Found[] =>
  colours
    .map(([colour, terms]) => ({
      colour,
      at: Math.min(...terms.filter((term) => mentions(words, [term])).map((term) => placeOf(words, term))),
    }))
    .filter(({ at }) => Number.isFinite(at) && !isTimeOnly(words, at))
    .sort((a, b) => a.at - b.at)

/** The colours that a prompt names, in the order in which it names them. */
export const readColours = (words: Words): Rgb[] => found(words).map(({ colour }) => colour)

/** Those of them that may colour the air and the light: not the green of "green hills" or the red of "a red rose". */
export const readAirColours = (words: Words): Rgb[] =>
  found(words)
    .filter(({ at }) => !THING.test(words.text.slice(at)) && !GROWN.test(words.text.slice(at)))
    .map(({ colour }) => colour)

/** A thing whose name is a colour as well. */
const GROWN = /^ (?:roses?|cherry|cherries|coffee|peach(?:es)?) /

/** A colour word right before what it colours. */
const THING = new RegExp(
  `^ [a-z]+ (?:[a-z]+ )?(?:${terms(`
    hills?|fields?|meadows?|grass|valleys?|pastures?|prairie|countryside|gardens?|farms?|barns?,
    forests?|woods?|trees?|leaves|leaf|bamboo|moss|jungle|flowers?|roses?|tulips?|popp(?:y|ies)|petals?|blossoms?|lotus,
    canyons?|mesas?|rocks?|cliffs?|dunes?|sand|desert|mountains?|stones?,
    horses?|cats?|kittens?|dogs?|birds?|koi|fish|butterfl(?:y|ies)|dragons?|whales?|robots?,
    cars?|trains?|boats?|sails?|sailboats?|ships?|balloons?|bridges?|houses?|cabins?|roofs?|lighthouse|windmills?,
    dress|coat|hat|umbrellas?|kites?|cups?|candles?|apples?|fruits?|sofas?
  `).join('|')}) `,
)

/** What a colour of `readColours` is called. */
export const nameOfColour = (colour: Rgb): string => colours.find(([own]) => own === colour)?.[1][0] ?? 'a colour'

/** "Golden hour" and "blue hour" name light, which the times of day already give. */
const isTimeOnly = (words: Words, at: number): boolean => /^ (golden|blue) (hour|light|gate)/.test(words.text.slice(at))
