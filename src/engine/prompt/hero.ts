import type { Place } from './place.ts'
import { mentions, terms, type Words } from './words.ts'

/** `home` is where one stands if the words name no place. */
const heroes = {
  samurai: { home: 'forest', any: ['samurai', 'ronin', 'ninja', 'shogun'] },
  knight: { home: 'mountains', any: ['knight', 'paladin', 'warrior', 'viking', 'gladiator', 'swordsman'] },
  wizard: { home: 'forest', any: ['wizard', 'witch', 'sorcerer', 'sorceress', 'mage', 'warlock', 'druid'] },
  umbrella: { home: 'city', any: ['umbrella'] },
  astronaut: { home: 'desert', any: ['astronaut', 'cosmonaut', 'spaceman'] },
  cloak: {
    home: 'mountains',
    any: ['hooded figure', 'cloaked', 'assassin', 'monk', 'elf', 'druid', 'pilgrim', 'prophet'],
  },
} as const satisfies Record<string, { home: Place; any: readonly string[] }>

/** Somebody that a picture is about, seen large from behind. */
export type Hero = keyof typeof heroes
const HEROES = Object.keys(heroes) as readonly Hero[]

/** Words for many, for somebody on a horse, for heads, and for what is looked down upon. */
const NO_HERO = terms(`
  army, crowd, battle, horse, horseback, portrait, face, close up, beach umbrella, umbrellas, market, from above,
  aerial, top down, overhead
`)

/** Who stands before the scene, and where such a one is at home. One on a horse, or many, are drawn among the company. */
export const readHero = (words: Words): { hero: Hero; home: Place } | undefined => {
  if (mentions(words, NO_HERO)) return undefined
  const hero = HEROES.find((name) => mentions(words, heroes[name].any))
  // Those in space or on the moon have pictures of their own.
  if (hero === 'astronaut' && !mentions(words, ['mars', 'red planet'])) return undefined
  return hero ? { hero, home: heroes[hero].home } : undefined
}
