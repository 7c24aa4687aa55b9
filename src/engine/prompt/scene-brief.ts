import { hashText } from '../random.ts'
import { type Details, readDetails } from './details.ts'
import { readCamera, readPace, type CameraMove } from './camera.ts'
import { readAirColours, readColours } from './colours.ts'
import type { Rgb } from '../rgb.ts'
import { readFigures, type Figure } from './figures.ts'
import { readHero, type Hero } from './hero.ts'
import { readMotif, type Motif } from './motif.ts'
import type { Place } from './place.ts'
import { readPlace, type PlaceReading } from './read-place.ts'
import { readSeason, readTime, readWeather, type Season, type TimeOfDay, type Weather } from './sky.ts'
import { mentions, readWords, type Words } from './words.ts'

/** What a prompt asks a scene to be. Undefined is left to the seed. */
export type SceneBrief = {
  place: Place
  placeFrom: PlaceReading['from']
  also: readonly Place[]
  /** A picture of its own in that place, where the words ask for one. */
  motif: Motif | undefined
  /** Somebody large who stands before it. */
  hero: Hero | undefined
  time: TimeOfDay | undefined
  weather: Weather | undefined
  season: Season | undefined
  colours: readonly Rgb[]
  /** Those that no thing in the words wears: they colour light and air. */
  airColours: readonly Rgb[]
  figures: ReadonlySet<Figure>
  camera: CameraMove | undefined
  pace: number
  /** Future or fantasy, which dress a place differently. */
  style: 'plain' | 'futuristic' | 'fantasy'
  words: Words
  /** What one place or motif alone is asked for. */
  details: Details
  /** A number of the words alone: prompts that name nothing known still differ. */
  hash: number
}

/** Places without ground to stand on. */
const AIRY: ReadonlySet<Place> = new Set(['space', 'underwater', 'interior', 'abstract'])

/** Reads everything that a scene needs from a prompt. Any text is fine; nothing throws. */
export const readSceneBrief = (prompt: string): SceneBrief => {
  const words = readWords(prompt)
  const reading = readPlace(words)
  const hero = readHero(words)
  // One who stands there is what the picture is about; of the motifs, a street alone has room for them.
  const own = readMotif(words)
  const motif = hero && own?.motif !== 'street' ? undefined : own
  const figures = new Set(readFigures(words))
  if (hero) for (const small of ['people', 'spaceship', 'planet'] as const) figures.delete(small)
  const stood = hero && (reading.from !== 'named' || AIRY.has(reading.place)) ? hero.home : undefined
  return {
    place: stood ?? motif?.home ?? reading.place,
    placeFrom: reading.from,
    also: reading.also,
    motif: motif?.motif ?? (stood === 'city' ? 'street' : undefined),
    hero: hero?.hero,
    time: readTime(words) ?? (hero && mentions(words, ['mars']) ? 'golden' : undefined),
    // The northern lights need an open sky, whatever lies on the ground.
    weather: mentions(words, ['aurora', 'northern lights', 'starry', 'milky way']) ? 'clear' : readWeather(words),
    season: readSeason(words),
    colours: readColours(words),
    airColours: readAirColours(words),
    figures,
    camera: readCamera(words),
    pace: readPace(words),
    style: mentions(words, ['futuris*', 'cyberpunk', 'sci fi', 'scifi', 'neon', 'future', 'space age'])
      ? 'futuristic'
      : mentions(words, ['fantasy', 'dragon', 'magic*', 'epic', 'myth*', 'enchanted', 'fairy*', 'kingdom'])
        ? 'fantasy'
        : 'plain',
    words,
    details: readDetails(words),
    hash: hashText(words.list.join(' ')),
  }
}
