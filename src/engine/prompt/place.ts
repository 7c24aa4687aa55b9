import { mentioned, mentions, placeOf, type Words } from './words.ts'

/** The kinds of place that the engine can draw. */
export const PLACES = [
  'mountains',
  'sea',
  'lake',
  'forest',
  'desert',
  'city',
  'space',
  'underwater',
  'meadow',
  'snowfield',
  'interior',
  'abstract',
] as const
export type Place = (typeof PLACES)[number]

/** Words that name a place outright. An earlier word in the prompt wins, but see `readPlace`. */
const named: Readonly<Record<Place, readonly string[]>> = {
  lake: ['lake', 'pond', 'reservoir', 'lagoon', 'loch', 'river', 'stream', 'fjord', 'wetland', 'swamp', 'marsh'],
  sea: [
    'sea',
    'ocean',
    'coast*',
    'beach',
    'shore',
    'bay',
    'seaside',
    'island',
    'wave',
    'surf*',
    'harbor',
    'harbour',
    'cliff',
    'seascape',
    'tide',
    'tropical',
    'pier',
  ],
  city: [
    'city',
    'cities',
    'cityscape',
    'skyline',
    'skyscraper',
    'downtown',
    'street',
    'urban',
    'metropolis',
    'tokyo',
    'new york',
    'manhattan',
    'hong kong',
    'shanghai',
    'london',
    'paris',
    'cyberpunk',
    'neon',
    'alley',
    'building',
    'towers',
    'rooftop',
    'avenue',
    'town',
    'highway',
    'traffic',
    'megacity',
  ],
  space: [
    'space',
    'galaxy',
    'galaxies',
    'nebula',
    'nebulae',
    'cosmos',
    'cosmic',
    'planet',
    'outer space',
    'orbit',
    'universe',
    'interstellar',
    'saturn',
    'mars',
    'jupiter',
    'supernova',
    'black hole',
    'asteroid',
    'milky way',
    'spaceship',
    'astronaut',
  ],
  underwater: [
    'underwater',
    'under water',
    'under the sea',
    'coral',
    'reef',
    'seabed',
    'ocean floor',
    'deep sea',
    'aquarium',
    'kelp',
    'submarine',
    'jellyfish',
    'diver',
    'diving',
    'scuba',
    'mermaid',
  ],
  forest: [
    'forest',
    'wood',
    'woods',
    'woodland',
    'jungle',
    'rainforest',
    'grove',
    'pine*',
    'redwood',
    'tree',
    'trail',
    'bamboo',
    'enchanted',
  ],
  desert: ['desert', 'dune', 'sahara', 'canyon', 'mesa', 'sand*', 'arid', 'oasis', 'badlands', 'savanna*', 'cactus'],
  snowfield: [
    'snow*',
    'arctic',
    'glacier',
    'tundra',
    'polar',
    'antarctic*',
    'iceberg',
    'ice',
    'icy',
    'frozen',
    'winter wonderland',
  ],
  meadow: [
    'meadow',
    'field',
    'grass*',
    'prairie',
    'flower*',
    'lavender',
    'wheat',
    'pasture',
    'hill',
    'countryside',
    'farm*',
    'garden',
    'sunflower',
    'tulip',
    'poppy',
    'poppies',
    'vineyard',
    'park',
    'blossom*',
  ],
  interior: [
    'interior',
    'room',
    'indoor*',
    'inside',
    'kitchen',
    'bedroom',
    'cozy',
    'cosy',
    'studio',
    'loft',
    'window',
    'cafe',
    'coffee shop',
    'library',
    'office',
    'apartment',
    'fireplace',
    'living room',
    'hall',
    'house',
    'home',
    'desk',
    'table',
  ],
  mountains: [
    'mountain*',
    'peak',
    'alps',
    'alpine',
    'himalaya*',
    'valley',
    'landscape',
    'ridge',
    'summit',
    'highlands',
    'volcano',
    'fantasy',
    'epic',
    'patagonia',
    'yosemite',
    'everest',
    'fuji',
    'waterfall',
    'castle',
    'scenery',
    'nature',
    'horizon',
    'sky',
  ],
  abstract: [
    'abstract',
    'gradient',
    'pattern',
    'fluid',
    'shapes',
    'texture',
    'geometric',
    'background',
    'wallpaper',
    'liquid',
    'silk',
    'swirl*',
    'fractal',
    'psychedelic',
    'ink',
    'smoke',
    'music',
    'energy',
    'particles',
    'loop',
  ],
}

