import { mentioned, type Words } from './words.ts'

const figures = {
  birds: ['bird', 'seagull', 'gull', 'crow', 'eagle', 'geese', 'flock', 'swallow', 'crane', 'raven', 'pelican'],
  boats: ['boat', 'ship', 'sail*', 'yacht', 'canoe', 'rowboat', 'kayak', 'ferry', 'pirate'],
  fish: ['fish', 'fishes', 'school of fish', 'koi', 'clownfish', 'shark', 'tuna'],
  jellyfish: ['jellyfish', 'medusa'],
  whale: ['whale', 'orca', 'dolphin', 'manta'],
  fireflies: ['firefly', 'fireflies', 'magic*', 'enchanted', 'fairy', 'fairies', 'glowing', 'mystical', 'sprite'],
  dragons: ['dragon', 'wyvern', 'drake'],
  castle: ['castle', 'fortress', 'kingdom', 'citadel', 'palace', 'ruins'],
  cabin: ['cabin', 'cottage', 'hut', 'house', 'lodge', 'barn', 'farmhouse', 'chalet'],
  lighthouse: ['lighthouse', 'beacon'],
  balloons: ['balloon', 'hot air'],
  leaves: ['falling leaves', 'leaf', 'leaves', 'petal', 'confetti', 'autumn', 'blossom*', 'sakura'],
  traffic: ['traffic', 'car', 'taxi', 'flying car', 'headlight', 'vehicle', 'highway', 'rush hour', 'drone'],
  aurora: ['aurora', 'northern lights', 'polar lights'],
  meteors: ['meteor', 'shooting star', 'comet', 'falling star'],
  embers: ['ember', 'spark', 'fire', 'campfire', 'lava', 'volcano', 'bonfire', 'flame', 'burning'],
  palms: ['palm', 'tropical', 'oasis', 'caribbean', 'maldives', 'hawaii'],
  planet: ['planet', 'saturn', 'mars', 'jupiter', 'earth', 'alien', 'sci fi'],
  spaceship: ['spaceship', 'starship', 'rocket', 'spacecraft', 'ufo', 'satellite', 'space station'],
} as const satisfies Record<string, readonly string[]>

/** Things that stand or move in a scene. */
export type Figure = keyof typeof figures

/** The figures that a prompt mentions. */
export const readFigures = (words: Words): ReadonlySet<Figure> => new Set(mentioned(words, figures))
