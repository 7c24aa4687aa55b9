import { readColours, type Rgb } from '../prompt/colours.ts'
import { mentions, placeOf, readWords, type Words } from '../prompt/words.ts'
import type { LookName } from './looks.ts'

/** What a prompt asks of an edit. */
export type StyleBrief = {
  look: LookName
  /** Another medium or film that the prompt names as well, and the light or weather that it is seen in. */
  second: LookName | undefined
  light: LookName | undefined
  /** What an adjective lays over the look. */
  texture: 'none' | 'grit' | 'glow'
  /** Factor on colour, levels on luma, warm (+1) to cold (-1), factor on contrast. */
  saturation: number
  brightness: number
  warmth: number
  contrast: number
  /** How much of the look is laid over the source: 1 is all of it. */
  amount: number
  /** How much larger its strokes, dots and pieces are. */
  boldness: number
  tints: readonly Rgb[]
}

/** Words that name a look. Where several are named, the one that stands first wins. */
const NAMES: Readonly<Record<Exclude<LookName, 'grade' | 'plain'>, readonly string[]>> = {
  watercolour: ['watercolo*', 'water colour', 'water color', 'aquarelle', 'wash painting'],
  gouache: ['gouache', 'poster paint', 'tempera', 'mid century illustration', 'matte painting', 'children s book'],
  oil: [
    'oil',
    'impressionis*',
    'van gogh',
    'monet',
    'impasto',
    'brushstroke',
    'brush stroke',
    'expressionis*',
    'acrylic',
    'renaissance',
    'rembrandt',
  ],
  anime: [
    'anime',
    'manga',
    'cartoon*',
    'ghibli',
    'cel',
    'cel shaded',
    'toon',
    'disney',
    'pixar',
    'flat colours',
    'flat colors',
    'storybook',
  ],
  comic: [
    'comic',
    'comics',
    'comic book',
    'halftone',
    'pop art',
    'warhol',
    'lichtenstein',
    'superhero',
    'graphic novel',
    'ben day',
  ],
  risograph: [
    'risograph*',
    'riso',
    'screen print*',
    'screenprint*',
    'silkscreen',
    'serigraph*',
    'two colour print',
    'duotone',
    'zine',
  ],
  'stained glass': ['stained glass', 'cathedral window', 'church window', 'leaded glass', 'mosaic', 'tiffany'],
  'low poly': ['low poly', 'lowpoly', 'polygon*', 'facet*', 'origami', 'papercraft', 'cubis*', 'triangulat*'],
  'pixel art': [
    'pixel',
    'pixel art',
    'pixelated',
    'pixelate',
    '8 bit',
    '8bit',
    '16 bit',
    '16bit',
    'retro game',
    'video game',
    'nes',
    'arcade',
    'voxel',
    'minecraft',
    'lego',
  ],
  pencil: [
    'pencil',
    'sketch*',
    'graphite',
    'line drawing',
    'line art',
    'crosshatch*',
    'etching',
    'engraving',
    'blueprint sketch',
  ],
  charcoal: ['charcoal', 'chalk', 'pastel drawing', 'conte', 'smudged'],
  ink: [
    'ink',
    'sumi',
    'sumi e',
    'calligraph*',
    'brush and ink',
    'woodcut',
    'linocut',
    'chinese painting',
    'japanese painting',
    'stencil',
  ],
  noir: [
    'noir',
    'black and white',
    'black white',
    'monochrome',
    'b w',
    'bw',
    'grayscale',
    'greyscale',
    'hitchcock',
    'detective',
  ],
  vintage: [
    'vintage',
    'sepia',
    'old film',
    'old photo*',
    'old fashioned',
    'antique',
    '1920s',
    '1930s',
    '1940s',
    '1950s',
    '1960s',
    '1970s',
    '70s',
    '60s',
    '50s',
    'daguerreotype',
    'polaroid',
    'super 8',
    '8mm',
    '16mm',
    'victorian',
    'analog',
    'analogue',
    'kodak*',
  ],
  cyanotype: ['cyanotype', 'blueprint', 'prussian', 'sun print'],
  infrared: ['infrared', 'infra red', 'aerochrome'],
  neon: [
    'neon',
    'cyberpunk',
    'synthwave',
    'vaporwave',
    'retrowave',
    'tron',
    'blade runner',
    'hologra*',
    'glow in the dark',
    'ultraviolet',
    'rave',
    'matrix',
    'cyber',
  ],
  winter: ['winter*', 'snow*', 'frost*', 'frozen', 'ice', 'icy', 'blizzard', 'christmas', 'arctic'],
  'golden hour': [
    'golden hour',
    'sunset',
    'sunrise',
    'sunny',
    'sunlit',
    'sunlight',
    'summer*',
    'dawn',
    'dusk',
    'warm light',
    'golden light',
    'desert',
    'glowing sun',
    'hazy',
  ],
  autumn: ['autumn*', 'fall colours', 'fall colors', 'fall leaves', 'fall foliage', 'october', 'maple'],
  night: ['night*', 'moonlit', 'moonlight', 'midnight', 'moon', 'nocturn*', 'day for night', 'starry'],
  rain: ['rain', 'rainy', 'raining', 'storm*', 'thunder*', 'wet', 'downpour', 'monsoon', 'drizzle'],
  fog: [
    'fog',
    'foggy',
    'mist',
    'misty',
    'smok*',
    'haze',
    'eerie',
    'spooky',
    'ghost*',
    'horror',
    'mysterious',
    'silent hill',
    'cloudy',
  ],
}

