import { nameOfColour, readColours } from '../colours.ts'
import type { Figure } from '../figures.ts'
import { mentions, terms, type Words } from '../words.ts'

/** Animals that come in herds unless a single one is asked for, each with its noun. */
const ANIMALS = [
  ['horses', 'horse'],
  ['deer', 'deer'],
  ['sheep', 'sheep'],
  ['cows', 'cow'],
  ['camels', 'camel'],
  ['dogs', 'dog'],
  ['wolves', 'wolf'],
  ['giraffes', 'giraffe'],
  ['elephants', 'elephant'],
] as const satisfies readonly (readonly [Figure, string])[]

const ONE = ['a', 'the', 'one', 'lone', 'single']

const ALONE = terms(`
  lone, alone, lonely, solitary, a hiker, a walker, a man, a woman, a person, a girl, a boy, a monk, a knight,
  a figure, a wanderer, a traveller, a traveler, hiker
`)

const CLOTHES = ['umbrella', 'cloak', 'cape', 'robe', 'coat', 'dress', 'kimono', 'jacket', 'hat', 'suit']

/** Whether words ask for a single one: "a deer", "the horse", "a lone wolf". */
const isSingle = (words: Words, animal: string): boolean =>
  mentions(
    words,
    ONE.flatMap((word) => [`${word} ${animal}`, `${word} lone ${animal}`]),
  )

/** What the words ask of people and animals. */
export const readFigures = (words: Words) => ({
  /** Animals of which only one is asked for. */
  single: new Set<Figure>(ANIMALS.filter(([, animal]) => isSingle(words, animal)).map(([figure]) => figure)),
  isAlone: mentions(words, ALONE),
  isPair: mentions(words, ['couple', 'two', 'lovers']),
  isStanding: mentions(words, ['stand*', 'looking', 'watching', 'waiting', 'meditat*']),
  isYoung: mentions(words, ['child', 'children', 'kid', 'girl', 'boy']),
  isHiking: mentions(words, ['hiker', 'hiking', 'traveller', 'traveler', 'wanderer', 'mountaineer']),
  /** The colour of what the hero wears or carries: "a red kimono". */
  wornColour: readColours(words).find((colour) =>
    mentions(
      words,
      CLOTHES.map((thing) => `${nameOfColour(colour)} ${thing}`),
    ),
  ),
})