/** A subject names its usual place where nothing else does. */
const implied: readonly (readonly [Place, readonly string[]])[] = [
  ['underwater', ['fish', 'shark', 'whale', 'dolphin', 'turtle', 'octopus', 'manta']],
  ['sea', ['boat', 'ship', 'sail*', 'yacht', 'lighthouse', 'pirate', 'seagull', 'palm']],
  ['mountains', ['dragon', 'eagle', 'kingdom', 'balloon', 'hiker', 'wanderer', 'goat']],
  ['city', ['car', 'taxi', 'train', 'robot', 'drone', 'android', 'bus', 'bike', 'skateboard*', 'futuristic', 'dancer']],
  ['space', ['rocket', 'alien', 'ufo', 'star', 'comet', 'moon']],
  [
    'meadow',
    [
      'horse',
      'sheep',
      'cow',
      'butterfly',
      'butterflies',
      'bee',
      'rabbit',
      'lamb',
      'cattle',
      'dog',
      'puppy',
      'man',
      'woman',
      'person',
      'people',
      'couple',
      'girl',
      'boy',
      'children',
      'walker',
      'farmer',
      'picnic',
      'windmill',
      'rainbow',
      'spring',
      'summer',
    ],
  ],
  [
    'forest',
    [
      'deer',
      'fox',
      'bear',
      'wolf',
      'elf',
      'fairy',
      'fairies',
      'mushroom',
      'owl',
      'firefly',
      'fireflies',
      'autumn',
      'fall',
      'leaves',
    ],
  ],
  ['snowfield', ['penguin', 'ski*', 'sled', 'aurora', 'northern lights', 'winter', 'christmas', 'blizzard', 'husky']],
  ['desert', ['camel', 'pyramid', 'caravan']],
  ['interior', ['cat', 'kitten', 'coffee', 'tea', 'book', 'piano', 'chair', 'candle', 'sofa', 'lamp', 'cake', 'vase']],
]

/** Words that only colour another place: they lose to any other name. */
const weak: Readonly<Partial<Record<Place, readonly string[]>>> = {
  space: ['milky way', 'orbit', 'cosmic'],
  mountains: ['landscape', 'epic', 'fantasy', 'scenery', 'nature', 'horizon', 'sky'],
  snowfield: ['snow*', 'ice', 'icy', 'frozen'],
  abstract: [
    'background',
    'texture',
    'pattern',
    'shapes',
    'liquid',
    'ink',
    'smoke',
    'music',
    'energy',
    'particles',
    'loop',
    'fluid',
  ],
  interior: ['window', 'home', 'house', 'inside', 'table', 'studio', 'hall'],
  forest: ['tree', 'pine*', 'trail', 'wood'],
  sea: ['wave', 'tropical', 'island', 'cliff', 'bay'],
  meadow: ['hill', 'flower*', 'grass*', 'blossom*'],
  desert: ['sand*'],
  city: ['neon', 'building', 'traffic', 'towers'],
}

/** More telling first: a lake before mountains is a lake, whichever word comes first. */
const rank: readonly Place[] = [
  'underwater',
  'interior',
  'space',
  'city',
  'lake',
  'sea',
  'desert',
  'snowfield',
  'forest',
  'meadow',
  'mountains',
  'abstract',
]

/** How a place was come by: named in the prompt, implied by its subject, or not at all. */
export type PlaceReading = { place: Place; from: 'named' | 'implied' | 'nothing'; also: readonly Place[] }

/**
 * Reads the place of a scene. `also` lists the other places that are named: mountains behind a lake, a forest around a
 * meadow.
 */
export const readPlace = (words: Words): PlaceReading => {
  const found = mentioned(words, named)
  const strong = found.filter((place) => {
    const loose = weak[place]
    if (!loose) return true
    return named[place].some((term) => !loose.includes(term) && mentions(words, [term]))
  })
  const candidates = strong.length > 0 ? strong : found
  const behind = backdrop(words, candidates)
  const first = rank.find((place) => candidates.includes(place) && place !== behind) ?? behind
  if (first)
    return { place: first, from: 'named', also: found.filter((place) => place !== first && place !== 'abstract') }
  const subject = implied.find(([, terms]) => mentions(words, terms))
  return subject ? { place: subject[0], from: 'implied', also: [] } : { place: 'abstract', from: 'nothing', also: [] }
}

/** What stands "in the background" or "in the distance" is not the place itself. */
const backdrop = (words: Words, candidates: readonly Place[]): Place | undefined => {
  if (candidates.length < 2) return undefined
  const marks = ['in the background', 'in the distance', 'on the horizon']
  const mark = marks.map((phrase) => placeOf(words, phrase)).find((at) => at >= 0)
  if (mark === undefined) return undefined
  const nearest = (place: Place): number =>
    Math.max(
      ...named[place].map((term) => {
        const at = placeOf(words, term)
        return at >= 0 && at < mark && mark - at < 28 ? at : -1
      }),
    )
  const last = Math.max(...candidates.map(nearest))
  return last < 0 ? undefined : candidates.find((place) => nearest(place) === last)
}
