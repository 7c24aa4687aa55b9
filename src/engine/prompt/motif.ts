import type { Place } from './place.ts'
import { mentions, type Words } from './words.ts'

/** Pictures with a composition of their own. What matches none of them is a view of its place. */
export const MOTIFS = ['pond', 'icebergs', 'library', 'shapes'] as const
export type Motif = (typeof MOTIFS)[number]

/** `home` is the place that lends the light and the weather; `but` are words that ask for something else. */
type Reading = { home: Place; any: readonly string[]; with?: readonly string[]; but?: readonly string[] }

/** Earlier ones win: they are the more telling. */
const motifs: Readonly<Record<Motif, Reading>> = {
  pond: { home: 'lake', any: ['koi', 'goldfish', 'carp', 'lily pad', 'water lily', 'water lilies', 'lotus'] },
  icebergs: { home: 'snowfield', any: ['iceberg', 'glacier', 'ice floe', 'antarctic*', 'penguin'] },
  library: { home: 'interior', any: ['library', 'libraries', 'bookshelf', 'bookshelves', 'bookshop', 'bookstore'] },
  shapes: {
    home: 'abstract',
    any: ['geometric', 'geometry', 'bauhaus', 'memphis', 'shapes', 'triangles', 'circles', 'mosaic'],
    but: ['flowing', 'fluid', 'organic', 'silk'],
  },
}

/** The motif that a prompt asks for, if any, and the place that it is at home in. */
export const readMotif = (words: Words): { motif: Motif; home: Place } | undefined => {
  for (const motif of MOTIFS) {
    const reading = motifs[motif]
    if (!mentions(words, reading.any)) continue
    if (reading.with && !mentions(words, reading.with)) continue
    if (reading.but && mentions(words, reading.but)) continue
    return { motif, home: reading.home }
  }
  return undefined
}
