import { anime, comic, pixelArt } from './looks/comics.ts'
import { charcoal, ink, pencil } from './looks/drawings.ts'
import { cyanotype, infrared, neon, noir, vintage } from './looks/films.ts'
import { grade, plain } from './looks/grades.ts'
import { lowPoly } from './looks/low-poly.ts'
import { gouache, oil, watercolour } from './looks/paintings.ts'
import { risograph } from './looks/prints.ts'
import { stainedGlass } from './looks/stained-glass.ts'
import { autumn, fog, goldenHour, night, rain, winter } from './looks/weather.ts'
import type { Look } from './look-context.ts'

/** Every look by its name. */
export const looks = {
  watercolour,
  oil,
  gouache,
  anime,
  comic,
  risograph,
  'pixel art': pixelArt,
  'stained glass': stainedGlass,
  'low poly': lowPoly,
  pencil,
  charcoal,
  ink,
  noir,
  vintage,
  cyanotype,
  infrared,
  neon,
  winter,
  'golden hour': goldenHour,
  autumn,
  night,
  rain,
  fog,
  grade,
  plain,
} as const satisfies Record<string, Look>

export type LookName = keyof typeof looks
