import { mentioned, type Words } from '../words.ts'

const SITTERS = {
  hat: ['hat', 'cowboy', 'gentleman', 'detective'],
  hood: ['hood', 'hooded', 'monk', 'nun', 'hijab', 'veil', 'wizard'],
  man: ['man', 'boy', 'male', 'guy', 'king', 'prince', 'father', 'soldier'],
  woman: ['woman', 'girl', 'female', 'lady', 'queen', 'princess', 'mother', 'bride'],
} as const

/** What the words ask of a portrait: what is worn on the head comes before who wears it. */
export const readPortrait = (words: Words) => ({ sitter: mentioned(words, SITTERS)[0] })
