import { mentioned, terms, type Words } from './words.ts'

const figures = {
  birds: ['bird', 'seagull', 'gull', 'crow', 'eagle', 'geese', 'flock of birds', 'swallow', 'raven', 'pelican'],
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
  rainbow: ['rainbow'],
  windmill: ['windmill', 'mill'],
  fireworks: ['firework', 'new year*', 'pyrotechnic*'],
  lanterns: ['sky lantern', 'floating lantern', 'paper lantern', 'lanterns in the sky', 'lantern festival', 'lanterns'],
  leaves: ['falling leaves', 'leaf', 'leaves', 'petal', 'confetti', 'autumn', 'blossom*', 'sakura'],
  traffic: ['traffic', 'car', 'taxi', 'flying car', 'headlight', 'vehicle', 'highway', 'rush hour', 'drone'],
  aurora: ['aurora', 'northern lights', 'polar lights'],
  meteors: ['meteor', 'shooting star', 'comet', 'falling star'],
  embers: ['ember', 'spark', 'fire', 'campfire', 'lava', 'volcano', 'bonfire', 'flame', 'burning'],
  palms: ['palm', 'tropical', 'oasis', 'caribbean', 'maldives', 'hawaii'],
  planet: ['planet', 'saturn', 'mars', 'jupiter', 'earth', 'alien', 'sci fi'],
  people: terms(`
    person, people, man, woman, men, women, walker, hiker, hiking, couple, traveller, traveler, wanderer, girl, boy,
    child, children, monk, knight, figure, friends, family, lovers, pilgrim, farmer, shepherd, mountaineer
  `),
  horses: ['horse', 'pony', 'ponies', 'stallion', 'mustang'],
  deer: ['deer', 'stag', 'fawn', 'elk', 'reindeer', 'moose'],
  sheep: ['sheep', 'lamb', 'goat'],
  cows: ['cow', 'cattle', 'bison', 'buffalo', 'highland cow', 'ox', 'oxen'],
  camels: ['camel', 'caravan', 'dromedary'],
  dogs: ['dog', 'puppy', 'hound', 'husky'],
  giraffes: ['giraffe'],
  elephants: ['elephant'],
  wolves: ['wolf', 'wolves', 'fox', 'foxes', 'coyote'],
  spaceship: ['spaceship', 'starship', 'rocket', 'spacecraft', 'ufo', 'satellite', 'space station'],
} as const satisfies Record<string, readonly string[]>

/** Things that stand or move in a scene. */
export type Figure = keyof typeof figures

/** The figures that a prompt mentions. */
export const readFigures = (words: Words): ReadonlySet<Figure> => new Set(mentioned(words, figures))
