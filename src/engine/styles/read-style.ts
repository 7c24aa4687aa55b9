import { readColours } from '../prompt/colours.ts'
import type { Rgb } from '../rgb.ts'
import { mentions, placeOf, readWords, type Words } from '../prompt/words.ts'
import type { LookName } from './looks.ts'
import { ADJECTIVES, GLOW, GRIT, LOOSELY, NAMES } from './style-words.ts'

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
