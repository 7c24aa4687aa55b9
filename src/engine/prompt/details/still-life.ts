import { nameOfColour, readColours } from '../colours.ts'
import { mentioned, mentions, type Words } from '../words.ts'

const THINGS = {
  cake: ['cake', 'cupcake', 'birthday', 'dessert'],
  noodles: ['ramen', 'noodle', 'soup', 'pho', 'stew'],
  sushi: ['sushi', 'sashimi'],
  fruit: ['fruit', 'apple', 'orange', 'lemon', 'pear', 'grape', 'peach', 'peaches'],
  bread: ['bread', 'baguette', 'loaf', 'bakery', 'croissant', 'pastry', 'breakfast'],
  bottle: ['wine', 'bottle', 'champagne'],
  glass: ['wine', 'glass of', 'champagne', 'whiskey', 'cocktail'],
  cheese: ['cheese'],
  flowers: ['vase', 'bouquet', 'flowers', 'peonies', 'roses', 'tulips'],
  pot: ['teapot', 'tea', 'kettle'],
  cup: ['coffee', 'espresso', 'latte', 'cappuccino', 'tea', 'cup', 'mug', 'hot chocolate'],
  candle: ['candle', 'candlelight'],
} as const

const WARE = ['cup', 'mug', 'bowl', 'vase', 'teapot', 'plate']

/** What the words ask of things on a table. `glaze` is the colour of its ware ("a blue cup"). */
export const readStillLife = (words: Words) => ({
  things: mentioned(words, THINGS),
  isCloseUp: mentions(words, ['close up', 'closeup', 'macro', 'pour*']),
  isOneDrink: mentions(words, ['a cup', 'a glass', 'a mug']),
  isPoured: mentions(words, ['pour*']),
  isDark: mentions(words, ['candlelight', 'in the dark', 'dark']),
  hasWindow: mentions(words, ['window']),
  isBareWood: mentions(words, ['wood*', 'rustic']),
  isTea: mentions(words, ['tea']) && !mentions(words, ['coffee']),
  isWhiteWine: mentions(words, ['white wine', 'champagne']),
  glaze: readColours(words).find((colour) =>
    mentions(
      words,
      WARE.map((ware) => `${nameOfColour(colour)} ${ware}`),
    ),
  ),
})

/** What can stand on the table. */
export type Thing = keyof typeof THINGS