/** Words that only name a look where nothing else does: "a painting in watercolour" is a watercolour. */
const LOOSELY: Readonly<Partial<Record<LookName, readonly string[]>>> = {
  oil: ['painting', 'painted', 'painterly', 'canvas'],
  pencil: ['hand drawn', 'drawing', 'drawn', 'doodle'],
  anime: ['illustration', 'animation', 'animated', 'vector'],
  vintage: ['retro', 'faded', 'nostalgi*', 'western'],
  watercolour: ['watery', 'wash'],
  infrared: ['dreamlike', 'dreamy', 'ethereal', 'surreal', 'heavenly', 'fairy*', 'otherworldly'],
  neon: ['futuristic', 'sci fi', 'science fiction'],
  'low poly': ['geometric', 'crystal*', '3d render', 'claymation', 'clay'],
}

/** Adjectives, each a group of words and what it does. */
const ADJECTIVES: readonly {
  terms: readonly string[]
  change: Partial<Record<'saturation' | 'brightness' | 'warmth' | 'contrast' | 'amount' | 'boldness', number>>
}[] = [
  {
    terms: [
      'vibrant',
      'vivid',
      'saturated',
      'colourful',
      'colorful',
      'bold colours',
      'bold colors',
      'lively',
      'rich colours',
      'rich colors',
      'psychedelic',
    ],
    change: { saturation: 1.4 },
  },
  {
    terms: ['muted', 'desaturated', 'washed out', 'pale', 'subdued', 'restrained', 'drab', 'pastel'],
    change: { saturation: 0.55 },
  },
  {
    terms: ['dark', 'darker', 'gloomy', 'moody', 'low key', 'shadowy', 'grim', 'gothic', 'brooding', 'sinister'],
    change: { brightness: -30, contrast: 1.12 },
  },
  {
    terms: ['bright', 'brighter', 'lighter', 'airy', 'high key', 'luminous', 'cheerful', 'happy'],
    change: { brightness: 24 },
  },
  { terms: ['warm', 'warmer', 'cosy', 'cozy', 'hot', 'toasty', 'sunny'], change: { warmth: 1 } },
  { terms: ['cold', 'cool', 'cooler', 'chilly', 'icy', 'bleak', 'clinical'], change: { warmth: -1 } },
  {
    terms: ['soft', 'softer', 'gentle', 'delicate', 'low contrast', 'faint', 'flat light'],
    change: { contrast: 0.78 },
  },
  {
    terms: [
      'strong',
      'dramatic',
      'high contrast',
      'contrasty',
      'epic',
      'intense',
      'punchy',
      'gritty',
      'harsh',
      'cinematic',
    ],
    change: { contrast: 1.28, boldness: 1.12 },
  },
  {
    terms: ['very', 'extremely', 'ultra', 'heavily', 'heavy', 'bold', 'maximum', 'extreme', 'exaggerated'],
    change: { contrast: 1.18, saturation: 1.25, boldness: 1.4 },
  },
  {
    terms: ['subtle', 'subtly', 'slight', 'slightly', 'a little', 'a bit', 'a touch', 'hint of', 'lightly', 'barely'],
    change: { amount: 0.5 },
  },
]

