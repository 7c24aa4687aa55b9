import type { LookName } from './looks.ts'
import { terms } from '../prompt/words.ts'

/** Words that name a look. Where several are named, the one that stands first wins. */
export const NAMES: Readonly<Record<Exclude<LookName, 'grade' | 'plain'>, readonly string[]>> = {
  watercolour: ['watercolo*', 'water colour', 'water color', 'aquarelle', 'wash painting'],
  gouache: ['gouache', 'poster paint', 'tempera', 'mid century illustration', 'matte painting', 'children s book'],
  oil: terms(`
    oil, impressionis*, van gogh, monet, impasto, brushstroke, brush stroke, expressionis*, acrylic, renaissance,
    rembrandt
  `),
  anime: terms(`
    anime, manga, cartoon*, ghibli, cel, cel shaded, toon, disney, pixar, flat colours, flat colors, storybook
  `),
  comic: terms(`
    comic, comics, comic book, halftone, pop art, warhol, lichtenstein, superhero, graphic novel, ben day
  `),
  risograph: terms(`
    risograph*, riso, screen print*, screenprint*, silkscreen, serigraph*, two colour print, duotone, zine
  `),
  'stained glass': ['stained glass', 'cathedral window', 'church window', 'leaded glass', 'mosaic', 'tiffany'],
  'low poly': ['low poly', 'lowpoly', 'polygon*', 'facet*', 'origami', 'papercraft', 'cubis*', 'triangulat*'],
  'pixel art': terms(`
    pixel, pixel art, pixelated, pixelate, 8 bit, 8bit, 16 bit, 16bit, retro game, video game, nes, arcade, voxel,
    minecraft, lego
  `),
  pencil: terms(`
    pencil, sketch*, graphite, line drawing, line art, crosshatch*, etching, engraving, blueprint sketch
  `),
  charcoal: ['charcoal', 'chalk', 'pastel drawing', 'conte', 'smudged'],
  ink: terms(`
    ink, sumi, sumi e, calligraph*, brush and ink, woodcut, linocut, chinese painting, japanese painting, stencil
  `),
  noir: terms('noir, black and white, black white, monochrome, b w, bw, grayscale, greyscale, hitchcock, detective'),
  vintage: terms(`
    vintage, sepia, old film, old photo*, old fashioned, antique, 1920s, 1930s, 1940s, 1950s, 1960s, 1970s, 70s, 60s,
    50s, daguerreotype, polaroid, super 8, 8mm, 16mm, victorian, analog, analogue, kodak*
  `),
  cyanotype: ['cyanotype', 'blueprint', 'prussian', 'sun print'],
  infrared: ['infrared', 'infra red', 'aerochrome'],
  neon: terms(`
    neon, cyberpunk, synthwave, vaporwave, retrowave, tron, blade runner, hologra*, glow in the dark, ultraviolet,
    rave, matrix, cyber
  `),
  winter: ['winter*', 'snow*', 'frost*', 'frozen', 'ice', 'icy', 'blizzard', 'christmas', 'arctic'],
  'golden hour': terms(`
    golden hour, sunset, sunrise, sunny, sunlit, sunlight, summer*, dawn, dusk, warm light, golden light, desert,
    glowing sun, hazy
  `),
  autumn: ['autumn*', 'fall colours', 'fall colors', 'fall leaves', 'fall foliage', 'october', 'maple'],
  night: ['night*', 'moonlit', 'moonlight', 'midnight', 'moon', 'nocturn*', 'day for night', 'starry'],
  rain: ['rain', 'rainy', 'raining', 'storm*', 'thunder*', 'wet', 'downpour', 'monsoon', 'drizzle'],
  fog: terms('fog, foggy, mist, misty, smok*, haze, eerie, spooky, ghost*, horror, mysterious, silent hill, cloudy'),
}

/** Words that only name a look where nothing else does: "a painting in watercolour" is a watercolour. */
export const LOOSELY: Readonly<Partial<Record<LookName, readonly string[]>>> = {
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
export const ADJECTIVES: readonly {
  terms: readonly string[]
  change: Partial<Record<'saturation' | 'brightness' | 'warmth' | 'contrast' | 'amount' | 'boldness', number>>
}[] = [
  {
    terms: terms(`
      vibrant, vivid, saturated, colourful, colorful, bold colours, bold colors, lively, rich colours, rich colors,
      psychedelic
    `),
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
    terms: terms('strong, dramatic, high contrast, contrasty, epic, intense, punchy, gritty, harsh, cinematic'),
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

/** What asks for a texture over the look. */
export const GRIT = ['gritty', 'grainy', 'rough', 'raw', 'grunge', 'grungy', 'dirty', 'harsh']
export const GLOW = terms('soft, softer, dreamy, dreamlike, glow*, ethereal, romantic, hazy, luminous, gentle')
