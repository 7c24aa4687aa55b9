import type { Place } from './place.ts'
import { mentions, terms, type Words } from './words.ts'

/** `home` is the place that lends the light and the weather; `but` are words that ask for something else. */
type Reading = { home: Place; any: readonly string[]; with?: readonly string[]; but?: readonly string[] }

/** Pictures with a composition of their own. Earlier ones win: they are the more telling. */
const motifs = {
  railway: {
    home: 'mountains',
    any: ['train', 'railway', 'railroad', 'viaduct', 'locomotive', 'steam engine', 'orient express', 'shinkansen'],
    but: ['subway', 'underground', 'metro station', 'train station', 'model train', 'in train*', 'toy train'],
  },
  cave: {
    home: 'mountains',
    any: ['cave', 'cavern', 'grotto', 'stalactite', 'stalagmite'],
    but: ['underwater', 'cave painting', 'city', 'dragon'],
  },
  robot: {
    home: 'mountains',
    any: ['robot', 'android', 'droid', 'mech', 'mecha'],
    but: ['space', 'planet', 'underwater', 'robot arm', 'portrait', 'face'],
  },
  river: {
    home: 'mountains',
    any: ['river', 'rapids', 'creek', 'brook', 'canoe', 'kayak', 'rafting', 'white water', 'whitewater'],
    but: ['city', 'town', 'bridge', 'sea', 'ocean', 'lake', 'koi', 'waterfall', 'beach', 'street', 'village', 'lava'],
  },
  'storm cell': {
    home: 'meadow',
    any: ['tornado', 'twister', 'cyclone', 'supercell', 'thunderstorm', 'thundercloud', 'lightning'],
    but: terms(`
      sea, ocean, ship, boat, lighthouse, city, street, skyline, lake, forest, mountain*, castle, beach, coast*,
      dragon, room, window, space, harbour, harbor
    `),
  },
  kites: { home: 'meadow', any: ['kite', 'kite flying', 'kite festival'], but: ['bird of prey', 'kite surf*'] },
  moon: {
    home: 'mountains',
    any: terms(`
      astronaut, cosmonaut, full moon, crescent moon, half moon, blood moon, blue moon, red moon, harvest moon,
      giant moon, huge moon, big moon, moonrise, moon rising, the moon, a moon, lunar*, earthrise, supermoon
    `),
    but: terms(`
      castle, city, cat, street, room, window, nebula, galaxy, space station, floating, outer space, in space,
      spaceship, forest, desert, dunes, under the moon
    `),
  },
  pond: { home: 'lake', any: ['koi', 'goldfish', 'carp', 'lily pad', 'water lily', 'water lilies', 'lotus'] },
  icebergs: { home: 'snowfield', any: ['iceberg', 'glacier', 'ice floe', 'antarctic*', 'penguin'] },
  library: { home: 'interior', any: ['library', 'libraries', 'bookshelf', 'bookshelves', 'bookshop', 'bookstore'] },
  fireworks: { home: 'lake', any: ['firework', 'pyrotechnic*'] },
  lanterns: {
    home: 'lake',
    any: ['sky lantern', 'floating lantern', 'paper lantern', 'lanterns in the sky', 'lantern festival', 'lanterns'],
    but: ['street', 'forest', 'tent', 'cafe', 'room'],
  },
  crowd: {
    home: 'city',
    any: ['crowd*', 'umbrella', 'market', 'bazaar', 'souk', 'festival', 'pedestrian', 'crosswalk', 'zebra crossing'],
    but: terms(`
      portrait, beach, stock market, with an umbrella, supermarket, harbour, harbor, forest, cocktail, concert
    `),
  },
  cafe: {
    home: 'interior',
    any: ['cafe', 'coffee shop', 'coffeehouse', 'coffee house', 'bistro', 'restaurant', 'tavern', 'diner', 'bar'],
  },
  flower: {
    home: 'meadow',
    any: terms(`
      rose, tulip, orchid, daisy, daisies, hummingbird, butterfly, butterflies, flower close up, close up of a flower,
      macro, a flower, a sunflower, a poppy
    `),
    but: terms('field, fields, meadow, garden, rows, forest, hills, rose gold, vase, table, window, cup'),
  },
  'still life': {
    home: 'interior',
    any: terms(`
      still life, fruit, fruit bowl, wine, bread, cheese, coffee, espresso, latte, cappuccino, cup, mug, tea, teapot,
      cake, ramen, noodle, soup, sushi, vase, candle, breakfast, raindrops on a window, raindrops on the window,
      rain on the window, rain on a window, bouquet
    `),
    but: terms(`
      room, fireplace, library, piano, church, forest, tea plantation, tea field, wine region, world cup, garden,
      field, fields, market, beach, street, kitchen
    `),
  },
  waterfall: { home: 'mountains', any: ['waterfall', 'cascade', 'niagara'] },
  cat: {
    home: 'interior',
    any: ['cat', 'kitten'],
    but: ['roof', 'roofs', 'street', 'meadow', 'garden', 'forest', 'beach'],
  },
  portrait: {
    home: 'mountains',
    any: ['portrait', 'headshot', 'face', 'profile of', 'selfie', 'close up of a woman', 'close up of a man'],
    but: ['dog', 'puppy', 'horse', 'wolf', 'owl', 'lion', 'landscape'],
  },
  launch: {
    home: 'sea',
    any: terms(`
      rocket launch, rocket launching, launch of a rocket, rocket lifting off, rocket taking off, liftoff, lift off,
      launch pad, launchpad, rocket lift*
    `),
  },
  savanna: {
    home: 'desert',
    any: ['savanna*', 'giraffe', 'elephant', 'serengeti', 'safari', 'zebra', 'lion', 'acacia', 'kenya'],
  },
  summit: {
    home: 'mountains',
    any: terms(`
      above the clouds, sea of clouds, over the clouds, summit, wanderer, mountaineer, mountain top, hiker
    `),
    but: ['forest', 'desert', 'beach', 'meadow', 'lake', 'snow*', 'city', 'castle', 'wood'],
  },
  harbour: { home: 'sea', any: ['harbour', 'harbor', 'marina', 'fishing boat', 'quay', 'fishing village'] },
  bridge: { home: 'city', any: ['bridge'], but: ['stone bridge', 'wooden bridge', 'footbridge', 'forest', 'garden'] },
  village: {
    home: 'meadow',
    any: ['village', 'hamlet', 'santorini', 'amalfi', 'hobbit'],
    but: ['african', 'viking', 'underwater', 'floating', 'space'],
  },
  'old town': {
    home: 'city',
    any: ['old town', 'rooftops', 'roofs', 'spires', 'prague', 'medieval town', 'florence', 'gothic'],
    but: ['skyscraper', 'futuris*', 'cyberpunk', 'neon', 'new york', 'tokyo'],
  },
  street: {
    home: 'city',
    any: ['street', 'avenue', 'alley', 'traffic', 'highway', 'taxi', 'bus', 'rush hour', 'downtown'],
  },
  shapes: {
    home: 'abstract',
    any: ['geometric', 'geometry', 'bauhaus', 'memphis', 'shapes', 'triangles', 'circles', 'mosaic'],
    but: ['flowing', 'fluid', 'organic', 'silk'],
  },
} as const satisfies Readonly<Record<string, Reading>>

/** What matches no motif is a view of its place. */
export type Motif = keyof typeof motifs
export const MOTIFS = Object.keys(motifs) as readonly Motif[]

/** The motif that a prompt asks for, if any, and the place that it is at home in. */
export const readMotif = (words: Words): { motif: Motif; home: Place } | undefined => {
  for (const motif of MOTIFS) {
    const reading: Reading = motifs[motif]
    if (!mentions(words, reading.any)) continue
    if (reading.with && !mentions(words, reading.with)) continue
    if (reading.but && mentions(words, reading.but)) continue
    return { motif, home: reading.home }
  }
  return undefined
}
