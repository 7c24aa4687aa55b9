import type { Place } from './place.ts'
import { terms } from './words.ts'

/** Words that name a place outright. An earlier word in the prompt wins, but see `readPlace`. */
export const NAMED: Readonly<Record<Place, readonly string[]>> = {
  lake: ['lake', 'pond', 'reservoir', 'lagoon', 'loch', 'river', 'stream', 'fjord', 'wetland', 'swamp', 'marsh'],
  sea: terms(`
    sea, ocean, coast*, beach, shore, bay, seaside, island, wave, surf*, harbor, harbour, cliff, seascape, tide,
    tropical, pier
  `),
  city: terms(`
    city, cities, cityscape, skyline, skyscraper, downtown, street, urban, metropolis, tokyo, new york, manhattan,
    hong kong, shanghai, london, paris, cyberpunk, neon, alley, building, towers, rooftop, avenue, town, highway,
    traffic, megacity
  `),
  space: terms(`
    space, galaxy, galaxies, nebula, nebulae, cosmos, cosmic, planet, outer space, orbit, universe, interstellar,
    saturn, mars, jupiter, supernova, black hole, asteroid, milky way, spaceship, astronaut
  `),
  underwater: terms(`
    underwater, under water, under the sea, coral, reef, seabed, ocean floor, deep sea, aquarium, kelp, submarine,
    jellyfish, diver, diving, scuba, mermaid
  `),
  forest: terms(`
    forest, wood, woods, woodland, jungle, rainforest, grove, pine*, redwood, tree, trail, bamboo, enchanted,
    greenhouse, overgrown, botanical*
  `),
  desert: ['desert', 'dune', 'sahara', 'canyon', 'mesa', 'sand*', 'arid', 'oasis', 'badlands', 'savanna*', 'cactus'],
  snowfield: terms('snow*, arctic, glacier, tundra, polar, antarctic*, iceberg, ice, icy, frozen, winter wonderland'),
  meadow: terms(`
    meadow, field, grass*, prairie, flower*, lavender, wheat, pasture, hill, countryside, farm*, garden, sunflower,
    tulip, poppy, poppies, vineyard, park, blossom*, rice, terrace, paddy, paddies, tea plantation, lone tree,
    lonely tree, single tree, tree on a hill
  `),
  interior: terms(`
    interior, room, indoor*, inside, kitchen, bedroom, cozy, cosy, studio, loft, window, cafe, coffee shop, library,
    office, apartment, fireplace, living room, hall, house, home, desk, table, ballroom, on stage, theater, theatre
  `),
  mountains: terms(`
    mountain*, peak, alps, alpine, himalaya*, valley, landscape, ridge, summit, highlands, volcano, fantasy, epic,
    patagonia, yosemite, everest, fuji, waterfall, castle, scenery, nature, horizon, sky
  `),
  abstract: terms(`
    abstract, gradient, pattern, fluid, shapes, texture, geometric, background, wallpaper, liquid, silk, swirl*,
    fractal, psychedelic, ink, smoke, music, energy, particles, loop
  `),
}

/** A subject names its usual place where nothing else does. */
export const IMPLIED: readonly (readonly [Place, readonly string[]])[] = [
  [
    'interior',
    terms('cat, kitten, coffee, tea, book, reading, piano, pianist, violin, chair, candle, sofa, lamp, cake, vase'),
  ],
  ['underwater', ['fish', 'shark', 'whale', 'dolphin', 'turtle', 'octopus', 'manta']],
  ['sea', ['boat', 'ship', 'sail*', 'yacht', 'lighthouse', 'pirate', 'seagull', 'palm']],
  ['mountains', ['dragon', 'eagle', 'kingdom', 'balloon', 'hiker', 'wanderer', 'goat']],
  ['city', ['car', 'taxi', 'train', 'robot', 'drone', 'android', 'bus', 'bike', 'skateboard*', 'futuristic', 'dancer']],
  ['space', ['rocket', 'alien', 'ufo']],
  [
    'meadow',
    terms(`
      horse, sheep, cow, butterfly, butterflies, bee, rabbit, lamb, cattle, dog, puppy, man, woman, person, people,
      couple, girl, boy, children, walker, farmer, picnic, windmill, rainbow, spring, summer
    `),
  ],
  [
    'forest',
    terms('deer, fox, bear, wolf, elf, fairy, fairies, mushroom, owl, firefly, fireflies, autumn, fall, leaves'),
  ],
  ['snowfield', ['penguin', 'ski*', 'sled', 'aurora', 'northern lights', 'winter', 'christmas', 'blizzard', 'husky']],
  ['desert', ['camel', 'pyramid', 'caravan']],
  // Last: whoever howls at the moon stands somewhere.
  ['space', ['star', 'comet', 'moon']],
]

/** Words that only colour another place: they lose to any other name. */
export const WEAK: Readonly<Partial<Record<Place, readonly string[]>>> = {
  space: ['milky way', 'orbit', 'cosmic'],
  mountains: ['landscape', 'epic', 'fantasy', 'scenery', 'nature', 'horizon', 'sky'],
  snowfield: ['snow*', 'ice', 'icy', 'frozen'],
  abstract: terms('background, texture, pattern, shapes, liquid, ink, smoke, music, energy, particles, loop, fluid'),
  interior: ['window', 'home', 'house', 'inside', 'table', 'studio', 'hall'],
  forest: ['tree', 'pine*', 'trail', 'wood'],
  sea: ['wave', 'tropical', 'island', 'cliff', 'bay'],
  meadow: ['hill', 'flower*', 'grass*', 'blossom*'],
  desert: ['sand*'],
  city: ['neon', 'building', 'traffic', 'towers'],
}