/** The looks that a prompt names, in the order in which it names them. */
const named = (words: Words, table: Readonly<Partial<Record<LookName, readonly string[]>>>): LookName[] =>
  Object.entries(table)
    .map(([look, terms]) => ({
      look: look as LookName,
      at: Math.min(...terms.filter((term) => mentions(words, [term])).map((term) => placeOf(words, term))),
    }))
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at)
    .map(({ look }) => look)

/** Media say how a picture is made; weather and light only what it is lit by: a medium wins over them. */
const LIGHT: readonly LookName[] = ['winter', 'golden hour', 'autumn', 'night', 'rain', 'fog']

const GRIT = ['gritty', 'grainy', 'rough', 'raw', 'grunge', 'grungy', 'dirty', 'harsh']
const GLOW = ['soft', 'softer', 'dreamy', 'dreamlike', 'glow*', 'ethereal', 'romantic', 'hazy', 'luminous', 'gentle']

/** A share in numbers, as in "30% watercolour", or 1. */
const shareIn = (prompt: string): number => {
  const percent = /(\d{1,3}) ?(?:%|per ?cent)/i.exec(prompt)?.[1]
  return percent === undefined ? 1 : Math.min(100, Math.max(10, Number(percent))) / 100
}

const COLOURLESS: readonly LookName[] = ['noir', 'charcoal', 'pencil', 'ink']

/**
 * Reads a prompt. One that names no look gets a grading that the seed picks; an empty one beside a reference picture
 * keeps the source, so that the reference's colours are all that is laid on. Of several media the first is the look and
 * the next is mixed into it; the light and the weather come with them.
 */
export const readStyle = (prompt: string, hasReference: boolean): StyleBrief => {
  const words = readWords(prompt)
  const found = named(words, NAMES)
  const loosely = named(words, LOOSELY)
  const media = found.filter((name) => !LIGHT.includes(name))
  const look = media[0] ?? loosely[0] ?? found[0] ?? (hasReference ? 'plain' : 'grade')
  const brief = { look, saturation: 1, brightness: 0, warmth: 0, contrast: 1, amount: shareIn(prompt), boldness: 1 }
  for (const { terms, change } of ADJECTIVES) {
    if (!mentions(words, terms)) continue
    brief.saturation *= change.saturation ?? 1
    brief.brightness += change.brightness ?? 0
    brief.warmth += change.warmth ?? 0
    brief.contrast *= change.contrast ?? 1
    brief.amount *= change.amount ?? 1
    brief.boldness *= change.boldness ?? 1
  }
  // "Black and white", "charcoal" and the like name no colour to lay on.
  const tints = readColours(words).filter(
    ([red, green, blue]) => !COLOURLESS.includes(look) || Math.max(red, green, blue) - Math.min(red, green, blue) > 40,
  )
  return {
    ...brief,
    second: media[1],
    light: found.find((name) => LIGHT.includes(name) && name !== look),
    texture: mentions(words, GRIT) ? 'grit' : mentions(words, GLOW) ? 'glow' : 'none',
    tints,
  }
}
